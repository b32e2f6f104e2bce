import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { loaders as placesRows } from '../places/index.ts';
import { aWorkOrder, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import {
  aForm,
  answers,
  answersAll,
  asks,
  at,
  command,
  decides,
  detail,
  known,
  nextId,
  publishes,
  rows,
  submits,
  trySave,
} from './fixtures.ts';

/** A street asks, a committee and a department fill in: what is known or was answered is asked of nobody. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const all = (who: Somebody, id: string, key: string, value: string) => answersAll(world, who, id, key, value);

describe('authoring', () => {
  test('is refused where it asks for what is known, and the field is named', async () => {
    const { street } = world.people;
    const refused = await trySave(
      street,
      aForm({ columns: [known('home.label'), asks('户主姓名（必填）'), asks('面积', { type: 'number' })] }),
    );
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: 'forms.asks_known',
      params: { field: 'home.owner' },
      fields: [
        { path: '/columns/1/label', code: 'known', params: { field: 'home.owner' } },
        { path: '/columns/2/label', code: 'known', params: { field: 'home.area' } },
      ],
    });
  });

  test('says all else that is wrong beside its field', async () => {
    const { street } = world.people;
    const wrong = await trySave(
      street,
      aForm({
        dueOn: '2026-11-23',
        columns: [known('resident.name'), asks('用途', { type: 'choice', options: ['自住'] })],
      }),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatchObject({
      code: 'validation.failed',
      fields: [
        { path: '/dueOn', code: 'after_today', params: { day: '2026-11-23' } },
        { path: '/columns/0/key', code: 'enum' },
        { path: '/columns/1/options', code: 'minItems' },
      ],
    });
  });

  test('is of one office, in one order, and over once published', async () => {
    const { street, farStreet, committee } = world.people;
    const id = nextId();
    expectStatus(await trySave(street, aForm(), id), 200);
    expect((await trySave(street, aForm({ title: '另一张表' }), id)).body).toMatchObject({
      code: 'forms.stale',
      params: { version: 1 },
    });
    expect((await farStreet.client.get(`/forms/${id}`)).status).toBe(404);
    expect((await committee.client.get(`/forms/${id}`)).status).toBe(403);
    const key = { 'idempotency-key': 'publish-once-and-for-all' };
    const publish = { action: 'publish', expectedVersion: 1 };
    const first = await command(street, id, publish, key);
    expect(first.body).toMatchObject({ state: 'published', revision: 1 });
    // The same once more is the same answer; anything else is too late.
    expect((await command(street, id, publish, key)).body).toEqual(first.body);
    expect((await command(street, id, { ...publish, expectedVersion: 2 })).body.code).toBe(
      'forms.wrong_state',
    );
    expect((await trySave(street, aForm({ expectedVersion: 2 }), id)).body.code).toBe('forms.wrong_state');
    expectStatus(
      await command(street, id, { action: 'withdraw', expectedVersion: 2, reason: '发错了' }),
      200,
    );
    expect((await detail(committee, id, world.near.compound)).state).toBe('withdrawn');
  });

  test('is no other office’s by its id: neither published in its place nor withdrawn', async () => {
    const { street, cityHall, committee } = world.people;
    const { compound } = world.near;
    // Drafted while the id was free.
    const id = nextId();
    expectStatus(await trySave(street, aForm({ columns: [asks('有无水井')] }), id), 200);
    expectStatus(await trySave(cityHall, aForm({ columns: [asks('有无水井')] }), id), 200);
    expectStatus(await command(cityHall, id, { action: 'publish', expectedVersion: 1 }), 200);
    const late = await command(street, id, { action: 'publish', expectedVersion: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'forms.id_taken']);
    expect((await street.client.get(`/forms/${id}`)).body.state).toBe('draft');
    const other = await publishes(cityHall, { columns: [asks('有无水塔')] });
    const drafted = await trySave(street, aForm({ columns: [asks('有无水塔')] }), other);
    expect([drafted.status, drafted.body.code]).toEqual([409, 'forms.id_taken']);
    // As it could be published before: to withdraw it takes away nothing of the city's.
    await world.admin.query(
      `update forms.form set state = 'published', published_at = updated_at where form_id = $1 and scope_id = $2`,
      [id, world.near.street],
    );
    const withdraw = { action: 'withdraw', expectedVersion: 1, reason: '发错了' };
    expectStatus(await command(street, id, withdraw), 200);
    expect(await detail(committee, id, compound)).toMatchObject({ state: 'open', title: '养犬登记表' });
  });

  test('reaches every compound of the street and none beyond', async () => {
    const { street, committee, desk, farDesk, farStreet, cityHall, company, wang } = world.people;
    const id = await publishes(street);
    for (const who of [committee, desk, cityHall, street])
      expect([who.name, (await detail(who, id, world.near.compound)).scopeName]).toEqual([
        who.name,
        '近小区',
      ]);
    for (const who of [farDesk, farStreet])
      for (const part of ['', '/rows', '/file'])
        expect(
          (await who.client.get(`${at(id, world.near.compound, part)}&format=csv&locale=en`)).status,
        ).not.toBe(200);
    expect((await farDesk.client.get(at(id, world.near.compound))).status).toBe(404);
    expect((await detail(committee, id, world.near.compound)).mayFill).toBe(true);
    expect((await street.client.get(at(id, world.far.compound))).status).toBe(404);
    expect((await company.client.get('/forms/tasks')).status).toBe(403);
    expect((await wang.client.get('/forms/tasks')).status).toBe(403);
    // Behind the wall of the database too.
    const tasks = await world.ask('select scope_id, company_id from forms.sheet where form_id = $1', [id]);
    expect(tasks).toEqual([{ scope_id: world.near.compound, company_id: null }]);
  });
});

describe('filling in', () => {
  test('shows what is known as the reader may see it, and asks the rest', async () => {
    const { street, committee } = world.people;
    await world.insert(placesRows.person, {
      scopeId: world.near.compound,
      personId: '01900000-0000-7000-8000-0000000000aa',
      cityId: world.city,
      streetId: world.near.street,
      companyId: world.near.company,
      accountId: null,
      name: '欧阳建国',
      phone: '13912345678',
      createdAt: new Date('2026-01-01T00:00:00Z'),
    } as never);
    await world.insert(placesRows.occupancy, {
      scopeId: world.near.compound,
      occupancyId: '01900000-0000-7000-8000-0000000000ab',
      cityId: world.city,
      streetId: world.near.street,
      companyId: world.near.company,
      personId: '01900000-0000-7000-8000-0000000000aa',
      householdId: world.near.households['13-2-101']!,
      accountId: null,
      relation: 'owner',
      startsOn: '2026-01-01',
      endsOn: null,
    } as never);
    const id = await publishes(street, {
      columns: [
        known('home.label'),
        known('home.owner'),
        known('home.area'),
        known('compound.name'),
        known('community.name'),
        known('home.people'),
        asks('有无地锁'),
      ],
    });
    const home = world.near.households['13-2-101'];
    const row = (await rows(committee, id, world.near.compound)).find((one) => one.id === home)!;
    expect(row.label).toBe('13号楼2单元101');
    expect(row.cells.map(({ state, value }: Json) => [state, value])).toEqual([
      ['register', '13号楼2单元101'],
      ['register', expect.stringContaining('*')],
      ['register', 89.5],
      ['register', '近小区'],
      ['register', '近社区'],
      ['register', 1],
      ['open', null],
    ]);
    expect(row.cells[0].asOf).toBe('2026-11-23');
    // Whoever oversees reads figures, and nobody's name.
    const seen = (await rows(street, id, world.near.compound)).find((one) => one.id === home)!;
    expect(seen.cells[1]).toEqual({ state: 'hidden', value: null, asOf: null, validUntil: null });
    expect(seen.cells[2].value).toBe(89.5);
    expect(await detail(committee, id, world.near.compound)).toMatchObject({
      rows: 6,
      missing: 6,
      reused: 0,
      columnCount: 7,
      knownCount: 6,
    });
  });

  test('counts what a compound and a community are known by', async () => {
    const { street, committee, desk, wang } = world.people;
    await wang.reports(aWorkOrder().atHome(world.home));
    const compound = await publishes(street, {
      subject: 'compound',
      columns: ['homes', 'buildings', 'area', 'lifts', 'company', 'built_year', 'orders', 'orders_done'].map(
        (key) => known(`compound.${key}`),
      ),
    });
    const [row] = await rows(desk, compound, world.near.compound);
    expect(row!.cells.map(({ value }: Json) => value)).toEqual([6, 2, 537.06, 1, '近物业', 1998, 1, 0]);
    const community = await publishes(street, {
      subject: 'community',
      columns: ['name', 'street', 'compounds', 'homes', 'orders'].map((key) => known(`community.${key}`)),
    });
    const [sums] = await rows(committee, community, world.near.community);
    expect(sums!.cells.map(({ value }: Json) => value)).toEqual(['近社区', '近街道', 1, 6, 1]);
    expect((await desk.client.get(at(community, world.near.community))).status).toBe(404);
    const building = await publishes(street, {
      subject: 'building',
      columns: [known('building.name'), known('building.homes'), known('building.lifts')],
    });
    expect(
      (await rows(desk, building, world.near.compound)).map((one) =>
        one.cells.map((cell: Json) => cell.value),
      ),
    ).toEqual([
      ['3号楼', 3, 1],
      ['13号楼', 3, 0],
    ]);
  });

  test('refuses an answer that does not fit, and a question that is not asked', async () => {
    const { street, committee } = world.people;
    const { compound } = world.near;
    const id = await publishes(street, { columns: [asks('空置月数', { type: 'number' })] });
    const wrong = await answers(committee, id, compound, [
      { subjectId: world.home, key: '空置月数', value: '很多' },
      { subjectId: world.home, key: '别的', value: '1' },
      { subjectId: compound, key: '空置月数', value: '1' },
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.body.fields.map(({ path, code }: Json) => `${path} ${code}`)).toEqual([
      '/answers/0/value number',
      '/answers/1/key unknown',
      '/answers/2/subjectId unknown',
    ]);
    const one = { subjectId: world.home, key: '空置月数', value: '012' };
    expectStatus(await answers(committee, id, compound, [one]), 200);
    const cell = async () =>
      (await rows(committee, id, compound)).find((row) => row.id === world.home)!.cells[0];
    expect(await cell()).toMatchObject({ state: 'own', value: '12', validUntil: '2027-11-23' });
    expectStatus(await answers(committee, id, compound, [{ ...one, value: null }]), 200);
    expect(await cell()).toMatchObject({ state: 'open', value: null });
    // Nothing of it lies in the open.
    const kept = await world.ask('select value_cipher from forms.answer where form_id = $1', [id]);
    expect(kept).toEqual([{ value_cipher: null }]);
  });
});

describe('one entry', () => {
  test('is asked the way it was asked before', async () => {
    const { street } = world.people;
    await publishes(street, { columns: [asks('房屋用途', { type: 'choice', options: ['自住', '出租'] })] });
    const other = await trySave(street, aForm({ columns: [asks('房屋用途', { type: 'text' })] }));
    expect(other.body.fields).toMatchObject([
      {
        path: '/columns/0/type',
        code: 'asked_otherwise',
        params: { type: 'choice', options: ['自住', '出租'] },
      },
    ]);
    const catalogue = expectStatus(await street.client.get('/forms/catalogue'), 200);
    expect(catalogue.questions).toContainEqual({
      key: '房屋用途',
      label: '房屋用途',
      type: 'choice',
      options: ['自住', '出租'],
    });
    expect(catalogue.fields.find((field: Json) => field.key === 'home.owner')).toMatchObject({
      isPersonal: true,
      source: 'people',
      within: ['home'],
    });
  });
});

describe('handing over', () => {
  test('is whole, and a second person takes it or sends it back', async () => {
    const { street, committee, cityHall, desk } = world.people;
    const { compound } = world.near;
    const id = await publishes(street, { columns: [asks('有无防盗窗')] });
    expect((await submits(committee, id, compound, 1)).body).toMatchObject({
      code: 'forms.missing',
      params: { count: 6 },
    });
    await all(committee, id, '有无防盗窗', 'no');
    expect((await submits(committee, id, compound, 7)).body.code).toBe('forms.stale');
    const submitted = expectStatus(await submits(committee, id, compound, 1), 200);
    expect(submitted).toMatchObject({ state: 'submitted', submittedByName: '吴主任', mayFill: false });
    const late = await answers(desk, id, compound, [
      { subjectId: world.home, key: '有无防盗窗', value: 'yes' },
    ]);
    expect(late.body.code).toBe('forms.wrong_state');
    // Not by another office, and not twice.
    expect((await decides(cityHall, id, compound, { action: 'accept', expectedVersion: 2 })).body.code).toBe(
      'forms.not_yours',
    );
    expect((await decides(committee, id, compound, { action: 'accept', expectedVersion: 2 })).status).toBe(
      403,
    );
    const back = await decides(street, id, compound, {
      action: 'return',
      expectedVersion: 2,
      reason: '请核实三单元',
    });
    expect(back.body).toMatchObject({ state: 'returned', returnReason: '请核实三单元' });
    expectStatus(await submits(desk, id, compound, 3), 200);
    const taken = await decides(street, id, compound, { action: 'accept', expectedVersion: 4 });
    expect(taken.body).toMatchObject({ state: 'accepted', decidedByName: '郑科长', mayDecide: false });
    expect((await decides(street, id, compound, { action: 'accept', expectedVersion: 5 })).body.code).toBe(
      'forms.wrong_state',
    );
  });

  test('by one’s own hand is not taken by it', async () => {
    const { street } = world.people;
    const also = await world.asAlso(street, 'committee', world.near.community);
    const id = await publishes(street, { columns: [asks('有无天台菜地')] });
    await all(also, id, '有无天台菜地', 'no');
    expectStatus(await submits(also, id, world.near.compound, 1), 200);
    const own = await decides(street, id, world.near.compound, { action: 'accept', expectedVersion: 2 });
    expect([own.status, own.body.code]).toEqual([403, 'forms.own_hand']);
  });

  test('of a new revision begins with what the last one was answered', async () => {
    const { street, committee } = world.people;
    const { compound } = world.near;
    const first = await publishes(street, { title: '排查表', columns: [asks('有无裂缝')] });
    await all(committee, first, '有无裂缝', 'no');
    const second = await publishes(street, {
      title: '排查表（补）',
      revisesId: first,
      columns: [asks('裂缝长度', { type: 'number', isRequired: false }), asks('有无裂缝')],
    });
    expect(expectStatus(await street.client.get(`/forms/${second}`), 200)).toMatchObject({
      revision: 2,
      revisesId: first,
    });
    expect((await detail(committee, first, compound)).state).toBe('withdrawn');
    expect(await detail(committee, second, compound)).toMatchObject({ missing: 0, reused: 6 });
  });
});

describe('whoever fills it in', () => {
  test('is erased from the answers too', async () => {
    const { street, committee } = world.people;
    const { compound } = world.near;
    const id = await publishes(street, {
      subject: 'resident',
      columns: [known('resident.name'), known('resident.relation'), asks('是否独居')],
    });
    const people = await rows(committee, id, compound);
    expect(people.length).toBeGreaterThan(0);
    expectStatus(
      await answers(committee, id, compound, [{ subjectId: people[0]!.id, key: '是否独居', value: 'yes' }]),
      200,
    );
    const seen = await rows(street, id, compound);
    expect(seen[0]).toMatchObject({
      label: '',
      cells: [{ state: 'hidden' }, { state: 'hidden' }, { value: 'yes' }],
    });
    await world.admin.query(
      `insert into platform.outbox (event_id, scope_id, city_id, street_id, is_public, is_internal, kind, version, object_id, payload, occurred_at)
       values (gen_random_uuid(), $1, $2, $3, false, true, 'person.erased', 1, $4, '{}', $5)`,
      [compound, world.city, world.near.street, people[0]!.id, world.clock.now()],
    );
    await world.told();
    expect(await world.ask('select from forms.answer where form_id = $1', [id])).toEqual([]);
  });
});
