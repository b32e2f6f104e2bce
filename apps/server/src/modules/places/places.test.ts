import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, openTestHouse, type TestHouse } from '../identity/fixtures.ts';
import {
  findBuilding,
  findFacility,
  findHousehold,
  findStaffByAccount,
  forgetWalls,
  loaders,
  memberAccountsOfHousehold,
  staffOfDepartment,
  wallOf,
} from './index.ts';

let t: TestHouse;
const as: Record<string, Browser> = {};
beforeAll(async () => {
  t = await openTestHouse();
  for (const [role, person] of Object.entries(t.town.staff))
    as[role] = await t.signedIn(person, role as 'desk');
  as['resident'] = await t.signedIn(t.town.li, 'resident');
  as['farDesk'] = await t.signedIn(t.town.farDesk);
});
afterAll(() => t?.close());

const who = (name: string): Browser => as[name]!;
const names = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map((item) => item.name);

describe('places 1: nobody sees past the wall, and hidden looks like missing', () => {
  it.each([
    ['desk', ['近小区', '近项目部']],
    ['worker', ['近小区', '近项目部']],
    ['committee', ['近小区', '近社区']],
    ['company', ['近小区', '近物业', '近项目部']],
    ['resident', ['近小区', '近社区', '近街道']],
    ['farDesk', ['远小区', '远项目部']],
  ])('%s lists the own places', async (name, expected) => {
    expect(names(await who(name).get('/places/scopes')).sort()).toEqual([...expected].sort());
  });

  it('the city lists all, filtered by kind and name', async () => {
    expect(names(await who('city').get('/places/scopes?kind=compound')).sort()).toEqual(
      ['近小区', '远小区'].sort(),
    );
    expect(
      names(await who('city').get(`/places/scopes?q=${encodeURIComponent('远')}&kind=compound`)),
    ).toEqual(['远小区']);
    expect((await who('city').get('/places/scopes?kind=planet')).status).toBe(422);
    expect((await who('city').get('/places/scopes?q=%00')).status).toBe(422);
  });

  it("answers 404 alike for another's place and for none", async () => {
    const { far } = t.town;
    for (const scopeId of [far.compound, randomUUID()]) {
      for (const path of ['', '/buildings', '/households', '/facilities', '/staff', '/grids']) {
        expect((await who('desk').get(`/places/scopes/${scopeId}${path}`)).body).toMatchObject({
          code: 'not_found',
          status: 404,
        });
      }
    }
    for (const [scopeId, id] of [
      [far.compound, far.households['3-2-601']],
      [t.town.near.compound, far.households['3-2-601']],
    ]) {
      expect((await who('desk').get(`/places/households/${id}?scopeId=${scopeId}`)).status).toBe(404);
    }
  });

  it('refuses what a role may not attempt', async () => {
    const { near } = t.town;
    for (const path of ['/households', '/staff', '/grids']) {
      expect((await who('resident').get(`/places/scopes/${near.compound}${path}`)).body.code).toBe(
        'permission.denied',
      );
    }
    expect((await who('worker').get(`/places/scopes/${near.compound}/households`)).status).toBe(403);
  });

  it('the database alone holds the wall', async () => {
    const acting = {
      kind: 'scope',
      accountId: randomUUID(),
      membershipId: randomUUID(),
      scopeIds: [t.town.far.compound],
      regionId: null,
      households: [],
    } as const;
    for (const table of [
      'grid',
      'building',
      'unit',
      'household',
      'person',
      'occupancy',
      'facility',
      'staff',
      'staff_skill',
    ]) {
      const rows = await t.house.db.read(acting, (q) =>
        q.query<{ scope_id: string }>({
          text: `select scope_id from places.${table}`,
          values: [],
          name: `all_${table}`,
        }),
      );
      const others = rows.filter((row) => row.scope_id !== t.town.far.compound);
      expect({ table, others }).toEqual({ table, others: [] });
      if (table === 'household') expect(rows).toHaveLength(6);
    }
  });
});

