import { randomBytes } from 'node:crypto';
import { asksForHealth, decide, isVehicle, type Outcome, rankOf, type Verdict } from '@gongzhi/gate';
import { DAY, HOUR, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { wallsOf } from '../places/index.ts';
import {
  codeUses,
  countEntries,
  devicesOf,
  type GateKey,
  type HeardDevice,
  holdGates,
  type NewHealth,
  type NewUse,
  listedPlates,
  passesOf,
  policiesInForce,
  saidBefore,
  settledOf,
  storeEnds,
  storeHeard,
  storeHealth,
  storeUses,
  wipedOf,
} from './queries-batch.ts';
import { insertPassages, type NewPassage } from './queries-recording.ts';
import { insertOrders, type NewOrder } from './queries-barriers.ts';
import { wakeBarriers } from './service-barriers.ts';
import { type DayKeys, findIn, recognise, unlessDoubted } from './service-credentials.ts';
import { COMMAND_LASTS, isForAPersonAtTheLane } from './domain.ts';
import type { Arrival, Decided, Taken } from './service-arrivals.ts';
import { Counts, uncounted } from './service-batch-counts.ts';
import { flagOffline, type Stopped, stoppedBefore, stoppedOf } from './service-batch-flags.ts';
import {
  type OpenedFacts,
  type PolicyContents,
  scopeFacts,
  seenOf,
  wantedOf,
} from './service-batch-facts.ts';
import { hear, orderOf, tellOfPassages, whyOf } from './service-batch-notes.ts';
import { devicesNamed, isByGone, strangerOf } from './service-batch-senders.ts';
import { type Chain, goThrough, link, repeated } from './service-chain.ts';
import { followUpsOf, type NewFollowUp, storeFollowUps } from './service-batch-follow-ups.ts';
import { scopesOver } from './domain/scopes.ts';
import { type HeldGate, sealedFields } from './tables.ts';

/** Many checks of one or several compounds, decided and written in one transaction. */

export interface BatchTools {
  readonly house: House;
  readonly keys: DayKeys;
  readonly contents: PolicyContents;
  readonly opened: OpenedFacts;
  /** Whether pages should hear of a compound's passages now; the busiest gate tells them every other second. */
  shouldTell(scopeId: string, isStopped: boolean, now: number): boolean;
}

/** A repeated number is looked for from a day and a half before its own time: a retry comes after its first try. */
const lookBack = 36 * HOUR;
const longestLookBack = 8 * DAY;

const gateName = ({ scopeId, gateId }: GateKey) => `${scopeId} ${gateId}`;

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
  // Remembered by the process: no way to the database in a batch.
  const walls = await wallsOf(tx, scopeIds);
  tx.write(byIndexOnly);
  const [gates, devices, before, passes, listed, uses, inForce, settled] = await Promise.all([
    holdGates(tx, gateKeys),
    devicesOf(
      tx,
      distinct(arrivals.flatMap(devicesNamed), ({ deviceId }) => deviceId),
    ),
    saidBefore(
      tx,
      // What was said under this number, and what an override is about.
      arrivals.flatMap(({ from, gateId, attempt, override }) =>
        [attempt.id, ...(override === null ? [] : [override.of])].map((id) => ({
          scopeId: from.scopeId,
          gateId,
          id,
        })),
      ),
      since,
      new Date(millis + DAY),
    ),
    passesOf(tx, wanted, now),
    listedPlates(tx, wanted.plates, now),
    wanted.steps.length === 0 ? [] : codeUses(tx, wanted.steps),
    policiesInForce(tx, [...new Set(walls.flatMap(scopesOver))], new Date(earliest - HOUR), now),
    settledOf(
      tx,
      arrivals.flatMap(({ from, gateId, override }) =>
        override === null ? [] : [{ scopeId: from.scopeId, gateId, id: override.of }],
      ),
      since,
    ),
  ]);
  const policies = await tools.contents.of(tx, inForce);
  const hasOffline = arrivals.some(({ offline }) => offline !== null);
  const wiped = await wipedOf(tx, hasOffline ? inForce.filter(({ endsAt }) => endsAt <= now) : []);
  const facts = await scopeFacts(house, tx, walls, policies, now);

  // Held after the gates, so that two batches never wait for each other in a circle.
  const counts = await Counts.held(tx, facts.values(), now);

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
      moved: { ins: 0, outs: 0, vehicleIns: 0, vehicleOuts: 0 },
      isTouched: false,
    });
  }
  const deviceOf = new Map(devices.map((device) => [device.id, device]));
  const saidOf = new Map(before.map((row) => [`${row.gateId} ${row.id}`, row]));
  const usedBy = new Map(uses.map((use) => [`${use.scopeId} ${use.ref} ${use.step}`, use]));
  const settledBy = new Map(settled.map(({ gateId, id, by }) => [`${gateId} ${id}`, by]));
  const found = findIn(passes, millis);
  const listsOfPlate = Map.groupBy(listed, (row) => `${row.scopeId} ${row.plateIndex.toString('hex')}`);
  const entered = new Map<string, { scopeId: string; id: string; count: number }>();
  const newUses: NewUse[] = [];
  const health = new Map<string, NewHealth>();
  const followUps = new Map<string, NewFollowUp>();
  const heard = new Map<string, HeardDevice>();
  const passages: NewPassage[] = [];
  const orders: NewOrder[] = [];
  const inBatch = new Map<string, Decided>();
  const told = new Map<string, { gate: HeldGate; isStopped: boolean }>();
  const salts = randomBytes(32 * arrivals.length).toString('hex');

  const stoppedAbout = ({ gateId, override }: Arrival): Stopped | null => {
    if (override === null) return null;
    const name = `${gateId} ${override.of}`;
    const here = inBatch.get(name);
    if (here !== undefined) return stoppedOf(here);
    const before = saidOf.get(name);
    return before === undefined ? null : stoppedBefore(house.crypto, before);
  };

  const takeOne = (arrival: Arrival, i: number): Taken => {
    const { from, gateId, attempt, offline, override } = arrival;
    const chain = chains.get(gateName({ scopeId: from.scopeId, gateId }));
    const device = from.deviceId === null ? undefined : deviceOf.get(from.deviceId);
    const stranger = strangerOf(arrival, deviceOf);
    if (stranger !== null) return { kind: 'refused', fault: stranger };
    if (chain === undefined) return { kind: 'refused', fault: 'gate_unknown' };
    const { gate } = chain;
    const name = `${gateId} ${attempt.id}`;
    const again = inBatch.get(name);
    if (again !== undefined) return { ...again, isRepeat: true };
    const said = saidOf.get(name);
    if (said !== undefined) return repeated(house.crypto, said, attempt.direction);
    // What it decided while nobody could tell it still happened.
    if (gate.retiredAt !== null && offline === null) return { kind: 'refused', fault: 'gate_retired' };
    if (override !== null) {
      // One word on one passage, whoever speaks at the same time.
      if (settledBy.has(`${gateId} ${override.of}`)) return { kind: 'refused', fault: 'settled' };
      settledBy.set(`${gateId} ${override.of}`, attempt.id);
    }

    const scope = facts.get(from.scopeId)!;
    const at = offline?.at ?? millis;
    const shown = recognise(attempt.claim, {
      crypto: house.crypto,
      keys: tools.keys,
      scopeId: from.scopeId,
      timeZone: scope.wall.timeZone,
      found,
      at,
      driftSteps: scope.driftSteps,
      graceMs: scope.graceMs,
      isUsed: (ref, step) => {
        const user = usedBy.get(`${from.scopeId} ${ref} ${step}`)?.passageId;
        return user !== undefined && user !== attempt.id;
      },
    });
    const recognised = unlessDoubted(shown, attempt.direction, offline);
    const { pass } = recognised;
    const counted = pass === null ? 0 : (entered.get(pass.id)?.count ?? 0);
    const lists =
      attempt.claim.way === 'plate' && pass === null
        ? (
            listsOfPlate.get(
              `${from.scopeId} ${tools.keys.mark('plate', from.scopeId, attempt.claim.plate).toString('hex')}`,
            ) ?? []
          ).map(({ entry }) => entry)
        : (pass?.lists ?? []);
    const seen = seenOf(tools.opened, {
      arrival,
      gate,
      scope,
      recognised,
      lists,
      counted,
      at,
      // How full it was then nobody knows now.
      counts: offline === null ? counts.of(from.scopeId) : uncounted,
    });
    if (override === null && offline === null && arrival.answer === null) {
      const asking = asksForHealth(seen, scope.policies);
      const age = seen.health === null ? Number.POSITIVE_INFINITY : (at - seen.health.asOf) / 60_000;
      const { healthCode } = attempt;
      if (asking !== null && pass !== null && (healthCode !== null || age > asking.answerHoldsMinutes))
        return {
          kind: 'ask',
          passId: pass.id,
          withinMilliseconds: asking.answerWithinMilliseconds,
          healthCode,
        };
    }
    const ours = decide(seen, scope.policies);
    const isSpokenFor = override !== null || (arrival.consent !== undefined && isForAPersonAtTheLane(ours));
    const verdict = isSpokenFor ? overridden(ours, attempt.direction) : ours;
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
      usedBy.set(`${use.scopeId} ${use.ref} ${use.step}`, { ...use, gateId });
      newUses.push({ ...use, gate, usedAt: new Date(at) });
    }
    // Offline it happened, whatever the count says: what is over is flagged, not counted.
    const isOver = pass !== null && pass.entriesUsed + counted >= (pass.entriesAllowed ?? Infinity);
    if (isThrough && attempt.direction === 'in' && pass !== null && pass.entriesAllowed !== null && !isOver)
      entered.set(pass.id, { scopeId: from.scopeId, id: pass.id, count: counted + 1 });

    const isClockOff = device !== undefined && hear(heard, device, arrival, now, scope.skewMs);
    const salt = { who: salts.slice(i * 64, i * 64 + 32), why: salts.slice(i * 64 + 32, i * 64 + 64) };
    const decidedBy =
      override !== null || (arrival.consent !== undefined && isThrough)
        ? 'person'
        : offline !== null
          ? 'offline'
          : 'server';
    const latencyUs = offline?.latencyUs ?? Math.round((performance.now() - arrival.startedAt) * 1_000);
    const why = whyOf(arrival, seen, verdict);
    const passage = link(chain, {
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
      isWiped: verdict.policies.some(({ id }) => wiped.has(id)),
      seal: (text) => house.crypto.seal(text, sealedFields.why, attempt.id),
    });
    passages.push(passage);
    if (isThrough) orders.push(...orderOf(arrival, gate, device, now));
    if (isThrough) {
      const isCar = isVehicle(recognised) || (override !== null && stoppedAbout(arrival)?.way === 'plate');
      goThrough(chain, attempt.direction, isCar);
      counts.move(gate, attempt.direction, isCar);
      if (attempt.direction === 'in' && pass !== null)
        followUpsOf(
          followUps,
          { gate, passId: pass.id, at, timeZone: scope.wall.timeZone, health: seen.health },
          ours,
          scope.policies.filter(({ id }) => !wiped.has(id)),
        );
    }
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
      seq: passage.seq,
      recordedAt: now,
      isClockOff,
      // What the gate decided alone, and we would not have.
      differs: offline !== null && rankOf(ours.outcome) > rankOf(outcome) ? ours : null,
    };
    inBatch.set(name, decided);
    return decided;
  };
  const taken = arrivals.map(takeOne);

  // Of what was said before, too: the gate may have told somebody otherwise since.
  await flagOffline(
    tx,
    {
      arrivals,
      taken,
      found,
      stopped: stoppedAbout,
      usedBy: (scopeId, ref, step) => usedBy.get(`${scopeId} ${ref} ${step}`),
      isByGone: (arrival) => isByGone(arrival, deviceOf),
      wallOf: (scopeId) => facts.get(scopeId)!.wall,
    },
    now,
  );
  if (passages.length > 0) {
    storeUses(tx, newUses);
    countEntries(tx, [...entered.values()]);
    storeHealth(tx, [...health.values()]);
    storeFollowUps(tx, [...followUps.values()], now);
    insertPassages(tx, passages, now);
    if (orders.length > 0) {
      insertOrders(tx, orders, now, new Date(millis + COMMAND_LASTS));
      wakeBarriers(house, tx);
    }
    storeEnds(
      tx,
      [...chains.values()]
        .filter(({ isTouched }) => isTouched)
        .map(({ gate, seq, digest, today, entries, exits, moved }) => ({
          scopeId: gate.scopeId,
          gateId: gate.id,
          seq,
          digest: Buffer.from(digest, 'hex'),
          lastAt: now,
          day: today,
          entries,
          exits,
          moved,
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

const overridden = (verdict: Verdict, direction: 'in' | 'out'): Verdict => ({
  ...verdict,
  outcome: 'pass_report',
  say: direction === 'in' ? 'welcome' : 'goodbye',
  params: {},
  overriders: [],
});
