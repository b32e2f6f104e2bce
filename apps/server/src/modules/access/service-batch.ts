import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  asksForHealth,
  decide,
  type Outcome,
  type Policy,
  rankOf,
  type Seen,
  type Verdict,
} from '@gongzhi/gate';
import { DAY, HOUR, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { type Wall, wallsOf } from '../places/index.ts';
import {
  codeUses,
  countEntries,
  type DeviceWithSecret,
  devicesOf,
  type GateKey,
  type HeardDevice,
  holdGates,
  insertPassages,
  insideOf,
  type NewHealth,
  type NewUse,
  type PassageRecord,
  passesOf,
  policiesInForce,
  saidBefore,
  settledOf,
  storeEnds,
  storeHeard,
  storeHealth,
  storeUses,
} from './queries-batch.ts';
import { type DayKeys, findIn, type Recognised, recognise } from './service-credentials.ts';
import type { Arrival, Decided, Taken } from './service-arrivals.ts';
import { healthOf, type PolicyContents, wantedOf } from './service-batch-facts.ts';
import { hear, whyOf } from './service-batch-notes.ts';
import { type Chain, link, repeated } from './service-chain.ts';
import { type HeldGate, sealedFields } from './tables.ts';

/** Many checks of one or several compounds, decided and written in one transaction. */

export interface BatchTools {
  readonly house: House;
  readonly keys: DayKeys;
  readonly contents: PolicyContents;
  /** Whether pages should hear of a compound's passages now; the busiest gate tells them every other second. */
  shouldTell(scopeId: string, isStopped: boolean, now: number): boolean;
}

/** A repeated number is looked for from a day and a half before its own time: a retry comes after its first try. */
const lookBack = 36 * HOUR;
const longestLookBack = 8 * DAY;

const gateName = ({ scopeId, gateId }: GateKey) => `${scopeId} ${gateId}`;

interface ScopeFacts {
  readonly wall: Wall;
  readonly policies: readonly Policy[];
  readonly driftSteps: number;
  readonly skewMs: number;
  readonly inside: number | null;
}

/**
 * A day's table begins empty, and a plan that was made then reads it whole: right for a minute, and wrong for the rest of
 * the day on every connection that keeps it.
 */
const byIndexOnly = sql`set local enable_seqscan = off`;

/** Rejects when nothing of it was written; a Taken of kind `ask` was not written and wants an answer first. */
export async function takeIn(tools: BatchTools, tx: Tx, arrivals: readonly Arrival[]): Promise<Taken[]> {
  const { house } = tools;
  const now = house.clock.now();
  const millis = now.getTime();
  const gateKeys = distinct(
    arrivals.map(({ from, gateId }) => ({ scopeId: from.scopeId, gateId })),
    gateName,
  );
  const scopeIds = [...new Set(gateKeys.map(({ scopeId }) => scopeId))];
  const times = arrivals.map(({ attempt, offline }) => Math.min(offline?.at ?? attempt.at ?? millis, millis));
  const earliest = Math.min(...times, millis);
  const since = new Date(Math.max(earliest - lookBack, millis - longestLookBack));
  const wanted = wantedOf(house.crypto, tools.keys, arrivals);
  tx.write(byIndexOnly);
  const [gates, devices, before, passes, uses, inForce, settled] = await Promise.all([
    holdGates(tx, gateKeys),
    devicesOf(
      tx,
      distinct(
        arrivals.flatMap(({ from }) =>
          from.deviceId === null ? [] : [{ scopeId: from.scopeId, deviceId: from.deviceId }],
        ),
        ({ deviceId }) => deviceId,
      ),
    ),
    saidBefore(
      tx,
      arrivals.map(({ from, gateId, attempt }) => ({ scopeId: from.scopeId, gateId, id: attempt.id })),
      since,
      new Date(millis + DAY),
    ),
    passesOf(tx, wanted, now),
    wanted.steps.length === 0 ? [] : codeUses(tx, wanted.steps),
    policiesInForce(tx, scopeIds, new Date(earliest - HOUR), now),
    settledOf(
      tx,
      arrivals.flatMap(({ from, gateId, override }) =>
        override === null ? [] : [{ scopeId: from.scopeId, gateId, id: override.of }],
      ),
      since,
    ),
  ]);
  const policies = await tools.contents.of(tx, inForce);
  const facts = await scopeFacts(tools, tx, scopeIds, policies, now);

  const chains = new Map<string, Chain>();
  for (const gate of gates) {
    const today = localDate(millis, facts.get(gate.scopeId)!.wall.timeZone);
    const isToday = gate.day === today;
    chains.set(gateName({ scopeId: gate.scopeId, gateId: gate.id }), {
      gate,
      today,
      seq: gate.seq,
      digest: gate.digest.toString('hex'),
      entries: isToday ? gate.entries : 0,
      exits: isToday ? gate.exits : 0,
      isTouched: false,
    });
  }
  const deviceOf = new Map(devices.map((device) => [device.id, device]));
  const saidOf = new Map(before.map((row) => [`${row.gateId} ${row.id}`, row]));
  const usedBy = new Map(uses.map((use) => [`${use.scopeId} ${use.ref} ${use.step}`, use.passageId]));
  const settledBy = new Map(settled.map(({ gateId, id, by }) => [`${gateId} ${id}`, by]));
  const found = findIn(passes, millis);
  const entered = new Map<string, { scopeId: string; id: string; count: number }>();
  const newUses: NewUse[] = [];
  const health = new Map<string, NewHealth>();
  const heard = new Map<string, HeardDevice>();
  const records: PassageRecord[] = [];
  const inBatch = new Map<string, Decided>();
  const told = new Map<string, { gate: HeldGate; isStopped: boolean }>();
  const salts = randomBytes(32 * arrivals.length).toString('hex');

  const takeOne = (arrival: Arrival, i: number): Taken => {
    const { from, gateId, attempt, offline, override } = arrival;
    const chain = chains.get(gateName({ scopeId: from.scopeId, gateId }));
    const device = from.deviceId === null ? undefined : deviceOf.get(from.deviceId);
    const stranger = strangerOf(arrival, device);
    if (stranger !== null) return { kind: 'refused', fault: stranger };
    if (chain === undefined) return { kind: 'refused', fault: 'gate_unknown' };
    const { gate } = chain;
    if (device !== undefined && device.gateId !== gateId) return { kind: 'refused', fault: 'gate_moved' };
    const name = `${gateId} ${attempt.id}`;
    const again = inBatch.get(name);
    if (again !== undefined) return { ...again, isRepeat: true };
    const said = saidOf.get(name);
    if (said !== undefined) return repeated(house.crypto, said, attempt.direction);
    if (gate.retiredAt !== null) return { kind: 'refused', fault: 'gate_retired' };
    if (override !== null) {
      // One word on one passage, whoever speaks at the same time.
      if (settledBy.has(`${gateId} ${override.of}`)) return { kind: 'refused', fault: 'settled' };
      settledBy.set(`${gateId} ${override.of}`, attempt.id);
    }

    const scope = facts.get(from.scopeId)!;
    const at = offline?.at ?? millis;
    const recognised = recognise(attempt.claim, {
      crypto: house.crypto,
      keys: tools.keys,
      scopeId: from.scopeId,
      timeZone: scope.wall.timeZone,
      found,
      at,
      driftSteps: scope.driftSteps,
      isUsed: (ref, step) => {
        const user = usedBy.get(`${from.scopeId} ${ref} ${step}`);
        return user !== undefined && user !== attempt.id;
      },
    });
    const { pass } = recognised;
    const counted = pass === null ? 0 : (entered.get(pass.id)?.count ?? 0);
    const seen = seenOf(arrival, gate, scope, recognised, counted, at, tools);
    if (override === null && offline === null && arrival.answer === null) {
      const asking = asksForHealth(seen, scope.policies);
      const age = seen.health === null ? Number.POSITIVE_INFINITY : (at - seen.health.asOf) / 60_000;
      if (asking !== null && pass !== null && age > asking.answerHoldsMinutes)
        return { kind: 'ask', passId: pass.id, withinMilliseconds: asking.answerWithinMilliseconds };
    }
    const ours = decide(seen, scope.policies);
    const verdict = override !== null ? overridden(ours, attempt.direction) : ours;
    const outcome: Outcome = offline?.outcome ?? verdict.outcome;
    const isThrough = rankOf(outcome) < rankOf('refer');

    if (arrival.answer?.facts != null && pass !== null)
      health.set(pass.id, {
        gate,
        passId: pass.id,
        cipher: house.crypto.seal(JSON.stringify(arrival.answer.facts), sealedFields.health, pass.id),
        asOf: new Date(arrival.answer.asOf),
      });
    if (isThrough && recognised.use !== null) {
      const use = { ...recognised.use, scopeId: from.scopeId, passageId: attempt.id };
      usedBy.set(`${use.scopeId} ${use.ref} ${use.step}`, attempt.id);
      newUses.push({ ...use, gate, usedAt: new Date(at) });
    }
    // Offline it happened, whatever the count says: what is over is flagged, not counted.
    const isOver = pass !== null && pass.entriesUsed + counted >= (pass.entriesAllowed ?? Infinity);
    if (isThrough && attempt.direction === 'in' && pass !== null && pass.entriesAllowed !== null && !isOver)
      entered.set(pass.id, { scopeId: from.scopeId, id: pass.id, count: counted + 1 });

    const isClockOff = device !== undefined && hear(heard, device, arrival, now, scope.skewMs);
    const salt = { who: salts.slice(i * 64, i * 64 + 32), why: salts.slice(i * 64 + 32, i * 64 + 64) };
    const decidedBy = override !== null ? 'person' : offline !== null ? 'offline' : 'server';
    const latencyUs = offline?.latencyUs ?? Math.round((performance.now() - arrival.startedAt) * 1_000);
    const why = whyOf(arrival, seen, verdict);
    const { record, seq } = link(chain, {
      arrival,
      verdict: { ...verdict, outcome },
      pass: {
        way: recognised.credential.way,
        id: pass?.id ?? null,
        kind: pass?.kind ?? null,
        householdId: pass?.householdId ?? null,
      },
      at,
      now,
      decidedBy,
      latencyUs: Math.min(latencyUs, 2_000_000_000),
      salt,
      why,
      seal: (text) => house.crypto.seal(text, sealedFields.why, attempt.id),
    });
    records.push(record);
    if (isThrough && attempt.direction === 'in') chain.entries += 1;
    else if (isThrough) chain.exits += 1;
    const isStopped = !isThrough;
    const hint = told.get(from.scopeId);
    if (hint === undefined || (isStopped && !hint.isStopped)) told.set(from.scopeId, { gate, isStopped });
    const decided: Decided = {
      kind: 'decided',
      isRepeat: false,
      gateId,
      passId: pass?.id ?? null,
      ref: pass?.ref ?? null,
      way: recognised.credential.way,
      outcome,
      say: verdict.say,
      params: verdict.params,
      failed: verdict.findings.filter(({ code }) => code !== null),
      overriders: verdict.overriders,
      urgent: verdict.urgent,
      seq,
      recordedAt: now,
      isClockOff,
      // What the gate decided alone, and we would not have.
      differs: offline !== null && rankOf(ours.outcome) > rankOf(outcome) ? ours : null,
    };
    inBatch.set(name, decided);
    return decided;
  };
  const taken = arrivals.map(takeOne);

  if (records.length > 0) {
    storeUses(tx, newUses);
    countEntries(tx, [...entered.values()]);
    storeHealth(tx, [...health.values()]);
    insertPassages(tx, records);
    storeEnds(
      tx,
      [...chains.values()]
        .filter(({ isTouched }) => isTouched)
        .map(({ gate, seq, digest, today, entries, exits }) => ({
          scopeId: gate.scopeId,
          gateId: gate.id,
          seq,
          digest: Buffer.from(digest, 'hex'),
          lastAt: now,
          day: today,
          entries,
          exits,
        })),
    );
    for (const { gate, isStopped } of told.values())
      if (tools.shouldTell(gate.scopeId, isStopped, millis)) tellOfPassages(tx, gate, isStopped, now);
  }
  storeHeard(tx, [...heard.values()]);
  return taken;
}

function distinct<T>(list: readonly T[], name: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [name(one), one])).values()];
}

