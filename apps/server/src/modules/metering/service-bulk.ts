import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type OutboxEvent, recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import { checkReading, fitsDoubts, judgeReading, type MeterKind, type PlausibilityRule } from './domain.ts';
import { countedSince, knownAmong, lockMetersBySerials, type RecentReading } from './queries-bulk.ts';
import { meterEvent, plausibilityOf } from './service.ts';
import { lastOf, type NewReading, toRow, usualAfter, usualSince, writeReadings } from './service-readings.ts';
import type { MeterRow, ReadingRow } from './tables.ts';

/** Thousands of figures at once, by the rules of one (service-readings.ts): nobody is there to be asked, so what is doubtful is held. */

export interface FileFigure {
  readonly line: number;
  readonly serial: string;
  readonly milli: number;
  readonly day: string;
  readonly takenAt: Date;
  readonly sourceKey: string;
}

export type FigureOutcome =
  | 'taken'
  | 'held'
  | 'known'
  | { readonly fault: string; readonly params: Readonly<Record<string, unknown>> };

export interface BulkContext {
  readonly house: House;
  readonly tx: Tx;
  readonly wall: Wall;
  readonly kind: MeterKind;
  readonly by: { readonly accountId: string; readonly name: string };
  readonly now: Date;
}

/** So many meters are held in mind together: of each some weeks of readings are looked at. */
const metersAtOnce = 400;

/** Meter by meter, and each from the first day on, however the rows stand: a handful of queries for hundreds of meters. */
export async function recordFigures(
  context: BulkContext,
  figures: readonly FileFigure[],
): Promise<{ readonly line: number; readonly outcome: FigureOutcome }[]> {
  const { house, tx, wall, kind, now } = context;
  const bySerial = Map.groupBy(figures, ({ serial }) => serial);
  // All of them first, in one order: two files at one time do not wait for each other in a ring.
  const meters = await lockMetersBySerials(tx, wall.scopeId, kind, [...bySerial.keys()]);
  const known = new Set(meters.map(({ serial }) => serial));
  const said: { line: number; outcome: FigureOutcome }[] = [];
  for (const [serial, own] of bySerial)
    if (!known.has(serial))
      for (const { line } of own)
        said.push({ line, outcome: { fault: 'no_such_meter', params: { serial } } });
  const [first] = meters;
  if (first === undefined) return said;
  const rule = await plausibilityOf(house, tx, first, now);
  for (let from = 0; from < meters.length; from += metersAtOnce)
    said.push(...(await recordSome(context, rule, meters.slice(from, from + metersAtOnce), bySerial)));
  return said;
}

async function recordSome(
  { tx, wall, by, now }: BulkContext,
  rule: PlausibilityRule,
  meters: readonly MeterRow[],
  bySerial: ReadonlyMap<string, readonly FileFigure[]>,
) {
  const asked = meters.map((meter) => ({
    meter,
    figures: (bySerial.get(meter.serial) ?? []).toSorted((a, b) => order(a.day, b.day) || a.line - b.line),
  }));
  const { scopeId } = wall;
  const keys = asked.flatMap(({ meter, figures }) =>
    figures.map(({ sourceKey }) => ({ meterId: meter.id, sourceKey })),
  );
  const since = asked.map(({ meter, figures }) => ({
    meterId: meter.id,
    // Nothing counts that was read before the last one.
    since: usualSince(new Date(Math.max(figures[0]?.takenAt.getTime() ?? 0, meter.lastAt?.getTime() ?? 0))),
  }));
  const [known, recent] = [await knownAmong(tx, scopeId, keys), await countedSince(tx, scopeId, since)];
  const before = Map.groupBy(recent, ({ meterId }) => meterId);
  const said: { line: number; outcome: FigureOutcome }[] = [];
  const rows: ReadingRow[] = [];
  const counted: MeterRow[] = [];
  const events: OutboxEvent[] = [];
  for (const { meter, figures } of asked) {
    const done = weigh(meter, figures, before.get(meter.id) ?? [], known, {
      rule,
      by,
      timeZone: wall.timeZone,
      now,
    });
    said.push(...done.said);
    rows.push(...done.rows);
    if (done.after !== meter) counted.push(done.after);
    // Once for each of what became of them: whoever hears of it looks at the meter.
    for (const state of new Set(done.rows.map((row) => row.state)))
      events.push(meterEvent(meter, meter.id, meter.householdId, 'meter.read', { state }, now));
  }
  if (rows.length > 0) writeReadings(tx, rows);
  if (counted.length > 0) countAll(tx, scopeId, counted, now);
  for (const event of events) recordEvent(tx, event);
  return said;
}

