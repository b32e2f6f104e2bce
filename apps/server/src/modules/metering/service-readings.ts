import { DAY, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  checkReading,
  type Doubt,
  type DoubtAnswer,
  fitsDoubts,
  type Judged,
  judgeReading,
  type ReadingFault,
  type ReadingSource,
  UNITS,
  usualOf,
} from './domain.ts';
import { countedBefore, countedReadings, knownReading } from './queries.ts';
import { plausibilityOf, tellOfMeter } from './service.ts';
import type { MeterRow, ReadingRow } from './tables.ts';

/**
 * A reading comes in, by a person, a file or the line. What cannot be is refused; what is doubtful is put to whoever reads,
 * or held where nobody is there to be asked: nothing doubtful counts by itself.
 */

export const photoType = 'metering.reading';

/** At most three decimals, and no float's tail. */
export function milliOf(value: number, path = '/value'): number {
  const milli = Math.round(value * 1000);
  if (Math.abs(milli - value * 1000) > 1e-4)
    throw new Problem('metering.reading_impossible', { reason: 'too_many_decimals' }, [
      { path, code: 'invalid', params: {} },
    ]);
  return milli;
}

export interface NewReading {
  readonly source: ReadingSource;
  readonly sourceKey: string;
  readonly takenAt: Date;
  readonly milli: number;
  readonly answer: DoubtAnswer | null;
  readonly note: string | null;
  readonly hasPhoto: boolean;
  readonly by: { readonly accountId: string; readonly name: string } | null;
}

export type Recorded =
  | { readonly type: 'recorded'; readonly reading: ReadingRow; readonly isNew: boolean }
  | { readonly type: 'impossible'; readonly fault: ReadingFault }
  | { readonly type: 'doubted'; readonly judged: Judged };

export const lastOf = ({ lastAt, lastMilli }: MeterRow) =>
  lastAt === null || lastMilli === null ? null : { at: lastAt.getTime(), milli: lastMilli };

/** `mayAsk`: somebody is there who can answer. Whoever calls has locked the meter. */
export async function recordReading(
  house: House,
  tx: Tx,
  meter: MeterRow,
  given: NewReading,
  timeZone: string,
  now: Date,
  mayAsk: boolean,
): Promise<Recorded> {
  const known = await knownReading(tx, meter.scopeId, meter.id, given.sourceKey);
  if (known !== null) return { type: 'recorded', reading: known, isNew: false };
  const [last, reading] = [lastOf(meter), { at: given.takenAt.getTime(), milli: given.milli }];
  const checked = checkReading(meter, last, reading, now.getTime(), timeZone);
  if (!checked.ok) return { type: 'impossible', fault: checked.error };
  const rule = await plausibilityOf(house, tx, meter, now);
  let judged = judgeReading(meter, last, reading, rule);
  let previousId = meter.lastReadingId;
  const isAnswered = fitsDoubts(judged.doubts, given.answer);
  if (!isAnswered && mayAsk) return { type: 'doubted', judged };
  // What a home says to a doubt is for the desk to believe: it is the home that pays for what the meter shows.
  const isBelieved = isAnswered && (given.source !== 'resident' || judged.doubts.length === 0);
  const state: ReadingRow['state'] = isBelieved ? 'counted' : 'held';
  let usedMilli = state === 'held' ? null : judged.usedMilli;
  if (state === 'counted' && judged.doubts.includes('lower')) {
    if (given.answer === 'rolled_over') usedMilli = judged.rolledMilli;
    else {
      const before = await withdrawLast(tx, meter, given, now);
      judged = { ...judged, usedMilli: null };
      previousId = before?.id ?? null;
      // Below that one too: then it is that one which has to be looked at.
      if (before !== null && before.milli > given.milli)
        throw new Problem('metering.reading_doubted', doubtParams(meter, judged, before), [
          { path: '/value', code: 'invalid', params: {} },
        ]);
      usedMilli = before === null ? null : given.milli - before.milli;
    }
  }
  const row = toRow(meter, given, judged.doubts, { state, usedMilli, previousId }, timeZone, now);
  writeReadings(tx, [row]);
  if (state === 'counted') await countReading(tx, meter, row, now);
  tellOfMeter(tx, meter, meter.id, meter.householdId, 'meter.read', { state }, now);
  return { type: 'recorded', reading: row, isNew: true };
}

