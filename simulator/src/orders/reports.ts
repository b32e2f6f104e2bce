import { DAY, type Instant, localDate } from '@gongzhi/kernel';
import { type Cause, causes } from '../data/causes.ts';
import { matters } from '../data/matters.ts';
import { matterWords } from '../data/words-matters.ts';
import { repairWords, type Words } from '../data/words-repairs.ts';
import type { Facility, Household } from '../model.ts';
import type { Random } from '../random.ts';
import { catalogue, type Category } from '../rules.ts';
import { say, sayOne } from '../text.ts';
import type { Crew, Ground, Hand } from './crews.ts';
import { deskFor } from './crews.ts';
import { datesBetween, momentIn, monthOf, reportsOn } from './hours.ts';
import type { Party } from './life.ts';

/** What somebody reports: category, place, words, and through whom it came in. */
export interface Report {
  readonly at: Instant;
  readonly crew: Crew;
  readonly ground: Ground;
  readonly category: Category;
  readonly description: string;
  readonly place: 'home' | 'public';
  readonly household: Household | null;
  readonly facility: Facility | null;
  readonly buildingId: string | null;
  readonly placeLabel: string;
  readonly by: Party;
  readonly source: 'phone' | 'desk' | 'staff';
  readonly contact: { readonly name: string; readonly phone: string } | null;
}

export const wordsOf: Readonly<Record<string, Words>> = { ...repairWords, ...matterWords };
export const categoryByCode: ReadonlyMap<string, Category> = new Map(catalogue.map((c) => [c.code, c]));

/** Reports a household and day; some 10,400 in six weeks of the whole street. */
const perHousehold = 0.0142;

/** Who are played by visitors: what they report is scripted, not drawn. */
export interface Reserved {
  readonly accountIds: ReadonlySet<string>;
}

/** Every report of a department between two instants, in the order in which they come. */
export function drawReports(
  crew: Crew,
  from: Instant,
  to: Instant,
  random: Random,
  reserved: Reserved,
): Report[] {
  const all: Report[] = [];
  for (const ground of crew.compounds) {
    const mean = ground.compound.households.length * perHousehold;
    for (const date of datesBetween(from, to)) {
      const own = random.fork(`${ground.compound.scope.name} ${date}`);
      for (let left = reportsOn(date, mean, own); left > 0; left--) {
        const category = drawCategory(ground, Date.parse(`${date}T12:00:00+08:00`), own);
        const at = momentIn(date, matters[category.code]!.rhythm, own);
        const report = makeReport(crew, ground, category, at, own, reserved);
        if (at >= from && at <= to) all.push(report);
      }
    }
    for (const cause of causes)
      if (cause.compound === ground.compound.scope.name)
        all.push(...ofCause(crew, ground, cause, from, to, random.fork(`cause ${cause.compound}`), reserved));
  }
  return all.sort((a, b) => a.at - b.at);
}

/** What a cause is about; null where a small street has no such thing. */
export function placeOfCause(
  { facility: kind }: Pick<Cause, 'facility'>,
  compound: Ground['compound'],
): { readonly facility: Facility | null; readonly building: { id: string; name: string } | null } | null {
  if (kind === null) {
    const [building] = compound.buildings;
    return building === undefined ? null : { facility: null, building };
  }
  const facility = compound.facilities.find((one) => one.kind === kind);
  if (facility === undefined) return null;
  // A lamp in the yard belongs to no building.
  const building = compound.buildings.find(({ id }) => id === facility.buildingId) ?? null;
  return { facility, building };
}

function ofCause(
  crew: Crew,
  ground: Ground,
  cause: Cause,
  from: Instant,
  to: Instant,
  random: Random,
  reserved: Reserved,
): Report[] {
  const place = placeOfCause(cause, ground.compound);
  const category = categoryByCode.get(cause.category);
  if (place === null || category === undefined) return [];
  const { facility, building } = place;
  const where: Where = {
    household: null,
    facility,
    buildingId: building?.id ?? null,
    placeLabel: facility?.label ?? `${building?.name ?? ''} 1单元门`,
  };
  return cause.reportedDaysAgo.flatMap((daysAgo) => {
    const at = momentIn(localDate(to - daysAgo * DAY), matters[category.code]!.rhythm, random);
    return at < from || at > to ? [] : [makeReport(crew, ground, category, at, random, reserved, where)];
  });
}

/** What can happen in this compound in this month, by weight. */
const possible = new Map<string, readonly (readonly [Category, number])[]>();

function drawCategory(ground: Ground, at: Instant, random: Random): Category {
  const { compound } = ground;
  const month = monthOf(at);
  const kinds = new Set(compound.facilities.map((f) => f.kind));
  const key = `${month} ${[...kinds].sort().join()}`;
  let weights = possible.get(key);
  if (!weights) {
    weights = catalogue.flatMap((category) => {
      const matter = matters[category.code];
      if (!matter) return [];
      const isSeason = matter.months === undefined || matter.months.includes(month);
      const isHere = matter.facility === undefined || matter.facility.some((kind) => kinds.has(kind));
      return isSeason && isHere ? [[category, matter.weight] as const] : [];
    });
    possible.set(key, weights);
  }
  return random.weighted(weights);
}

