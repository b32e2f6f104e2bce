import { randomUUID } from 'node:crypto';
import {
  DAY,
  expectStatus,
  type Held,
  SECOND,
  Somebody,
} from '../apps/server/src/modules/work-orders/fixtures.ts';
import { loaders as placesRows } from '../apps/server/src/modules/places/index.ts';
import { type Answer, Client, type Json } from './server.ts';
import type { World } from './world.ts';

let nextHome = 0;
let nextNumber = 13_911_000_000;

export interface Mother {
  readonly personId: string;
  readonly householdId: string;
}

export interface Wish {
  readonly phone?: string;
  readonly purposes?: readonly string[];
  readonly endsOn?: string;
  readonly given?: Record<string, unknown>;
  readonly more?: Record<string, unknown>;
}

export const codeOf = ({ status, body }: Answer): [number, string] => [status, body.code];

export type Family = ReturnType<typeof familyOf>;

/** A mother without a phone, a daughter elsewhere; what the one lets the other do. */
export function familyOf(world: World) {
  /** Somebody without an account, at a home of her own. */
  async function aMother(startsOn = '2026-01-01', endsOn: string | null = null): Promise<Mother> {
    const { near, insert, city } = world;
    const wall = { scopeId: near.compound, cityId: city, streetId: near.street, companyId: near.company };
    const [personId, householdId, unitId] = [randomUUID(), randomUUID(), randomUUID()];
    const name = `${100 + nextHome++}单元`;
    const buildingId = near.buildings['13']!;
    await insert(placesRows.unit, { ...wall, unitId, buildingId, name, position: 9 });
    await insert(placesRows.household, {
      ...wall,
      householdId,
      buildingId,
      unitId,
      gridId: null,
      roomNo: '301',
      floor: 3,
      areaHundredths: 6_000,
      label: `13号楼${name}301`,
    });
    await insert(placesRows.person, {
      ...wall,
      personId,
      accountId: null,
      name: '王秀英',
      phone: null,
      createdAt: new Date('2026-01-01T00:00:00Z'),
    });
    await insert(placesRows.occupancy, {
      ...wall,
      occupancyId: randomUUID(),
      personId,
      householdId,
      accountId: null,
      relation: 'owner',
      startsOn,
      endsOn,
    });
    return { personId, householdId };
  }

  const aNumber = () => String(nextNumber++);

  const daysOn = (days: number) =>
    new Date(world.clock.now().getTime() + days * DAY).toISOString().slice(0, 10);

  function wishFor(mother: Mother, wish: Wish = {}): Record<string, unknown> {
    const calledAt = new Date(world.clock.now().getTime() - 60_000).toISOString();
    return {
      scopeId: world.near.compound,
      householdId: mother.householdId,
      personId: mother.personId,
      delegate: { name: '李娜', phone: wish.phone ?? aNumber() },
      kinship: 'child',
      purposes: wish.purposes ?? ['follow', 'report', 'confirm'],
      endsOn: wish.endsOn ?? daysOn(100),
      given: wish.given ?? { by: 'call', calledAt, note: '本人在电话里说同意女儿代办' },
      ...wish.more,
    };
  }

  const records = async (mother: Mother, wish: Wish = {}): Promise<Json> =>
    expectStatus(await world.people.desk.client.post('/consents', wishFor(mother, wish)), 201);

  /** Comes in by the code that is sent to the number, as anybody does. */
  async function comesIn(phone: string): Promise<Somebody> {
    world.clock.advance(61 * SECOND);
    const browser = new Client(world.url);
    const sent = expectStatus(await browser.post('/auth/codes', { phone }), 202);
    const answer = await browser.post('/auth/sessions', { phone, code: sent.demoCode });
    expectStatus(answer, 201);
    browser.keep(answer);
    const home = world.near.compound;
    return new Somebody(world, {
      accountId: answer.body.account.id,
      name: answer.body.account.displayName,
      phone,
      client: browser,
      home,
    });
  }

  async function aDaughter(wish: Wish = {}): Promise<{ mother: Mother; daughter: Somebody; consent: Json }> {
    const mother = await aMother();
    const phone = wish.phone ?? aNumber();
    const consent = await records(mother, { ...wish, phone });
    return { mother, daughter: await comesIn(phone), consent };
  }

  const withdraw = (
    who: Somebody,
    consent: Json,
    body: Record<string, unknown> = {},
    path = '/me/consents',
  ) => who.client.post(`${path}/${consent.id}/withdraw?scopeId=${consent.scopeId}`, body);

  async function toFinished(order: Held): Promise<Json> {
    const { desk, li } = world.people;
    let now = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    now = await li.does(now, 'accept');
    now = await li.does(now, 'start');
    return li.does(now, 'finish', { workDone: '换了一段水管' });
  }

  return { aMother, aNumber, daysOn, wishFor, records, comesIn, aDaughter, withdraw, toFinished };
}
