import { type Instant, type LocalDate, MINUTE } from '@gongzhi/kernel';
import type { BundledPass, Latest } from './bundle.ts';
import { fromBase64, toBase64, toHex, writeHex } from './bytes.ts';
import { DAY_KEY_BYTES } from './code.ts';
import type { Policy } from './policy.ts';
import type { GateFacts, HealthFacts, HealthKnown, Listed, PassFacts, Shift } from './types.ts';
import { CODE_COLOURS } from './types.ts';

/**
 * A bundle on the line and on the phone: columns instead of rows, so that 20,000 passes with two day keys each are less
 * than two megabytes. Nothing is said of a pass that makes no difference at this gate before the bundle ends.
 */
export const PACK_VERSION = 2;

export interface PackHead {
  readonly v: typeof PACK_VERSION;
  readonly scopeId: string;
  readonly deviceId: string;
  readonly gate: GateFacts;
  readonly timeZone: string;
  readonly version: string;
  readonly issuedAt: Instant;
  /** Exclusive. */
  readonly expiresAt: Instant;
  readonly policies: readonly Policy[];
  /** The dates whose keys are in it, today's first. */
  readonly days: readonly LocalDate[];
  readonly visitorKeys: Readonly<Record<LocalDate, string>>;
  /** What the marks of cards, plates and six digits are made with, base64. */
  readonly markKeys: Readonly<Record<MarkedWay, string>>;
  readonly latest: Latest;
}

/** Ways that are known by what they say, in the order in which they are tried. */
export const MARKED_WAYS = ['six_digits', 'card', 'plate'] as const;
export type MarkedWay = (typeof MARKED_WAYS)[number];

export interface PackedFull extends PackHead {
  readonly kind: 'full';
  readonly passes: PackedPasses;
}
/** What is otherwise since `from`. `count`: how many passes there are then; another number means: ask for all. */
export interface PackedDifference extends PackHead {
  readonly kind: 'difference';
  readonly from: string;
  readonly passes: PackedPasses;
  readonly gone: readonly string[];
  readonly count: number;
}
export type Packed = PackedFull | PackedDifference;

export interface PackedPasses {
  readonly count: number;
  /** Eight bytes each. */
  readonly refs: string;
  /** Sixteen bytes a day each; zeros for a pass without a phone. */
  readonly keys: string;
  /** What passes have in common, and which of these a pass is, in two bytes. */
  readonly profiles: readonly Profile[];
  readonly profile: string;
  /** By way: the number in the list in four bytes, the mark in eight; whoever has none is not in it. */
  readonly marks: Readonly<Record<MarkedWay, string>>;
  /** Few have any. By number in the list. */
  readonly lists: readonly (readonly [number, ...Listed[]])[];
  /** Only under a policy that asks for it. */
  readonly health: PackedHealth | null;
}

type Profile = Omit<PassFacts, 'ref'>;

interface PackedHealth {
  /** Minutes since 1970 from which the times are counted backwards. */
  readonly from: number;
  readonly records: string;
  readonly travels: readonly HealthFacts['travel'][];
}

/** asOf 3, code's asOf 3, sampled 3, result 3, code and test 1, doses 1, travel 2: a time is minutes ago and one, 0 for none. */
const RECORD = 16;
const NO_DOSES = 255;
const RESULTS = ['negative', 'positive', 'pending'] as const;
const MOST_PROFILES = 0xffff;
export const MARK_BYTES = 8;
const MARKED = 4 + MARK_BYTES;

/** What of a pass matters at this gate until the bundle ends. */
function profileOf(pass: PassFacts, head: PackHead): Profile {
  const { gate, issuedAt, expiresAt, policies } = head;
  const isOfBuilding = (id: string) => policies.some(({ buildingId }) => buildingId === id);
  const { homeBuildingId } = pass;
  return {
    kind: pass.kind,
    status: pass.status,
    validFrom: pass.validFrom <= issuedAt ? 0 : pass.validFrom,
    validTo: pass.validTo === null || pass.validTo >= expiresAt ? null : pass.validTo,
    gateIds: pass.gateIds === null || pass.gateIds.includes(gate.id) ? null : [],
    buildingIds:
      gate.buildingId === null || pass.buildingIds === null || pass.buildingIds.includes(gate.buildingId)
        ? null
        : [],
    homeBuildingId: homeBuildingId !== null && isOfBuilding(homeBuildingId) ? homeBuildingId : null,
    hours: pass.hours,
    entriesAllowed: pass.entriesAllowed,
    entriesUsed: pass.entriesAllowed === null ? 0 : pass.entriesUsed,
    // When they are at work changes from day to day: that stands in `latest`.
    shifts: pass.shifts === null ? null : [],
    holdsSpace: pass.holdsSpace,
  };
}