interface Weighing {
  readonly rule: PlausibilityRule;
  readonly by: BulkContext['by'];
  readonly timeZone: string;
  readonly now: Date;
}

/** What becomes of one meter's figures, one after the other, and how the meter stands after them. */
function weigh(
  before: MeterRow,
  figures: readonly FileFigure[],
  recent: readonly RecentReading[],
  known: ReadonlySet<string>,
  { rule, by, timeZone, now }: Weighing,
) {
  const said: { line: number; outcome: FigureOutcome }[] = [];
  const rows: ReadingRow[] = [];
  const inFile = new Set<string>();
  let meter = before;
  let counted: readonly Pick<ReadingRow, 'takenAt' | 'milli' | 'usedMilli'>[] = recent;
  for (const { line, sourceKey, takenAt, milli } of figures) {
    if (known.has(`${meter.id} ${sourceKey}`) || inFile.has(sourceKey)) {
      said.push({ line, outcome: 'known' });
      continue;
    }
    const [last, reading] = [lastOf(meter), { at: takenAt.getTime(), milli }];
    const checked = checkReading(meter, last, reading, now.getTime(), timeZone);
    if (!checked.ok) {
      said.push({ line, outcome: { fault: checked.error, params: {} } });
      continue;
    }
    inFile.add(sourceKey);
    const judged = judgeReading(meter, last, reading, rule);
    const state = fitsDoubts(judged.doubts, null) ? 'counted' : 'held';
    const given: NewReading = {
      source: 'import',
      sourceKey,
      takenAt,
      milli,
      answer: null,
      note: null,
      hasPhoto: false,
      by,
    };
    const usedMilli = state === 'held' ? null : judged.usedMilli;
    const previousId = meter.lastReadingId;
    const row = toRow(meter, given, judged.doubts, { state, usedMilli, previousId }, timeZone, now);
    rows.push(row);
    said.push({ line, outcome: state === 'held' ? 'held' : 'taken' });
    if (state === 'held') continue;
    const from = usualSince(takenAt);
    counted = [...counted.filter((one) => one.takenAt >= from), row];
    meter = {
      ...meter,
      lastReadingId: row.id,
      lastAt: takenAt,
      lastMilli: milli,
      usualMilliDay: usualAfter(counted) ?? meter.usualMilliDay,
    };
  }
  return { said, rows, after: meter };
}

/** They are the last that count; what is prepaid is looked at. */
function countAll(tx: Tx, scopeId: string, meters: readonly MeterRow[], now: Date): void {
  const of = <Value>(part: (meter: MeterRow) => Value): Value[] => meters.map(part);
  tx.write(
    sql`update metering.meter m set last_reading_id = l.reading_id, last_at = l.at, last_milli = l.milli, usual_milli_day = l.usual, watch_at = ${now}
        from unnest(${of(({ id }) => id)}::uuid[], ${of((one) => one.lastReadingId)}::uuid[], ${of((one) => one.lastAt)}::timestamptz[],
          ${of((one) => one.lastMilli)}::bigint[], ${of((one) => one.usualMilliDay)}::bigint[]) l(meter_id, reading_id, at, milli, usual)
        where m.scope_id = ${scopeId} and m.meter_id = l.meter_id`,
  );
  tx.write(
    sql`update metering.prepaid set check_at = ${now} where scope_id = ${scopeId} and meter_id = any (${of(({ id }) => id)}::uuid[])`,
  );
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
