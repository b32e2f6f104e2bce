import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, pageQuery, momentPosition } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import { extensionsOf } from './domain.ts';
import {
  type CallRow,
  countTasks,
  listCalls,
  listLines,
  openCalls,
  openTasks,
  seatsOf,
  type TaskRow,
} from './queries.ts';
import {
  Desk,
  Extension,
  IdPath,
  nullable,
  Outcome,
  PhoneCall,
  SaidOutcome,
  strict,
  Task,
  Text,
  Time,
} from './schemas.ts';
import { deskOf, takeSeat } from './service.ts';
import { chainOf } from './service-intake.ts';
import { claimTask, sayOutcome } from './service-tasks.ts';

const tags = ['telephony'];
const PageQuery = Type.Object(pageQuery, strict);

/** The desk's side: who sits where, what rings, who is to be called back. Always one's own department's. */
export function routes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/telephony/desk',
    {
      config: { permission: 'telephony.answer' },
      schema: {
        tags,
        operationId: 'getPhoneDesk',
        summary:
          'One’s own telephone and the queue; the number in plain digits only of a call at one’s own telephone',
        response: { 200: Desk },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      reply.header('cache-control', 'no-store');
      return db.read(acting.actor, async (q) => {
        const { scopeId } = await deskOf(q, acting, undefined);
        const [lines, seats, calls, toCallBack] = await Promise.all([
          listLines(q, scopeId),
          seatsOf(q, scopeId),
          openCalls(q, scopeId),
          countTasks(q, scopeId),
        ]);
        const mine = seats.find(({ accountId }) => accountId === acting.accountId)?.extension ?? null;
        const own = calls.filter(
          ({ direction, facts }) => direction === 'in' && mine !== null && extensionsOf(facts).includes(mine),
        );
        return {
          scopeId,
          hasLine: lines.some(({ revokedAt }) => revokedAt === null),
          extension: mine,
          seats: seats.map(({ extension, name, accountId }) => ({
            extension,
            name,
            isMine: accountId === acting.accountId,
          })),
          waiting: calls
            .filter(({ direction, state }) => direction === 'in' && state !== 'talking')
            .map(callView),
          talking: calls.filter(({ state }) => state === 'talking').length,
          own: own.map((call) => ({
            ...callView(call),
            number: call.cipher === null ? null : house.crypto.open(call.cipher, 'telephony.call', call.id),
          })),
          toCallBack,
        };
      });
    },
  );

  app.put(
    '/telephony/seat',
    {
      config: { permission: 'telephony.answer' },
      schema: {
        tags,
        operationId: 'takePhoneSeat',
        summary: 'Sit down at a telephone of the desk, or get up',
        body: Type.Object({ extension: nullable(Extension) }, strict),
        response: { 200: Type.Object({ extension: nullable(Text) }) },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { extension } = request.body;
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => {
        const wall = await deskOf(tx, acting, undefined);
        await takeSeat(acting, tx, wall, extension, now);
        return { status: 200, body: { extension } };
      });
    },
  );

  app.get(
    '/telephony/calls',
    {
      config: { permission: 'telephony.answer' },
      schema: {
        tags,
        operationId: 'listPhoneCalls',
        summary: 'The desk’s calls, the latest first; numbers masked',
        querystring: PageQuery,
        response: { 200: pageOf(PhoneCall) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { cursor, limit = 20 } = request.query;
      const after = momentPosition(cursor);
      return db.read(acting.actor, async (q) => {
        const { scopeId } = await deskOf(q, acting, undefined);
        const rows = await listCalls(q, scopeId, after, limit);
        return page(rows, limit, callView, (row) => [row.beganAt.getTime(), row.id]);
      });
    },
  );

  app.get(
    '/telephony/tasks',
    {
      config: { permission: 'telephony.answer' },
      schema: {
        tags,
        operationId: 'listPhoneTasks',
        summary: 'Missed calls to be called back, who has waited longest first; numbers masked',
        querystring: PageQuery,
        response: { 200: pageOf(Task) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { cursor, limit = 20 } = request.query;
      const after = momentPosition(cursor);
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const { scopeId } = await deskOf(q, acting, undefined);
        const rows = await openTasks(q, scopeId, after, limit);
        return page(
          rows,
          limit,
          (row) => taskView(row, acting.accountId, now),
          (row) => [row.firstMissedAt.getTime(), row.id],
        );
      });
    },
  );

  app.post(
    '/telephony/tasks/:id/claim',
    {
      config: { permission: 'telephony.answer' },
      schema: {
        tags,
        operationId: 'claimPhoneTask',
        summary: 'Take a call back on and learn the number; recorded, and a quarter of an hour one’s own',
        params: IdPath,
        response: { 200: Type.Object({ number: Text, until: Time }) },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      reply.header('cache-control', 'no-store');
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => {
        const wall = await deskOf(tx, acting, undefined);
        const { number, until } = await claimTask(house, acting, tx, wall, request.params.id, now);
        return { status: 200, body: { number, until: until.toISOString() } };
      });
    },
  );

  app.post(
    '/telephony/tasks/:id/outcome',
    {
      config: { permission: 'telephony.answer' },
      schema: {
        tags,
        operationId: 'sayPhoneTaskOutcome',
        summary: 'What came of the call back; whoever was not reached is tried again',
        params: IdPath,
        body: Type.Object(
          {
            outcome: SaidOutcome,
            missedCount: Type.Integer({
              minimum: 1,
              description:
                'Of how many missed calls it is said: one that came meanwhile is not ended with them',
            }),
          },
          strict,
        ),
        response: { 200: Type.Object({ outcome: nullable(Outcome) }) },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => {
        const wall = await deskOf(tx, acting, undefined);
        const most = await house.settings.get(tx, chainOf(wall), 'telephony.most_attempts', now);
        const { outcome: said, missedCount } = request.body;
        const outcome = await sayOutcome(
          acting,
          tx,
          wall,
          request.params.id,
          { said, missedCount },
          most,
          now,
        );
        return { status: 200, body: { outcome } };
      });
    },
  );
}

function callView(row: CallRow) {
  const { id, direction, state, masked, facts, beganAt, answeredAt, endedAt, extension } = row;
  return {
    id,
    direction,
    state,
    numberMasked: masked,
    queue: facts.queue?.value ?? null,
    extension,
    beganAt: beganAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

function taskView(row: TaskRow, accountId: string, now: Date) {
  const isClaimed = row.claimedUntil !== null && row.claimedUntil > now;
  return {
    id: row.id,
    numberMasked: row.masked,
    firstMissedAt: row.firstMissedAt.toISOString(),
    lastMissedAt: row.lastMissedAt.toISOString(),
    missedCount: row.missedCount,
    attempts: row.attempts,
    claim: isClaimed
      ? {
          name: row.claimedName ?? '',
          isMine: row.claimedBy === accountId,
          until: row.claimedUntil!.toISOString(),
        }
      : null,
  };
}