/** A figure that somebody reads off a meter as part of another act; whoever did it can be asked. */
export function recordByHand(
  house: House,
  acting: Acting,
  tx: Tx,
  meter: MeterRow,
  source: ReadingSource,
  sourceKey: string,
  figure: { readonly value: number; readonly answer: DoubtAnswer | null },
  timeZone: string,
  now: Date,
): Promise<Recorded> {
  const given: NewReading = {
    source,
    sourceKey,
    takenAt: now,
    milli: Math.round(figure.value * 1000),
    answer: figure.answer,
    note: null,
    hasPhoto: false,
    by: { accountId: acting.accountId, name: acting.displayName },
  };
  return recordReading(house, tx, meter, given, timeZone, now, true);
}

/** What is said to whoever reads, beside the figure they typed. */
export function readingProblem(
  meter: MeterRow,
  refused: Exclude<Recorded, { type: 'recorded' }>,
  path: string,
): Problem {
  if (refused.type === 'impossible')
    return new Problem('metering.reading_impossible', { reason: refused.fault }, [
      { path, code: 'invalid', params: {} },
    ]);
  return new Problem('metering.reading_doubted', doubtParams(meter, refused.judged), [
    { path, code: 'invalid', params: {} },
  ]);
}

export function doubtParams(
  meter: MeterRow,
  judged: Judged,
  before: { readonly milli: number } | null = meter.lastMilli === null ? null : { milli: meter.lastMilli },
) {
  return {
    doubts: judged.doubts,
    last: before === null ? null : before.milli / 1000,
    expected: judged.expectedMilli === null ? null : judged.expectedMilli / 1000,
    unit: UNITS[meter.kind],
  };
}

export function toRow(
  meter: MeterRow,
  given: NewReading,
  doubts: readonly Doubt[],
  counted: Pick<ReadingRow, 'state' | 'usedMilli' | 'previousId'>,
  timeZone: string,
  now: Date,
): ReadingRow {
  const { scopeId, cityId, streetId, companyId, householdId } = meter;
  return {
    scopeId,
    cityId,
    streetId,
    companyId,
    householdId,
    ...counted,
    id: uuidv7(now.getTime()),
    meterId: meter.id,
    sourceKey: given.sourceKey,
    source: given.source,
    takenAt: given.takenAt,
    day: localDate(given.takenAt.getTime(), timeZone),
    milli: given.milli,
    doubts,
    answer: given.answer,
    note: given.note,
    recordedAt: now,
    recordedBy: given.by?.accountId ?? null,
    recordedByName: given.by?.name ?? null,
    decidedAt: null,
    decidedByName: null,
    hasPhoto: given.hasPhoto,
    isCharged: false,
  };
}

export function writeReadings(tx: Tx, rows: readonly ReadingRow[]): void {
  tx.write(
    sql`insert into metering.reading (scope_id, reading_id, city_id, street_id, company_id, meter_id, household_id, source_key, source, taken_at, day, milli,
          state, doubts, answer, note, previous_id, used_milli, recorded_at, recorded_by, recorded_by_name, has_photo, is_charged)
        select x."scopeId", x.id, x."cityId", x."streetId", x."companyId", x."meterId", x."householdId", x."sourceKey", x.source, x."takenAt", x.day, x.milli,
          x.state, x.doubts, x.answer, x.note, x."previousId", x."usedMilli", x."recordedAt", x."recordedBy", x."recordedByName", x."hasPhoto", false
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("scopeId" uuid, id uuid, "cityId" uuid, "streetId" uuid, "companyId" uuid,
          "meterId" uuid, "householdId" uuid, "sourceKey" text, source text, "takenAt" timestamptz, day date, milli bigint, state text, doubts text[],
          answer text, note text, "previousId" uuid, "usedMilli" bigint, "recordedAt" timestamptz, "recordedBy" uuid, "recordedByName" text,
          "hasPhoto" boolean) returning scope_id`,
  );
}

/** So far back what is usual is learned from. */
export const usualSince = (takenAt: Date): Date => new Date(takenAt.getTime() - 62 * DAY);

export const usualAfter = (
  recent: readonly Pick<ReadingRow, 'takenAt' | 'milli' | 'usedMilli'>[],
): number | null =>
  usualOf(
    recent
      .toSorted((a, b) => a.takenAt.getTime() - b.takenAt.getTime())
      .map(({ takenAt, milli, usedMilli }) => ({ at: takenAt.getTime(), milli, usedMilli })),
  );

