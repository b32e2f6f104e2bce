import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { answers, answersAll, asks, detail, passes, publishes, rows } from './fixtures.ts';

/** A committee and a desk fill in the same sheet: nobody overwrites what they have not seen. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const says = (who: Somebody, id: string, key: string, value: string | null, replaces: string | null) =>
  answers(who, id, world.near.compound, [{ subjectId: world.home, key, value, replaces }]);
const cellOf = async (id: string): Promise<Json> =>
  (await rows(world.people.committee, id, world.near.compound)).find((row) => row.id === world.home)!
    .cells[0];

describe('two who fill in the same sheet', () => {
  test('do not overwrite each other unseen: the second is told what stands there, since when and in what role', async () => {
    const { street, committee, desk } = world.people;
    const key = '空调台数';
    const id = await publishes(street, { columns: [asks(key, { type: 'number' })] });
    const at = world.clock.now().toISOString();
    expectStatus(await says(committee, id, key, '2', null), 200);
    await passes(world, 60_000);
    const late = await says(desk, id, key, '3', null);
    expect([late.status, late.body]).toMatchObject([
      409,
      {
        code: 'forms.answer_changed',
        fields: [
          {
            path: '/answers/0/value',
            code: 'changed',
            params: { value: '2', since: at, by: null, role: 'committee' },
          },
        ],
      },
    ]);
    expect(await cellOf(id)).toMatchObject({ state: 'own', value: '2' });
    // Seen, as it was typed there, it may be replaced; the same again replaces nothing.
    expectStatus(await says(desk, id, key, '3', ' 2.0'), 200);
    expectStatus(await says(committee, id, key, '3', '2'), 200);
    expect((await says(desk, id, key, '4', '2')).body.fields[0].params).toMatchObject({
      value: '3',
      role: 'committee',
    });
    // Taken away meanwhile is a change, too.
    expectStatus(await says(committee, id, key, null, '3'), 200);
    expect((await says(desk, id, key, '4', '3')).body).toMatchObject({
      code: 'forms.answer_changed',
      fields: [{ params: { value: null, role: 'committee' } }],
    });
    expectStatus(await says(desk, id, key, '4', null), 200);
    expect((await says(committee, id, key, null, '3')).body.fields[0].params).toMatchObject({ value: '4' });
  });

  test('name each other within their own office only, and only who works there still', async () => {
    const { street, committee, desk, manager } = world.people;
    const key = '对讲机台数';
    const id = await publishes(street, { columns: [asks(key, { type: 'number' })] });
    const leaving = await world.aPerson('郑前台', 'desk', world.near.department, {
      skills: ['plumbing'],
    });
    expectStatus(await says(leaving, id, key, '1', null), 200);
    const told = async (who: Somebody) => (await says(who, id, key, '5', '0')).body.fields[0].params;
    expect(await told(manager)).toMatchObject({ value: '1', by: '郑前台', role: 'desk' });
    expect(await told(committee)).toMatchObject({ value: '1', by: null, role: 'desk' });
    await world.ask('update places.staff set ends_on = $2 where account_id = $1', [
      leaving.accountId,
      '2026-11-23',
    ]);
    expect(await told(desk)).toMatchObject({ value: '1', by: null, role: 'desk' });
  });

  test('are in nobody’s way but each other’s, and all of what is sent at once is kept or none', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const key = '阳台朝向';
    const id = await publishes(street, { columns: [asks(key, { type: 'text' })] });
    // On the way for long, and typed on meanwhile: one's own is no surprise.
    expectStatus(await says(committee, id, key, '南', null), 200);
    expectStatus(await says(committee, id, key, '东南', null), 200);
    const others = (await rows(desk, id, compound)).filter((row) => row.id !== world.home);
    const both = [
      { subjectId: others[0]!.id, key, value: '北' },
      { subjectId: world.home, key, value: '西', replaces: '南' },
    ];
    const refused = await answers(desk, id, compound, both);
    expect(refused.body.fields).toMatchObject([
      { path: '/answers/1/value', code: 'changed', params: { value: '东南' } },
    ]);
    expect(await detail(desk, id, compound)).toMatchObject({ missing: 5 });
  });

  test('at the same moment: the first is kept and the second is told', async () => {
    const { street, committee, desk } = world.people;
    const key = '水表编号';
    const id = await publishes(street, { columns: [asks(key, { type: 'text' })] });
    const both = await Promise.all([says(committee, id, key, '甲', null), says(desk, id, key, '乙', null)]);
    const codes = both.map(({ status, body }) => body.code ?? status);
    expect(new Set(codes)).toEqual(new Set([200, 'forms.answer_changed']));
    const kept = both[0].status === 200 ? '甲' : '乙';
    expect(await cellOf(id)).toMatchObject({ value: kept });
  });

  test('correct what another form lends, and see each other there too', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const key = '有无充电桩位';
    const lender = await publishes(street, { columns: [asks(key)] });
    await answersAll(world, committee, lender, key, 'no');
    await passes(world, 60_000);
    const second = await publishes(street, { columns: [asks(key)] });
    const third = await publishes(street, { columns: [asks(key, { validMonths: 6 })] });
    const correct = (who: Somebody, id: string, replaces: string) =>
      answers(who, id, compound, [{ subjectId: world.home, key, value: 'yes', replaces }], true);
    expectStatus(await correct(desk, second, 'no'), 200);
    await passes(world, 60_000);
    // Corrected there meanwhile; the same correction is no quarrel, another is.
    const back = await answers(
      committee,
      third,
      compound,
      [{ subjectId: world.home, key, value: 'no', replaces: 'no' }],
      true,
    );
    expect(back.body).toMatchObject({ code: 'forms.answer_changed', fields: [{ params: { value: 'yes' } }] });
    expectStatus(await correct(committee, third, 'no'), 200);
  });
});