async function scopeFacts(
  { house }: BatchTools,
  tx: Tx,
  scopeIds: readonly string[],
  policies: ReadonlyMap<string, readonly Policy[]>,
  now: Date,
): Promise<ReadonlyMap<string, ScopeFacts>> {
  const walls = await wallsOf(tx, scopeIds);
  const counting = walls.filter(({ scopeId }) =>
    policies.get(scopeId)?.some(({ checks }) => checks.capacity !== undefined),
  );
  const inside =
    counting.length === 0
      ? []
      : await insideOf(
          tx,
          counting.map(({ scopeId }) => scopeId),
          counting.map(({ timeZone }) => localDate(now.getTime(), timeZone)),
        );
  const insideBy = new Map(inside.map((one) => [one.scopeId, one.inside]));
  // All asked for at once: what is not remembered from a moment ago travels together.
  const known = await Promise.all(
    walls.map(async (wall): Promise<ScopeFacts> => {
      const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
      const [driftSteps, skewSeconds] = await Promise.all([
        house.settings.get(tx, chain, 'access.code_drift_steps', now),
        house.settings.get(tx, chain, 'access.clock_skew_seconds', now),
      ]);
      return {
        wall,
        policies: policies.get(wall.scopeId) ?? [],
        driftSteps,
        skewMs: skewSeconds * 1_000,
        inside: insideBy.get(wall.scopeId) ?? null,
      };
    }),
  );
  const facts = new Map(known.map((one) => [one.wall.scopeId, one]));
  return facts;
}

