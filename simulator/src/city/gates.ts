import {
  addDays,
  DAY,
  HOUR,
  type Instant,
  instantOn,
  localDate,
  type LocalDate,
  MINUTE,
} from '@gongzhi/kernel';
import { gateWords, plateHeads } from '../data/gates.ts';
import { seededIds } from '../ids.ts';
import type { Household } from '../model.ts';
import type { Ground } from '../orders/crews.ts';
import { makeName } from '../people/names.ts';
import { enteredAt } from '../places/places.ts';
import { Random } from '../random.ts';
import type { Span } from './calendar.ts';
import {
  issuing,
  type LoadedArrival,
  type LoadedGate,
  type LoadedGates,
  type LoadedPass,
  stepOf,
} from './gates-rules.ts';
import type { Part } from './part.ts';
import type { CityPlan } from './plan.ts';

/**
 * The gates of a department's compounds: who may pass, and in some departments who did in the last days. What of it
 * comes how often is assumed (docs/simulated-city.md).
 */

/** Of a hundred departments in so many readers hang at the gates, and passages are there; the first always. */
const departmentsThatRead = 0.2;
/** So many days back, and never before the history begins. */
const passageDays = 7;
/** Of a hundred homes: how many have a car that the desk knows. */
const withCar = 0.2;
/** On a day: who goes out and comes back, who is invited by a home with the app, who comes without anything, by home. */
const chances = { person: 0.75, car: 0.6, guest: 0.12, stranger: 0.015 } as const;

const passagesHere = ({ settings }: CityPlan, index: number): boolean =>
  index === 0 || new Random(`${settings.seed}/gates ${index}`).chance(departmentsThatRead);

export const passagesFrom = ({ from, to }: Span): Instant => Math.max(from, to - passageDays * DAY);

export function playGates(plan: CityPlan, span: Span, index: number, { crew }: Part): LoadedGates[] {
  const hasReaders = passagesHere(plan, index);
  const { accountId, name } = crew.desks[0]!;
  const desk = { accountId: accountId!, name: name! };
  return plan.departments[index]!.compounds.map(({ index: place }, n) =>
    gatesOf(
      crew.compounds[n]!,
      desk,
      span,
      hasReaders,
      new Random(`${plan.settings.seed}/gates of ${place}`),
    ),
  );
}

type By = { readonly accountId: string; readonly name: string };

function gatesOf(ground: Ground, desk: By, span: Span, hasReaders: boolean, random: Random): LoadedGates {
  const { compound } = ground;
  const { id: scopeId, cityId, streetId, companyId } = compound.scope;
  const nextId = seededIds(random.fork('ids'));
  const bytes = bytesOf(random.fork('secrets'));
  const count = compound.households.length < 150 ? 1 : compound.households.length < 500 ? 2 : 3;
  const gates = Array.from({ length: count }, (_, i): LoadedGate => {
    const name = gateWords.names[i]!;
    const id = nextId(enteredAt);
    const reader = {
      id: nextId(enteredAt),
      label: `${name}${gateWords.reader}`,
      secret: bytes(24).toString('base64url'),
    };
    // Cars go by the first.
    return {
      id,
      code: `G${i + 1}`,
      name,
      kind: i === 0 ? 'both' : 'pedestrian',
      reader: hasReaders ? reader : null,
    };
  });
  const maker: Maker = { ground, desk, span, random: random.fork('passes'), nextId, bytes };
  const people = peopleOf(maker);
  const cars = carsOf(maker);
  const passages = hasReaders ? comings(maker, gates, people, cars) : { guests: [], arrivals: [] };
  return {
    wall: { scopeId, cityId, streetId, companyId },
    timeZone: 'Asia/Shanghai',
    createdAt: new Date(enteredAt),
    gates,
    passes: [...people, ...cars, ...passages.guests],
    arrivals: passages.arrivals,
    until: span.to,
  };
}

interface Maker {
  readonly ground: Ground;
  readonly desk: By;
  readonly span: Span;
  readonly random: Random;
  nextId(at: Instant): string;
  bytes(count: number): Buffer;
}

const bytesOf =
  (random: Random) =>
  (count: number): Buffer => {
    const drawn = new Uint8Array(Math.ceil(count / 4) * 4);
    random.fill(drawn);
    return Buffer.from(drawn.subarray(0, count));
  };

const nobody = {
  name: null,
  phone: null,
  plate: null,
  secret: null,
  keyedAt: null,
  entriesAllowed: null,
} as const;

/** Whoever has the app and has asked for a pass with it; four of five have their phone's key. */
function peopleOf({ ground, span, random, nextId, bytes }: Maker): LoadedPass[] {
  const personOf = new Map(ground.people.persons.map((person) => [person.accountId, person]));
  const relationOf = new Map(ground.people.occupancies.map(({ person, relation }) => [person.id, relation]));
  return ground.members.map(({ account, household, party }): LoadedPass => {
    const person = personOf.get(account.id)!;
    const at = Math.round(span.from - random.between(1, 300) * DAY);
    const hasKey = random.chance(0.8);
    return {
      ...nobody,
      id: nextId(at),
      ref: bytes(8).toString('hex'),
      kind: relationOf.get(person.id) === 'tenant' ? 'tenant' : 'resident',
      vehicleKind: null,
      householdId: household.id,
      personId: person.id,
      accountId: account.id,
      homeBuildingId: household.buildingId,
      buildingIds: [household.buildingId],
      name: account.name,
      secret: hasKey ? bytes(32) : null,
      keyedAt: hasKey ? new Date(at + MINUTE) : null,
      validFrom: new Date(at),
      validTo: null,
      issuedBy: { accountId: account.id, name: party.name! },
    };
  });
}

