import { addDays, localDate } from '@gongzhi/kernel';
import type pg from 'pg';
import type { Crypto } from '../../../apps/server/src/platform/crypto/crypto.ts';
import type { Batch } from '../../../apps/server/src/platform/db/copy.ts';
import { playBills } from './bills.ts';
import { billingBatches, bookBatches, paymentBatches } from './bills-rules.ts';
import { type Almanac, spanOf } from './calendar.ts';
import { passagesFrom, playGates } from './gates.ts';
import { gateBatches } from './gates-rules.ts';
import type { PartCounts } from './messages.ts';
import type { Part } from './part.ts';
import type { CityPlan } from './plan.ts';
import { type CitySettings, isIn, type Room } from './settings.ts';

const tables: Readonly<Record<Room, readonly string[]>> = {
  bills: [
    ...[
      'tariff',
      'run',
      'run_line',
      'bill',
      'bill_line',
      'settlement',
      'arrears',
      'reminder',
      'month_total',
    ].map((table) => `billing.${table}`),
    ...['till_session', 'payment', 'target', 'step'].map((table) => `payments.${table}`),
    ...['book', 'posting', 'balance', 'block', 'account_day'].map((table) => `ledger.${table}`),
  ],
  gates: ['gate', 'gate_chain', 'gate_device', 'pass', 'code_use', 'passage', 'gate_hour'].map(
    (table) => `access.${table}`,
  ),
};

export const tablesOfRooms = (settings: CitySettings): string[] =>
  (Object.keys(tables) as Room[]).flatMap((room) => (isIn(settings, room) ? tables[room] : []));

/** What a department has beside its orders, in the same transaction: its money and its gates. */
export interface RoomsOfPart {
  readonly plan: CityPlan;
  readonly crypto: Crypto;
  readonly almanac: Almanac;
  readonly index: number;
  readonly part: Part;
  readonly counts: { -readonly [name in keyof PartCounts]: number };
  copy(batch: Batch): Promise<void>;
}

export async function loadRooms(rooms: RoomsOfPart): Promise<void> {
  const { plan, counts } = rooms;
  if (isIn(plan.settings, 'bills'))
    [counts.moneyRows, counts.moneyMs] = await measured(rooms, () => loadMoney(rooms));
  if (isIn(plan.settings, 'gates'))
    [counts.gateRows, counts.gateMs] = await measured(rooms, () => loadGates(rooms));
}

/** The days' tables of passages are made before anybody writes into them. */
export async function openPassageDays(client: pg.Client, settings: CitySettings): Promise<void> {
  if (!isIn(settings, 'gates')) return;
  const span = spanOf(settings);
  const last = localDate(span.to, 'UTC');
  for (let day = localDate(passagesFrom(span), 'UTC'); day <= last; day = addDays(day, 1))
    await client.query('select access.open_day($1::date)', [day]);
}

/** Rows and milliseconds of it. */
async function measured({ counts }: RoomsOfPart, load: () => Promise<void>): Promise<[number, number]> {
  const [started, rows] = [performance.now(), counts.rows];
  await load();
  return [counts.rows - rows, Math.round(performance.now() - started)];
}

async function loadMoney({ plan, crypto, almanac, index, part, counts, copy }: RoomsOfPart): Promise<void> {
  const { billing, payments, tills, books } = playBills(plan, almanac.span, index, part);
  if (billing.length === 0) return;
  // Parents before children; the ledger stands alone.
  const batches = [
    ...billingBatches(billing),
    ...paymentBatches(tills, payments, crypto),
    ...bookBatches(books),
  ];
  for (const batch of batches) await copy(batch);
  counts.bills = billing.reduce(
    (sum, { runs }) => sum + runs.reduce((all, { bills }) => all + bills.length, 0),
    0,
  );
  counts.payments = payments.length;
}

async function loadGates({ plan, crypto, almanac, index, part, counts, copy }: RoomsOfPart): Promise<void> {
  const gates = playGates(plan, almanac.span, index, part);
  for (const batch of gateBatches(gates, crypto)) await copy(batch);
  counts.passes = gates.reduce((sum, { passes }) => sum + passes.length, 0);
  counts.passages = gates.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
}
