import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import {
  type BundledPass,
  type HealthFacts,
  type Latest,
  type Listed,
  MARKED_WAYS,
  type MarkedWay,
  markOf,
  PACK_VERSION,
  type Packed,
  type PackHead,
  packPasses,
  type Policy,
} from '@gongzhi/gate';
import { addDays, DAY, localDate, type LocalDate, MINUTE, SECOND, startOfDay } from '@gongzhi/kernel';
import type { Crypto, Signer } from '../../platform/crypto/crypto.ts';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Wall } from '../places/index.ts';
import { scopesOver } from './domain/scopes.ts';
import {
  type BundleGate,
  type BundlePass,
  type BundlePolicy,
  changedPasses,
  findOpenGate,
  firstDaysBefore,
  listsInForce,
  type ListedSubject,
  passesOfGate,
  policiesWithin,
  shiftsWithin,
} from './queries-bundle.ts';
import { countedBy, Counts } from './service-batch-counts.ts';
import { dayKeyOf, passFields, visitorKeyOf } from './tables-passes.ts';

/** What a gate needs to decide without us: made for one device, signed, and sent as a difference where it can be. */

/** Who was stopped in the last month is turned away by that name; before, they are simply not known. */
const STOPPED_DAYS = 30;
/** What was committed late or by a process whose clock is behind is sent once more. */
const OVERLAP = 30 * SECOND;
/** A visit that still goes on mostly began no longer ago; older ones are looked for. */
const VISIT_DAYS = 31;
const SOME = 500;

export interface BundleDevice {
  readonly scopeId: string;
  readonly deviceId: string;
  readonly gateId: string;
}

export const signerOf = (crypto: Crypto, scopeId: string): Signer => crypto.signer(`gate bundle ${scopeId}`);

const markField: Readonly<Record<MarkedWay, string>> = {
  six_digits: 'gate_six_digits',
  card: 'gate_card',
  plate: 'gate_plate',
};

/** Signed over these very bytes. */
export interface SignedBundle {
  readonly text: string;
  readonly signature: string;
}

/** Day keys of a compound, the same for all its gates: a secret is opened once a day and not once a device. */
interface DayKeys {
  readonly days: string;
  /** By reference; with the moment of the pass they were made from. */
  readonly byRef: Map<string, { readonly at: number; readonly keys: Readonly<Record<LocalDate, string>> }>;
}
const kept = new Map<string, DayKeys>();
/** Compounds; a process that serves more makes them anew. */
const MOST_KEPT = 40;

export function forgetDayKeys(): void {
  kept.clear();
}

function dayKeysOf(scopeId: string, days: readonly LocalDate[]): DayKeys {
  const name = days.join();
  const known = kept.get(scopeId);
  kept.delete(scopeId);
  const keys = known?.days === name ? known : { days: name, byRef: new Map() };
  kept.set(scopeId, keys);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
  return keys;
}

function policyOf({ id, version, buildingId, startsAt, endsAt, content }: BundlePolicy): Policy {
  const { checks, onNoAnswer, answerWithinMilliseconds, answerHoldsMinutes } = content;
  return {
    id,
    version,
    buildingId,
    from: startsAt.getTime(),
    to: endsAt.getTime(),
    checks,
    onNoAnswer,
    answerWithinMilliseconds,
    answerHoldsMinutes,
  };
}

const asksForHealth = (policies: readonly Policy[]): boolean =>
  policies.some(({ checks }) => checks.health_code ?? checks.test ?? checks.vaccination ?? checks.travel);

/** Whatever changes what is said of everybody: then the whole is sent. */
function frameOf(gate: BundleGate, policies: readonly Policy[], days: readonly LocalDate[]): string {
  return createHash('sha256')
    .update(JSON.stringify([PACK_VERSION, gate, policies, days]))
    .digest('base64url')
    .slice(0, 16);
}

const versionPattern = /^([0-9a-z]{1,11})\.([\w-]{16})$/;

