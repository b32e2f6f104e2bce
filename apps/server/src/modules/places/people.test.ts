import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { due } from './due.ts';
import { loaders, personGramsOf } from './index.ts';

/** Finding people, seeing their names, and their seeing that it happened. Numbers are those of the README. */
let world: World;
/** By name: the ids of people entered for this file in the near compound. */
const people = new Map<string, string>();

const names: [name: string, phone: string | null][] = [
  ['王秀英', '13711110001'],
  ['王秀英', '13711110002'],
  ['王英', '13711110003'],
  ['曾国藩', '13711110004'],
  ['单秀', null],
  ['乐行', '13711110005'],
  ['阿卜杜拉·买买提', '13711110006'],
  ['John Smith', '13711110007'],
  ['欧阳娜娜', '01066550008'],
];

beforeAll(async () => {
  world = await aWorld();
  const { near, far, city } = world;
  for (const quarter of [near, far]) {
    const wall = {
      scopeId: quarter.compound,
      cityId: city,
      streetId: quarter.street,
      companyId: quarter.company,
    };
    for (const [i, [name, phone]] of names.entries()) {
      const personId = randomUUID();
      const input = { ...wall, personId, accountId: null, name, phone, createdAt: world.clock.now() };
      await world.insert(loaders.person, { ...input, isIndexed: true });
      await world.insert(loaders.personGram, ...personGramsOf(world.server.house.crypto, input));
      if (quarter === near) people.set(`${name} ${i}`, personId);
    }
  }
  await sweep();
});
afterAll(() => world.close());

async function sweep(): Promise<number> {
  const { worker, clock, server } = world;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const claimed = await runDueOnce({
    worker,
    sweeps: due.filter(({ name }) => name === 'places.name_index'),
    house: server.house,
    clock,
    log,
  });
  return claimed['places.name_index'] ?? 0;
}

const find = async (who: Somebody, q: string, more = ''): Promise<Json[]> =>
  expectStatus(await who.client.get(`/people?limit=100&q=${encodeURIComponent(q)}${more}`), 200).items;
/** Which of the people above, by their place in the list. */
const found = async (q: string): Promise<number[]> => {
  const ids = (await find(world.people.desk, q)).map((person) => person.id);
  return [...people].flatMap(([, id], i) => (ids.includes(id) ? [i] : []));
};

