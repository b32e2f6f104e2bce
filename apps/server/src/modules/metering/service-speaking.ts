import {
  type Authority,
  type MeterError,
  readStatus3,
  toMeterTime,
  type Value,
  valuesOf,
} from '@gongzhi/kernel/dlt645/index.ts';
import type { Conversation, Failure } from './service-conversation.ts';
import type { CommandRow, MeterRow } from './tables.ts';

/** What is said to one meter: a reading of everything, or a command with its proof. */

export interface Said {
  readonly milli: number;
  /** What it shows of its money; null where it keeps none. */
  readonly fen: number | null;
  /** How many purchases it has counted. */
  readonly purchases: number | null;
  readonly isOpen: boolean | null;
}
type Read<T> = { readonly ok: true; readonly value: T } | Failure;

const FORWARD = '00010000';
const REMAINING = '00900200';
const OVERDRAWN = '00900201';
const STATUS = '04000503';
const PURCHASES = '03330201';
const mostFollowing = 10;

/** One value, with whatever follows it in more frames. */
async function readOne(line: Conversation, address: string, di: string): Promise<Read<Value>> {
  let answered = await line.ask(address, { type: 'read', di });
  if (!answered.ok) return answered;
  const parts: number[] = [];
  for (let sequence = 1; ; sequence += 1) {
    const { message } = answered;
    if (message.type !== 'data' && message.type !== 'more_data') return { ok: false, error: 'garbled' };
    parts.push(...message.data);
    if (!message.hasMore) break;
    if (sequence > mostFollowing) return { ok: false, error: 'garbled' };
    answered = await line.ask(address, { type: 'read_more', di, sequence });
    if (!answered.ok) return answered;
  }
  const values = valuesOf(di, Uint8Array.from(parts));
  const [value] = values.ok ? values.value : [];
  return value === undefined ? { ok: false, error: 'garbled' } : { ok: true, value };
}

const digitsOf = (read: Read<Value>): number | null =>
  read.ok && read.value.is === 'number' ? read.value.value.digits : null;

/** What the meter shows; of who keeps no money and has no switch, what it has. */
export async function readMeter(
  line: Conversation,
  meter: MeterRow,
  isPrepaid: boolean,
): Promise<Read<Said>> {
  const address = meter.address ?? '';
  const energy = await readOne(line, address, FORWARD);
  if (!energy.ok) return energy;
  const digits = digitsOf(energy);
  if (digits === null) return { ok: false, error: 'garbled' };
  const status = await readStatus(line, address);
  const money = isPrepaid ? await readMoney(line, address) : null;
  const purchases = isPrepaid ? await purchasesOf(line, address) : null;
  return { ok: true, value: { milli: digits * 10, fen: money, purchases, isOpen: status } };
}

async function readStatus(line: Conversation, address: string): Promise<boolean | null> {
  const status = await readOne(line, address, STATUS);
  return status.ok && status.value.is === 'status' ? readStatus3(status.value.bits).isOpen : null;
}

async function readMoney(line: Conversation, address: string): Promise<number | null> {
  const remaining = digitsOf(await readOne(line, address, REMAINING));
  if (remaining !== 0) return remaining;
  // Below nothing it shows nothing, and beside it how much was lent.
  const overdrawn = digitsOf(await readOne(line, address, OVERDRAWN));
  return overdrawn === null ? remaining : remaining - overdrawn;
}

export type Done =
  | { readonly ok: true; readonly isOpen: boolean | null }
  | Failure
  | { readonly ok: false; readonly error: 'not_done' }
  /** It has counted another number of purchases than this one follows: it took nothing. */
  | (Extract<Failure, { error: 'refused' }> & { readonly counted: number });

/**
 * A command, and the look whether it was done: an acknowledgement alone moves no switch. Whatever is said twice is done
 * once: a switch that is open stays open, and a purchase has its number.
 */
export async function tellMeter(
  line: Conversation,
  meter: MeterRow,
  command: CommandRow,
  by: Authority,
  until: Date,
  timeZone: string,
): Promise<Done> {
  const address = meter.address ?? '';
  if (command.kind === 'top_up') return tellPurchase(line, address, command, by);
  const answered = await line.ask(address, {
    type: 'control',
    control: command.kind,
    by,
    until: toMeterTime(until.getTime(), timeZone),
  });
  if (!answered.ok) return answered;
  if (command.kind !== 'trip' && command.kind !== 'close') return { ok: true, isOpen: null };
  const isOpen = await readStatus(line, address);
  if (isOpen === null) return { ok: true, isOpen: command.kind === 'trip' };
  return isOpen === (command.kind === 'trip') ? { ok: true, isOpen } : { ok: false, error: 'not_done' };
}

async function tellPurchase(
  line: Conversation,
  address: string,
  command: CommandRow,
  by: Authority,
): Promise<Done> {
  const count = command.purchase ?? 0;
  // An answer may have been lost on the way: the meter knows which purchase was the last. Of one that never was said, a count
  // that is its number is somebody else's purchase.
  if (command.saidAt !== null && (await purchasesOf(line, address)) === count)
    return { ok: true, isOpen: null };
  const answered = await line.ask(address, {
    type: 'purchase',
    operator: by.operator,
    amountFen: command.amountFen ?? 0,
    count,
  });
  if (answered.ok) return { ok: true, isOpen: null };
  const isRefused = (why: MeterError) => answered.error === 'refused' && answered.errors.includes(why);
  // Repeated is what was said before; said for the first time, its number is another purchase's.
  if (isRefused('purchase_repeated') && command.saidAt !== null) return { ok: true, isOpen: null };
  if (answered.error !== 'refused' || !(isRefused('wrong_purchase_count') || isRefused('purchase_repeated')))
    return answered;
  const counted = await purchasesOf(line, address);
  return counted === null ? answered : { ...answered, counted };
}

async function purchasesOf(line: Conversation, address: string): Promise<number | null> {
  const read = await readOne(line, address, PURCHASES);
  return read.ok && read.value.is === 'count' ? read.value.count : null;
}
