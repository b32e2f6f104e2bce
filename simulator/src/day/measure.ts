import { type Instant, MINUTE } from '@gongzhi/kernel';
import type { Course, DayResult } from './engine.ts';
import { type Ground, onShiftFrom } from './ground.ts';

/** What a day is judged by. Minutes count from when the order could be served: reported, and somebody who can do it on shift. */

export interface Measures {
  readonly orders: number;
  readonly acceptMean: number;
  readonly acceptP95: number;
  readonly arriveMean: number;
  readonly arriveP95: number;
  readonly finishMean: number;
  readonly finishP95: number;
  /** Nobody there within the order's limit, of all. */
  readonly lateShare: number;
  /** Of minutes on the way and at work, among the people of one trade and department on shift that day; 0 is even. */
  readonly gini: number;
  /** Emergencies while anybody who could go was on shift, and those with somebody there within 20 minutes. */
  readonly emergencies: number;
  readonly emergenciesInTime: number;
  /** Every time to arrive, for the curve. */
  readonly arrivals: readonly number[];
}

export const EMERGENCY_MINUTES = 20;

const minutesBetween = (from: Instant, to: Instant): number => (to - from) / MINUTE;

export function measure(parts: readonly { readonly ground: Ground; readonly result: DayResult }[]): Measures {
  const accept: number[] = [];
  const arrive: number[] = [];
  const finish: number[] = [];
  let late = 0;
  let emergencies = 0;
  let emergenciesInTime = 0;
  const ginis: { value: number; people: number }[] = [];
  for (const { ground, result } of parts) {
    for (const course of result.courses) {
      const { order } = course;
      if (!order.isMeasured) continue;
      const [acceptedAt, arrivedAt, finishedAt] = momentsOf(course);
      const shiftAt = onShiftFrom(ground, order.skill, order.reportedAt) ?? order.reportedAt;
      const from = order.isEmergency ? order.reportedAt : shiftAt;
      accept.push(minutesBetween(from, acceptedAt));
      arrive.push(minutesBetween(from, arrivedAt));
      finish.push(minutesBetween(from, finishedAt));
      if (arrivedAt > order.arriveDueAt) late++;
      if (!order.isEmergency || shiftAt > order.reportedAt) continue;
      emergencies++;
      if (minutesBetween(order.reportedAt, arrivedAt) <= EMERGENCY_MINUTES) emergenciesInTime++;
    }
    ginis.push(...ginisOf(ground, result));
  }
  const people = ginis.reduce((sum, one) => sum + one.people, 0);
  return {
    orders: arrive.length,
    acceptMean: meanOf(accept),
    acceptP95: quantile(accept, 0.95),
    arriveMean: meanOf(arrive),
    arriveP95: quantile(arrive, 0.95),
    finishMean: meanOf(finish),
    finishP95: quantile(finish, 0.95),
    lateShare: arrive.length === 0 ? 0 : late / arrive.length,
    gini: people === 0 ? 0 : ginis.reduce((sum, one) => sum + one.value * one.people, 0) / people,
    emergencies,
    emergenciesInTime,
    arrivals: arrive,
  };
}

function momentsOf({ order, acceptedAt, arrivedAt, finishedAt }: Course): [Instant, Instant, Instant] {
  if (acceptedAt === null || arrivedAt === null || finishedAt === null)
    throw new Error(`${order.categoryCode} of ${new Date(order.reportedAt).toISOString()} was never served`);
  return [acceptedAt, arrivedAt, finishedAt];
}

function ginisOf(ground: Ground, { minutes }: DayResult): { value: number; people: number }[] {
  const groups = Map.groupBy(
    ground.people.filter(({ role }) => role === 'worker'),
    ({ title }) => title,
  );
  return [...groups.values()].flatMap((group) => {
    const worked = group.map(({ accountId }) => minutes.get(accountId) ?? 0);
    return group.length < 2 || worked.every((one) => one === 0)
      ? []
      : [{ value: gini(worked), people: group.length }];
  });
}

/** Mean difference of two drawn at random, over twice the mean: 0 all the same, near 1 one has all. */
export function gini(values: readonly number[]): number {
  const sum = values.reduce((total, one) => total + one, 0);
  if (sum === 0) return 0;
  const sorted = values.toSorted((a, b) => a - b);
  const weighted = sorted.reduce((total, one, i) => total + (2 * (i + 1) - sorted.length - 1) * one, 0);
  return weighted / (sorted.length * sum);
}

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;

/** The value that so great a share does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Student's t for 95 %, two-sided, by degrees of freedom 1 … 30; beyond it the normal's 1.96 is near enough. */
const T95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
] as const;

export interface Interval {
  readonly mean: number;
  /** Half its width at 95 %; null for a single value. */
  readonly plusMinus: number | null;
}

export function interval95(values: readonly number[]): Interval {
  const mean = meanOf(values);
  const count = values.length;
  if (count < 2) return { mean, plusMinus: null };
  const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1);
  return { mean, plusMinus: (T95[count - 2] ?? 1.96) * Math.sqrt(variance / count) };
}

/** Wilson's interval for a share: right for small counts and near 1. */
export function shareInterval(hits: number, of: number): readonly [low: number, high: number] {
  if (of === 0) return [0, 1];
  const z = 1.96;
  const share = hits / of;
  const middle = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  return [(middle - half) / scale, (middle + half) / scale];
}