export function packPasses(passes: readonly BundledPass[], head: PackHead): PackedPasses {
  const { days } = head;
  const refs = new Uint8Array(passes.length * 8);
  const keys = new Uint8Array(passes.length * days.length * DAY_KEY_BYTES);
  const profile = new Uint8Array(passes.length * 2);
  const profiles: Profile[] = [];
  const profileAt = new Map<string, number>();
  const marks: Record<MarkedWay, number[]> = { six_digits: [], card: [], plate: [] };
  const lists: [number, ...Listed[]][] = [];
  for (const [i, one] of passes.entries()) {
    writeHex(one.pass.ref, refs, i * 8);
    for (const [d, day] of days.entries()) {
      const key = one.keys[day];
      if (key !== undefined) keys.set(fromBase64(key), (i * days.length + d) * DAY_KEY_BYTES);
    }
    const own = profileOf(one.pass, head);
    const text = JSON.stringify(own);
    let at = profileAt.get(text);
    if (at === undefined) {
      at = profiles.push(own) - 1;
      if (at > MOST_PROFILES) throw new RangeError('more kinds of passes than two bytes count');
      profileAt.set(text, at);
    }
    profile[i * 2] = at >>> 8;
    profile[i * 2 + 1] = at & 255;
    for (const mark of one.marks) {
      const [way, hex] = mark.split(':') as [MarkedWay, string];
      const record = new Uint8Array(MARKED);
      new DataView(record.buffer).setUint32(0, i);
      writeHex(hex, record, 4);
      marks[way].push(...record);
    }
    if (one.lists.length > 0) lists.push([i, ...one.lists]);
  }
  return {
    count: passes.length,
    refs: toBase64(refs),
    keys: toBase64(keys),
    profiles,
    profile: toBase64(profile),
    marks: {
      six_digits: toBase64(Uint8Array.from(marks.six_digits)),
      card: toBase64(Uint8Array.from(marks.card)),
      plate: toBase64(Uint8Array.from(marks.plate)),
    },
    lists,
    health: passes.some(({ health }) => health !== null) ? packHealth(passes, head.issuedAt) : null,
  };
}

function packHealth(passes: readonly BundledPass[], issuedAt: Instant): PackedHealth {
  const from = Math.floor(issuedAt / MINUTE);
  const records = new Uint8Array(passes.length * RECORD);
  const travels: HealthFacts['travel'][] = [null];
  const travelAt = new Map<string, number>([['null', 0]]);
  // To the minute below: what is known is never younger than it is.
  const writeTime = (at: number, time: Instant | null | undefined): void => {
    const ago = time == null ? 0 : Math.max(0, Math.min(from - Math.floor(time / MINUTE), 0xfffffe)) + 1;
    records[at] = ago >>> 16;
    records[at + 1] = (ago >>> 8) & 255;
    records[at + 2] = ago & 255;
  };
  for (const [i, { health }] of passes.entries()) {
    if (health === null) continue;
    const at = i * RECORD;
    const { code, test, vaccination, travel } = health.facts;
    writeTime(at, health.asOf);
    writeTime(at + 3, code?.asOf);
    writeTime(at + 6, test?.sampledAt);
    writeTime(at + 9, test?.resultAt);
    const colour = code === null ? 0 : CODE_COLOURS.indexOf(code.colour) + 1;
    const result = test === null ? 0 : RESULTS.indexOf(test.result) + 1;
    records[at + 12] = (colour << 4) | result;
    records[at + 13] = vaccination === null ? NO_DOSES : Math.min(vaccination.doses, NO_DOSES - 1);
    const text = JSON.stringify(travel);
    let known = travelAt.get(text);
    if (known === undefined) {
      known = travels.push(travel) - 1;
      travelAt.set(text, known);
    }
    records[at + 14] = known >>> 8;
    records[at + 15] = known & 255;
  }
  return { from, records: toBase64(records), travels };
}

interface Chunk {
  readonly refs: Uint8Array;
  readonly keys: Uint8Array;
  readonly profiles: readonly Profile[];
  readonly profile: Uint8Array;
  readonly marks: ReadonlyMap<number, readonly string[]>;
  readonly lists: ReadonlyMap<number, readonly Listed[]>;
  readonly health: {
    readonly from: number;
    readonly records: Uint8Array;
    readonly travels: readonly HealthFacts['travel'][];
  } | null;
}

function readMarks(packed: PackedPasses['marks']): Map<number, string[]> {
  const marks = new Map<number, string[]>();
  for (const way of MARKED_WAYS) {
    const bytes = fromBase64(packed[way]);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += MARKED) {
      const row = view.getUint32(at);
      const mark = `${way}:${toHex(bytes, at + 4, at + MARKED)}`;
      const known = marks.get(row);
      if (known === undefined) marks.set(row, [mark]);
      else known.push(mark);
    }
  }
  return marks;
}

/** Why a difference was not taken: then the whole is asked for. */
export class NotFitting extends Error {}

/** What the phone knows: the whole of one moment and the differences since, looked up by reference or by mark. */
export class GateList {
  #head: PackHead;
  readonly #chunks: Chunk[] = [];
  readonly #at = new Map<string, readonly [chunk: Chunk, row: number]>();
  readonly #marked = new Map<string, string>();
  #latest: Latest;
  #plates: ReadonlyMap<string, readonly Listed[]> = new Map();
  #shifts: ReadonlyMap<string, readonly Shift[]> = new Map();

