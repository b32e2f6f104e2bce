import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { accessScope, findHousehold } from '../places/index.ts';
import { addMonths, monthOf } from './domain.ts';
import { lockStanding, monthTotals, notesOf, remindersOf } from './queries-arrears.ts';
import { arrearsOf, arrearsSums, standingOf } from './queries-reading.ts';
import { amountPosition } from './routes-runs.ts';
import { Day, Fen, nullable, ScopeQuery, strict, Text, Time, Uuid } from './schemas.ts';
import { addNote, noteTable } from './service-arrears.ts';
import { accessCompound } from './reach.ts';
import { dayOf } from './view-accounts.ts';

const tags = ['billing'];
const State = nullable(
  Type.Unsafe<'reminding' | 'promised' | 'disputed' | 'settled'>(
    Type.Enum(['reminding', 'promised', 'disputed', 'settled']),
  ),
);
const ages = {
  notDueFen: Fen,
  to30Fen: Fen,
  to90Fen: Fen,
  to180Fen: Fen,
  to365Fen: Fen,
  over365Fen: Fen,
};
const Arrears = Type.Object(
  {
    householdId: Uuid,
    householdLabel: Text,
    openFen: Fen,
    lines: Type.Integer(),
    oldestDueOn: Text,
    ...ages,
    state: State,
    promisedUntil: nullable(Text),
    stepsTaken: Type.Integer(),
    version: Type.Integer(),
  },
  { title: 'Arrears' },
);
const HomePath = Type.Object({ householdId: Uuid }, strict);
const NoteKind = Type.Unsafe<'note' | 'promise' | 'dispute' | 'resumed'>(
  Type.Enum(['note', 'promise', 'dispute', 'resumed']),
);
const NewNote = Type.Object(
  {
    kind: NoteKind,
    words: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
    promisedUntil: Type.Optional(Day),
    expectedVersion: Type.Integer({ minimum: 0 }),
  },
  { ...strict, title: 'NewArrearsNote' },
);
const Case = Type.Object(
  {
    householdId: Uuid,
    householdLabel: Text,
    state: State,
    promisedUntil: nullable(Text),
    version: Type.Integer(),
    notes: Type.Array(
      Type.Object({
        id: Uuid,
        kind: NoteKind,
        words: Text,
        promisedUntil: nullable(Text),
        at: Time,
        byName: Text,
      }),
    ),
    reminders: Type.Array(
      Type.Object({
        id: Uuid,
        step: Type.Integer(),
        way: Text,
        totalFen: Fen,
        lines: Type.Integer(),
        told: Type.Integer(),
        sentAt: Time,
        printedAt: nullable(Time),
      }),
    ),
  },
  { title: 'ArrearsCase' },
);

export function arrearsRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;

  app.get(
    '/billing/arrears',
    {
      config: { permission: 'arrears.read' },
      schema: {
        tags,
        operationId: 'listArrears',
        summary: 'Who owes what since when, the largest first: for who does the accounts, and nobody else',
        querystring: Type.Object({ scopeId: Uuid, ...pageQuery }, strict),
        response: {
          200: Type.Object({
            ...pageOf(Arrears).properties,
            totals: Type.Object({ households: Type.Integer(), openFen: Fen, ...ages }),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 20 } = request.query;
      const after = amountPosition(cursor);
      return db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        const today = dayOf(wall, clock.now());
        const [rows, totals] = await Promise.all([
          arrearsOf(q, wall, today, after, limit + 1),
          arrearsSums(q, wall, today),
        ]);
        const listed = page(
          rows,
          limit,
          (row) => row,
          (row) => [row.openFen, row.householdId],
        );
        return { ...listed, totals };
      });
    },
  );

  app.get(
    '/billing/arrears/:householdId',
    {
      config: { permission: 'arrears.read' },
      schema: {
        tags,
        operationId: 'getArrearsCase',
        summary: 'What was said and sent about what a household owes',
        params: HomePath,
        querystring: ScopeQuery,
        response: { 200: Case },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const { householdId } = request.params;
      return db.read(acting.actor, async (q) => {
        await accessCompound(q, acting, scopeId);
        const home = await findHousehold(q, scopeId, householdId);
        if (home === null) throw new Problem('not_found');
        const [standing, notes, reminders] = await Promise.all([
          standingOf(q, scopeId, householdId),
          notesOf(q, scopeId, householdId),
          remindersOf(q, scopeId, householdId),
        ]);
        return {
          householdId,
          householdLabel: home.label,
          state: standing?.state ?? null,
          promisedUntil: standing?.promisedUntil ?? null,
          version: standing?.version ?? 0,
          notes: notes.map(({ words, at, ...note }) => ({
            ...note,
            words: crypto.open(words, noteTable, note.id),
            at: at.toISOString(),
          })),
          reminders: reminders.map(({ id, step, way, totalFen, lines, told, sentAt, printedAt }) => ({
            id,
            step,
            way,
            totalFen,
            lines,
            told,
            sentAt: sentAt.toISOString(),
            printedAt: printedAt?.toISOString() ?? null,
          })),
        };
      });
    },
  );

  app.post(
    '/billing/arrears/:householdId/notes',
    {
      config: { permission: 'arrears.write' },
      schema: {
        tags,
        operationId: 'addArrearsNote',
        summary: 'A note, a promise or a dispute: the latter two hold the reminders back',
        params: HomePath,
        querystring: ScopeQuery,
        body: NewNote,
        response: { 201: Type.Object({ version: Type.Integer() }) },
      },
    },
    (request, reply) => {
      const which = { scopeId: request.query.scopeId, householdId: request.params.householdId };
      return runCommand(house, request, reply, which.scopeId, async (tx, now) => {
        await addNote(house, tx, request.acting!, which, request.body, now);
        const standing = await lockStanding(tx, which.scopeId, which.householdId);
        return { status: 201, body: { version: standing?.version ?? 0 } };
      });
    },
  );

  app.get(
    '/billing/totals',
    {
      config: { permission: 'bill.totals' },
      schema: {
        tags,
        operationId: 'listBillingTotals',
        summary:
          'What was billed and collected, compound by compound and month by month: sums, and no household',
        querystring: Type.Object({ scopeId: Type.Optional(Uuid) }, strict),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                scopeId: Uuid,
                scopeName: Text,
                companyId: nullable(Uuid),
                companyName: nullable(Text),
                period: Text,
                households: Type.Integer(),
                billedFen: Fen,
                settledFen: Fen,
                openFen: Fen,
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId ?? acting.homeScopeId);
        const from = addMonths(monthOf(dayOf(wall, clock.now())), -12);
        return { items: await monthTotals(q, wall, from) };
      });
    },
  );
}
