import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { type Wall, wallsOf } from '../places/index.ts';
import { openSensed, withdrawSensed } from '../work-orders/index.ts';
import {
  type DeviceState,
  decide,
  isTrouble,
  type Rule,
  unwatched,
  type Watch,
  type WatchAct,
  type WatchInput,
} from './domain.ts';
import { chainOf, rulesOf, versionsOf } from './facts.ts';
import { lastReadings, openAlarm, storeWatches, type WatchChange, watchesOf } from './queries.ts';
import type { DeviceRow, Evidence, WatchRow } from './tables.ts';
import { orderText, withdrawnText } from './facts-texts.ts';

/**
 * Rules at work: what came in, or what time brought, is judged device by device, and what follows (an alarm, its order,
 * its withdrawal) is written in the same transaction. Whoever calls has locked the devices.
 */
export interface Heard {
  readonly device: DeviceRow;
  /** It concerns this rule only; every rule of the device when left out. */
  readonly ruleCode?: string;
  /** In the order in which they came. */
  readonly inputs: readonly HeardInput[];
}
export interface HeardInput {
  readonly input: WatchInput;
  /** By our clock; what silence is counted by. */
  readonly receivedAt: number;
}

export interface Judged {
  readonly device: DeviceRow;
  readonly state: DeviceState;
  /** What the device said last and was believed in, though by its own clock it said it before something else. */
  readonly believed: number | null;
}

const evidenceCount = 10;

/** Judges every device by the rules of its place and writes what follows; the devices' own rows are left to the caller. */
export async function judge(house: House, tx: Tx, heard: readonly Heard[], now: Date): Promise<Judged[]> {
  if (heard.length === 0) return [];
  const keys = heard.map(({ device }) => ({ scopeId: device.scopeId, deviceId: device.id }));
  const walls = new Map(
    (await wallsOf(tx, [...new Set(keys.map(({ scopeId }) => scopeId))])).map((wall) => [wall.scopeId, wall]),
  );
  const chains = [...new Set([...walls.values()].flatMap(chainOf))];
  const [stored, versions] = await Promise.all([watchesOf(tx, keys), versionsOf(tx, chains)]);
  const byDevice = new Map<string, WatchRow[]>();
  for (const row of stored) byDevice.set(row.deviceId, [...(byDevice.get(row.deviceId) ?? []), row]);

  const changes: WatchChange[] = [];
  const judged: Judged[] = [];
  for (const { device, inputs, ruleCode } of heard) {
    const wall = walls.get(device.scopeId);
    if (wall === undefined) continue;
    const rules = device.retiredAt === null ? rulesOf(versions, wall, device.kind, now.getTime()) : [];
    const before = new Map((byDevice.get(device.id) ?? []).map((row) => [row.ruleCode, row]));
    const after = new Map<string, Watch>();
    let believed: number | null = null;
    for (const rule of rules) {
      const row = before.get(rule.code);
      const own = ruleCode === undefined || ruleCode === rule.code ? inputs : [];
      const change = await judgeRule(house, tx, device, wall, rule, row, own, now);
      after.set(rule.code, change.watch);
      for (const { input } of own)
        if (input.type === 'reading' && input.isBackwards === true && isTrouble(rule.condition, input.value))
          believed = input.value;
      const isLook = own.some(({ input }) => input.type === 'time');
      if (isLook ? row?.dueAt !== change.dueAt || isChanged(row, change) : isWorthWriting(row, change))
        changes.push(change);
    }
    // A rule that is no more, a device that is no more: nothing comes due.
    for (const row of before.values())
      if (!after.has(row.ruleCode) && row.dueAt !== null)
        changes.push({ device, ruleCode: row.ruleCode, watch: row.watch, dueAt: null });
    judged.push({ device, state: stateOf(device, rules, after, inputs), believed });
  }
  storeWatches(tx, changes);
  return judged;
}

function isChanged(row: WatchRow | undefined, { watch }: WatchChange): boolean {
  const names = Object.keys(watch) as (keyof Watch)[];
  return row === undefined || names.some((name) => watch[name] !== row.watch[name]);
}

/** A later due needs no writing: whoever looks too early only looks once more. That spares most readings a write. */
function isWorthWriting(row: WatchRow | undefined, change: WatchChange): boolean {
  if (row === undefined || isChanged(row, change)) return true;
  return change.dueAt !== null && (row.dueAt === null || change.dueAt < row.dueAt);
}