  constructor(full: PackedFull) {
    this.#head = full;
    this.#latest = full.latest;
    this.#take(full.passes);
    this.#hear(full.latest);
  }

  get head(): PackHead {
    return this.#head;
  }

  get count(): number {
    return this.#at.size;
  }

  get latest(): Latest {
    return this.#latest;
  }

  /** What was said of the minute; older than what is known, it is nothing new. */
  hear(latest: Latest): void {
    if (latest.at >= this.#latest.at) this.#hear(latest);
  }

  #hear(latest: Latest): void {
    this.#latest = latest;
    this.#plates = new Map(latest.plates.map(([mark, ...lists]) => [mark, lists]));
    const shifts = new Map<string, Shift[]>();
    for (const [ref, from, to] of latest.shifts) {
      const known = shifts.get(ref);
      if (known === undefined) shifts.set(ref, [{ from, to }]);
      else known.push({ from, to });
    }
    this.#shifts = shifts;
  }

  /** Entries on a plate, whether a pass bears it or not. */
  listsOfPlate(mark: string): readonly Listed[] {
    return this.#plates.get(mark) ?? [];
  }

  apply(difference: PackedDifference): void {
    const { scopeId, deviceId, gate, version, days } = this.#head;
    if (
      difference.from !== version ||
      difference.scopeId !== scopeId ||
      difference.deviceId !== deviceId ||
      difference.gate.id !== gate.id ||
      difference.days.join() !== days.join()
    )
      throw new NotFitting('a difference from something else');
    this.#head = difference;
    for (const ref of difference.gone) this.#drop(ref);
    this.#take(difference.passes);
    this.hear(difference.latest);
    if (this.#at.size !== difference.count) throw new NotFitting('not as many passes as there should be');
  }

  find(ref: string): BundledPass | null {
    const at = this.#at.get(ref);
    return at === undefined ? null : this.#read(...at);
  }

  findMarked(mark: string): BundledPass | null {
    const ref = this.#marked.get(mark);
    return ref === undefined ? null : this.find(ref);
  }

  #drop(ref: string): void {
    const at = this.#at.get(ref);
    if (at === undefined) return;
    for (const mark of at[0].marks.get(at[1]) ?? []) this.#marked.delete(mark);
    this.#at.delete(ref);
  }

  #take(packed: PackedPasses): void {
    const { health } = packed;
    const records = health === null ? null : fromBase64(health.records);
    const chunk: Chunk = {
      refs: fromBase64(packed.refs),
      keys: fromBase64(packed.keys),
      profiles: packed.profiles,
      profile: fromBase64(packed.profile),
      marks: readMarks(packed.marks),
      lists: new Map(packed.lists.map(([row, ...own]) => [row, own])),
      health: health === null || records === null ? null : { ...health, records },
    };
    this.#chunks.push(chunk);
    for (let row = 0; row < packed.count; row++) {
      const ref = toHex(chunk.refs, row * 8, row * 8 + 8);
      this.#drop(ref);
      this.#at.set(ref, [chunk, row]);
      for (const mark of chunk.marks.get(row) ?? []) this.#marked.set(mark, ref);
    }
  }

  #read(chunk: Chunk, row: number): BundledPass {
    const { days } = this.#head;
    const keys: Record<LocalDate, string> = {};
    for (const [d, day] of days.entries()) {
      const at = (row * days.length + d) * DAY_KEY_BYTES;
      const key = chunk.keys.subarray(at, at + DAY_KEY_BYTES);
      if (key.some((byte) => byte !== 0)) keys[day] = toBase64(key);
    }
    const profile = chunk.profiles[chunk.profile[row * 2]! * 256 + chunk.profile[row * 2 + 1]!]!;
    const ref = toHex(chunk.refs, row * 8, row * 8 + 8);
    return {
      pass: { ...profile, ref, shifts: profile.shifts === null ? null : (this.#shifts.get(ref) ?? []) },
      keys,
      marks: chunk.marks.get(row) ?? [],
      lists: chunk.lists.get(row) ?? [],
      health: readHealth(chunk, row),
    };
  }
}

function readHealth({ health }: Chunk, row: number): HealthKnown | null {
  if (health === null) return null;
  const { from, records, travels } = health;
  const at = row * RECORD;
  const byte = (offset: number): number => records[at + offset]!;
  const time = (offset: number): Instant | null => {
    const ago = (byte(offset) << 16) | (byte(offset + 1) << 8) | byte(offset + 2);
    return ago === 0 ? null : (from - ago + 1) * MINUTE;
  };
  const asOf = time(0);
  if (asOf === null) return null;
  const colour = byte(12) >>> 4;
  const result = byte(12) & 15;
  const doses = byte(13);
  return {
    asOf,
    source: 'kept',
    facts: {
      code: colour === 0 ? null : { colour: CODE_COLOURS[colour - 1]!, asOf: time(3) ?? asOf },
      test:
        result === 0 ? null : { result: RESULTS[result - 1]!, sampledAt: time(6) ?? asOf, resultAt: time(9) },
      vaccination: doses === NO_DOSES ? null : { doses, lastOn: null },
      travel: travels[(byte(14) << 8) | byte(15)] ?? null,
    },
  };
}
