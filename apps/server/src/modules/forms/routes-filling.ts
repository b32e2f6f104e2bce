import type { FastifyRequest } from 'fastify';
import { localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sendTable } from '../../platform/exports/reply.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { encodeCursor, page, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallOf } from '../places/index.ts';
import { isFillable } from './domain.ts';
import { findTask, listTasks } from './queries.ts';
import {
  Answers,
  Counted,
  Decision,
  Effort,
  IdPath,
  RowsQuery,
  ScopeQuery,
  Submission,
  TaskDetail,
  TaskFileQuery,
  TaskList,
  TaskRows,
  TasksQuery,
} from './schemas.ts';
import { taskRows } from './view-rows.ts';
import { answer, countEffort, decideTask, submit } from './service-filling.ts';
import { filledRows, progressOf } from './service-rows.ts';
import { columnView, taskView } from './view.ts';
import { fileColumns } from './view-file.ts';

const tags = ['forms'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

/** Of who fills it in, and of who takes it. */
export function fillingRoutes(app: App, house: House): void {
  const { db } = house;

  async function taskOf(q: Executor, acting: Acting, scopeId: string, id: string) {
    const wall = await accessScope(q, acting, scopeId);
    const task = await findTask(q, scopeId, id);
    if (task === null) throw new Problem('not_found');
    return { wall, task };
  }

  async function detailOf(q: Executor, acting: Acting, scopeId: string, id: string, now: Date) {
    const { wall, task } = await taskOf(q, acting, scopeId, id);
    const progress = await progressOf(q, { task, wall, now });
    return {
      ...taskView(task, localDate(now.getTime(), wall.timeZone)),
      ...progress,
      columns: task.columns.map(columnView),
      mayFill: isFillable(task.state) && mayAttempt(acting.role, 'form.fill'),
      mayDecide:
        task.state === 'submitted' &&
        task.formScopeId === acting.homeScopeId &&
        task.submittedBy !== acting.accountId &&
        mayAttempt(acting.role, 'form.author'),
    };
  }

  app.get(
    '/forms/tasks',
    {
      config: { permission: 'form.read' },
      schema: {
        tags,
        operationId: 'listFormTasks',
        summary: 'Forms before the places within my reach, the newest first',
        querystring: TasksQuery,
        response: { 200: TaskList },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, state = null, formId = null, cursor, limit = 20 } = request.query;
      const after = positionOf(cursor, { formId: 'id', scopeId: 'id' });
      return db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const [rows, home] = await Promise.all([
          listTasks(q, acting, { scope, state, formId, officeId: null }, after, limit + 1),
          wallOf(q, acting.homeScopeId),
        ]);
        const today = localDate(house.clock.now().getTime(), home?.timeZone);
        return page(
          rows,
          limit,
          (row) => taskView(row, today),
          (row) => [row.formId, row.scopeId],
        );
      });
    },
  );

  app.get(
    '/forms/tasks/:id',
    {
      config: { permission: 'form.read' },
      schema: {
        tags,
        operationId: 'getFormTask',
        summary: 'A form before one place: what it asks, how much is missing, what may be done',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: TaskDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return db.read(acting.actor, (q) =>
        detailOf(q, acting, request.query.scopeId, request.params.id, house.clock.now()),
      );
    },
  );

  app.get(
    '/forms/tasks/:id/rows',
    {
      config: { permission: 'form.read' },
      schema: {
        tags,
        operationId: 'listFormRows',
        summary: 'Its rows, filled in with what is known, each cell with where it stands',
        params: IdPath,
        querystring: RowsQuery,
        response: { 200: TaskRows },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, cursor, limit = 50 } = request.query;
      const after = positionOf(cursor, ['small', 'small', 'small', 'text', 'id']);
      return db.read(acting.actor, async (q) => {
        const { wall, task } = await taskOf(q, acting, scopeId, request.params.id);
        const now = house.clock.now();
        const { rows, next } = await filledRows(q, { house, acting, task, wall, now }, after, limit);
        return {
          items: rows.map((row) => ({ ...row, cells: [...row.cells] })),
          nextCursor: next === null ? null : encodeCursor(next),
        };
      });
    },
  );

  app.put(
    '/forms/tasks/:id/answers',
    {
      config: { permission: 'form.fill' },
      schema: {
        tags,
        operationId: 'answerForm',
        summary: 'Answer own questions; what another form answered and still holds is only corrected',
        params: IdPath,
        querystring: ScopeQuery,
        body: Answers,
        response: { 200: TaskDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const target = { scopeId: request.query.scopeId, id: request.params.id };
      const now = house.clock.now();
      await db.act(acting.actor, (tx) => answer(house, acting, tx, target, request.body, now));
      // Counted once it is kept: the lock is another's by then.
      return db.read(acting.actor, (q) => detailOf(q, acting, target.scopeId, target.id, now));
    },
  );

  app.post(
    '/forms/tasks/:id/submission',
    {
      config: { permission: 'form.fill' },
      schema: {
        tags,
        operationId: 'submitForm',
        summary: 'Hand it over, with every required question answered',
        params: IdPath,
        querystring: ScopeQuery,
        body: Submission,
        response: { 200: TaskDetail },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const target = { scopeId: request.query.scopeId, id: request.params.id };
      return runCommand(house, request, reply, target.scopeId, async (tx, now) => {
        await submit(acting, tx, target, request.body.expectedVersion, now);
        return { status: 200, body: await detailOf(tx, acting, target.scopeId, target.id, now) };
      });
    },
  );

  app.post(
    '/forms/tasks/:id/decision',
    {
      config: { permission: 'form.author' },
      schema: {
        tags,
        operationId: 'decideForm',
        summary: 'Take what was handed over, or send it back with a reason',
        params: IdPath,
        querystring: ScopeQuery,
        body: Decision,
        response: { 200: TaskDetail },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const target = { scopeId: request.query.scopeId, id: request.params.id };
      return runCommand(house, request, reply, target.scopeId, async (tx, now) => {
        await decideTask(acting, tx, target, request.body, now);
        return { status: 200, body: await detailOf(tx, acting, target.scopeId, target.id, now) };
      });
    },
  );

  app.post(
    '/forms/tasks/:id/effort',
    {
      config: { permission: 'form.fill' },
      schema: {
        tags,
        operationId: 'countFormEffort',
        summary: 'Seconds it was worked on; sums are kept, and nobody’s name',
        params: IdPath,
        querystring: ScopeQuery,
        body: Effort,
        response: { 200: Counted },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const target = { scopeId: request.query.scopeId, id: request.params.id };
      return runCommand(house, request, reply, target.scopeId, async (tx, now) => ({
        status: 200,
        body: { counted: await countEffort(acting, tx, target, request.body.seconds, now) },
      }));
    },
  );

  app.get(
    '/forms/tasks/:id/file',
    {
      config: { permission: 'form.read' },
      schema: {
        tags,
        operationId: 'downloadFormTask',
        summary: 'It as a workbook or CSV, as the page shows it to me',
        produces: ['application/octet-stream'],
        params: IdPath,
        querystring: TaskFileQuery,
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId, locale, format } = request.query;
      const { wall, task } = await db.read(acting.actor, (q) =>
        taskOf(q, acting, scopeId, request.params.id),
      );
      return sendTable(reply, {
        format,
        name: `${task.title}-${task.scopeName}`,
        sheet: task.title,
        columns: fileColumns(task.columns, locale),
        rows: taskRows(house, acting, task, wall, locale),
      });
    },
  );
}
