import Type from 'typebox';
import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../platform/db/database.ts';
import { Refused } from '../../platform/exports/asking.ts';
import { asFile, sendRefusal, sendTable } from '../../platform/exports/reply.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { sendPaper } from '../../platform/pdf/reply.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { kindsOf } from './facts.ts';
import { findReport, findRun, listReports, listRuns } from './queries.ts';
import {
  IdPath,
  KindList,
  Locale,
  LocaleQuery,
  oneOf,
  ReportBody,
  ReportDetail,
  ReportList,
  ReportTable,
  RunPath,
  strict,
} from './schemas.ts';
import { dropReport, saveReport } from './service.ts';
import { fileNameOf, firstRows, openReport, printReport, tableOf } from './service-making.ts';
import { kindView, reportView, runView } from './view.ts';

const tags = ['reports'];
const MOST_LISTED = 300;
const MOST_SHOWN = 300;
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

export function routes(app: App, house: House): void {
  const { db } = house;

  async function reportOf(q: Executor, acting: Acting, id: string) {
    const report = await findReport(q, acting, id);
    if (report === null) throw new Problem('not_found');
    return report;
  }
  async function detailOf(q: Executor, acting: Acting, id: string) {
    const [report, runs] = await Promise.all([reportOf(q, acting, id), listRuns(q, acting, id)]);
    return { ...reportView(report, acting), runs: runs.map(runView) };
  }

  app.get(
    '/reports/kinds',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'listReportKinds',
        summary: 'Which lists may be kept as reports, how each may be asked, and its columns',
        querystring: LocaleQuery,
        response: { 200: KindList },
      },
    },
    async (request) => {
      const { locale } = request.query;
      return { items: kindsOf(house, actingOf(request).role).map((kind) => kindView(kind, locale)) };
    },
  );

  app.get(
    '/reports',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'listReports',
        summary: 'Reports of mine, and those that colleagues of my office share',
        response: { 200: ReportList },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const rows = await db.read(acting.actor, (q) => listReports(q, acting, MOST_LISTED));
      return { items: rows.map((row) => reportView(row, acting)) };
    },
  );

  app.get(
    '/reports/:id',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'getReport',
        summary: 'A report, and what it has made by itself',
        params: IdPath,
        response: { 200: ReportDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return db.read(acting.actor, (q) => detailOf(q, acting, request.params.id));
    },
  );

  app.put(
    '/reports/:id',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'saveReport',
        summary: 'Keep a report under a name, and let it come by itself',
        params: IdPath,
        body: ReportBody,
        response: { 200: ReportDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { id } = request.params;
      return db.act(acting.actor, async (tx) => {
        await saveReport(house, acting, tx, id, request.body, house.clock.now());
        return detailOf(tx, acting, id);
      });
    },
  );

  app.delete(
    '/reports/:id',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'removeReport',
        summary: 'Take a report of mine away; what it has made goes with it',
        params: IdPath,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      await db.act(acting.actor, (tx) => dropReport(acting, tx, request.params.id, house.clock.now()));
      return reply.code(204).send(null as never);
    },
  );

  app.get(
    '/reports/:id/table',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'readReport',
        summary: 'The report as of now, with my own eyes: its first rows',
        params: IdPath,
        querystring: LocaleQuery,
        response: { 200: ReportTable },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const report = await db.read(acting.actor, (q) => reportOf(q, acting, request.params.id));
      try {
        const opened = await openReport(house, acting, report, request.query.locale);
        const { rows, isCut } = await firstRows(opened.rows, MOST_SHOWN);
        return {
          fromDay: opened.span?.from ?? null,
          toDay: opened.span?.to ?? null,
          columns: opened.columns.map(({ title }) => title),
          rows: rows.map((row) => [...row]),
          isCut,
        };
      } catch (error) {
        if (error instanceof Refused) return sendRefusal(reply as never, error);
        throw error;
      }
    },
  );

  app.get(
    '/reports/:id/file',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'downloadReport',
        summary: 'The report as of now, with my own eyes, as a workbook, as CSV or on paper',
        produces: ['application/octet-stream', 'application/pdf'],
        params: IdPath,
        querystring: Type.Object({ locale: Locale, format: oneOf(['xlsx', 'csv', 'pdf'] as const) }, strict),
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { locale, format } = request.query;
      const report = await db.read(acting.actor, (q) => reportOf(q, acting, request.params.id));
      const opened = await openReport(house, acting, report, locale, null, () => request.raw.destroyed);
      try {
        if (format !== 'pdf') return await sendTable(reply, tableOf(opened, format));
        const { bytes } = await printReport(opened, locale, acting.displayName, house.clock.now());
        return sendPaper(reply, bytes, fileNameOf(opened), 'report');
      } catch (error) {
        if (error instanceof Refused) return sendRefusal(reply as never, error);
        throw error;
      }
    },
  );

  app.get(
    '/reports/:id/runs/:runId/file',
    {
      config: { permission: 'report.use' },
      schema: {
        tags,
        operationId: 'downloadReportRun',
        summary: 'What a report has made by itself: for its owner, and for colleagues of the same role',
        produces: ['application/octet-stream', 'application/pdf'],
        params: RunPath,
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { id, runId } = request.params;
      const run = await db.read(acting.actor, async (q) => {
        await reportOf(q, acting, id);
        return findRun(q, acting, id, runId);
      });
      if (run === null || run.state !== 'made') throw new Problem('not_found');
      const bytes = run.fileId === null ? null : await house.files.read(run.fileId, 'paper');
      if (bytes === null) throw new Problem('reports.file_gone');
      const name = run.fileName ?? run.forDay;
      if (run.format === 'pdf') return sendPaper(reply, bytes, name, 'report');
      return asFile(reply, name, 'xlsx').send(bytes);
    },
  );
}
