import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const spoken = (name: string) => ({ how: 'spoken', name });
const records = (who: Somebody, celsius: number, more: Record<string, unknown> = {}): Promise<Answer> =>
  who.client.post('/heating/visits', {
    scopeId: world.near.compound,
    householdId: world.home,
    measuredAt: world.clock.now().toISOString(),
    rooms: [
      { room: '客厅', celsius: 21.5 },
      { room: '北屋', celsius },
    ],
    staffSignature: spoken('李师傅'),
    residentSignature: spoken('方大妈'),
    ...more,
  });
const coldRooms = async (who: Somebody): Promise<Json[]> =>
  expectStatus(await who.client.get('/heating/cold-rooms'), 200).items;

describe('a home in the heating season', () => {
  it('is cold from the day both have signed it to the day both have signed that it is warm', async () => {
    const { desk, street, company, cityHall, farStreet, farDesk } = world.people;
    const season = expectStatus(await desk.client.get('/heating/season'), 200);
    expect(season).toMatchObject({
      season: { name: '2026-2027', firstDay: '2026-11-15', lastDay: '2027-03-15', isOn: true },
      standard: 18,
    });
    // 18.0 is warm; 17.9 in one room makes the home a cold one.
    expectStatus(await records(desk, 18), 201);
    expect(await coldRooms(desk)).toEqual([]);
    world.clock.advance(60_000);
    const [one, two] = [await desk.uploads(), await desk.uploads()];
    const { id } = expectStatus(
      await records(desk, 17.9, {
        staffSignature: { how: 'drawn', fileId: one },
        residentSignature: { how: 'drawn', fileId: two },
      }),
      201,
    );
    world.clock.advance(2 * DAY);
    for (const who of [desk, street, company, cityHall])
      expect([who.name, await coldRooms(who)]).toMatchObject([
        who.name,
        [
          {
            householdLabel: '3号楼2单元601',
            from: '2026-11-23',
            until: '2026-11-26',
            days: 3,
            coldest: 17.9,
            isOpen: true,
            visitIds: [id],
          },
        ],
      ]);
    for (const who of [farStreet, farDesk]) expect(await coldRooms(who)).toEqual([]);
    // What the household does not sign ends nothing and begins nothing.
    const refused = { residentSignature: undefined, unsignedReason: '家里只有孩子' };
    expectStatus(await records(desk, 22, refused), 201);
    expect((await coldRooms(desk))[0].isOpen).toBe(true);
    world.clock.advance(60_000);
    expectStatus(await records(desk, 20), 201);
    expect(await coldRooms(street)).toMatchObject([{ until: '2026-11-25', days: 2, isOpen: false }]);
    const csv = await street.client.get('/exports/cold-rooms?format=csv&locale=zh-CN');
    expect((csv.body as string).trim().split('\r\n').at(-1)).toMatch(
      /3号楼2单元601,2026-11-23,2026-11-25,2,17\.9$/,
    );
    const visits = expectStatus(await street.client.get('/heating/visits?limit=2'), 200);
    expect(visits.items.map((visit: Json) => [visit.coldest, visit.isCold, visit.isSigned])).toEqual([
      [20, false, true],
      [21.5, false, false],
    ]);
    const rest = await street.client.get(`/heating/visits?limit=2&cursor=${visits.nextCursor}`);
    expect(rest.body.items.map((visit: Json) => visit.isCold)).toEqual([true, false]);
    // The signatures are seen by whoever sees the measurement, and by nobody else.
    const picture = `/files/${one}?scopeId=${world.near.compound}&size=full`;
    expect((await street.client.get(picture)).status).toBe(200);
    expect((await farDesk.client.get(picture)).status).toBe(404);
    const [row] = await world.ask(
      'select encode(resident_name_cipher, $1) as sealed from heating.visit where is_cold = false',
      ['escape'],
    );
    expect(row?.sealed).not.toContain('方大妈');
  });

  it('keeps the standard it was judged by', async () => {
    const { desk } = world.people;
    await world.ask(
      `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'heating.standard_tenths', '2026-11-26', '200', '市里新规定')`,
      [world.city],
    );
    world.clock.advance(2 * DAY);
    expectStatus(await records(desk, 19), 201);
    const { items } = (await desk.client.get('/heating/visits?limit=10')).body;
    expect(items[0]).toMatchObject({ coldest: 19, standard: 20, isCold: true });
    expect(items.at(-1)).toMatchObject({ coldest: 18, standard: 18, isCold: false });
  });
});

describe('what cannot be', () => {
  it('a measurement tomorrow, in summer, of nothing, of an unlikely degree, or without a word about the signature', async () => {
    const { desk } = world.people;
    const now = world.clock.now().getTime();
    const at = (instant: number) => ({ measuredAt: new Date(instant).toISOString() });
    expect((await records(desk, 17, at(now + DAY))).body).toMatchObject({
      code: 'heating.invalid',
      fields: [{ path: '/measuredAt', code: 'in_future' }],
    });
    expect((await records(desk, 17, { measuredAt: '2026-11-14T23:59:59+08:00' })).body).toMatchObject({
      code: 'heating.not_in_season',
      params: { firstDay: '2025-11-15', lastDay: '2026-03-15' },
    });
    expect((await records(desk, 17, { measuredAt: '2026-11-15T00:00:00+08:00' })).status).toBe(201);
    for (const more of [
      { rooms: [] },
      { rooms: [{ room: '客厅', celsius: 60 }] },
      { rooms: [{ room: '客厅', celsius: 17.55 }] },
      { rooms: [{ room: ' ', celsius: 17 }] },
      { residentSignature: undefined },
      { unsignedReason: '不在家' },
    ])
      expect([more, (await records(desk, 17, more)).status]).toEqual([more, 422]);
  });

  it('one picture for both names, or somebody else’s', async () => {
    const { desk, manager } = world.people;
    const mine = { how: 'drawn', fileId: await desk.uploads() };
    const other = { how: 'drawn', fileId: await manager.uploads() };
    expect((await records(desk, 17, { staffSignature: mine, residentSignature: mine })).status).toBe(422);
    expect((await records(desk, 17, { residentSignature: other })).body.code).toBe('file.not_attachable');
    expect((await records(desk, 17, { residentSignature: mine })).status).toBe(201);
    expect((await records(desk, 17, { residentSignature: mine })).body.code).toBe('file.not_attachable');
  });

  it('anybody from elsewhere, or who lives there', async () => {
    const { farDesk, wang, street } = world.people;
    expect((await records(farDesk, 17)).status).toBe(404);
    for (const who of [wang, street])
      expect([who.name, (await records(who, 17)).status]).toEqual([who.name, 403]);
    expect((await records(farDesk, 17, { scopeId: world.far.compound })).status).toBe(404);
    expect((await wang.client.get('/heating/visits')).status).toBe(403);
    expect((await farDesk.client.get(`/heating/visits?scopeId=${world.near.compound}`)).status).toBe(404);
  });
});
