import { addDays, DAY, HOUR, localDate, MINUTE } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { sql } from '../../platform/db/sql.ts';
import { settingDefinitions } from '../../platform/settings/keys.ts';
import { forgetBefore, keptDaysOf } from './domain/retention.ts';
import { holdWipe } from './queries-batch.ts';
import { countedUntil, countHours, forgetHours } from './queries-hours.ts';
import {
  type Bound,
  certify,
  closeMeasure,
  dropDay,
  endedMeasure,
  eraseReasons,
  finishMeasure,
  forgetBeside,
  forgetFollowUps,
  forgetHealth,
  forgetPeople,
  forgetUses,
  hastenTracings,
  type KeptPlace,
  keptDays,
  longestKept,
  nextBound,
  openDays,
  placesWithGates,
  sealDay,
  type Wiped,
  wipedOfAll,
  writtenDays,
} from './queries-retention.ts';
import { boundScopes } from './queries-shifts.ts';
import { followRoster } from './service-shifts.ts';
import { dueTracings } from './queries-tracing.ts';

/** What time alone does to what was kept. Each leaves a record of what was destroyed, and nothing of what it was. */

/** Tables of the days to come, so that nobody at the gate waits for one. */
const ahead = 2;
/** As far back as a gate may have decided alone: its upload must still find where else a code was used. */
const usesKept = 8 * DAY;

export const readyDays: DueSweep = {
  name: 'access.days',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now) {
    const today = localDate(now.getTime(), 'UTC');
    const wanted = Array.from({ length: ahead + 1 }, (_, i) => addDays(today, i));
    const there = new Set(await keptDays(tx));
    const missing = wanted.filter((day) => !there.has(day));
    await openDays(tx, missing);
    return missing.length;
  },
};

/**
 * A measure is over and its time has passed: why people were stopped under it goes, what was known of their health, who was
 * looked after, and what was traced. First nothing more is written of it, then one place after the other is done, each in a
 * transaction with its certificate, which is how the next turn knows where to go on; at last one for whoever ordered it.
 */
export const wipeMeasures: DueSweep = {
  name: 'access.measures',
  lane: 'chores',
  everyMilliseconds: 60_000,
  async claim(tx, now, _limit, house) {
    const measure = await endedMeasure(tx, now);
    if (measure === null) return 0;
    const { scopeId, id, startsAt, endsAt, reach, name, authority, documentNo } = measure;
    const certificate = (place: Bound, gone: Wiped) => {
      const count = gone.reasons + gone.health + gone.followUps;
      const detail = { ...gone, name, authority, documentNo };
      certify(tx, place, { kind: 'measure', policyId: id, from: startsAt, to: endsAt, count, detail }, now);
    };
    if (measure.wipedAt === null) {
      // What a gate sends late waits, and then is written without reasons.
      await holdWipe(tx, id);
      closeMeasure(tx, measure, now);
      return 1;
    }
    const place = await nextBound(tx, measure);
    if (place !== null) {
      const gone = {
        reasons: await eraseReasons(tx, place.scopeId, id, startsAt),
        health: await forgetHealth(tx, place.scopeId, now),
        followUps: await forgetFollowUps(tx, place.scopeId, id),
      };
      hastenTracings(tx, place.scopeId, id, now);
      certificate(place, gone);
      return 1;
    }
    const all = await wipedOfAll(tx, id);
    if (reach !== 'compound') certificate(measure, all);
    finishMeasure(tx, measure, now);
    house.log.info({ scopeId, policyId: id, ...all }, 'data of a measure past its time was destroyed');
    return 1;
  },
};

/** A traced list is destroyed on its date, with what it was about and of whom. */
export const destroyTracings: DueSweep = {
  name: 'access.tracings',
  lane: 'chores',
  everyMilliseconds: 60_000,
  async claim(tx, now, limit) {
    const due = await dueTracings(tx, now, limit);
    for (const {
      scopeId,
      id,
      cityId,
      streetId,
      policyId,
      requestNo,
      authority,
      fromAt,
      toAt,
      found,
    } of due) {
      tx.write(sql`delete from access.tracing_list l where l.scope_id = ${scopeId} and l.tracing_id = ${id}`);
      tx.write(
        sql`update access.tracing set matter_cipher = null, pass_id = null, gate_id = null, destroyed_at = ${now}, version = version + 1,
              state = case state when 'asked' then 'withdrawn' when 'authorised' then 'destroyed' else state end
            where scope_id = ${scopeId} and tracing_id = ${id}`,
      );
      if (found === null) continue;
      const place = { scopeId, cityId, streetId, companyId: null };
      const detail = { requestNo, authority };
      certify(tx, place, { kind: 'export', policyId, from: fromAt, to: toAt, count: found, detail }, now);
    }
    return due.length;
  },
};