export function makeReport(
  crew: Crew,
  ground: Ground,
  category: Category,
  at: Instant,
  random: Random,
  reserved: Reserved,
  there?: Where,
): Report {
  const matter = matters[category.code]!;
  const place =
    category.place === 'both' ? (random.chance(0.5) || !matter.spots ? 'home' : 'public') : category.place;
  const fits = floorRule(ground, matter.floor);
  const members = ground.members.filter((m) => !reserved.accountIds.has(m.account.id) && fits(m.household));
  const isStaffs = category.kind === 'found_by_staff';
  const isApp = !isStaffs && members.length > 0 && random.chance(0.47);
  const member = isApp ? random.pick(members) : null;
  const caller =
    isStaffs || isApp
      ? null
      : random.pick(matter.floor ? ground.callers.filter((c) => fits(c.household)) : ground.callers);
  const home = member?.household ?? caller?.household ?? random.pick(ground.compound.households);
  const where = there ?? (place === 'home' ? atHome(home) : inTheOpen(ground, home, matter, random));
  return {
    at,
    crew,
    ground,
    category,
    place: there === undefined ? place : 'public',
    ...where,
    description: sayOne(wordsOf[category.code]!.said, random),
    ...comingThrough(crew, ground, category, home, member?.party ?? null, caller, random),
  };
}

const floorsOf = new WeakMap<Ground, ReadonlyMap<string, number>>();

function floorRule(ground: Ground, rule: 'top' | 'below top' | undefined): (home: Household) => boolean {
  if (rule === undefined) return () => true;
  const floors = floorsOf.get(ground) ?? new Map(ground.compound.buildings.map((b) => [b.id, b.floors]));
  floorsOf.set(ground, floors);
  return (home) => (home.floor === floors.get(home.buildingId)) === (rule === 'top');
}

type Through = Pick<Report, 'by' | 'source' | 'contact'>;

function comingThrough(
  crew: Crew,
  ground: Ground,
  category: Category,
  home: Household,
  member: Party | null,
  caller: Report['contact'],
  random: Random,
): Through {
  if (member) return { by: member, source: 'phone', contact: null };
  if (!caller) return { by: finder(crew, ground, category, home, random), source: 'staff', contact: null };
  const contact = { name: caller.name, phone: caller.phone };
  // Some tell the social worker of their grid, or the committee; most call the desk.
  const social = random.chance(0.08) ? ground.socialWorkerOf.get(home.gridId) : undefined;
  return { by: social ?? deskFor(crew, ground, home, random), source: 'desk', contact };
}

function finder(crew: Crew, ground: Ground, category: Category, home: Household, random: Random): Party {
  const hands: readonly Hand[] = crew.handsBySkill.get(category.skill) ?? [];
  if (hands.length > 0 && random.chance(0.6)) return random.pick(hands).party;
  return ground.stewardOf.get(home.gridId) ?? random.pick(crew.desks);
}

type Where = Pick<Report, 'household' | 'facility' | 'buildingId' | 'placeLabel'>;

function atHome(household: Household): Where {
  return { household, facility: null, buildingId: household.buildingId, placeLabel: household.label };
}

/** A facility by its label; else a building and a spot in it, or a spot of the yard. As the service writes them. */
function inTheOpen(ground: Ground, home: Household, matter: (typeof matters)[string], random: Random): Where {
  const { compound } = ground;
  if (matter.facility) {
    const ones = compound.facilities.filter((f) => matter.facility!.includes(f.kind));
    // One's own staircase breaks for oneself: a lift or door of the reporter's building where there is one.
    const near = ones.filter((f) => f.buildingId === home.buildingId);
    const facility = random.pick(near.length > 0 ? near : ones);
    return { household: null, facility, buildingId: facility.buildingId, placeLabel: facility.label };
  }
  const spot = say(random.pick(matter.spots ?? ['公共区域']), random);
  const isIndoors = /单元|层|整栋|屋面|外墙|山墙|平台|楼道|地下室|管井/.test(spot);
  const building = isIndoors ? compound.buildings.find((b) => b.id === home.buildingId) : undefined;
  return {
    household: null,
    facility: null,
    buildingId: building?.id ?? null,
    placeLabel: building ? `${building.name} ${spotIn(spot, building.units.length, building.floors)}` : spot,
  };
}

/** A spot that this building has: no third staircase where there are two, no fifth floor of three. */
function spotIn(spot: string, units: number, floors: number): string {
  return spot
    .replace(/(\d)单元/, (_, n: string) => `${Math.min(Number(n), units)}单元`)
    .replace(/(\d)层/, (_, n: string) => `${Math.min(Number(n), floors)}层`);
}
