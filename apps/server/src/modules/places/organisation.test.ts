import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { loaders } from './index.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
  await world.insert(loaders.servicePeriod, {
    scopeId: world.near.compound,
    servicePeriodId: randomUUID(),
    companyId: world.near.company,
    departmentId: world.near.department,
    startsOn: '2020-01-01',
    endsOn: null,
  });
  // One that nobody serves and no community is named for.
  await world.insert(loaders.scope, {
    scopeId: randomUUID(),
    kind: 'compound',
    name: '无主院',
    code: null,
    parentId: null,
    cityId: world.city,
    districtId: null,
    streetId: world.near.street,
    communityId: null,
    companyId: null,
    departmentId: null,
    address: null,
    builtYear: null,
    timeZone: 'Asia/Shanghai',
    isDemonstration: true,
    createdAt: new Date('2026-01-01'),
  });
});
afterAll(() => world.close());

const tree = async (who: Somebody, query: string): Promise<Json[]> =>
  expectStatus(await who.client.get(`/places/tree?${query}`), 200).items;
const shown = (nodes: readonly Json[]) =>
  nodes.map(({ kind, name, compounds, staff }) => [kind, name, compounds, staff]);

describe('the tree', () => {
  test('by place: streets for the city, communities for the street, compounds with who serves them since when', async () => {
    const { cityHall, street } = world.people;
    expect(shown(await tree(cityHall, 'by=place'))).toEqual([
      ['street', '近街道', 2, 0],
      ['street', '远街道', 1, 0],
    ]);
    const communities = await tree(street, 'by=place');
    expect(shown(communities)).toEqual([
      ['community', '近社区', 1, 0],
      ['compound', '无主院', null, null],
    ]);
    expect(communities).toEqual(await tree(cityHall, `by=place&under=${world.near.street}`));
    const [compound] = await tree(street, `by=place&under=${world.near.community}`);
    expect(compound).toMatchObject({
      name: '近小区',
      company: { id: world.near.company, name: '近物业' },
      department: { name: '近项目部' },
      servedSince: '2020-01-01',
      households: Object.keys(world.near.households).length,
      compounds: null,
    });
    expect(communities[1]).toMatchObject({ company: null, servedSince: null, households: 0 });
  });

  test('by company: its departments with their people, their compounds', async () => {
    const { street, company } = world.people;
    for (const who of [street, company]) {
      const [top, ...rest] = await tree(who, 'by=company');
      expect(shown([top])).toEqual([['company', '近物业', 1, 0]]);
      expect(rest.map(({ name }) => name)).toEqual(who === street ? ['无主院'] : []);
      const [department] = await tree(who, `by=company&under=${world.near.company}`);
      // Li, Zhao and Xu.
      expect(shown([department])).toEqual([['department', '近项目部', 1, 3]]);
      const [compound] = await tree(who, `by=company&under=${world.near.department}`);
      expect(compound.name).toBe('近小区');
      // What is counted is what the row opens.
      const staff = expectStatus(await who.client.get(`/places/scopes/${world.near.department}/staff`), 200);
      expect(staff.items).toHaveLength(department.staff);
    }
  });

  test('nobody sees what lies beyond the own reach', async () => {
    const { farStreet, farDesk, farCompany, li, wang } = world.people;
    for (const who of [farStreet, farDesk, farCompany]) {
      expect((await tree(who, 'by=place')).map(({ name }) => name)).toEqual(['远社区']);
      expect(await tree(who, `by=place&under=${world.near.community}`)).toEqual([]);
      expect(await tree(who, `by=company&under=${world.near.company}`)).toEqual([]);
    }
    expect((await tree(li, 'by=company')).map(({ name }) => name)).toEqual(['近物业']);
    expect((await wang.client.get('/places/tree?by=place')).status).toBe(403);
  });

  test('is searched by name and paged', async () => {
    const { cityHall } = world.people;
    expect(
      (await tree(cityHall, `by=place&q=${encodeURIComponent('小区')}`)).map(({ name }) => name),
    ).toEqual(['近小区', '远小区']);
    const first = expectStatus(await cityHall.client.get('/places/tree?by=place&limit=1'), 200);
    expect(first.items.map(({ name }: Json) => name)).toEqual(['近街道']);
    const second = await cityHall.client.get(
      `/places/tree?by=place&limit=1&cursor=${encodeURIComponent(first.nextCursor)}`,
    );
    expect(second.body).toMatchObject({ items: [{ name: '远街道' }], nextCursor: null });
    for (const query of ['', 'by=age', 'by=place&under=x', 'by=place&cursor=x', 'by=place&q='])
      expect([query, (await cityHall.client.get(`/places/tree?${query}`)).status]).toEqual([query, 422]);
    expect((await cityHall.client.get(`/places/tree?by=place&under=${randomUUID()}`)).status).toBe(404);
  });
});