/** The desk knows them by their plates. */
function carsOf({ ground, desk, span, random, nextId, bytes }: Maker): LoadedPass[] {
  const plates = new Set<string>();
  return ground.compound.households.flatMap((household): LoadedPass[] => {
    if (!random.chance(withCar)) return [];
    let plate = plateOf(random);
    while (plates.has(plate)) plate = plateOf(random);
    plates.add(plate);
    const at = Math.round(span.from - random.between(1, 400) * DAY);
    return [
      {
        ...nobody,
        ...ofHome(household),
        id: nextId(at),
        ref: bytes(8).toString('hex'),
        kind: 'vehicle',
        vehicleKind: 'resident',
        buildingIds: null,
        plate,
        validFrom: new Date(at),
        validTo: null,
        issuedBy: desk,
      },
    ];
  });
}

const ofHome = ({ id, buildingId }: Household) => ({
  householdId: id,
  personId: null,
  accountId: null,
  homeBuildingId: buildingId,
});

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const plateOf = (random: Random): string =>
  `${random.pick(plateHeads)}${Array.from({ length: 5 }, () => letters[random.int(0, letters.length - 1)]).join('')}`;

/** Who comes and goes on the last days, in the order of time; guests with their passes. */
function comings(
  maker: Maker,
  gates: readonly LoadedGate[],
  people: readonly LoadedPass[],
  cars: readonly LoadedPass[],
): { readonly guests: LoadedPass[]; readonly arrivals: LoadedArrival[] } {
  const { ground, span, nextId, bytes } = maker;
  const random = maker.random.fork('passages');
  const [from, to] = [passagesFrom(span), span.to];
  const guests: LoadedPass[] = [];
  const arrivals: LoadedArrival[] = [];
  const shown = new Set<string>();
  const come = (
    at: Instant,
    direction: 'in' | 'out',
    way: LoadedArrival['way'],
    pass: LoadedPass | null,
  ): void => {
    if (at < from || at >= to) return;
    // A phone's code lets one through once.
    const step = way === 'code' ? stepOf(at) : null;
    if (step !== null && shown.has(`${pass!.ref} ${step}`)) return;
    if (step !== null) shown.add(`${pass!.ref} ${step}`);
    arrivals.push({
      id: nextId(at),
      gateId: (way === 'plate' ? gates[0]! : random.pick(gates)).id,
      at,
      direction,
      way,
      pass,
      step,
      latencyUs: Math.round(random.lognormal(14, 0.5) * 1_000),
      salts: bytes(32).toString('hex'),
    });
  };
  for (let date = localDate(from); date <= localDate(to); date = addDays(date, 1)) {
    for (const pass of people) {
      if (pass.secret === null || !random.chance(chances.person)) continue;
      const [leaves, returns] = wayOf(date, random);
      come(leaves, 'out', 'code', pass);
      come(returns, 'in', 'code', pass);
    }
    for (const pass of cars) {
      if (!random.chance(chances.car)) continue;
      const [leaves, returns] = wayOf(date, random);
      come(leaves, 'out', 'plate', pass);
      come(returns, 'in', 'plate', pass);
    }
    for (const { household, account, party } of ground.members) {
      if (!random.chance(chances.guest)) continue;
      const at = instantOn(date, random.int(9 * 60, 20 * 60)) + random.int(0, 59_999);
      const stays = Math.round(random.lognormal(1.5, 0.6) * HOUR);
      const invitedAt = at - random.int(20, 300) * MINUTE;
      // Somebody whose way home lies behind the end is still here.
      if (invitedAt < from || at >= to) continue;
      const guest: LoadedPass = {
        ...nobody,
        ...ofHome(household),
        id: nextId(invitedAt),
        ref: bytes(8).toString('hex'),
        kind: 'visitor',
        vehicleKind: null,
        buildingIds: [household.buildingId],
        name: makeName(random, random.int(1955, 2003)),
        secret: bytes(32),
        validFrom: new Date(invitedAt),
        validTo: new Date(invitedAt + (issuing.visitorHours / 3) * HOUR),
        entriesAllowed: 1,
        issuedBy: { accountId: account.id, name: party.name! },
      };
      guests.push(guest);
      come(at, 'in', 'visitor_code', guest);
      come(at + stays, 'out', 'visitor_code', guest);
    }
    // Sent to a person, as whoever shows nothing is.
    for (const _ of ground.compound.households)
      if (random.chance(chances.stranger))
        come(instantOn(date, random.int(8 * 60, 21 * 60)) + random.int(0, 59_999), 'in', 'none', null);
  }
  return { guests, arrivals: arrivals.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)) };
}

/** Out in the morning and back in the evening, mostly. */
function wayOf(date: LocalDate, random: Random): [leaves: Instant, returns: Instant] {
  const leaves = instantOn(date, 6 * 60) + Math.round(Math.min(random.lognormal(110, 0.55), 600) * MINUTE);
  const returns = leaves + HOUR + Math.round(random.between(0.2, 8) * HOUR);
  return [leaves, returns];
}
