import { localDate, type LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type Acting, mayFor } from '../../platform/sessions/sessions.ts';
import { accounts, balances, postingsOf } from '../ledger/index.ts';
import { findHouseholds, type HouseholdRef, type Wall } from '../places/index.ts';
import { tariffsById } from './queries-facts.ts';
import { linesById } from './queries-reading.ts';
import type { LineRow } from './tables.ts';
import { lineView } from './view.ts';

/** The homes whose accounts this reader opens: the own ones, one acted for with the consent to pay, or any for who keeps them. */
export async function accessHomes(
  q: Executor,
  acting: Acting,
  wall: Wall,
  householdId: string | undefined,
): Promise<HouseholdRef[]> {
  const isOwn = acting.role === 'resident';
  if (isOwn && !mayFor(acting, 'pay')) throw new Problem('consent.not_for_this', { purpose: 'pay' });
  const own = acting.actor.households.map(({ id }) => id);
  const asked = householdId === undefined ? own : [householdId];
  if (isOwn && !asked.every((id) => own.includes(id))) throw new Problem('not_found');
  const homes = asked.length === 0 ? [] : await findHouseholds(q, [wall.scopeId], asked);
  if (homes.length === 0) throw new Problem('not_found');
  return homes;
}

export const dayOf = (wall: Wall, now: Date): LocalDate => localDate(now.getTime(), wall.timeZone);

/** The days on which a demand really left: a message that somebody got, a letter once it was printed (Civil Code 195). */
export function remindedOn(
  q: Executor,
  scopeId: string,
  householdIds: readonly string[],
): Promise<{ householdId: string; on: LocalDate }[]> {
  return q.query(
    sql`select r.household_id as "householdId", coalesce(r.printed_on, r.sent_on)::text as "on" from billing.reminder r
        where r.scope_id = ${scopeId} and r.household_id = any (${householdIds}::uuid[]) and (r.told > 0 or r.printed_on is not null)
        order by r.reminder_id`,
  );
}

/** Lines with the words of the tariff they stand on. */
export async function linesView(q: Executor, scopeId: string, rows: readonly LineRow[], today: LocalDate) {
  const tariffIds = [...new Set(rows.flatMap(({ tariffId }) => tariffId ?? []))];
  const homes = [...new Set(rows.map(({ householdId }) => householdId))];
  const [tariffs, reminded] = await Promise.all([
    tariffIds.length === 0 ? [] : tariffsById(q, scopeId, tariffIds),
    homes.length === 0 ? [] : remindedOn(q, scopeId, homes),
  ]);
  const sources = new Map(tariffs.map(({ id, source }) => [id, source]));
  const days = Map.groupBy(reminded, ({ householdId }) => householdId);
  return rows.map((row) =>
    lineView(
      row,
      sources,
      today,
      (days.get(row.householdId) ?? []).map(({ on }) => on),
    ),
  );
}

export type LineView = Awaited<ReturnType<typeof linesView>>[number];

/** What somebody has paid ahead, in the book of who serves the compound now. */
export async function prepaidOf(
  q: Executor,
  wall: Wall,
  householdIds: readonly string[],
): Promise<Map<string, number>> {
  const codes = householdIds.map((id) => accounts.household(id, 'prepaid'));
  const found = await balances(q, wall, codes);
  return new Map(householdIds.map((id, at) => [id, found.get(codes[at]!) ?? 0]));
}

export interface StatementEntry {
  readonly id: string;
  readonly on: LocalDate;
  /** `billed`, `discount`, `credit`, `voided`, `paid`, `prepaid_used`, `prepaid`, `refunded`, `other`. */
  readonly kind: string;
  readonly item: string | null;
  readonly name: string | null;
  readonly lineId: string | null;
  /** What it added to what is owed; below nothing: what it took off. */
  readonly owedFen: number;
  /** What it added to what is paid ahead. */
  readonly prepaidFen: number;
}

export interface Statement {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly openingOwedFen: number;
  readonly openingPrepaidFen: number;
  readonly closingOwedFen: number;
  readonly closingPrepaidFen: number;
  readonly entries: readonly StatementEntry[];
}

