import { localDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { findHouseholds, wallOf } from '../places/index.ts';
import { type Account, imbalance, isDay, isOwned, parseAccount } from './domain.ts';
import { postingsOfAccount, postingsOfSource } from './queries.ts';
import { accountSums, ownersOf } from './queries-balances.ts';
import { type BookRow, findBook, firstDayOf, listBooks, listPeriods } from './queries-books.ts';
import { lastVerification } from './queries-proof.ts';
import { accountsRoutes } from './routes-accounts.ts';
import {
  AccountCode,
  Book,
  BookQuery,
  Chain,
  Day,
  NewPeriod,
  NewVerification,
  Owner,
  Period,
  Posting,
  strict,
  Time,
  TrialBalance,
  Uuid,
  Verification,
} from './schemas.ts';
import { closeMonth } from './service-periods.ts';
import { prove } from './service-proof.ts';
import { bookIdOf, type PostingRow } from './tables.ts';
import { accountView, bookView, ownersIn, periodsView, postingView, verificationView } from './view.ts';

const tags = ['ledger'];

/** The book that is asked for: what the wall hides is not there. */
export async function bookOf(
  q: Executor,
  asked: { readonly scopeId: string; readonly bookId?: string | undefined },
): Promise<BookRow> {
  const wall = asked.bookId === undefined ? await wallOf(q, asked.scopeId) : null;
  const bookId = asked.bookId ?? (wall === null ? null : bookIdOf(wall));
  const book = bookId === null ? null : await findBook(q, asked.scopeId, bookId);
  if (book === null) throw new Problem('not_found');
  return book;
}

export function routes(app: App, house: House): void {
  const { db, clock } = house;
  accountsRoutes(app, house);

  app.get(
    '/ledger/books',
    {
      config: { permission: 'ledger.totals' },
      schema: {
        tags,
        operationId: 'listLedgerBooks',
        summary: 'The books of the compounds one reaches, and how far they are closed and sealed',
        querystring: Type.Object(pageQuery, strict),
        response: { 200: pageOf(Book) },
      },
    },
    async (request) => {
      const { cursor, limit = 20 } = request.query;
      const after = positionOf(cursor, ['text', 'id']);
      return db.read(request.acting!.actor, async (q) =>
        page(await listBooks(q, request.acting!, after, limit + 1), limit, bookView, (row) => [
          row.scopeName,
          row.bookId,
        ]),
      );
    },
  );

  app.get(
    '/ledger/trial-balance',
    {
      config: { permission: 'ledger.totals' },
      schema: {
        tags,
        operationId: 'getTrialBalance',
        summary: 'Every account of a book and what it holds, as of a day (booked) or an instant (recorded)',
        querystring: Type.Object(
          { ...BookQuery, day: Type.Optional(Day), instant: Type.Optional(Time) },
          strict,
        ),
        response: { 200: TrialBalance },
      },
    },
    async (request) => {
      const { day, instant } = request.query;
      if (day !== undefined && !isDay(day)) throw wrong('querystring/day');
      return db.read(request.acting!.actor, async (q) => {
        const book = await bookOf(q, request.query);
        const at =
          instant !== undefined ? { instant: new Date(instant) } : day !== undefined ? { day } : null;
        const sums = await accountSums(q, book, at);
        return {
          book: bookView(book),
          items: sums.map(accountView),
          debitFen: sums.reduce((all, { debitFen }) => all + debitFen, 0),
          creditFen: sums.reduce((all, { creditFen }) => all + creditFen, 0),
          differenceFen: imbalance(sums),
        };
      });
    },
  );

  app.get(
    '/ledger/owners',
    {
      config: { permission: 'ledger.read' },
      schema: {
        tags,
        operationId: 'listLedgerOwners',
        summary: 'Whose balances an account is made of, the largest first',
        querystring: Type.Object({ ...pageQuery, ...BookQuery, account: AccountCode }, strict),
        response: { 200: pageOf(Owner) },
      },
    },
    async (request) => {
      const { cursor, limit = 20, account } = request.query;
      if (!isOwned(account)) throw wrong('querystring/account');
      const after = positionOf(cursor, ['bigint', 'id']);
      return db.read(request.acting!.actor, async (q) => {
        const book = await bookOf(q, request.query);
        const rows = await ownersOf(q, book, account, after, limit + 1);
        const homes = account.startsWith('household:')
          ? await labelsOf(
              q,
              book.scopeId,
              rows.map(({ ownerId }) => ownerId),
            )
          : new Map<string, string>();
        return page(
          rows,
          limit,
          ({ movedAt, ...row }) => ({
            ...row,
            movedAt: movedAt.toISOString(),
            account: account.replace(':', `:${row.ownerId}:`),
            label: homes.get(row.ownerId) ?? null,
          }),
          (row) => [row.balanceFen, row.ownerId],
        );
      });
    },
  );

  app.get(
    '/ledger/postings',
    {
      config: { permission: 'ledger.read' },
      schema: {
        tags,
        operationId: 'listLedgerPostings',
        summary:
          'What moved an account, the latest booked first; or what a bill, a payment or a refund has moved',
        querystring: Type.Object(
          {
            ...pageQuery,
            ...BookQuery,
            account: Type.Optional(AccountCode),
            from: Type.Optional(Day),
            to: Type.Optional(Day),
            sourceKind: Type.Optional(Type.String({ maxLength: 60, pattern: '^[a-z_]+\\.[a-z_]+$' })),
            sourceId: Type.Optional(Uuid),
          },
          strict,
        ),
        response: { 200: pageOf(Posting) },
      },
    },
    async (request) => {
      const { cursor, limit = 20, account: code, from, to, sourceKind, sourceId } = request.query;
      const after = positionOf(cursor, ['day', 'id']);
      return db.read(request.acting!.actor, async (q) => {
        const book = await bookOf(q, request.query);
        const rows = await asked(q, book, limit + 1);
        const homes = await labelsOf(q, book.scopeId, ownersIn(rows));
        return page(
          rows,
          limit,
          (row) => postingView(row, homes),
          (row) => [row.bookedOn, row.id],
        );
      });

      async function asked(q: Executor, book: BookRow, most: number): Promise<PostingRow[]> {
        if (sourceKind !== undefined && sourceId !== undefined)
          return (await postingsOfSource(q, book.scopeId, { kind: sourceKind, id: sourceId })).slice(0, most);
        return postingsOfAccount(q, book, accountAsked(code), { from, to }, after, most);
      }
    },
  );

  app.get(
    '/ledger/periods',
    {
      config: { permission: 'ledger.totals' },
      schema: {
        tags,
        operationId: 'listLedgerPeriods',
        summary: 'The months of a book: open, closing, closed',
        querystring: Type.Object(BookQuery, strict),
        response: { 200: Type.Object({ items: Type.Array(Period) }) },
      },
    },
    async (request) =>
      db.read(request.acting!.actor, async (q) => {
        const book = await bookOf(q, request.query);
        const [periods, firstDay] = await Promise.all([listPeriods(q, book), firstDayOf(q, book)]);
        return {
          items: periodsView(
            periods,
            firstDay,
            book.closedTo,
            localDate(clock.now().getTime(), book.timeZone),
          ),
        };
      }),
  );

  app.post(
    '/ledger/periods',
    {
      config: { permission: 'ledger.close' },
      schema: {
        tags,
        operationId: 'closeLedgerPeriod',
        summary: 'Closes a month for good: what is found later is corrected in the open one',
        body: NewPeriod,
        response: { 202: Type.Object({ month: Day }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { month } = request.body;
        await closeMonth(tx, request.acting!, await bookOf(tx, request.body), month, now);
        return { status: 202, body: { month } };
      }),
  );

  app.get(
    '/ledger/chain',
    {
      config: { permission: 'ledger.totals' },
      schema: {
        tags,
        operationId: 'getLedgerChain',
        summary: 'How far a book is sealed, and what was found when it was last looked through',
        querystring: Type.Object(BookQuery, strict),
        response: { 200: Chain },
      },
    },
    async (request) =>
      db.read(request.acting!.actor, async (q) => {
        const book = await bookOf(q, request.query);
        const last = await lastVerification(q, book);
        return {
          blocks: book.blocks,
          head: book.head?.toString('hex') ?? null,
          sealedAt: book.sealedAt?.toISOString() ?? null,
          unsealed: book.unsealed,
          verification: last === null ? null : verificationView(last),
        };
      }),
  );

  app.post(
    '/ledger/verifications',
    {
      config: { permission: 'ledger.verify' },
      schema: {
        tags,
        operationId: 'verifyLedger',
        summary: 'Computes every seal, every sum and every balance of a book again from its postings',
        body: NewVerification,
        response: { 201: Verification },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const found = await prove(tx, await bookOf(tx, request.body), request.acting!, now);
        return { status: 201, body: verificationView(found) };
      }),
  );
}

function wrong(path: string): Problem {
  return new Problem('validation.failed', {}, [{ path, code: 'invalid', params: {} }]);
}

function accountAsked(code: string | undefined): Account {
  const account = code === undefined ? null : parseAccount(code);
  if (account === null || !account.ok) throw wrong('querystring/account');
  return account.value;
}

async function labelsOf(q: Executor, scopeId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  return new Map((await findHouseholds(q, [scopeId], ids)).map(({ id, label }) => [id, label]));
}
