import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { sendPaper } from '../../platform/pdf/reply.ts';
import { accessScope, type Wall, wallOf } from '../places/index.ts';
import { fatesOf } from './domain.ts';
import {
  fallenDue,
  type LetterRow,
  lettersOfBatch,
  printedLetters,
  waitingLetters,
} from './queries-letters.ts';
import { accessCompound } from './reach.ts';
import { statementRange } from './routes-bills.ts';
import { Day, Fen, IdParams, nullable, strict, Text, Time, Uuid } from './schemas.ts';
import { printLetters } from './service-letters.ts';
import { accessHomes, dayOf, MOST_ON_PAPER, statementOf } from './view-accounts.ts';
import {
  lettersName,
  type PaperFrom,
  printLetterBatch,
  printStatement,
  statementName,
} from './view-papers.ts';

const tags = ['billing'];
const Locale = Type.Optional(Type.Unsafe<'zh-CN' | 'en'>(Type.Enum(['zh-CN', 'en'])));
const MOST_LETTERS = 100;

const Letter = Type.Object(
  {
    id: Uuid,
    householdId: Uuid,
    householdLabel: Text,
    step: Type.Integer(),
    /** When its step of the ladder came. */
    since: Text,
    /** What it says, or would say today. */
    openFen: Fen,
    lines: Type.Integer(),
    /** What becomes of it when it is printed now; `printed` where it was. */
    fate: Type.Unsafe<'print' | 'hold' | 'lapse' | 'printed'>(
      Type.Enum(['print', 'hold', 'lapse', 'printed']),
    ),
    batchId: nullable(Uuid),
    printedAt: nullable(Time),
    printedByName: nullable(Text),
  },
  { title: 'BillLetter' },
);

const PrintLetters = Type.Object(
  { scopeId: Uuid, ids: Type.Array(Uuid, { minItems: 1, maxItems: MOST_LETTERS, uniqueItems: true }) },
  { ...strict, title: 'PrintBillLetters' },
);

export async function paperFrom(q: Executor, wall: Wall, now: Date): Promise<PaperFrom> {
  const company = wall.companyId === null ? null : await wallOf(q, wall.companyId);
  return {
    scopeName: wall.name,
    companyName: company?.name ?? wall.name,
    today: dayOf(wall, now),
    madeAt: now,
  };
}

const twoIds = (cursor: string | undefined) => positionOf(cursor, ['id', 'id']);

/** Papers: a home's statement, and the letters of the ladder that the desk prints. */
export function paperRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/bills/statement/paper',
    {
      config: { permission: 'bill.read' },
      schema: {
        tags,
        operationId: 'printStatement',
        summary: 'The statement as PDF, at most a thousand movements on one',
        querystring: Type.Object(
          {
            scopeId: Uuid,
            householdId: Uuid,
            from: Type.Optional(Day),
            to: Type.Optional(Day),
            locale: Locale,
          },
          strict,
        ),
        produces: ['application/pdf'],
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { scopeId, householdId, locale = 'zh-CN', ...asked } = request.query;
      const now = clock.now();
      const facts = await db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const [home] = await accessHomes(q, acting, wall, householdId);
        const { from, to } = statementRange(asked, dayOf(wall, now));
        const statement = await statementOf(q, wall, householdId, from, to);
        if (statement.entries.length > MOST_ON_PAPER)
          throw new Problem('billing.too_long', { most: MOST_ON_PAPER });
        return { ...(await paperFrom(q, wall, now)), householdLabel: home!.label, statement };
      });
      const bytes = await printStatement(facts, locale);
      return sendPaper(reply, bytes, statementName(facts, locale), 'statement');
    },
  );

  app.get(
    '/billing/letters',
    {
      config: { permission: 'arrears.read' },
      schema: {
        tags,
        operationId: 'listBillLetters',
        summary: 'Letters that wait to be printed, the oldest first, or those that were, the latest first',
        querystring: Type.Object(
          {
            scopeId: Uuid,
            state: Type.Unsafe<'waiting' | 'printed'>(Type.Enum(['waiting', 'printed'])),
            ...pageQuery,
          },
          strict,
        ),
        response: { 200: pageOf(Letter) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, state, cursor, limit = 20 } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        if (state === 'printed') {
          const rows = await printedLetters(q, wall, twoIds(cursor), limit + 1);
          return page(rows, limit, printedView, (row) => [row.batchId ?? '', row.id]);
        }
        const rows = await waitingLetters(q, wall, idPosition(cursor), limit + 1);
        const homes = rows.map(({ householdId }) => householdId);
        const owed = await fallenDue(q, wall, homes, dayOf(wall, clock.now()));
        const fates = fatesOf(rows, owed);
        const waitingView = (row: LetterRow) => {
          const lines = owed.get(row.householdId) ?? [];
          return {
            ...letterView(row),
            openFen: lines.reduce((sum, { openFen }) => sum + openFen, 0),
            lines: lines.length,
            fate: fates.get(row.id)!,
          };
        };
        return page(rows, limit, waitingView, ({ id }) => [id]);
      });
    },
  );

  app.post(
    '/billing/letters/batches',
    {
      config: { permission: 'arrears.write' },
      schema: {
        tags,
        operationId: 'printBillLetters',
        summary:
          'Make letters that wait one batch, marked printed; what was paid, promised or is disputed meanwhile is left out',
        body: PrintLetters,
        response: {
          201: Type.Object({
            batchId: nullable(Uuid),
            printed: Type.Integer(),
            held: Type.Integer(),
            lapsed: Type.Integer(),
          }),
        },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const done = await printLetters(tx, request.acting!, request.body, now);
        return { status: 201, body: { ...done } };
      }),
  );

  app.get(
    '/billing/letters/batches/:id/paper',
    {
      config: { permission: 'arrears.read' },
      schema: {
        tags,
        operationId: 'readBillLetters',
        summary: 'The letters of a batch as PDF, a page each, saying what they said when they were printed',
        params: IdParams,
        querystring: Type.Object({ scopeId: Uuid, locale: Locale }, strict),
        produces: ['application/pdf'],
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { scopeId, locale = 'zh-CN' } = request.query;
      const now = clock.now();
      const facts = await db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        const letters = await lettersOfBatch(q, wall, request.params.id);
        if (letters.length === 0) throw new Problem('not_found');
        return { ...(await paperFrom(q, wall, now)), letters };
      });
      const bytes = await printLetterBatch(facts, locale);
      return sendPaper(reply, bytes, lettersName(facts, locale), 'letters');
    },
  );
}

const letterView = (row: LetterRow) => ({
  id: row.id,
  householdId: row.householdId,
  householdLabel: row.householdLabel,
  step: row.step,
  since: row.sentOn,
  batchId: row.batchId,
  printedAt: row.printedAt?.toISOString() ?? null,
  printedByName: row.printedByName,
});

const printedView = (row: LetterRow) => ({
  ...letterView(row),
  openFen: (row.printed ?? []).reduce((sum, { openFen }) => sum + openFen, 0),
  lines: (row.printed ?? []).length,
  fate: 'printed' as const,
});
