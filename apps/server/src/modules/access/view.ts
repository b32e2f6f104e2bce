import type { SayCode } from '@gongzhi/gate';
import { DAY, localDate } from '@gongzhi/kernel';
import { has, tKey } from '@gongzhi/i18n';
import { isOutOfProportion, standingOfDevice } from './domain.ts';
import type { ListedGate } from './queries-gates.ts';
import type { ListedMeasure } from './queries-measures.ts';
import type { Decided, Refused } from './service-arrivals.ts';
import { type GateDeviceRow, nothingAllowed } from './tables.ts';

/** Rows as the pages and the devices are told them. */

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function gateDeviceView(row: GateDeviceRow, now: Date, silentMinutes: number) {
  const { id, gateId, kind, label, opensDeviceId, hasSecret, version } = row;
  return {
    id,
    gateId,
    kind,
    label,
    opensDeviceId,
    hasSecret,
    version,
    standing: standingOfDevice(row, now, silentMinutes),
    lastSeenAt: iso(row.lastSeenAt),
    clockSkewMs: row.clockSkewMs,
    revokedAt: iso(row.revokedAt),
  };
}

export function gateView(
  row: ListedGate,
  devices: readonly GateDeviceRow[],
  now: Date,
  silentMinutes: number,
) {
  const isToday = row.day === localDate(now.getTime(), row.timeZone);
  const [entries, exits] = isToday ? [row.entries, row.exits] : [0, 0];
  const { id, scopeId, scopeName, code, name, kind, direction, buildingId, buildingName, version } = row;
  return {
    id,
    scopeId,
    scopeName,
    code,
    name,
    kind,
    direction,
    buildingId,
    buildingName,
    version,
    hours: [...row.hours].map((one) => ({ ...one, days: [...one.days] })),
    retiredAt: iso(row.retiredAt),
    devices: devices
      .filter((device) => device.gateId === id)
      .map((device) => gateDeviceView(device, now, silentMinutes)),
    entries,
    exits,
    lastAt: iso(row.lastAt),
    isOutOfProportion: direction === 'both' && isOutOfProportion(entries, exits),
  };
}

export function measureView(row: ListedMeasure, now: Date) {
  const { checks, onNoAnswer, answerWithinMilliseconds, answerHoldsMinutes } = row.content;
  const { tracing, followUp } = row.content.allows ?? nothingAllowed;
  const state =
    row.destroyedAt !== null
      ? 'wiped'
      : row.endsAt <= now
        ? 'over'
        : row.startsAt > now
          ? 'planned'
          : 'in_force';
  return {
    id: row.id,
    scopeId: row.scopeId,
    scopeName: row.scopeName,
    reach: row.reach,
    tracing,
    followUp: followUp === null ? null : { ...followUp },
    buildingId: row.buildingId,
    buildingName: row.buildingName,
    version: row.version,
    state: state as 'planned' | 'in_force' | 'over' | 'wiped',
    name: row.name,
    authority: row.authority,
    documentNo: row.documentNo,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    retentionDays: row.retentionDays,
    keptUntil: new Date(row.endsAt.getTime() + row.retentionDays * DAY).toISOString(),
    endedByName: row.endedByName,
    endReason: row.endReason,
    wipedAt: iso(row.destroyedAt),
    checks: structuredClone(checks) as never,
    onNoAnswer,
    answerWithinMilliseconds,
    answerHoldsMinutes,
  };
}

type Params = Readonly<Record<string, string | number>>;
interface Sentence {
  readonly 'zh-CN': string;
  readonly en: string;
}
/** Sentences without figures in them are the same every time. */
const plain = new Map<string, Sentence>();

function sentence(key: string, params: Params): Sentence {
  const known = plain.get(key);
  if (known !== undefined) return known;
  const made = { 'zh-CN': tKey('zh-CN', key, params), en: tKey('en', key, params) };
  if (Object.keys(params).length === 0) plain.set(key, made);
  return made;
}

/** Tenths of a degree are said as degrees. */
function spoken(params: Params): Params {
  const { tenths, limit } = params;
  return typeof tenths === 'number' && typeof limit === 'number'
    ? { ...params, degrees: tenths / 10, limitDegrees: limit / 10 }
    : params;
}

export function sentencesOf(say: SayCode, params: Params): { sentence: Sentence; remedy: Sentence | null } {
  const key = `gate.remedy.${say}`;
  return {
    sentence: sentence(`gate.say.${say}`, spoken(params)),
    remedy: has(key) ? sentence(key, spoken(params)) : null,
  };
}

const nothing = {
  outcome: null,
  say: null,
  params: {},
  sentence: null,
  remedy: null,
  failed: [],
  overriders: [],
  urgent: null,
  ref: null,
  way: null,
  seq: null,
  recordedAt: null,
  isClockOff: false,
};

export function resultView(id: string, taken: Decided | Refused) {
  if (taken.kind === 'refused') return { ...nothing, id, status: 'refused' as const, fault: taken.fault };
  const { outcome, say, params, failed, overriders, urgent, ref, way, seq, recordedAt, isClockOff } = taken;
  return {
    id,
    status: taken.isRepeat ? ('repeated' as const) : ('decided' as const),
    fault: null,
    outcome,
    say,
    params,
    ...sentencesOf(say, params),
    failed: failed.map((one) => ({ ...one, code: one.code!, overriders: [...one.overriders] })),
    overriders: [...overriders],
    urgent,
    ref,
    way,
    seq,
    recordedAt: recordedAt.toISOString(),
    isClockOff,
  };
}