/** Each compound with a gate, how many days it keeps passages, and before when nobody may be known there any more. */
async function keptByPlace(tx: Tx, now: Date): Promise<(KeptPlace & { days: number; before: Date })[]> {
  const places = await placesWithGates(tx);
  // What is in force there, by each place's own day.
  const writtenOn = new Map<string, ReadonlyMap<string, number>>();
  for (const { timeZone } of places) {
    const day = localDate(now.getTime(), timeZone);
    if (!writtenOn.has(day)) writtenOn.set(day, await writtenDays(tx, day));
  }
  const otherwise = settingDefinitions['access.passage_days'].default;
  return places.map((place) => {
    const { scopeId, companyId, streetId, cityId, timeZone } = place;
    const written = writtenOn.get(localDate(now.getTime(), timeZone)) ?? new Map<string, number>();
    const days = keptDaysOf([scopeId, companyId, streetId, cityId], written, otherwise);
    return { ...place, days, before: new Date(forgetBefore(now.getTime(), days, timeZone)) };
  });
}

/**
 * The tables of passages hold all places and go when the longest that any of them keeps has passed. A place that keeps
 * them shorter has everybody forgotten in them on its own day: what happened stays, and to whom does not.
 */
export const forgetEarlier: DueSweep = {
  name: 'access.people',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now, limit, house) {
    const [oldest] = await keptDays(tx);
    if (oldest === undefined) return 0;
    const longest = await longestKept(tx, now);
    let done = 0;
    for (const place of await keptByPlace(tx, now)) {
      const { scopeId, days, before, doneUntil } = place;
      const from = doneUntil ?? new Date(`${oldest}T00:00:00Z`);
      if (days >= longest || from >= before) continue;
      const count = await forgetPeople(tx, scopeId, from, before);
      // With nothing to destroy too, so that the next hour begins there.
      certify(tx, place, { kind: 'person', policyId: null, from, to: before, count, detail: { days } }, now);
      if (count > 0)
        house.log.info({ scopeId, count, days }, 'who passed was forgotten in a place that keeps it shorter');
      done += 1;
      if (done >= Math.min(limit, 20)) break;
    }
    return done;
  },
};

/** What was noted beside the passages of a place goes as they do: orders to barriers, questions from phones, flags, notes. */
export const forgetNotes: DueSweep = {
  name: 'access.notes',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now) {
    const places = await keptByPlace(tx, now);
    const placeOf = new Map(places.map((place) => [place.scopeId, place]));
    const gone = await forgetBeside(tx, places);
    for (const { scopeId, since, ...counts } of gone) {
      const place = placeOf.get(scopeId)!;
      const { orders, openings, flags, notes } = counts;
      const count = orders + openings + flags + notes;
      const detail = { ...counts, days: place.days };
      certify(tx, place, { kind: 'note', policyId: null, from: since, to: place.before, count, detail }, now);
    }
    return gone.length;
  },
};

/** Whole hours are counted once nobody can add to them any more, some days together where it was not done. */
export const countPassages: DueSweep = {
  name: 'access.hours',
  lane: 'chores',
  everyMilliseconds: 5 * 60_000,
  async claim(tx, now) {
    const until = new Date(Math.floor((now.getTime() - 2 * MINUTE) / HOUR) * HOUR);
    const counted = await countedUntil(tx);
    const oldest = (await keptDays(tx))[0];
    if (counted === null && oldest === undefined) return 0;
    const from =
      counted ?? new Date(Math.max(Date.parse(`${oldest}T00:00:00Z`), until.getTime() - hoursKept));
    return from >= until ? 0 : countHours(tx, from, until);
  },
};

const hoursKept = 70 * DAY;
export const dropHours: DueSweep = {
  name: 'access.hours_old',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  claim: (tx, now) => forgetHours(tx, new Date(now.getTime() - hoursKept)),
};

/** A day's passages go together, as a table: in seconds, however many they were. */
export const dropDays: DueSweep = {
  name: 'access.passages',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now, _limit, house) {
    const days = await longestKept(tx, now);
    const before = addDays(localDate(now.getTime(), 'UTC'), -days);
    const [oldest] = (await keptDays(tx)).filter((day) => day < before);
    if (oldest === undefined) return 0;
    const from = new Date(`${oldest}T00:00:00Z`);
    const until = new Date(from.getTime() + DAY);
    const passages = await sealDay(tx, from, until, now);
    await dropDay(tx, oldest);
    house.log.info({ day: oldest, passages }, 'passages past their time were destroyed');
    return 1;
  },
};

export const dropUses: DueSweep = {
  name: 'access.code_uses',
  lane: 'chores',
  everyMilliseconds: 10 * 60_000,
  claim: (tx, now) => forgetUses(tx, new Date(now.getTime() - usesKept)),
};

/** The days to come come nearer: what the roster says of them is told again. */
export const readShifts: DueSweep = {
  name: 'access.shifts',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now) {
    for (const scopeId of await boundScopes(tx, now)) await followRoster(tx, scopeId, now);
    return 0;
  },
};

export const due: readonly DueSweep[] = [
  readShifts,
  readyDays,
  wipeMeasures,
  destroyTracings,
  countPassages,
  forgetEarlier,
  dropDays,
  dropUses,
  forgetNotes,
  dropHours,
];
