import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Lots } from '../../platform/lots/lots.ts';
import type { TradeFact } from '../../platform/pay/provider.ts';
import { holdLines } from '../billing/index.ts';
import { post } from '../ledger/index.ts';
import { wallsOf } from '../places/index.ts';
import {
  asCompound,
  type Held,
  hold,
  type Learned,
  learn,
  learntOf,
  type Merchant,
} from './service-booking.ts';
import type { PaymentRow } from './tables.ts';

/** What a provider told of one payment; its signature was looked at. */
export interface Told {
  readonly scopeId: string;
  readonly paymentId: string;
  readonly fact: TradeFact;
  readonly merchant: Merchant;
}

export type TradeLots = Lots<Told, PaymentRow | null>;

/**
 * After a reminder a thousand homes pay within minutes, and the provider tells of each by itself: what it tells while one
 * transaction is under way is the next one. Two lanes, so that the server and the database both have something to do; a
 * compound has one of them, so that two lots of one server never wait for each other.
 */
export function tradeLots(house: House, { lanes = 2, patience = 300 } = {}): TradeLots {
  return new Lots({
    lanes,
    most: 16,
    take: (told, isAlone) => learnTogether(house, told, isAlone ? null : patience),
  });
}

/** In the order they were told; null where there is no such payment, or it is another merchant's. */
async function learnTogether(
  house: House,
  told: readonly Told[],
  patience: number | null,
): Promise<(PaymentRow | null)[]> {
  const scopeIds = [...new Set(told.map(({ scopeId }) => scopeId))];
  return house.db.act(asCompound(...scopeIds), async (tx) => {
    if (patience !== null) giveWayAfter(tx, patience);
    const walls = new Map((await wallsOf(tx, scopeIds)).map((wall) => [wall.scopeId, wall]));
    const now = house.clock.now();
    const learns = async ({ scopeId, fact, merchant }: Told, held: Held): Promise<Learned | null> => {
      const wall = walls.get(scopeId);
      if (wall === undefined) return null;
      return learn({ tx, wall, source: 'notice', now, byName: null, merchant }, held, learntOf(fact), fact);
    };
    // Everybody locks in this order; what several statements say travels in one packet.
    const inOrder = [...told].sort(byId(({ paymentId }) => paymentId));
    const held = await Promise.all(inOrder.map(({ scopeId, paymentId }) => hold(tx, scopeId, paymentId)));
    holdInOrder(tx, held);
    const learned = new Map<Told, Learned | null>();
    if (areApart(held))
      await Promise.all(inOrder.map(async (one, i) => learned.set(one, await learns(one, held[i]!))));
    // One sees what the one before it did: told of twice in one lot, or two who pay one bill.
    else
      for (const one of inOrder)
        learned.set(one, await learns(one, await hold(tx, one.scopeId, one.paymentId)));
    await postInOrder(tx, [...learned.values()]);
    return told.map((one) => learned.get(one)?.payment ?? null);
  });
}

/** A book that is being closed keeps its own compound's payments waiting, and nobody else's. */
function giveWayAfter(tx: Tx, milliseconds: number): void {
  tx.write(sql`select pg_catalog.set_config('lock_timeout', ${`${milliseconds}ms`}, true)`);
}

/** No two are one payment, or pay one bill line or meter: what one does is nothing to the others. */
function areApart(held: readonly Held[]): boolean {
  const touched = held.flatMap(({ payment, targets }) => [
    payment?.id ?? null,
    ...targets.map(({ targetId }) => targetId),
  ]);
  const ids = touched.filter((id) => id !== null);
  return new Set(ids).size === ids.length;
}

/** Line by line, whichever payment is for it: nobody at the desk who takes money for two of them waits for us crosswise. */
function holdInOrder(tx: Tx, held: readonly Held[]): void {
  const lines = held.flatMap(({ payment, targets }) =>
    targets.flatMap(({ kind, targetId }) =>
      payment === null || kind !== 'bill_line' || targetId === null
        ? []
        : [{ scopeId: payment.scopeId, targetId }],
    ),
  );
  for (const [scopeId, own] of Map.groupBy(lines, (line) => line.scopeId))
    if (own.length > 1)
      holdLines(
        tx,
        scopeId,
        own.map(({ targetId }) => targetId),
      );
}

/** Book by book, and in it by homes, as a run posts a month: nobody waits for anybody crosswise at a balance. */
async function postInOrder(tx: Tx, learned: readonly (Learned | null)[]): Promise<void> {
  const inOrder = learned
    .filter((one) => one !== null)
    .sort(
      byId(({ payment: { scopeId, companyId, householdId, partyId } }) =>
        [scopeId, companyId, householdId ?? partyId].join(' '),
      ),
    );
  await Promise.all(inOrder.flatMap(({ posting }) => (posting === null ? [] : [post(tx, posting)])));
}

const byId =
  <T>(idOf: (of: T) => string) =>
  (a: T, b: T): number => {
    const [one, other] = [idOf(a), idOf(b)];
    return one < other ? -1 : Number(one > other);
  };
