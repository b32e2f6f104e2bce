import {
  addDays,
  addWorking,
  calendarOf,
  CHINA,
  DAY,
  HOUR,
  type Instant,
  instantOn,
  type Point,
  startOfDay,
} from '@gongzhi/kernel';
import { matters } from '../data/matters.ts';
import { makeShifts } from '../people/shifts.ts';
import { makeStaff } from '../people/staff.ts';
import { makePlaces } from '../places/places.ts';
import { Random } from '../random.ts';
import { catalogue, type Category } from '../rules.ts';
import { type Plan, spansOf } from './rules.ts';
import type { DaySettings } from './settings.ts';

/** Where a day takes place, who works there, and what comes in. */

export interface DayPerson {
  readonly accountId: string;
  /** The same whatever the ids are: what is drawn for a person is drawn for the label. */
  readonly label: string;
  readonly role: string;
  readonly title: string;
  readonly skills: readonly string[];
}

export interface DayBuilding {
  readonly id: string;
  readonly scopeId: string;
  readonly point: Point;
}

/** A department: its people, their shifts, its buildings, and the gate at which they begin their day. */
export interface Ground {
  readonly name: string;
  readonly people: readonly DayPerson[];
  readonly plan: Plan;
  readonly buildings: readonly (DayBuilding & { readonly homes: number })[];
  readonly gate: Point;
  readonly zone: string;
}

export interface DayOrder {
  readonly key: string;
  readonly categoryCode: string;
  readonly skill: string;
  readonly isEmergency: boolean;
  readonly reportedAt: Instant;
  readonly building: DayBuilding;
  readonly workMinutes: number;
  readonly respondMinutes: number;
  readonly respondDueAt: Instant;
  readonly arriveDueAt: Instant;
  /** Reported within the day itself, not before or after it. */
  readonly isMeasured: boolean;
}

/** The demonstration's street, as it always is; `departments` of it. */
export function demonstrationGrounds(departments?: number): Ground[] {
  const random = new Random('gongzhi street 1');
  const places = makePlaces(random.fork('places'), 1);
  const staff = makeStaff(places, random.fork('staff'));
  const shifts = makeShifts(staff.members, random.fork('shifts'));
  return places.departments.slice(0, departments).map((department): Ground => {
    const people = staff.members
      .filter(({ scope, role }) => scope === department.scope && role !== 'guard')
      .map(({ account, role, title, skills }, i) => ({
        accountId: account.id,
        label: `${title} ${i}`,
        role,
        title,
        skills,
      }));
    const compounds = places.compounds.filter((compound) => compound.department === department);
    return {
      name: department.name,
      people,
      plan: {
        patterns: shifts.patterns.filter(({ scope }) => scope === department.scope),
        rosters: shifts.rosters
          .filter(({ scope }) => scope === department.scope)
          .map((roster) => ({
            ...roster,
            startsOn: '2026-01-01',
            endsOn: null,
            compoundIds: [],
            gridId: null,
          })),
        changes: [],
      },
      buildings: compounds.flatMap((compound) =>
        compound.buildings.map(({ id, point, units }) => ({
          id,
          scopeId: compound.scope.id,
          point,
          homes: units.reduce((sum, unit) => sum + unit.households.length, 0),
        })),
      ),
      gate: compounds[0]!.scope.point!,
      zone: CHINA,
    };
  });
}

/** What needs somebody on site, with its weight on that day. */
function matterWeights(day: DaySettings, isEmergency: boolean): (readonly [Category, number])[] {
  const month = Number(day.date.slice(5, 7));
  return catalogue.flatMap((category) => {
    const matter = matters[category.code];
    if (matter === undefined || category.isEmergency !== isEmergency || category.arriveMinutes === null)
      return [];
    if (matter.months !== undefined && !matter.months.includes(month)) return [];
    return [[category, matter.weight] as const];
  });
}