describe('organisations of the city', () => {
  const enter = (who: Somebody, body: Record<string, unknown>) =>
    who.client.post('/places/organisations', body);

  test('are entered by the street and the city, once; everybody at work finds them', async () => {
    const { street, cityHall, desk, company, manager, farDesk } = world.people;
    const unit = { kind: 'property_right_unit', name: ' 第二纺织厂 ' };
    const made = expectStatus(await enter(street, unit), 201);
    expect(made).toMatchObject({ kind: 'property_right_unit', name: '第二纺织厂' });
    const again = await enter(cityHall, unit);
    expect([again.status, again.body.code]).toEqual([409, 'organisation.exists']);
    expectStatus(await enter(cityHall, { kind: 'supplier', name: '电梯配件厂' }), 201);
    for (const who of [desk, company, manager]) expect((await enter(who, unit)).status).toBe(403);
    for (const body of [
      { kind: 'street_office', name: '假街道' },
      { kind: 'supplier', name: '  ' },
      { kind: 'supplier' },
      { kind: 'supplier', name: 'x'.repeat(81) },
    ])
      expect((await enter(street, body)).status).toBe(422);
    const listed = await farDesk.client.get(`/places/organisations?q=${encodeURIComponent('纺织')}`);
    expect(listed.body.items).toEqual([{ ...made, buildingCount: 0 }]);
    // It is no place: lists of places do not grow by it.
    expect(
      (await street.client.get('/places/scopes')).body.items.map(({ kind }: Json) => kind),
    ).not.toContain('organisation');
  });

  test('own buildings from a day on; what was before stays on record, and only who may see the place sees it', async () => {
    const { street, desk, farStreet, farDesk, company } = world.people;
    const unit = expectStatus(await enter(street, { kind: 'property_right_unit', name: '铁路局' }), 201);
    const other = expectStatus(await enter(street, { kind: 'property_right_unit', name: '机械厂' }), 201);
    const set = (who: Somebody, organisationId: string | null, startsOn: string) =>
      who.client.post(`/places/scopes/${world.near.compound}/owners`, {
        buildingId: world.near.buildings['3'],
        organisationId,
        startsOn,
      });
    expectStatus(await set(street, unit.id, '2020-03-01'), 200);
    // From a day to come: today's is still today's.
    const changed = expectStatus(await set(street, other.id, '2027-01-01'), 200);
    const building = changed.items.find(({ buildingName }: Json) => buildingName === '3号楼');
    expect(building).toMatchObject({
      organisationName: '铁路局',
      since: '2020-03-01',
      periods: [
        { organisationName: '机械厂', startsOn: '2027-01-01', lastDay: null },
        { organisationName: '铁路局', startsOn: '2020-03-01', lastDay: '2026-12-31' },
      ],
    });
    expect((await set(company, unit.id, '2028-01-01')).status).toBe(403);
    expect((await set(farStreet, unit.id, '2028-01-01')).status).toBe(404);
    const owned = (who: Somebody) => who.client.get(`/places/organisations/${unit.id}/buildings`);
    for (const who of [street, desk])
      expect((await owned(who)).body.items).toMatchObject([{ scopeName: '近小区', buildingName: '3号楼' }]);
    expect((await owned(farDesk)).body.items).toEqual([]);
    const count = async (who: Somebody) =>
      (await who.client.get(`/places/organisations?q=${encodeURIComponent('铁路')}`)).body.items[0]
        .buildingCount;
    expect([await count(street), await count(farStreet)]).toEqual([1, 0]);
  });

  test('behind the wall: nobody enters one in another’s name', async () => {
    const { house } = world.server;
    const { street } = world.people;
    const [id, elsewhere] = [randomUUID(), world.far.street];
    const actor = {
      kind: 'street' as const,
      accountId: street.accountId,
      membershipId: randomUUID(),
      scopeIds: [],
      households: [],
      regionId: world.near.street,
    };
    for (const statement of [
      sql`insert into places.scope (scope_id, kind, name, city_id, street_id, created_at)
          values (${id}, 'organisation', 'x', ${world.city}, ${elsewhere}, ${world.clock.now()})`,
      sql`insert into places.scope (scope_id, kind, name, city_id, street_id, created_at)
          values (${id}, 'company', 'x', ${world.city}, ${world.near.street}, ${world.clock.now()})`,
      sql`insert into places.organisation (scope_id, organisation_id, city_id, street_id, kind, name)
          values (${world.far.compound}, ${id}, ${world.city}, ${elsewhere}, 'supplier', 'x')`,
    ])
      await expect(
        house.db.act(actor, async (tx) => {
          await tx.query(statement);
        }),
      ).rejects.toMatchObject({ code: '42501' });
  });
});

test('where a matter could go: compounds of the city that another company serves', async () => {
  const { desk, company, li, wang, farDesk, committee } = world.people;
  const ask = (who: Somebody, scopeId: string, q = '') =>
    who.client.get(
      `/places/served-by-others?scopeId=${scopeId}${q === '' ? '' : `&q=${encodeURIComponent(q)}`}`,
    );
  for (const who of [desk, company, li, committee])
    expect((await ask(who, world.near.compound)).body.items).toEqual([
      { id: world.far.compound, name: '远小区', companyName: '远物业', streetName: '远街道' },
    ]);
  expect((await ask(desk, world.near.compound, '远物')).body.items).toHaveLength(1);
  expect((await ask(desk, world.near.compound, '近')).body.items).toEqual([]);
  expect((await ask(farDesk, world.near.compound)).status).toBe(404);
  expect((await ask(wang, world.near.compound)).status).toBe(403);
});