describe('5. a person is found', () => {
  it.each([
    ['王秀英', [0, 1]],
    ['王 秀 英', [0, 1]],
    ['英', [0, 1, 2]],
    ['英王', [0, 1, 2]],
    ['秀', [0, 1, 4]],
    ['王秀', [0, 1]],
    ['wxy', [0, 1]],
    ['WX', [0, 1]],
    ['w', [0, 1, 2]],
    ['xy', []],
    // Polyphonic: as a surname, as elsewhere.
    ['zgf', [3]],
    ['cgf', [3]],
    ['sx', [4]],
    ['dx', [4]],
    ['yx', [5]],
    ['lx', [5]],
    ['lh', [5]],
    ['买买提', [6]],
    ['阿卜杜拉买买提', [6]],
    ['abdlmmt', [6]],
    ['js', [7]],
    ['johnsmith', [7]],
    ['John Smith', [7]],
    ['oynn', [8]],
    ['13711110002', [1]],
    ['137 1111 0002', [1]],
    ['0002', [1]],
    ['010-66550008', [8]],
    ['6655', []],
    ['张三', []],
    ['%', []],
    ["' or 1=1", []],
  ])('by %j', async (q, expected) => expect(await found(q)).toEqual(expected));

  it('with the homes of today and to come, masked', async () => {
    const [wang] = await find(world.people.desk, '王建国');
    expect(wang).toMatchObject({
      scopeId: world.near.compound,
      nameMasked: '王**',
      hasAccount: true,
      isErased: false,
      homes: [{ label: '3号楼2单元601', relation: 'owner', state: 'current', endsOn: null }],
    });
    expect(JSON.stringify(wang)).not.toContain('建国');
    expect(wang!.phoneMasked).toMatch(/^\d{3}\*{4}\d{4}$/);
  });

  it('by nothing less than can be found by', async () => {
    for (const q of ['1', '123', '12345', '·', ' ']) {
      const answer = await world.people.desk.client.get(`/people?q=${encodeURIComponent(q)}`);
      expect([q, answer.status, answer.body.code]).toEqual([q, 422, 'validation.failed']);
    }
    expect((await world.people.desk.client.get(`/people?q=${'王'.repeat(41)}`)).status).toBe(422);
    expect((await world.people.desk.client.get('/people?q=%00')).status).toBe(422);
    expect((await world.people.desk.client.get('/people?cursor=bogus')).status).toBe(422);
  });

  it('only within the scopes one works in', async () => {
    const { desk, farDesk, company, street, li, wang, steward, manager, committee } = world.people;
    const near = (await find(desk, '王秀英')).map((person) => person.id);
    const far = (await find(farDesk, '王秀英')).map((person) => person.id);
    expect([near.length, far.length, near.some((id) => far.includes(id))]).toEqual([2, 2, false]);
    for (const who of [steward, manager, committee])
      expect((await find(who, '王秀英')).map((person) => person.id)).toEqual(near);
    for (const who of [company, street, li, wang])
      expect([who.name, (await who.client.get('/people?q=wxy')).status]).toEqual([who.name, 403]);
    expect((await desk.client.get(`/people?scopeId=${world.far.compound}`)).status).toBe(404);
    const person = `/people/${far[0]}`;
    expect((await desk.client.get(`${person}?scopeId=${world.far.compound}`)).status).toBe(404);
    expect((await desk.client.get(`${person}?scopeId=${world.near.compound}`)).status).toBe(404);
    const reveal = await desk.client.post(`${person}/reveal?scopeId=${world.near.compound}`, {
      purpose: 'visit',
    });
    expect(reveal.status).toBe(404);
    // The index itself is behind the wall: without a query of ours nothing of it is seen from the other side.
    const rows = await world.server.house.db.read(
      {
        kind: 'scope',
        accountId: desk.accountId,
        membershipId: null,
        scopeIds: [world.far.compound],
        regionId: null,
        households: [],
      },
      (q) => q.query<{ scope_id: string }>(sql`select distinct scope_id from places.person_gram`),
    );
    expect(rows.map((row) => row.scope_id)).toEqual([world.far.compound]);
  });

  it('page by page, each once and in one order', async () => {
    const { desk } = world.people;
    for (const q of ['', '&q=w', '&q=%E7%8E%8B', '&q=%E7%8E%8B%E8%8B%B1']) {
      const whole = (await desk.client.get(`/people?limit=100${q}`)).body.items.map(
        (person: Json) => person.id,
      );
      const pages: string[] = [];
      let cursor = '';
      do {
        const { body } = await desk.client.get(`/people?limit=2${q}${cursor}`);
        pages.push(...body.items.map((person: Json) => person.id));
        cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
      } while (cursor !== '');
      expect([q, pages]).toEqual([q, whole]);
      expect(whole.length).toBeGreaterThan(2);
    }
  });

  it('also who came without the index, as soon as the sweep has been there, once', async () => {
    const { near, city, people: who } = world;
    await sweep();
    const personId = randomUUID();
    await world.insert(loaders.person, {
      scopeId: near.compound,
      cityId: city,
      streetId: near.street,
      companyId: near.company,
      personId,
      accountId: null,
      name: '司马懿',
      phone: null,
      createdAt: world.clock.now(),
    });
    expect(await find(who.desk, 'smy')).toEqual([]);
    // Sealed with a key that nobody holds: passed over, not tried for ever.
    await world.ask(
      `insert into places.person (scope_id, person_id, name_cipher, name_masked, created_at) values ($1, $2, '\\x00', '?', now())`,
      [near.compound, randomUUID()],
    );
    expect(await sweep()).toBe(2);
    expect(await sweep()).toBe(0);
    expect((await find(who.desk, 'smy')).map((person) => person.id)).toEqual([personId]);
    expect((await find(who.desk, '懿')).map((person) => person.id)).toEqual([personId]);
  });
});