export async function bundleFor(
  house: House,
  q: Executor,
  device: BundleDevice,
  wall: Wall,
  since: string | null,
  now: Date,
): Promise<SignedBundle> {
  const { scopeId, gateId, deviceId } = device;
  const { timeZone } = wall;
  const today = localDate(now.getTime(), timeZone);
  const days = [today, addDays(today, 1)];
  const from = new Date(startOfDay(today, timeZone));
  const to = new Date(startOfDay(addDays(today, 2), timeZone));
  const gate = await findOpenGate(q, scopeId, gateId);
  if (gate === null) throw new Problem('access.gate_retired');
  const policies = (await policiesWithin(q, scopesOver(wall), now, to)).map(policyOf);
  const hasHealth = asksForHealth(policies);
  const frame = frameOf(gate, policies, days);
  const range = {
    scopeId,
    gate,
    from,
    to,
    stoppedSince: new Date(from.getTime() - STOPPED_DAYS * DAY),
    hasHealth,
  };
  const [, time = '', known = ''] = versionPattern.exec(since ?? '') ?? [];
  const before = known === frame ? Number.parseInt(time, 36) : Number.NaN;
  const isDifference = before <= now.getTime() && before >= from.getTime();
  const watermark = (at: Date) => `${at.getTime().toString(36)}.${frame}`;
  const { kind, direction, buildingId, hours } = gate;
  const oldest = addDays(today, -VISIT_DAYS);
  const [inForce, oldDays] = await Promise.all([
    listsInForce(q, scopeId, now),
    firstDaysBefore(q, scopeId, new Date(startOfDay(oldest, timeZone)), now, timeZone),
  ]);
  const latest = await latestOf(house, q, wall, policies, inForce, { from, to }, now);
  const head: PackHead = {
    v: PACK_VERSION,
    scopeId,
    deviceId,
    gate: { id: gate.id, kind, direction, buildingId, hours },
    timeZone,
    version: watermark(now),
    issuedAt: now.getTime(),
    expiresAt: to.getTime(),
    policies,
    days,
    visitorKeys: visitorKeys(house.crypto, scopeId, today, oldDays),
    markKeys: markKeys(house.crypto, scopeId),
    latest,
  };
  const lists = listsBySubject(inForce);
  const pack = async (passes: readonly BundlePass[]) =>
    packPasses(await bundled(house.crypto, scopeId, passes, lists, days), head);
  if (!isDifference) {
    const passes = await passesOfGate(q, range);
    return signed(house.crypto, scopeId, { ...head, kind: 'full', passes: await pack(passes) });
  }
  const { count, changed } = await changedPasses(q, range, new Date(before - OVERLAP), now);
  return signed(house.crypto, scopeId, {
    ...head,
    // Nothing new is the same version: the device has nothing to keep.
    version: changed.length === 0 ? since! : head.version,
    kind: 'difference',
    from: since!,
    passes: await pack(changed.filter((one) => one.belongs)),
    gone: changed.filter((one) => !one.belongs).map(({ ref }) => ref),
    count,
  });
}

function signed(crypto: Crypto, scopeId: string, packed: Packed): SignedBundle {
  const text = JSON.stringify(packed);
  return { text, signature: signerOf(crypto, scopeId).sign(Buffer.from(text)).toString('base64') };
}