describe('places 2: a place and what is in it', () => {
  it('tells where it lies, who serves it and how large it is', async () => {
    const { near } = t.town;
    const { body } = await who('desk').get(`/places/scopes/${near.compound}`);
    expect(body).toMatchObject({
      kind: 'compound',
      name: '近小区',
      builtYear: 1998,
      street: { id: near.street, name: '近街道' },
      community: { name: '近社区' },
      company: { name: '近物业' },
      department: { id: near.department },
      counts: { buildings: 2, units: 2, households: 6, facilities: 1, grids: 1, compounds: 0 },
    });
    expect((await who('resident').get(`/places/scopes/${near.compound}`)).body.counts.households).toBeNull();
    expect((await who('street').get(`/places/scopes/${near.street}`)).body.counts.compounds).toBe(1);
    const { body: list } = await who('street').get('/places/scopes?kind=compound');
    expect(list.items[0]).toEqual({
      id: near.compound,
      kind: 'compound',
      name: '近小区',
      communityName: '近社区',
      companyName: '近物业',
      householdCount: 6,
    });
  });

  it('lists buildings with their units', async () => {
    const { near } = t.town;
    const { body } = await who('desk').get(`/places/scopes/${near.compound}/buildings`);
    expect(body.items.map((b: { name: string }) => b.name)).toEqual(['3号楼', '13号楼']);
    expect(body.items[0].units).toMatchObject([{ name: '2单元', householdCount: 3 }]);
    const own = (await who('resident').get(`/places/scopes/${near.compound}/buildings`)).body;
    expect(own.items[0].units[0].householdCount).toBeNull();
  });

  it('finds households as callers name them, page by page', async () => {
    const { near } = t.town;
    const path = `/places/scopes/${near.compound}/households`;
    const { body } = await who('desk').get(`${path}?q=3-2-601`);
    expect(body.items).toEqual([
      {
        id: near.households['3-2-601'],
        label: '3号楼2单元601',
        buildingId: near.buildings['3'],
        buildingName: '3号楼',
        unitName: '2单元',
        roomNo: '601',
        floor: 6,
        areaM2: '89.52',
      },
    ]);
    expect((await who('desk').get(`${path}?buildingId=${near.buildings['13']}`)).body.items).toHaveLength(3);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const answer: Awaited<ReturnType<Browser['get']>> = await who('desk').get(
        `${path}?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...answer.body.items.map((item: { label: string }) => item.label));
      cursor = answer.body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([
      '3号楼2单元101',
      '3号楼2单元102',
      '3号楼2单元601',
      '13号楼2单元101',
      '13号楼2单元102',
      '13号楼2单元601',
    ]);
    for (const wrong of [
      'bm9uZQ',
      Buffer.from('["x","y","z",1,2]').toString('base64url'),
      Buffer.from(`[1,1,99999,"1","${randomUUID()}"]`).toString('base64url'),
      Buffer.from('[1,1,1,"1","------------------------------------"]').toString('base64url'),
    ]) {
      expect((await who('desk').get(`${path}?cursor=${wrong}`)).body).toMatchObject({
        code: 'validation.failed',
        fields: [{ path: 'querystring/cursor' }],
      });
    }
  });

  it('lists facilities, grids with their pair, and organisations of the city', async () => {
    const { near } = t.town;
    expect(
      (
        await who('resident').get(
          `/places/scopes/${near.compound}/facilities?q=${encodeURIComponent('电梯')}`,
        )
      ).body.items,
    ).toEqual([{ id: near.lift, kind: 'lift', label: '3号楼电梯', buildingId: near.buildings['3'] }]);
    expect((await who('desk').get(`/places/scopes/${near.compound}/grids`)).body.items).toMatchObject([
      { code: '01', householdCount: 6, size: 'small', socialWorkerName: '孙社工', stewardName: '周管家' },
    ]);
    expect(names(await who('desk').get('/places/organisations?kind=property_company')).sort()).toEqual(
      ['近物业', '远物业'].sort(),
    );
  });
});

describe('places 3: people are masked, neighbours unseen', () => {
  it('shows staff who lives there, masked, and residents only themselves', async () => {
    const { near, li } = t.town;
    const path = (room: string) => `/places/households/${near.households[room]}?scopeId=${near.compound}`;
    const { body } = await who('desk').get(path('3-2-601'));
    expect(body.people).toMatchObject([{ nameMasked: '李*', relation: 'owner', since: '2026-01-01' }]);
    expect(body.people[0].phoneMasked).toBe(`${li.phone.slice(0, 3)}****${li.phone.slice(-4)}`);
    expect(body.grid).toMatchObject({ id: near.grid, stewardName: '周管家' });
    expect((await who('resident').get(path('3-2-601'))).status).toBe(200);
    expect((await who('resident').get(path('13-2-601'))).status).toBe(404);
    const dump = JSON.stringify((await t.admin.query('select * from places.person')).rows);
    expect(dump).not.toContain(li.phone);
    expect(dump).not.toContain('李修');
  });

  it('ends a tenancy on its day', async () => {
    const { near, city } = t.town;
    const wall = { scopeId: near.compound, cityId: city, streetId: near.street, companyId: near.company };
    const personId = randomUUID();
    await t.insert(loaders.person, {
      ...wall,
      personId,
      accountId: null,
      name: '何客',
      phone: null,
      createdAt: t.clock.now(),
    });
    const householdId = near.households['3-2-101']!;
    const tenancy = { ...wall, personId, householdId, accountId: null, relation: 'tenant' } as const;
    await t.insert(loaders.occupancy, {
      ...tenancy,
      occupancyId: randomUUID(),
      startsOn: '2026-01-01',
      endsOn: '2026-11-21',
    });
    const path = `/places/households/${householdId}?scopeId=${near.compound}`;
    expect((await who('desk').get(path)).body.people).toEqual([]);
    await t.insert(loaders.occupancy, {
      ...tenancy,
      occupancyId: randomUUID(),
      startsOn: '2026-11-21',
      endsOn: '2026-11-22',
    });
    expect((await who('desk').get(path)).body.people).toMatchObject([
      { nameMasked: '何*', phoneMasked: null },
    ]);
  });
});

describe('places 4: staff with the skills that are valid today', () => {
  it('lists the department of a compound', async () => {
    const { near, li } = t.town;
    const { body } = await who('desk').get(`/places/scopes/${near.compound}/staff`);
    expect(body.items).toMatchObject([
      {
        accountId: li.accountId,
        displayName: '李师傅',
        title: '水电工',
        role: 'worker',
        skills: ['gas', 'plumbing'],
      },
    ]);
    expect(
      (await who('desk').get(`/places/scopes/${near.compound}/staff?skill=gas`)).body.items,
    ).toHaveLength(1);
    expect(
      (await who('desk').get(`/places/scopes/${near.compound}/staff?skill=electrics`)).body.items,
    ).toEqual([]);
    expect((await who('company').get(`/places/scopes/${near.department}/staff`)).body.items).toHaveLength(1);
  });
});

describe('the doors', () => {
  it("answer with null for what is another's", async () => {
    const { near, far, li, neighbour } = t.town;
    const desk = {
      kind: 'scope',
      accountId: randomUUID(),
      membershipId: randomUUID(),
      scopeIds: [near.department, near.compound],
      regionId: null,
      households: [],
    } as const;
    await t.house.db.read(desk, async (q) => {
      expect(await wallOf(q, near.compound)).toMatchObject({
        kind: 'compound',
        companyId: near.company,
        departmentId: near.department,
        timeZone: 'Asia/Shanghai',
      });
      expect(await wallOf(q, randomUUID())).toBeNull();
      expect(await findHousehold(q, near.compound, near.households['3-2-601']!)).toMatchObject({
        label: '3号楼2单元601',
        areaM2: '89.52',
      });
      expect(await findHousehold(q, far.compound, far.households['3-2-601']!)).toBeNull();
      expect(await findBuilding(q, near.compound, near.buildings['3']!)).toMatchObject({ name: '3号楼' });
      expect(await findBuilding(q, near.compound, far.buildings['3']!)).toBeNull();
      expect(await findFacility(q, near.compound, near.lift)).toMatchObject({ kind: 'lift' });
      expect(await findStaffByAccount(q, [near.department], li.accountId, '2026-11-21')).toMatchObject({
        displayName: '李师傅',
      });
      expect(await findStaffByAccount(q, [near.department], li.accountId, '2025-12-31')).toBeNull();
      expect(await staffOfDepartment(q, far.department, '2026-11-21')).toEqual([]);
    });
    await t.worker.work(async (tx) => {
      const members = (day: string) =>
        memberAccountsOfHousehold(tx, near.compound, near.households['13-2-601']!, day);
      expect(await members('2026-11-21')).toEqual([neighbour.accountId]);
      expect(await members('2025-12-31')).toEqual([]);
    });
  });

  it('remember walls, until told to forget', async () => {
    const { near } = t.town;
    const read = () =>
      t.house.db.read(
        {
          kind: 'city',
          accountId: null,
          membershipId: null,
          scopeIds: [],
          regionId: t.town.city,
          households: [],
        },
        (q) => wallOf(q, near.community),
      );
    expect((await read())?.name).toBe('近社区');
    await t.admin.query('update places.scope set name = $2 where scope_id = $1', [near.community, '新社区']);
    expect((await read())?.name).toBe('近社区');
    forgetWalls();
    expect((await read())?.name).toBe('新社区');
  });
});
