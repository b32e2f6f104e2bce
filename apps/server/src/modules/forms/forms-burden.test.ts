import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { DAY } from '../work-orders/fixtures.ts';
import {
  aForm,
  answers,
  answersAll,
  asks,
  at,
  command,
  detail,
  known,
  nextId,
  passes,
  publishes,
  trySave,
} from './fixtures.ts';

/** What forms cost those who fill them in, and what they are handed over as. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const sumsOf = async (who: Somebody, id: string): Promise<Json> =>
  expectStatus(await who.client.get('/forms/report'), 200).items.find((item: Json) => item.formId === id);
const all = (who: Somebody, id: string, key: string, value: string) => answersAll(world, who, id, key, value);

describe('the burden', () => {
  test('is counted: asked, known, reused, asked twice, and minutes without a name', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const label = '有无电动车充电桩';
    const first = await publishes(street, { columns: [known('home.label'), asks(label)] });
    await all(committee, first, label, 'no');
    const second = await publishes(street, {
      columns: [known('home.label'), known('home.area'), asks(label)],
    });
    world.clock.advance(60_000);
    expectStatus(
      await answers(
        desk,
        second,
        compound,
        [{ subjectId: world.home, key: label, value: 'yes', replaces: 'no' }],
        true,
      ),
      200,
    );
    const effort = (seconds: number, headers: Record<string, string> = {}) =>
      committee.client.post(at(first, compound, '/effort'), { seconds }, headers);
    const key = { 'idempotency-key': 'ninety-seconds-of-work' };
    expect((await effort(90, key)).body).toEqual({ counted: 90 });
    expect((await effort(90, key)).body).toEqual({ counted: 90 });
    expect((await effort(40_000)).body).toEqual({ counted: 300 });
    expect((await effort(0)).status).toBe(422);
    const report = expectStatus(await street.client.get('/forms/report'), 200);
    expect(report.weeks).toEqual(['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']);
    const of = (id: string) => report.items.find((item: Json) => item.formId === id);
    expect(of(first)).toMatchObject({
      streetName: '近街道',
      tasks: 1,
      accepted: 0,
      asked: 2,
      known: 1,
      questions: 1,
      typed: 6,
      reused: 0,
      corrected: 0,
      reasked: 0,
      minutes: [0, 0, 0, 6.5],
    });
    expect(of(second)).toMatchObject({
      asked: 3,
      known: 2,
      typed: 1,
      reused: 5,
      corrected: 1,
      reasked: 0,
      minutes: [0, 0, 0, 0],
    });
    // It would be seen, had somebody been asked twice.
    await world.admin.query('update forms.answer set is_correction = false where form_id = $1', [second]);
    const twice = expectStatus(await street.client.get('/forms/report'), 200);
    expect(twice.items.find((item: Json) => item.formId === second)).toMatchObject({ reasked: 1 });
    expect(
      await world.ask(
        `select column_name from information_schema.columns where table_schema = 'forms' and table_name = 'effort'`,
      ),
    ).toEqual(
      ['scope_id', 'form_id', 'on_day', 'city_id', 'street_id', 'company_id', 'seconds'].map(
        (column_name) => ({ column_name }),
      ),
    );
  });

  test('shows no more rows than asked for, and says that there are more', async () => {
    const { street } = world.people;
    const older = await publishes(street, { columns: [asks('有无晾衣架')] });
    const newer = await publishes(street, { columns: [asks('有无晾衣架')] });
    const one = expectStatus(await street.client.get('/forms/report?limit=1'), 200);
    expect([one.items.map((item: Json) => item.formId), one.isCut]).toEqual([[newer], true]);
    const all = expectStatus(await street.client.get('/forms/report'), 200);
    expect(all.items.slice(0, 2).map((item: Json) => item.formId)).toEqual([newer, older]);
    expect(all.isCut).toBe(false);
    expect((await street.client.get('/forms/report?limit=1001')).status).toBe(422);
  });

  test('leaves as a file, as the reader sees it', async () => {
    const { street, committee } = world.people;
    const id = await publishes(street, {
      columns: [
        known('home.label'),
        known('home.owner'),
        asks('有无宠物猫'),
        asks('备注一', { type: 'text', isRequired: false }),
      ],
    });
    const { compound } = world.near;
    expectStatus(
      await answers(committee, id, compound, [
        { subjectId: world.home, key: '有无宠物猫', value: 'yes' },
        { subjectId: world.home, key: '备注一', value: '=1+1' },
      ]),
      200,
    );
    const own = await committee.client.get(`${at(id, compound, '/file')}&format=csv&locale=zh-CN`);
    expect(own.body).toContain('填报单位,门牌,户主姓名,有无宠物猫,备注一');
    expect(own.body).toContain("是,'=1+1");
    const whole = await street.client.get(`/forms/${id}/file?format=csv&locale=en`);
    expect(whole.body).toContain('Place,Home,Owner,');
    expect(whole.body).toContain('近小区,3号楼2单元601,Not for you to see,Yes');
    expect(whole.body.trim().split('\r\n')).toHaveLength(7);
  });

  test('counts as reused and as asked twice only what was asked the same way', async () => {
    const { street, cityHall, committee, desk } = world.people;
    const { compound } = world.near;
    const label = '有无化粪池';
    const drafts = [
      { who: street, id: nextId(), type: 'yes_no' },
      { who: cityHall, id: nextId(), type: 'number' },
    ];
    for (const { who, id, type } of drafts)
      expectStatus(await trySave(who, aForm({ columns: [asks(label, { type })] }), id), 200);
    const holding = await world.admin.connect();
    try {
      await holding.query('begin');
      // Both look at what is asked already and find nothing; neither can lay its form before the places yet.
      await holding.query('lock table forms.sheet in share mode');
      const both = Promise.all(
        drafts.map(({ who, id }) => command(who, id, { action: 'publish', expectedVersion: 1 })),
      );
      await expect
        .poll(
          async () =>
            (
              await holding.query(
                `select 1 from pg_locks where relation = 'forms.sheet'::regclass and not granted
                   and database = (select oid from pg_database where datname = current_database())`,
              )
            ).rowCount,
        )
        .toBe(2);
      await holding.query('commit');
      expect((await both).map(({ status }) => status)).toEqual([200, 200]);
    } finally {
      holding.release(true);
    }
    const [first, second] = drafts.map(({ id }) => id) as [string, string];
    await all(committee, first, label, 'no');
    await passes(world, 60_000);
    expect(await detail(desk, second, compound)).toMatchObject({ missing: 6, reused: 0 });
    expect(await sumsOf(cityHall, second)).toMatchObject({ typed: 0, reused: 0, reasked: 0 });
    expectStatus(
      await answers(desk, second, compound, [{ subjectId: world.home, key: label, value: '2' }]),
      200,
    );
    expect(await detail(desk, second, compound)).toMatchObject({ missing: 5, reused: 0 });
    expect(await sumsOf(cityHall, second)).toMatchObject({ typed: 1, reused: 0, corrected: 0, reasked: 0 });
  });

  test('takes an answer as known until the day ends at its place, not in Greenwich', async () => {
    const { street, committee } = world.people;
    const label = '有无太阳能热水器';
    const first = await publishes(street, { columns: [asks(label, { validMonths: 1 })] });
    await all(committee, first, label, 'yes');
    await passes(world, DAY);
    const second = await publishes(street, { columns: [asks(label)] });
    const reused = async () => {
      const { items } = expectStatus(await street.client.get('/forms/report'), 200);
      return items.find((item: Json) => item.formId === second).reused;
    };
    const [row] = await world.ask<{ day: string }>(
      'select max(valid_until)::text as day from forms.answer where form_id = $1',
      [first],
    );
    // Midnight in Shanghai comes at four in the afternoon.
    const midnight = Date.parse(`${row!.day}T16:00:00Z`);
    await passes(world, midnight - 1_000 - world.clock.now().getTime());
    expect(await reused()).toBe(6);
    await passes(world, 1_000);
    expect(await reused()).toBe(0);
  });

  test('counts what the newest answer says, though an older one would hold longer', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const label = '有无晾衣杆';
    const longer = await publishes(street, {
      dueOn: '2027-12-10',
      columns: [asks(label, { validMonths: 24 })],
    });
    await all(committee, longer, label, 'no');
    await passes(world, 60_000);
    const shorter = await publishes(street, {
      dueOn: '2027-12-10',
      columns: [asks(label, { validMonths: 1 })],
    });
    const corrected = { subjectId: world.home, key: label, value: 'yes', replaces: 'no' };
    expectStatus(await answers(desk, shorter, compound, [corrected], true), 200);
    const [{ day }] = (await world.ask<{ day: string }>(
      'select (max(valid_until) + 1)::text as day from forms.answer where form_id = $1',
      [shorter],
    )) as [{ day: string }];
    await passes(world, Date.parse(`${day}T02:00:00Z`) - world.clock.now().getTime());
    const open = await publishes(street, {
      dueOn: '2027-12-10',
      columns: [asks(label)],
    });
    expect(await detail(desk, open, compound)).toMatchObject({ missing: 1, reused: 5 });
    expect(await sumsOf(street, open)).toMatchObject({ typed: 0, reused: 5 });
  });
});
