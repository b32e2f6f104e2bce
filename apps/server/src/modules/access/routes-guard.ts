import type { FastifyRequest } from 'fastify';
import { MINUTE } from '@gongzhi/kernel';
import { isAhead } from '../../platform/clock/clock.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, idPosition } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { findFlag, type FlagRow, lastNotes, listFlags } from './queries-guard.ts';
import {
  Flag,
  Flags,
  FlagsQuery,
  GateNote,
  GateNotes,
  GatePath,
  GateScope,
  GateSearch,
  GateSearchAnswer,
  GuardPairing,
  GuardPhone,
  NewGateNote,
  NewGuardPhone,
  PairGuardPhone,
} from './schemas-guard.ts';
import { leaveNote, NOTE, pairPhone, registerPhone, searchAtGate, seeFlag } from './service-guard.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
const SHOWN_NOTES = 5;
/** Eight digits that hold for a quarter of an hour are not found by ten tries in ten minutes. */
const TRIES = 10;
const TRIES_WITHIN = 10 * MINUTE;
const MOST_REMEMBERED = 10_000;

const flagView = ({ decidedAt, noticedAt, seenAt, ...row }: FlagRow) => ({
  ...row,
  decidedAt: decidedAt.toISOString(),
  noticedAt: noticedAt.toISOString(),
  seenAt: seenAt?.toISOString() ?? null,
});

/** What a person does at a gate and about its phones; what the phone itself does is in routes-device.ts. */
export function guardRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;
  /** Per process: who tries at two of them tries twice as often, and no more. */
  const tries = new Map<string, number[]>();

  const assertTries = (accountId: string, now: number): void => {
    const recent = (tries.get(accountId) ?? []).filter((at) => isAhead(at + TRIES_WITHIN, now, TRIES_WITHIN));
    if (recent.length >= TRIES)
      throw new Problem('limited.too_many', {
        retryAfterSeconds: Math.ceil((recent[0]! + TRIES_WITHIN - now) / 1000),
      });
    tries.delete(accountId);
    tries.set(accountId, [...recent, now]);
    if (tries.size > MOST_REMEMBERED) tries.delete(tries.keys().next().value as string);
  };

  app.post(
    '/access/gates/:id/guard-phones',
    {
      config: { permission: 'gate.manage' },
      schema: {
        tags,
        operationId: 'registerGuardPhone',
        summary: 'A phone for a gate: eight digits that its guard types once, within a quarter of an hour',
        params: GatePath,
        body: NewGuardPhone,
        response: { 201: GuardPairing },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { body, params } = request;
      return runCommand(house, request, reply, body.scopeId, async (tx, now) => ({
        status: 201,
        body: await registerPhone(house, tx, acting, params.id, body, now),
      }));
    },
  );

  app.post(
    '/access/guard-phones',
    {
      config: { permission: 'gate.check' },
      schema: {
        tags,
        operationId: 'pairGuardPhone',
        summary: 'The phone one holds becomes the gate’s: the digits the manager said, for a key of its own',
        body: PairGuardPhone,
        response: { 201: GuardPhone },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      assertTries(acting.accountId, clock.now().getTime());
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => ({
        status: 201,
        body: await pairPhone(house, tx, acting, request.body.code, now),
      }));
    },
  );

  app.post(
    '/access/gate-searches',
    {
      config: { permission: 'gate.check' },
      schema: {
        tags,
        operationId: 'searchAtGate',
        summary:
          'Who stands there, by home or by the last four of a phone; with a purpose, written down, so many an hour',
        body: GateSearch,
        response: { 200: GateSearchAnswer },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { body } = request;
      return runCommand(house, request, reply, body.scopeId, async (tx, now) => ({
        status: 200,
        body: { items: await searchAtGate(house, tx, acting, body, now) },
      }));
    },
  );

  app.get(
    '/access/gates/:id/notes',
    {
      config: { permission: 'gate.check' },
      schema: {
        tags,
        operationId: 'listGateNotes',
        summary: 'What the last shifts left, the newest first',
        params: GatePath,
        querystring: GateScope,
        response: { 200: GateNotes },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const rows = await lastNotes(q, scopeId, request.params.id, SHOWN_NOTES);
        return {
          items: rows.map(({ id, textCipher, byName, at }) => ({
            id,
            text: crypto.open(textCipher, NOTE, id),
            byName,
            at: at.toISOString(),
          })),
        };
      });
    },
  );

  app.post(
    '/access/gates/:id/notes',
    {
      config: { permission: 'gate.check' },
      schema: {
        tags,
        operationId: 'leaveGateNote',
        summary: 'What the next shift has to know',
        params: GatePath,
        querystring: GateScope,
        body: NewGateNote,
        response: { 201: GateNote },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 201,
        body: await leaveNote(house, tx, acting, scopeId, request.params.id, request.body.text, now),
      }));
    },
  );

  app.get(
    '/access/flags',
    {
      config: { permission: 'passage.read' },
      schema: {
        tags,
        operationId: 'listPassageFlags',
        summary: 'What was decided without a network and turned out otherwise, the newest first',
        querystring: FlagsQuery,
        response: { 200: Flags },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, isOpenOnly = false, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const rows = await listFlags(q, acting, scope, isOpenOnly, before, limit + 1);
        return page(rows, limit, flagView, ({ id }) => [id]);
      });
    },
  );

  app.post(
    '/access/flags/:id/seen',
    {
      config: { permission: 'passage.read' },
      schema: {
        tags,
        operationId: 'seePassageFlag',
        summary: 'Looked at and settled',
        params: GatePath,
        querystring: GateScope,
        response: { 200: Flag },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await seeFlag(tx, acting, scopeId, id, now);
        const flag = await findFlag(tx, scopeId, id);
        if (flag === null) throw new Problem('not_found');
        return { status: 200, body: flagView(flag) };
      });
    },
  );
}
