import type { FastifyRequest } from 'fastify';
import { addDays, localDate, weekdayOf } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sendTable } from '../../platform/exports/reply.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import Type from 'typebox';
import { wallOf } from '../places/index.ts';
import { askedQuestions, findForm, listForms } from './queries.ts';
import { answerSums, effortSums, reuseSums, taskSums } from './queries-report.ts';
import {
  Catalogue,
  Form,
  FormCommand,
  FormFileQuery,
  FormInput,
  FormList,
  FormReport,
  IdPath,
  MOST_ROWS,
  ReportQuery,
  strict,
} from './schemas.ts';
import { commandForm, saveForm } from './service.ts';
import { formRows } from './view-rows.ts';
import { catalogueView, formView, reportView } from './view.ts';
import { fileColumns } from './view-file.ts';

const tags = ['forms'];
const MOST_FORMS = 60;
const WEEKS = 4;
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

/** Of who asks. */
export function routes(app: App, house: House): void {
  const { db } = house;

  async function formOf(q: Executor, acting: Acting, id: string) {
    const form = await findForm(q, acting, id);
    if (form === null) throw new Problem('not_found');
    return form;
  }

  app.get(
    '/forms/catalogue',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'readFormCatalogue',
        summary: 'What the house knows and no form need ask, and what was asked before',
        response: { 200: Catalogue },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const questions = await db.read(acting.actor, (q) => askedQuestions(q, acting));
      return {
        fields: catalogueView(),
        questions: questions.map((one) => ({ ...one, options: [...one.options] })),
      };
    },
  );

  app.get(
    '/forms',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'listForms',
        summary: 'Forms of my office, the newest first',
        querystring: Type.Object(pageQuery, strict),
        response: { 200: FormList },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { cursor, limit = 20 } = request.query;
      const after = positionOf(cursor, { id: 'id' });
      const rows = await db.read(acting.actor, (q) => listForms(q, acting, after?.id ?? null, limit + 1));
      return page(rows, limit, formView, (row) => [row.id]);
    },
  );

  app.get(
    '/forms/report',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'reportForms',
        summary: 'By form and street: what is asked, known and asked again, and staff minutes a week',
        querystring: ReportQuery,
        response: { 200: FormReport },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now();
      const { limit = MOST_ROWS } = request.query;
      return db.read(acting.actor, async (q) => {
        const home = await wallOf(q, acting.homeScopeId);
        const today = localDate(now.getTime(), home?.timeZone);
        const first = addDays(today, 1 - weekdayOf(today) - 7 * (WEEKS - 1));
        const tasks = await taskSums(q, acting, { forms: MOST_FORMS, rows: limit + 1 });
        const ids = [...new Set(tasks.slice(0, limit).map(({ formId }) => formId))];
        const [answers, reuse, effort] = await Promise.all([
          answerSums(q, acting, ids),
          reuseSums(q, acting, ids, now),
          effortSums(q, acting, ids, first),
        ]);
        return reportView({ tasks, answers, reuse, effort }, first, WEEKS, limit);
      });
    },
  );

  app.get(
    '/forms/:id',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'getForm',
        summary: 'A form of my office',
        params: IdPath,
        response: { 200: Form },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return formView(await db.read(acting.actor, (q) => formOf(q, acting, request.params.id)));
    },
  );

  app.put(
    '/forms/:id',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'saveForm',
        summary: 'Draft a form; a question for what the house knows is refused, and the field named',
        params: IdPath,
        body: FormInput,
        response: { 200: Form },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { id } = request.params;
      return db.act(acting.actor, async (tx) => {
        await saveForm(acting, tx, id, request.body, house.clock.now());
        return formView(await formOf(tx, acting, id));
      });
    },
  );

  app.post(
    '/forms/:id/commands',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'commandForm',
        summary: 'Lay it before every compound or community of my office, or withdraw it',
        params: IdPath,
        body: FormCommand,
        response: { 200: Form },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { id } = request.params;
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => {
        await commandForm(acting, tx, id, request.body, now);
        return { status: 200, body: formView(await formOf(tx, acting, id)) };
      });
    },
  );

  app.get(
    '/forms/:id/file',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'downloadForm',
        summary: 'The form of all places as a workbook or CSV, as of now and with my own eyes',
        produces: ['application/octet-stream'],
        params: IdPath,
        querystring: FormFileQuery,
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { locale, format } = request.query;
      const form = await db.read(acting.actor, (q) => formOf(q, acting, request.params.id));
      return sendTable(reply, {
        format,
        name: form.title,
        sheet: form.title,
        columns: fileColumns(form.columns, locale),
        rows: formRows(house, acting, form.id, locale),
      });
    },
  );
}