/** Every order of one seed, in the order in which they come in; the same for every way of dispatching. */
export function drawOrders(day: DaySettings, ground: Ground, seed: number, load: number): DayOrder[] {
  const random = new Random(`day ${day.date} seed ${seed} ${ground.name}`);
  const midnight = startOfDay(day.date, ground.zone);
  const [from, to] = [midnight - day.leadInHours * HOUR, midnight + DAY + day.followOnHours * HOUR];
  const homes = ground.buildings.reduce((sum, building) => sum + building.homes, 0);
  const mean = homes * day.reports.perHouseholdAndDay * load;
  const kinds = { normal: matterWeights(day, false), emergency: matterWeights(day, true) };
  const where = ground.buildings.map((building) => [building, building.homes] as const);
  const orders: DayOrder[] = [];
  for (let date = addDays(day.date, -2); date <= addDays(day.date, 2); date = addDays(date, 1)) {
    const own = random.fork(date);
    for (let left = poisson(mean, own); left > 0; left--) {
      const kind = own.chance(day.matters.emergencyShare) ? 'emergency' : 'normal';
      const category = own.weighted(kinds[kind]);
      const hour = own.weighted(day.hours[kind].map((weight, h) => [h, weight] as const));
      const reportedAt = instantOn(date, hour * 60, ground.zone) + own.int(0, HOUR - 1);
      const { id, scopeId, point } = own.weighted(where);
      const median = matters[category.code]?.work ?? 40;
      const workMinutes = Math.min(
        day.matters.workMostMinutes,
        Math.max(day.matters.workLeastMinutes, own.lognormal(median, day.matters.workSpread)),
      );
      if (reportedAt < from || reportedAt >= to) continue;
      const calendar = calendarOf(category.calendar);
      orders.push({
        key: `${date} ${orders.length}`,
        categoryCode: category.code,
        skill: category.skill,
        isEmergency: category.isEmergency,
        reportedAt,
        building: { id, scopeId, point },
        workMinutes,
        respondMinutes: category.respondMinutes,
        respondDueAt: addWorking(reportedAt, category.respondMinutes, calendar),
        arriveDueAt: addWorking(reportedAt, category.arriveMinutes!, calendar),
        isMeasured: reportedAt >= midnight && reportedAt < midnight + DAY,
      });
    }
  }
  return orders.sort((a, b) => a.reportedAt - b.reportedAt);
}

/** Sums of exponential waits; the means here are a department's, some twenty. */
function poisson(mean: number, random: Random): number {
  let count = -1;
  for (let sum = 0; sum < mean; count++) sum -= Math.log(1 - random.next());
  return count;
}

/** From when on somebody who can do it is on shift (on call at home does not count); null: never in these days. */
export function onShiftFrom(ground: Ground, skill: string, at: Instant): Instant | null {
  const able = new Set(ground.people.filter((one) => isAble(one, skill)).map(({ accountId }) => accountId));
  if (ground.plan.rosters.length === 0) return able.size > 0 ? at : null;
  const spans = spansOf(ground.plan, at, at + 3 * DAY, ground.zone).filter(
    ({ accountId, kind }) => kind !== 'standby' && able.has(accountId),
  );
  return spans.length === 0 ? null : Math.max(at, Math.min(...spans.map((span) => span.from)));
}

export const isAble = ({ skills }: DayPerson, skill: string): boolean =>
  skill === 'office' || skills.includes(skill);

/** The shift somebody is on at a moment, and since when; null: none. */
export function shiftOf(
  ground: Ground,
  accountId: string,
  at: Instant,
): { readonly from: Instant; readonly kind: 'duty' | 'standby' } | null {
  const own = spansOf(ground.plan, at, at + 1, ground.zone).filter((span) => span.accountId === accountId);
  const span = own.find(({ kind }) => kind !== 'standby') ?? own[0];
  return span === undefined ? null : { from: span.from, kind: span.kind === 'standby' ? 'standby' : 'duty' };
}