/** At most so many movements on one sheet; a longer time is asked for in pieces. */
const MOST_ENTRIES = 5_000;
/** Movements on one paper: some thirty sheets. */
export const MOST_ON_PAPER = 1_000;

/**
 * What a household owed and had paid ahead, and every movement between two days: from the ledger, whose sums they are. The
 * end is the beginning and the movements; that it is also the ledger's balance of that day is what makes it a statement.
 */
export async function statementOf(
  q: Executor,
  wall: Wall,
  /** A household, or an organisation that pays a share of bills. */
  whose: string | { readonly partyId: string },
  from: LocalDate,
  to: LocalDate,
): Promise<Statement> {
  const codes =
    typeof whose === 'string'
      ? { owed: accounts.household(whose, 'receivable'), prepaid: accounts.household(whose, 'prepaid') }
      : {
          owed: accounts.party(whose.partyId, 'receivable'),
          prepaid: accounts.party(whose.partyId, 'prepaid'),
        };
  const both = [codes.owed, codes.prepaid];
  const page = { after: null, limit: MOST_ENTRIES + 1 };
  const [closing, owed, prepaid] = await Promise.all([
    balances(q, wall, both, { day: to }),
    postingsOf(q, wall, codes.owed, { from, to }, page),
    postingsOf(q, wall, codes.prepaid, { from, to }, page),
  ]);
  if (owed.length > MOST_ENTRIES || prepaid.length > MOST_ENTRIES)
    throw new Problem('billing.too_long', { most: MOST_ENTRIES });
  const rows = [...new Map([...owed, ...prepaid].map((row) => [row.id, row])).values()].toSorted((a, b) =>
    a.bookedOn === b.bookedOn ? (a.id < b.id ? -1 : 1) : a.bookedOn < b.bookedOn ? -1 : 1,
  );
  const lineIds = [
    ...new Set(rows.filter(({ source }) => source.kind === 'billing.line').map(({ source }) => source.id)),
  ];
  const lines = new Map(
    (lineIds.length === 0 ? [] : await linesById(q, wall.scopeId, lineIds)).map((line) => [
      line.lineId,
      line,
    ]),
  );
  const entries = rows.map((row): StatementEntry => {
    const on = (code: string) => (row.debit === code ? 1 : 0) - (row.credit === code ? 1 : 0);
    const line = lines.get(row.source.id);
    return {
      id: row.id,
      on: row.bookedOn,
      kind: kindOf(row, codes),
      item: line?.item ?? null,
      name: line?.name ?? null,
      lineId: line?.lineId ?? null,
      owedFen: on(codes.owed) * row.amountFen,
      // A liability grows on its credit side.
      prepaidFen: on(codes.prepaid) === 0 ? 0 : -on(codes.prepaid) * row.amountFen,
    };
  });
  const sum = (of: 'owedFen' | 'prepaidFen') => entries.reduce((total, entry) => total + entry[of], 0);
  const closingOwedFen = closing.get(codes.owed) ?? 0;
  const closingPrepaidFen = closing.get(codes.prepaid) ?? 0;
  return {
    from,
    to,
    openingOwedFen: closingOwedFen - sum('owedFen'),
    openingPrepaidFen: closingPrepaidFen - sum('prepaidFen'),
    closingOwedFen,
    closingPrepaidFen,
    entries,
  };
}

function kindOf(
  row: {
    readonly key: string;
    readonly debit: string;
    readonly credit: string;
    readonly source: { readonly kind: string };
  },
  codes: { readonly owed: string; readonly prepaid: string },
): string {
  if (row.source.kind === 'billing.line') {
    if (row.credit === codes.prepaid) return 'credit';
    if (row.key.startsWith('void:')) return 'voided';
    return row.debit === codes.owed ? 'billed' : 'discount';
  }
  if (row.debit === codes.prepaid && row.credit === codes.owed) return 'prepaid_used';
  if (row.credit === codes.owed) return 'paid';
  if (row.credit === codes.prepaid) return 'prepaid';
  return row.debit === codes.owed || row.debit === codes.prepaid ? 'refunded' : 'other';
}