/** It is the last one that counts from now on; what is usual is learned from it, and what is prepaid is looked at. */
async function countReading(tx: Tx, meter: MeterRow, row: ReadingRow, now: Date): Promise<void> {
  const { scopeId, id } = meter;
  const recent = await countedReadings(tx, scopeId, id, usualSince(row.takenAt));
  const usual = usualAfter([...recent.filter((one) => one.id !== row.id), row]);
  tx.write(
    sql`update metering.meter set last_reading_id = ${row.id}, last_at = ${row.takenAt}, last_milli = ${row.milli},
          usual_milli_day = coalesce(${usual}::bigint, usual_milli_day), watch_at = ${now}
        where scope_id = ${scopeId} and meter_id = ${id}`,
  );
  tx.write(
    sql`update metering.prepaid set check_at = ${now} where scope_id = ${scopeId} and meter_id = ${id}`,
  );
}

/** The one before was read wrongly: it counts no more, and the one before that is where use begins. */
async function withdrawLast(
  tx: Tx,
  meter: MeterRow,
  given: NewReading,
  now: Date,
): Promise<ReadingRow | null> {
  const { scopeId, id } = meter;
  tx.write(
    sql`update metering.reading set state = 'rejected', decided_at = ${now}, decided_by = ${given.by?.accountId ?? null},
          decided_by_name = ${given.by?.name ?? null}
        where scope_id = ${scopeId} and reading_id = ${meter.lastReadingId}`,
  );
  return countedBefore(tx, scopeId, id, meter.lastAt ?? now);
}

/** Somebody looks at a reading that was held: it counts after all, with an answer to its doubts, or never. */
export async function decideReading(
  house: House,
  tx: Tx,
  meter: MeterRow,
  reading: ReadingRow,
  answer: DoubtAnswer | 'rejected',
  by: { readonly accountId: string; readonly name: string },
  timeZone: string,
  now: Date,
): Promise<ReadingRow> {
  if (reading.state !== 'held') throw new Problem('metering.reading_decided');
  const decided = { decidedAt: now, decidedByName: by.name, answer };
  const write = (state: 'counted' | 'rejected', usedMilli: number | null, previousId: string | null) =>
    tx.write(
      sql`update metering.reading set state = ${state}, answer = ${answer}, used_milli = ${usedMilli}, previous_id = ${previousId},
            decided_at = ${now}, decided_by = ${by.accountId}, decided_by_name = ${by.name}
          where scope_id = ${meter.scopeId} and reading_id = ${reading.id}`,
    );
  if (answer === 'rejected') {
    write('rejected', null, null);
    tellOfMeter(tx, meter, meter.id, meter.householdId, 'meter.read', { state: 'rejected' }, now);
    return { ...reading, ...decided, state: 'rejected' };
  }
  const given: NewReading = { ...reading, answer, by, hasPhoto: reading.hasPhoto };
  const last = lastOf(meter);
  const at = { at: reading.takenAt.getTime(), milli: reading.milli };
  const checked = checkReading(meter, last, at, now.getTime(), timeZone);
  if (!checked.ok)
    throw new Problem('metering.reading_impossible', { reason: checked.error }, [
      { path: '/answer', code: 'invalid', params: {} },
    ]);
  const judged = judgeReading(meter, last, at, await plausibilityOf(house, tx, meter, now));
  // The doubts of today: another reading may have come since.
  if (judged.doubts.length > 0 && !fitsDoubts(judged.doubts, answer))
    throw new Problem('metering.reading_doubted', doubtParams(meter, judged), [
      { path: '/answer', code: 'invalid', params: {} },
    ]);
  let [usedMilli, previousId] = [judged.usedMilli, meter.lastReadingId];
  if (judged.doubts.includes('lower')) {
    if (answer === 'rolled_over') usedMilli = judged.rolledMilli;
    else {
      const before = await withdrawLast(tx, meter, given, now);
      previousId = before?.id ?? null;
      usedMilli = before === null ? null : reading.milli - before.milli;
      if (usedMilli !== null && usedMilli < 0)
        throw new Problem('metering.reading_doubted', doubtParams(meter, judged, before), [
          { path: '/answer', code: 'invalid', params: {} },
        ]);
    }
  }
  write('counted', usedMilli, previousId);
  const counted: ReadingRow = { ...reading, ...decided, state: 'counted', usedMilli, previousId };
  await countReading(tx, meter, counted, now);
  tellOfMeter(tx, meter, meter.id, meter.householdId, 'meter.read', { state: 'counted' }, now);
  return counted;
}
