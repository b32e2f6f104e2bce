import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import {
  answers,
  answersAll,
  asks,
  decides,
  detail,
  known,
  passes,
  publishes,
  rows,
  submits,
  tells,
} from './fixtures.ts';

/** Time goes by: answers run out, what was handed over stays, and whoever fills in is reminded. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const all = (who: Somebody, id: string, key: string, value: string) => answersAll(world, who, id, key, value);
const told = async (link: string) => {
  await world.told();
  return (
    await world.ask<{ account_id: string; template: string }>(
      `select account_id, template from platform.notification where link = $1 order by created_at, account_id`,
      [link],
    )
  ).map(({ account_id, template }) => `${template} ${account_id}`);
};

describe('one form after another', () => {
  test('stays as it was answered then, whatever is corrected later', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const first = await publishes(street, { columns: [asks('有无露台')] });
    await all(committee, first, '有无露台', 'no');
    expectStatus(await submits(committee, first, compound, 1), 200);
    await passes(world, 60_000);
    const second = await publishes(street, { columns: [asks('有无露台')] });
    const one = { subjectId: world.home, key: '有无露台', value: 'yes', replaces: 'no' };
    expectStatus(await answers(desk, second, compound, [one], true), 200);
    const cellOf = async (id: string) =>
      (await rows(desk, id, compound)).find((row) => row.id === world.home)!.cells[0].value;
    expect([await cellOf(first), await cellOf(second)]).toEqual(['no', 'yes']);
  });

  test('stays as it was handed over, though the form that lent an answer changes or loses it', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const label = '有无阁楼';
    const lender = await publishes(street, { columns: [asks(label)] });
    await all(committee, lender, label, 'no');
    const second = await publishes(street, { columns: [asks(label)] });
    await passes(world, 60_000);
    expectStatus(await submits(desk, second, compound, 1), 200);
    await passes(world, 60_000);
    const [changed, lost] = (await rows(desk, second, compound)).map(({ id }) => id as string);
    expectStatus(
      await answers(committee, lender, compound, [
        { subjectId: changed, key: label, value: 'yes' },
        { subjectId: lost, key: label, value: null },
      ]),
      200,
    );
    const values = async () => (await rows(desk, second, compound)).map(({ cells: [cell] }) => cell.value);
    expect(await values()).toEqual(['no', 'no', 'no', 'no', 'no', 'no']);
    expect(await detail(street, second, compound)).toMatchObject({ missing: 0, reused: 6 });
    const sums = async () =>
      expectStatus(await street.client.get('/forms/report'), 200).items.find(
        (item: { formId: string }) => item.formId === second,
      );
    expect(await sums()).toMatchObject({ typed: 0, reused: 6, corrected: 0, reasked: 0 });
    // Sent back it is as of now again, and handed over once more it keeps what it was handed over with then.
    const back = { action: 'return', expectedVersion: 2, reason: '请核实' };
    expectStatus(await decides(street, second, compound, back), 200);
    expect(await values()).toEqual(['yes', null, 'no', 'no', 'no', 'no']);
    expect((await submits(desk, second, compound, 3)).body.code).toBe('forms.missing');
    const own = [{ subjectId: lost, key: label, value: 'yes' }];
    expectStatus(await answers(desk, second, compound, own), 200);
    expectStatus(await submits(desk, second, compound, 3), 200);
    expect(await values()).toEqual(['yes', 'yes', 'no', 'no', 'no', 'no']);
    expect(await sums()).toMatchObject({ typed: 1, reused: 5, corrected: 0, reasked: 0 });
  });

  test('counts its own answers by whichever clock they were given', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const id = await publishes(street, { columns: [asks('有无暗井')] });
    // Two processes: the one that takes it over is a second behind the one that took the answers.
    await all(committee, id, '有无暗井', 'no');
    await world.admin.query(
      `update forms.answer set answered_at = answered_at + interval '1 second' where form_id = $1`,
      [id],
    );
    expect(await detail(desk, id, compound)).toMatchObject({ missing: 0, reused: 0 });
    expectStatus(await submits(desk, id, compound, 1), 200);
    for (const { cells } of await rows(street, id, compound))
      expect(cells[0]).toMatchObject({ state: 'own', value: 'no' });
  });

  test('is not answered by what does not read as an answer to it', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const label = '有无水池';
    const first = await publishes(street, { columns: [asks(label)] });
    const second = await publishes(street, { columns: [asks(label)] });
    // As where two offices published at the same moment: the same words, asked for a number here and for yes or no there.
    await world.admin.query(
      `update forms.sheet set columns = replace(columns::text, 'yes_no', 'number')::jsonb, question_ways = '{number}' where form_id = $1`,
      [second],
    );
    expectStatus(
      await answers(desk, second, compound, [{ subjectId: world.home, key: label, value: '2' }]),
      200,
    );
    await passes(world, 60_000);
    await all(committee, first, label, 'no');
    const cellOf = async () =>
      (await rows(desk, second, compound)).find((row) => row.id === world.home)!.cells[0];
    expect(await cellOf()).toMatchObject({ state: 'own', value: '2' });
    expect(await detail(desk, second, compound)).toMatchObject({ missing: 5, reused: 0 });
    expect((await submits(desk, second, compound, 1)).body.code).toBe('forms.missing');
    await all(desk, second, label, '3');
    expectStatus(await submits(desk, second, compound, 1), 200);
    expect(await cellOf()).toMatchObject({ state: 'own', value: '2' });
    expect(await detail(committee, first, compound)).toMatchObject({ missing: 0, reused: 0 });
  });

  test('hears of it when it comes, before it is due, when it is late and when it is sent back', async () => {
    const { street, committee, manager } = world.people;
    await tells(world);
    const id = await publishes(street, { dueOn: '2026-11-30', columns: [asks('有无鸽舍')] });
    const link = `/desk/forms/tasks/${world.near.compound}/${id}`;
    expect(await tells(world)).toBe(1);
    const both = (kind: string) =>
      [committee.accountId, manager.accountId].map((account) => `forms.${kind} ${account}`).sort();
    expect((await told(link)).sort()).toEqual(both('given'));
    expect(await tells(world)).toBe(0);
    const begun = world.clock.now().getTime();
    // Nine in the morning of the day before.
    await passes(world, Date.parse('2026-11-29T00:59:59Z') - begun);
    expect(await told(link)).toHaveLength(2);
    await tells(world);
    expect(await told(link)).toHaveLength(2);
    await passes(world, 1_000);
    await tells(world);
    expect((await told(link)).slice(2).sort()).toEqual(both('soon'));
    await passes(world, 2 * DAY);
    await tells(world);
    expect((await told(link)).slice(4).sort()).toEqual(both('late'));
    await passes(world, 60_000);
    await all(committee, id, '有无鸽舍', 'no');
    expectStatus(await submits(committee, id, world.near.compound, 1), 200);
    expectStatus(
      await decides(street, id, world.near.compound, {
        action: 'return',
        expectedVersion: 2,
        reason: '请核实',
      }),
      200,
    );
    await tells(world);
    expect((await told(link)).slice(6)).toEqual([`forms.returned ${committee.accountId}`]);
  });

  test('serves the next form, until it holds no more', async () => {
    const { street, committee, desk } = world.people;
    const { compound } = world.near;
    const label = '是否安装燃气报警器';
    const first = await publishes(street, { columns: [asks(label, { validMonths: 1 })] });
    await all(committee, first, label, 'yes');
    const second = await publishes(street, { columns: [known('home.label'), asks(` ${label}？`)] });
    const cells = (await rows(desk, second, compound)).map((row) => row.cells[1]);
    expect(cells).toHaveLength(6);
    for (const cell of cells)
      expect(cell).toEqual({ state: 'known', value: 'yes', asOf: '2026-12-01', validUntil: '2027-01-01' });
    expect(await detail(desk, second, compound)).toMatchObject({ missing: 0, reused: 6 });
    // It is not asked again; who knows better says so, and every form that is open takes it.
    const again = { subjectId: world.home, key: label, value: 'no', replaces: 'yes' };
    expect((await answers(desk, second, compound, [again])).body).toMatchObject({
      code: 'forms.answered',
      params: { until: '2027-01-01' },
    });
    expectStatus(await answers(desk, second, compound, [again], true), 200);
    const corrected = (await rows(committee, first, compound)).find((row) => row.id === world.home)!;
    expect(corrected.cells[0]).toMatchObject({ state: 'known', value: 'no' });
    // A month later the first answers are asked anew, the corrected one is not.
    await passes(world, 32 * DAY);
    expect(await detail(desk, second, compound)).toMatchObject({ missing: 5, reused: 0 });
  });
});
