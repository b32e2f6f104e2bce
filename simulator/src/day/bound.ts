import { MINUTE } from '@gongzhi/kernel';
import { type Course, type DayResult, wayMinutes } from './engine.ts';
import { type DayOrder, type Ground, isAble, onShiftFrom, shiftOf } from './ground.ts';
import type { DaySettings } from './settings.ts';

/**
 * What no way of dispatching beats by much: each order goes the moment it can to the nearest who can do it and is on
 * shift, without a question, as if nobody ever had anything else in hand. They stand where they were sent last.
 */
export function nearestWithoutQueues(
  day: DaySettings,
  ground: Ground,
  orders: readonly DayOrder[],
): DayResult {
  const places = new Map(ground.people.map(({ accountId }) => [accountId, ground.gate]));
  const minutes = new Map<string, number>(ground.people.map(({ accountId }) => [accountId, 0]));
  const courses = orders.map((order): Course => {
    const able = ground.people.filter((one) => isAble(one, order.skill)).map(({ accountId }) => accountId);
    const shiftAt = onShiftFrom(ground, order.skill, order.reportedAt) ?? order.reportedAt;
    const onCall = able.filter(
      (accountId) => shiftOf(ground, accountId, order.reportedAt)?.kind === 'standby',
    );
    // At night an emergency is gone to from home.
    const isCalled = order.isEmergency && shiftAt > order.reportedAt && onCall.length > 0;
    const at = isCalled ? order.reportedAt : shiftAt;
    const isPlanned = ground.plan.rosters.length > 0;
    const here = isCalled
      ? onCall
      : able.filter((accountId) => !isPlanned || shiftOf(ground, accountId, at)?.kind === 'duty');
    const ways = here.map((accountId) => ({
      accountId,
      way: isCalled
        ? day.way.fromHomeMinutes
        : wayMinutes(places.get(accountId)!, order.building.point, day.way),
    }));
    const [nearest] = ways.toSorted((a, b) => a.way - b.way);
    if (nearest === undefined)
      return { order, accountId: null, acceptedAt: null, arrivedAt: null, finishedAt: null };
    const { accountId, way } = nearest;
    places.set(accountId, order.building.point);
    minutes.set(accountId, minutes.get(accountId)! + way + order.workMinutes);
    const arrivedAt = at + way * MINUTE;
    return {
      order,
      accountId,
      acceptedAt: at,
      arrivedAt,
      finishedAt: arrivedAt + order.workMinutes * MINUTE,
    };
  });
  return { courses, minutes };
}
