import { addDays, localDate, startOfDay } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { mayAttempt, type Role } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  compoundsOfCommunity,
  registeredBuildings,
  registeredCompounds,
  registeredHomes,
  registeredIds,
  registeredPeople,
  type RegisteredPlace,
  type Wall,
  wallOf,
} from '../places/index.ts';
import { sumsByPlace } from '../work-orders/index.ts';
import { fieldOf } from './catalogue/index.ts';
import type { TaskRow } from './tables.ts';

/** What the house knows of a form's subjects: read when somebody looks, with that reader's own rights, and kept nowhere. */

export type Value = string | number | null;
export type Values = Readonly<Record<string, Value>>;

export interface Row {
  readonly id: string;
  readonly label: string;
  /** By the key of the known field. */
  readonly known: Values;
}

export interface RowPage {
  readonly rows: readonly Row[];
  /** Where the next page begins. */
  readonly next: Position | null;
}
export type Position = readonly [number, number, number, string, string];

/** Who works with people by name reads names, masked; whoever oversees does not read them at all. */
export const isHidden = (key: string, role: Role): boolean =>
  fieldOf(key)?.isPersonal === true && !mayAttempt(role, 'person.find');

const sumOf = (places: readonly RegisteredPlace[], count: (place: RegisteredPlace) => number): number =>
  places.reduce((sum, place) => sum + count(place), 0);
/** Square metres to the hundredth, without a float's dust. */
const areaOf = (places: readonly RegisteredPlace[]): number =>
  sumOf(places, ({ area }) => Math.round(Number(area) * 100)) / 100;

async function ordersOf(
  q: Executor,
  acting: Acting,
  task: TaskRow,
  wall: Wall,
  now: Date,
): Promise<{ total: number; done: number }> {
  const { timeZone } = wall;
  const { periodFrom: from, periodTo: to } = task;
  const at = (day: string) => new Date(startOfDay(day, timeZone));
  const input = { scope: wall, from, to, fromAt: at(from), toAt: at(addDays(to, 1)), timeZone, now };
  const rows = await sumsByPlace(q, acting, input, localDate(now.getTime(), timeZone), ['total', 'done']);
  return {
    total: rows.reduce((sum, row) => sum + row.total, 0),
    done: rows.reduce((sum, row) => sum + row.done, 0),
  };
}

/** Of the place the form lies before, and what that lies in: the same in each of its rows. Only what is asked is read. */
export async function placeValues(
  q: Executor,
  acting: Acting,
  task: TaskRow,
  wall: Wall,
  now: Date,
): Promise<Values> {
  const keys = task.columns.flatMap((column) => (column.kind === 'known' ? [column.key] : []));
  const asks = (subject: string) => keys.some((key) => key.startsWith(`${subject}.`));
  const isCommunity = wall.kind === 'community';
  const today = localDate(now.getTime(), wall.timeZone);
  const asksOrders = keys.some((key) => fieldOf(key)?.source === 'orders');
  const [places, orders, community, street] = await Promise.all([
    asks('compound') || (isCommunity && asks('community'))
      ? registeredCompounds(
          q,
          isCommunity ? await compoundsOfCommunity(q, wall.scopeId) : [wall.scopeId],
          today,
        )
      : [],
    asksOrders ? ordersOf(q, acting, task, wall, now) : { total: 0, done: 0 },
    isCommunity || wall.communityId === null ? wall : wallOf(q, wall.communityId),
    wall.streetId === null ? null : wallOf(q, wall.streetId),
  ]);
  const sums = {
    buildings: sumOf(places, (place) => place.buildings),
    homes: sumOf(places, (place) => place.homes),
    area: areaOf(places),
    grids: sumOf(places, (place) => place.grids),
    people: sumOf(places, (place) => place.people),
    orders: orders.total,
    orders_done: orders.done,
  };
  const named = (subject: string, values: Values): Values =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`${subject}.${key}`, value]));
  const inCommunity = {
    name: community?.kind === 'community' ? community.name : null,
    street: street?.name ?? null,
  };
  if (isCommunity) return named('community', { ...sums, ...inCommunity, compounds: places.length });
  const [place] = places;
  const { address = null, builtYear = null, company = null, units = 0, lifts = 0 } = place ?? {};
  return {
    ...named('community', inCommunity),
    ...named('compound', { ...sums, name: wall.name, address, built_year: builtYear, company, units, lifts }),
  };
}

/** The rows of a form before its place, a page at a time; what has few comes at once. */
export async function subjectRows(
  q: Executor,
  task: TaskRow,
  wall: Wall,
  now: Date,
  after: Position | null,
  limit: number,
): Promise<RowPage> {
  const { scopeId } = task;
  const today = localDate(now.getTime(), wall.timeZone);
  switch (task.subject) {
    case 'compound':
    case 'community':
      return { rows: [{ id: scopeId, label: wall.name, known: {} }], next: null };
    case 'building': {
      const buildings = await registeredBuildings(q, scopeId, today);
      return {
        rows: buildings.map(({ id, name, floors, units, homes, area, lifts, people }) => ({
          id,
          label: name,
          known: {
            'building.name': name,
            'building.floors': floors,
            'building.units': units,
            'building.homes': homes,
            'building.area': Number(area),
            'building.lifts': lifts,
            'building.people': people,
          },
        })),
        next: null,
      };
    }
    case 'home': {
      const position =
        after === null
          ? null
          : { building: after[0], unit: after[1], floor: after[2], room: after[3], id: after[4] };
      const homes = await registeredHomes(q, scopeId, today, position, limit + 1);
      const last = homes.length > limit ? homes[limit - 1] : undefined;
      return {
        rows: homes.slice(0, limit).map((home) => ({
          id: home.id,
          label: home.label,
          known: {
            'home.label': home.label,
            'home.building': home.building,
            'home.unit': home.unit,
            'home.room': home.room,
            'home.floor': home.floor,
            'home.area': Number(home.area),
            'home.grid': home.grid,
            'home.people': home.people,
            'home.owner': home.owners.join(' ') || null,
            'home.owner_phone': home.ownerPhones.join(' ') || null,
          },
        })),
        next:
          last === undefined
            ? null
            : [last.buildingPosition, last.unitPosition, last.floor, last.room, last.id],
      };
    }
    case 'resident': {
      const people = await registeredPeople(q, scopeId, today, after?.[4] ?? null, limit + 1);
      const last = people.length > limit ? people[limit - 1] : undefined;
      return {
        rows: people.slice(0, limit).map((person) => ({
          id: person.id,
          label: person.name,
          known: {
            'resident.name': person.name,
            'resident.phone': person.phone,
            'resident.relation': person.relations.join(' '),
            'resident.home': person.homes.join(' '),
            'resident.since': person.since,
          },
        })),
        next: last === undefined ? null : [0, 0, 0, '', last.id],
      };
    }
  }
}

/** Every subject of a form, by id, for who counts what is still missing; with `among`, of these those that are. */
export async function subjectIds(
  q: Executor,
  { scopeId, subject }: TaskRow,
  wall: Wall,
  now: Date,
  among: readonly string[] | null = null,
): Promise<string[]> {
  if (subject === 'compound' || subject === 'community')
    return among === null || among.includes(scopeId) ? [scopeId] : [];
  return registeredIds(q, scopeId, subject, localDate(now.getTime(), wall.timeZone), among);
}