/** Who has no business here; null: may speak for this gate. */
function strangerOf({ from }: Arrival, device: DeviceWithSecret | undefined): 'credentials_wrong' | null {
  if (from.deviceId === null) return null;
  if (device === undefined || device.revokedAt !== null) return 'credentials_wrong';
  // A person's session vouches for the page it is on.
  if (from.accountId !== null) return null;
  const { secretHash } = device;
  return secretHash !== null && from.secretHash !== null && timingSafeEqual(secretHash, from.secretHash)
    ? null
    : 'credentials_wrong';
}

function seenOf(
  { attempt, answer, offline }: Arrival,
  gate: HeldGate,
  scope: ScopeFacts,
  { credential, pass }: Recognised,
  counted: number,
  at: number,
  { house }: BatchTools,
): Seen {
  return {
    at,
    timeZone: scope.wall.timeZone,
    direction: attempt.direction,
    gate: {
      id: gate.id,
      kind: gate.kind,
      direction: gate.direction,
      buildingId: gate.buildingId,
      hours: gate.hours,
    },
    credential:
      credential.fault === null && counted > 0
        ? { ...credential, pass: { ...credential.pass, entriesUsed: credential.pass.entriesUsed + counted } }
        : credential,
    urgent: attempt.urgent,
    lists: (pass?.lists ?? []).map((text) => {
      const [kind, id] = text.split(' ') as ['deny' | 'watch' | 'isolation', string];
      return { id, kind };
    }),
    temperatureTenths: attempt.temperatureTenths,
    health: healthOf(house.crypto, pass, offline === null ? answer : null),
    wearsMask: attempt.wearsMask,
    inside: scope.inside,
    freeSpaces: null,
  };
}

const overridden = (verdict: Verdict, direction: 'in' | 'out'): Verdict => ({
  ...verdict,
  outcome: 'pass_report',
  say: direction === 'in' ? 'welcome' : 'goodbye',
  params: {},
  overriders: [],
});

function tellOfPassages(tx: Tx, gate: HeldGate, isStopped: boolean, now: Date): void {
  const { cityId, streetId, companyId } = gate;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: gate.scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: isStopped ? 'gate.stopped' : 'gate.passed',
    version: 1,
    objectId: gate.id,
    payload: {},
    occurredAt: now,
  });
}