async function judgeRule(
  house: House,
  tx: Tx,
  device: DeviceRow,
  wall: Wall,
  rule: Rule,
  row: WatchRow | undefined,
  inputs: readonly HeardInput[],
  now: Date,
): Promise<WatchChange> {
  const isSilence = rule.condition.is === 'silent';
  let watch = row?.watch ?? unwatched;
  let dueAt = row?.dueAt ?? null;
  let lastAt = (isSilence ? device.lastSeenAt : device.lastAt)?.getTime() ?? null;
  for (const { input, receivedAt } of inputs) {
    // Whether a device is silent is a matter of our clock alone.
    const own: WatchInput = !isSilence
      ? input
      : input.type === 'reading'
        ? { type: 'reading', at: receivedAt, value: input.value }
        : { ...input, at: receivedAt };
    const done = decide(watch, own, rule, lastAt, wall.timeZone);
    const was = watch;
    ({ watch, dueAt } = done);
    for (const act of done.acts) {
      const ended = await carryOut(house, tx, { device, wall, rule, watch, was }, act, now);
      if (!ended) continue;
      const over = decide(watch, { type: 'order_ended', at: own.at }, rule, lastAt, wall.timeZone);
      ({ watch, dueAt } = over);
    }
    if (own.type === 'reading' && own.isBackwards !== true) lastAt = Math.max(lastAt ?? own.at, own.at);
  }
  return { device, ruleCode: rule.code, watch, dueAt };
}

interface Happening {
  readonly device: DeviceRow;
  readonly wall: Wall;
  readonly rule: Rule;
  readonly watch: Watch;
  readonly was: Watch;
}

/** True when the alarm and its order have come to their end by it. */
async function carryOut(
  house: House,
  tx: Tx,
  happening: Happening,
  act: WatchAct,
  now: Date,
): Promise<boolean> {
  const { device, wall, rule, watch, was } = happening;
  const tell = (kind: string) => tellOfDevice(tx, device, kind, { ruleCode: rule.code }, now);
  if (act === 'raise') {
    const readings = await lastReadings(tx, device, evidenceCount);
    const evidence: Evidence[] = readings.reverse().map(({ at, value }) => ({ at: at.toISOString(), value }));
    const since = new Date(watch.badSince ?? was.badSince ?? now.getTime());
    const order = await openSensed(
      house,
      tx,
      {
        scopeId: device.scopeId,
        categoryCode: rule.categoryCode,
        description: orderText(device, rule, since, evidence, wall.timeZone),
        buildingId: device.buildingId,
        facilityId: device.facilityId,
        spot: device.spot,
        isPublic: rule.condition.is !== 'silent',
      },
      now,
    );
    tx.write(
      sql`insert into sensing.alarm (scope_id, alarm_id, city_id, street_id, company_id, device_id, rule_code, since, raised_at, return_count,
            work_order_id, order_number, evidence, rule)
          values (${device.scopeId}, ${uuidv7(now.getTime())}, ${device.cityId}, ${device.streetId}, ${device.companyId}, ${device.id}, ${rule.code},
            ${since}, ${now}, 0, ${order?.id ?? null}, ${order?.number ?? null}, ${JSON.stringify(evidence)}, ${JSON.stringify(rule)})`,
    );
    tell('device.alarmed');
    return false;
  }
  const alarm = await openAlarm(tx, device, rule.code);
  if (alarm === null) return act === 'clear';
  if (act === 'return') {
    tx.write(
      sql`update sensing.alarm set cleared_at = null, return_count = return_count + 1
          where scope_id = ${device.scopeId} and alarm_id = ${alarm.id}`,
    );
    tell('device.alarmed');
    return false;
  }
  const isEnded =
    alarm.workOrderId === null ||
    (await withdrawSensed(house, tx, device.scopeId, alarm.workOrderId, withdrawnText(rule), now));
  tx.write(
    sql`update sensing.alarm set cleared_at = ${now}, ended_at = ${isEnded ? now : null}, ended_how = ${isEnded ? 'cleared' : null}
        where scope_id = ${device.scopeId} and alarm_id = ${alarm.id}`,
  );
  tell('device.cleared');
  return isEnded;
}

/** Pages that show the device ask again. */
export function tellOfDevice(
  tx: Tx,
  device: Pick<DeviceRow, 'scopeId' | 'id' | 'cityId' | 'streetId' | 'companyId'>,
  kind: string,
  payload: Readonly<Record<string, unknown>>,
  now: Date,
): void {
  const { scopeId, id, cityId, streetId, companyId } = device;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind,
    version: 1,
    objectId: id,
    payload,
    occurredAt: now,
  });
}

function stateOf(
  device: DeviceRow,
  rules: readonly Rule[],
  watches: ReadonlyMap<string, Watch>,
  inputs: readonly HeardInput[],
): DeviceState {
  if (device.retiredAt !== null) return 'retired';
  const open = rules.filter(({ code }) => {
    const watch = watches.get(code);
    return watch?.isOpen === true && !watch.isCleared;
  });
  if (open.some(({ condition }) => condition.is !== 'silent')) return 'alarm';
  if (open.length > 0) return 'silent';
  const wasHeard = device.lastSeenAt !== null || inputs.some(({ input }) => input.type === 'reading');
  return wasHeard ? 'ok' : 'never';
}