describe('6. a name in plain text', () => {
  const scope = () => `?scopeId=${world.near.compound}`;

  it('is given for a purpose, once, and its subject reads when, who and what for', async () => {
    const { desk, wang, fang, steward } = world.people;
    const [person] = await find(desk, '王建国');
    const path = `/people/${person!.id}/reveal${scope()}`;
    expect((await wang.client.get('/me/disclosures')).body.items).toEqual([]);
    const answer = await desk.client.post(path, { purpose: 'verify_identity', words: ' 来前台办门禁卡 ' });
    expect([answer.status, answer.body]).toEqual([200, { name: '王建国', phone: wang.phone }]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    world.clock.advance(1_000);
    await steward.client.post(path, { purpose: 'emergency' });
    const { items, nextCursor } = (await wang.client.get('/me/disclosures?limit=1')).body;
    expect(items).toMatchObject([{ purpose: 'emergency', role: 'steward', words: null }]);
    const rest = (await wang.client.get(`/me/disclosures?limit=1&cursor=${nextCursor}`)).body;
    expect(rest.items).toMatchObject([
      {
        purpose: 'verify_identity',
        words: '来前台办门禁卡',
        role: 'desk',
        organisationName: '近项目部',
        scopeName: '近小区',
      },
    ]);
    expect(rest.nextCursor).toBeNull();
    // Not who it was by name, nor anybody else's.
    expect(JSON.stringify([items, rest])).not.toContain('孙前台');
    expect((await fang.client.get('/me/disclosures')).body.items).toEqual([]);
    expect((await desk.client.get('/me/disclosures')).body.items).toEqual([]);
    const audited = await world.ask(
      `select detail from platform.audit where action = 'person.revealed' and object_id = $1 order by at`,
      [person!.id],
    );
    expect(audited.map((row) => row.detail.purpose)).toEqual(['verify_identity', 'emergency']);
    expect(JSON.stringify(audited)).not.toContain(wang.phone);
    // And it is kept nowhere: neither with idempotent answers nor in the events.
    const told = await world.ask(`select from platform.outbox t where t::text like '%' || $1 || '%'`, [
      wang.phone,
    ]);
    expect(told).toEqual([]);
    expect(await world.keptAnswers()).not.toContain(wang.phone);
  });

  it('is refused without a purpose, without words for another one, and to whom it is not given', async () => {
    const { desk, li, company, wang } = world.people;
    const [person] = await find(desk, '王建国');
    const path = `/people/${person!.id}/reveal${scope()}`;
    for (const body of [
      {},
      { purpose: 'curiosity' },
      { purpose: 'other' },
      { purpose: 'other', words: '   ' },
    ]) {
      const answer = await desk.client.post(path, body);
      expect([body, answer.status]).toEqual([body, 422]);
    }
    for (const who of [li, company, wang])
      expect((await who.client.post(path, { purpose: 'visit' })).status).toBe(403);
  });

  it('of an order’s contact is told to the subject, too: reporter or caller', async () => {
    const { desk, chen } = world.people;
    const order = await chen.reports(aWorkOrder().atHome(world.near.households['3-2-102']!));
    const called = await desk.reports(
      aWorkOrder().atHome(world.near.households['3-2-102']!).forCaller('陈静', chen.phone),
    );
    const unknown = await desk.reports(
      aWorkOrder().inPublic().about('gate.fault').forCaller('路人', '13900009999'),
    );
    for (const one of [order, called, unknown]) {
      world.clock.advance(1_000);
      const answer = await desk.client.post(`/work-orders/${one.id}/contact${scope()}`, {
        purpose: 'callback',
      });
      expect(answer.status).toBe(200);
    }
    const { items } = (await chen.client.get('/me/disclosures')).body;
    expect(items.map((item: Json) => [item.purpose, item.role])).toEqual([
      ['callback', 'desk'],
      ['callback', 'desk'],
    ]);
  });

  it('leaves a log that the app can only add to, in the name of who acts', async () => {
    const { desk, wang } = world.people;
    const { db } = world.server.house;
    const actor = {
      kind: 'scope',
      accountId: desk.accountId,
      membershipId: null,
      scopeIds: [world.near.compound],
      regionId: null,
      households: [],
    } as const;
    const forge = (accountId: string) =>
      db.act(actor, (tx) =>
        tx.query(sql`insert into places.disclosure (scope_id, disclosure_id, person_id, account_id, role, organisation_name, purpose, at)
          select scope_id, ${randomUUID()}, person_id, ${accountId}, 'desk', '', 'visit', now() from places.person
          where scope_id = ${world.near.compound} limit 1 returning 1`),
      );
    await expect(forge(wang.accountId)).rejects.toMatchObject({ code: '42501' });
    expect(await forge(desk.accountId)).toHaveLength(1);
    for (const text of ['update places.disclosure set purpose = purpose', 'delete from places.disclosure'])
      await expect(db.act(actor, (tx) => tx.query({ text, values: [], name: '' }))).rejects.toMatchObject({
        code: '42501',
      });
  });
});

it('a person’s page shows every home with its days, in the state of today', async () => {
  const { near } = world;
  const lives = {
    householdId: near.households['13-2-102']!,
    quarter: near,
    from: '2026-01-01',
    until: '2026-11-24',
  };
  const lodger = await world.aPerson('尉迟恭', 'resident', near.compound, { livesAt: lives });
  await sweep();
  const [person] = await find(world.people.desk, '尉迟恭');
  const read = async () =>
    (await world.people.desk.client.get(`/people/${person!.id}?scopeId=${near.compound}`)).body.relations;
  expect(await read()).toMatchObject([{ startsOn: '2026-01-01', endsOn: '2026-11-24', state: 'current' }]);
  world.clock.advance(DAY);
  expect(await read()).toMatchObject([{ state: 'past' }]);
  expect((await find(world.people.desk, '尉迟恭'))[0]).toMatchObject({ homes: [] });
  expect((await lodger.client.get(`/people/${person!.id}?scopeId=${near.compound}`)).status).toBe(403);
});
