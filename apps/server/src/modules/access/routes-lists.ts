import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { entryState } from './domain/lists.ts';
import { entryFields, type EntryRow, listEntries } from './queries-lists.ts';
import { Answer, Appeal, Lift, ListEntry, ListQuery, NewListEntry } from './schemas-lists.ts';
import { IdPath, ScopeOnly } from './schemas-parcels.ts';
import { addEntry, answerAppeal, appealEntry, factsOf, liftEntry } from './service-lists.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
const Done = Type.Object({ id: Type.String({ format: 'uuid' }) });

export function listRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;

  const opened = (cipher: Buffer | null, field: keyof typeof entryFields, id: string): string | null =>
    cipher === null ? null : crypto.open(cipher, entryFields[field], id);

  const entryView = (row: EntryRow, acting: Acting, now: Date) => ({
    id: row.id,
    scopeId: row.scopeId,
    kind: row.kind,
    state: entryState(factsOf(row), now.getTime()),
    subjectKind: row.subjectKind,
    subject: row.subjectName,
    reason: crypto.open(row.reasonCipher, entryFields.reason, row.id),
    authority: row.authority,
    documentNo: row.documentNo,
    authorName: row.authorName,
    isOwn: row.authorAccountId === acting.accountId,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    liftedAt: row.liftedAt?.toISOString() ?? null,
    liftReason: row.liftReason,
    appealState: row.appealState,
    appeal: opened(row.appealCipher, 'appeal', row.id),
    appealedAt: row.appealedAt?.toISOString() ?? null,
    answer: opened(row.answerCipher, 'answer', row.id),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    answeredByName: row.answeredByName,
    version: row.version,
  });

  app.get(
    '/access/list-entries',
    {
      config: { permission: 'gate_list.read' },
      schema: {
        tags,
        operationId: 'listListEntries',
        summary:
          'Who is refused, watched or isolated: why, on whose authority, until when, and what they say to it',
        querystring: ListQuery,
        response: { 200: pageOf(ListEntry) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, kind, isLive, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const filter = { scopeId, kind: kind ?? null, livesAt: isLive === true ? now : null };
        const rows = await listEntries(q, filter, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => entryView(row, acting, now),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/access/list-entries',
    {
      config: { permission: 'gate_list.write' },
      schema: {
        tags,
        operationId: 'addListEntry',
        summary: 'Put a pass, a person, a home or a plate on a list: with reason, authority and end',
        body: NewListEntry,
        response: { 201: Done },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await addEntry(house, tx, actingOf(request), request.body, now) },
      })),
  );

  app.post(
    '/access/list-entries/:id/lift',
    {
      config: { permission: 'gate_list.write' },
      schema: {
        tags,
        operationId: 'liftListEntry',
        summary: 'Take somebody off a list before its day',
        params: IdPath,
        querystring: ScopeOnly,
        body: Lift,
        response: { 200: Done },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { id } = request.params;
        const { expectedVersion, reason } = request.body;
        await liftEntry(tx, actingOf(request), { scopeId, id, expectedVersion }, reason, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.post(
    '/access/list-entries/:id/appeal',
    {
      config: { permission: 'gate_list.appeal' },
      schema: {
        tags,
        operationId: 'appealListEntry',
        summary: 'Write down what whoever the entry is about says to it',
        params: IdPath,
        querystring: ScopeOnly,
        body: Appeal,
        response: { 200: Done },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { id } = request.params;
        const { expectedVersion, words } = request.body;
        await appealEntry(house, tx, actingOf(request), { scopeId, id, expectedVersion }, words, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.post(
    '/access/list-entries/:id/answer',
    {
      config: { permission: 'gate_list.answer' },
      schema: {
        tags,
        operationId: 'answerAppeal',
        summary: 'Answer an appeal: by somebody else than who wrote the entry; upheld, the entry is lifted',
        params: IdPath,
        querystring: ScopeOnly,
        body: Answer,
        response: { 200: Done },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { id } = request.params;
        const { expectedVersion, ...answer } = request.body;
        await answerAppeal(house, tx, actingOf(request), { scopeId, id, expectedVersion }, answer, now);
        return { status: 200, body: { id } };
      });
    },
  );
}
