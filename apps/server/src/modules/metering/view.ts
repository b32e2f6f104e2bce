import { localDate, startOfDay } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { levelOf, nextPrice, roomFor, shiftMonth, UNITS, useByDay, useByMonth } from './domain.ts';
import type { ListedMeter } from './queries.ts';
import { countedReadings } from './queries.ts';
import { pricesOf } from './service-charging.ts';
import { limitsOf } from './service-prepaid.ts';
import { isProtectedOn } from './service-trips.ts';
import type {
  CommandRow,
  FindingRow,
  GatewayRow,
  MeterRow,
  PrepaidRow,
  ReadingRow,
  TopUpRow,
} from './tables.ts';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
const units = (milli: number | null): number | null => (milli === null ? null : milli / 1000);

export function meterView(row: MeterRow) {
  return {
    id: row.id,
    scopeId: row.scopeId,
    kind: row.kind,
    unit: UNITS[row.kind],
    serial: row.serial,
    householdId: row.householdId,
    householdLabel: row.householdLabel,
    buildingId: row.buildingId,
    spot: row.spot,
    digits: row.digits,
    gatewayId: row.gatewayId,
    address: row.address,
    installedOn: row.installedOn,
    retiredOn: row.retiredOn,
    version: row.version,
    lastValue: units(row.lastMilli),
    lastAt: iso(row.lastAt),
    usualDay: units(row.usualMilliDay),
    lineState: row.lineState,
    lineFault: row.lineFault,
    lastSeenAt: iso(row.lastSeenAt),
    isOpen: row.isOpen,
  };
}

export const listedMeterView = (row: ListedMeter) => ({
  ...meterView(row),
  scopeName: row.scopeName,
  buildingName: row.buildingName,
  isPrepaid: row.isPrepaid,
  balanceFen: row.balanceFen,
  phase: row.phase as PrepaidRow['phase'] | null,
});

export const readingView = (row: ReadingRow) => ({
  id: row.id,
  meterId: row.meterId,
  source: row.source,
  takenAt: row.takenAt.toISOString(),
  value: row.milli / 1000,
  used: units(row.usedMilli),
  state: row.state,
  doubts: [...row.doubts],
  answer: row.answer,
  note: row.note,
  recordedByName: row.recordedByName,
  decidedByName: row.decidedByName,
  hasPhoto: row.hasPhoto,
});

export const gatewayView = (row: GatewayRow & { readonly meters: number }) => ({
  id: row.id,
  scopeId: row.scopeId,
  label: row.label,
  transport: row.transport,
  host: row.host,
  port: row.port,
  meters: row.meters,
  lastSeenAt: iso(row.lastSeenAt),
  fault: row.fault,
  hasPassword: row.passwordCipher !== null,
});

export function prepaidView(row: PrepaidRow, today: string, now: Date, waitingFen = 0) {
  const next = nextPrice(pricesOf(row), now.getTime());
  const limits = limitsOf(row);
  const level = levelOf(row.balanceFen, limits);
  return {
    keeps: row.keeps,
    price: row.price,
    nextPrice: next === null ? null : { price: next.price, from: new Date(next.from).toISOString() },
    alarm1Fen: row.alarm1Fen,
    alarm2Fen: row.alarm2Fen,
    overdraftFen: row.overdraftFen,
    hoardingFen: row.hoardingFen,
    closePermitFen: row.closePermitFen,
    isCloseStrict: row.isCloseStrict,
    balanceFen: row.balanceFen,
    meterFen: row.meterFen,
    meterAt: iso(row.meterAt),
    phase: row.phase,
    phaseSince: row.phaseSince.toISOString(),
    isProtected: isProtectedOn(row, today),
    protectedUntil: row.protectedUntil,
    /** What was paid a moment ago takes its room. */
    roomFen: roomFor(row.balanceFen + waitingFen, limits),
    mayRestore:
      row.keeps === 'us' && row.phase === 'warned_off' && level !== 'end' && row.restoreAskedAt === null,
    version: row.version,
  };
}

export const topUpView = (row: TopUpRow) => ({
  id: row.id,
  amountFen: row.amountFen,
  state: row.state,
  askedAt: row.askedAt.toISOString(),
  endedAt: iso(row.endedAt),
  error: row.error,
});

export const commandView = (row: CommandRow) => ({
  id: row.id,
  kind: row.kind,
  reason: row.reason,
  note: row.note,
  state: row.state,
  attempts: row.attempts,
  askedAt: row.askedAt.toISOString(),
  askedByName: row.askedByName,
  sentAt: iso(row.sentAt),
  endedAt: iso(row.endedAt),
  error: row.error,
  amountFen: row.amountFen,
});

export const findingView = (row: FindingRow) => ({
  id: row.id,
  meterId: row.meterId,
  scopeId: row.scopeId,
  rule: row.rule,
  since: row.since.toISOString(),
  raisedAt: row.raisedAt.toISOString(),
  facts: { ...row.facts },
  workOrderId: row.workOrderId,
  orderNumber: row.orderNumber,
});

const shownMonths = 13;

/** The last month by days, and the last thirteen by months, each beside the year before. */
export async function useOf(q: Executor, meter: MeterRow, timeZone: string, now: Date) {
  const today = localDate(now.getTime(), timeZone);
  const month = today.slice(0, 7);
  const first = `${shiftMonth(month, -2 * shownMonths)}-01`;
  const rows = await countedReadings(
    q,
    meter.scopeId,
    meter.id,
    new Date(startOfDay(first, timeZone)),
    20_000,
  );
  const days = useByDay(
    rows.map(({ day, usedMilli }) => ({ day, usedMilli })),
    first,
    today,
  );
  const from = localDate(now.getTime() - 30 * 86_400_000, timeZone);
  return {
    days: days
      .filter(({ day }) => day >= from)
      .map(({ day, milli, isSpread }) => ({ day, value: milli / 1000, isSpread })),
    months: useByMonth(days, month, shownMonths).map(({ month: name, milli, yearBefore }) => ({
      month: name,
      value: milli / 1000,
      yearBefore: units(yearBefore),
    })),
  };
}