/** What changes by the minute, whole. */
async function latestOf(
  house: House,
  q: Executor,
  wall: Wall,
  policies: readonly Policy[],
  inForce: readonly ListedSubject[],
  { from, to }: { readonly from: Date; readonly to: Date },
  now: Date,
): Promise<Latest> {
  const { scopeId } = wall;
  const chain = [scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const isCounted = countedBy(scopeId, policies).length > 0;
  const [minutes, shifts, counts] = await Promise.all([
    house.settings.get(q, chain, 'access.shift_grace_minutes', now),
    shiftsWithin(q, scopeId, from, to),
    isCounted ? Counts.seen(q, { wall, policies }, now) : null,
  ]);
  const grace = minutes * MINUTE;
  const plates = new Map<string, Listed[]>();
  for (const { id, kind, plateIndex } of inForce) {
    if (plateIndex === null) continue;
    const mark = markOf(plateIndex);
    plates.set(mark, [...(plates.get(mark) ?? []), { id, kind }]);
  }
  return {
    at: now.getTime(),
    counts,
    plates: [...plates].map(([mark, lists]) => [mark, ...lists]),
    shifts: shifts.map(({ ref, ...span }) => [ref, span.from.getTime() - grace, span.to.getTime() + grace]),
  };
}

/** Of the days on which visits began that may still go on: the last month's, and those of who comes for longer. */
function visitorKeys(
  crypto: Crypto,
  scopeId: string,
  today: LocalDate,
  oldDays: readonly LocalDate[],
): Record<LocalDate, string> {
  const keys: Record<LocalDate, string> = {};
  for (const day of oldDays) keys[day] = visitorKeyOf(crypto, scopeId, day).toString('base64');
  for (let day = addDays(today, -VISIT_DAYS); day <= addDays(today, 1); day = addDays(day, 1))
    keys[day] = visitorKeyOf(crypto, scopeId, day).toString('base64');
  return keys;
}

function markKeys(crypto: Crypto, scopeId: string): Record<MarkedWay, string> {
  const keyOf = (way: MarkedWay) => crypto.scopeIndexKey(scopeId, markField[way]).toString('base64');
  return { six_digits: keyOf('six_digits'), card: keyOf('card'), plate: keyOf('plate') };
}

type Lists = ReadonlyMap<string, readonly Listed[]>;

function listsBySubject(entries: readonly ListedSubject[]): Lists {
  const lists = new Map<string, Listed[]>();
  for (const { id, kind, subjectKind, subjectId, plateIndex } of entries) {
    const subject = `${subjectKind} ${subjectId ?? plateIndex!.toString('hex')}`;
    const known = lists.get(subject);
    if (known === undefined) lists.set(subject, [{ id, kind }]);
    else known.push({ id, kind });
  }
  return lists;
}

function listsOf(lists: Lists, { id, personId, householdId, plateIndex }: BundlePass): Listed[] {
  if (lists.size === 0) return [];
  return [
    ...(lists.get(`pass ${id}`) ?? []),
    ...(personId === null ? [] : (lists.get(`person ${personId}`) ?? [])),
    ...(householdId === null ? [] : (lists.get(`household ${householdId}`) ?? [])),
    ...(plateIndex === null ? [] : (lists.get(`plate ${plateIndex.toString('hex')}`) ?? [])),
  ];
}

async function bundled(
  crypto: Crypto,
  scopeId: string,
  passes: readonly BundlePass[],
  lists: Lists,
  days: readonly LocalDate[],
): Promise<BundledPass[]> {
  const { byRef } = dayKeysOf(scopeId, days);
  const made: BundledPass[] = [];
  for (const [i, pass] of passes.entries()) {
    // Twenty thousand secrets are half a second: others come in between.
    if (i % SOME === SOME - 1) await turn();
    const known = byRef.get(pass.ref);
    const at = pass.updatedAt.getTime();
    const keys = known?.at === at ? known.keys : dayKeys(crypto, scopeId, pass, days);
    if (known?.at !== at) byRef.set(pass.ref, { at, keys });
    made.push({
      pass: {
        ref: pass.ref,
        kind: pass.kind,
        status: pass.status,
        validFrom: pass.validFrom.getTime(),
        validTo: pass.validTo?.getTime() ?? null,
        gateIds: pass.gateIds,
        buildingIds: pass.buildingIds,
        homeBuildingId: pass.homeBuildingId,
        hours: pass.hours,
        entriesAllowed: pass.entriesAllowed,
        entriesUsed: pass.entriesUsed,
        shifts: pass.onShiftOnly ? [] : null,
        holdsSpace: pass.holdsSpace,
      },
      keys,
      marks: marksOf(pass),
      lists: listsOf(lists, pass),
      health: healthOf(crypto, pass),
    });
  }
  return made;
}

function dayKeys(
  crypto: Crypto,
  scopeId: string,
  { id, secretCipher }: BundlePass,
  days: readonly LocalDate[],
): Record<LocalDate, string> {
  const keys: Record<LocalDate, string> = {};
  if (secretCipher === null) return keys;
  const secret = Buffer.from(crypto.open(secretCipher, passFields.secret, id), 'base64');
  for (const day of days) keys[day] = dayKeyOf(secret, scopeId, day).toString('base64');
  return keys;
}

/** Of a stopped pass none: its card or plate may be another's by now. */
function marksOf({ status, digitsIndex, cardIndex, plateIndex }: BundlePass): string[] {
  if (status === 'revoked') return [];
  const index: Readonly<Record<MarkedWay, Buffer | null>> = {
    six_digits: digitsIndex,
    card: cardIndex,
    plate: plateIndex,
  };
  return MARKED_WAYS.flatMap((way) => {
    const bytes = index[way];
    return bytes === null ? [] : [`${way}:${markOf(bytes)}`];
  });
}

function healthOf(crypto: Crypto, { id, factsCipher, factsAsOf }: BundlePass): BundledPass['health'] {
  if (factsCipher === null || factsAsOf === null) return null;
  const facts = JSON.parse(crypto.open(factsCipher, 'access.health_fact', id)) as HealthFacts;
  return { facts, asOf: factsAsOf.getTime(), source: 'kept' };
}
