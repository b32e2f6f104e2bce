import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { aForm, nextId, trySave } from './fixtures.ts';

/** An answer is lost on the way and the same is sent again. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

describe('a form', () => {
  test('sent again after a lost answer is the same form, from whom it is', async () => {
    const { street, cityHall } = world.people;
    const id = nextId();
    const saved = expectStatus(await trySave(street, aForm(), id), 200);
    expect((await trySave(street, aForm(), id)).body).toEqual(saved);
    const next = aForm({ expectedVersion: 1, title: '养犬登记表（二）' });
    const changed = expectStatus(await trySave(street, next, id), 200);
    expect(changed.version).toBe(2);
    expect((await trySave(street, next, id)).body).toEqual(changed);
    // It has moved on: the first is old by now.
    expect((await trySave(street, aForm(), id)).body.code).toBe('forms.stale');
    await world.admin.query('update forms.form set author_account_id = $2 where form_id = $1', [
      id,
      cityHall.accountId,
    ]);
    expect((await trySave(street, next, id)).body.code).toBe('forms.stale');
  });

  test.each([
    ['the same', '养犬登记表', [200, 200]],
    ['another', '养猫登记表', [200, 409]],
  ])('sent twice at once, %s form is answered clearly', async (_, title, statuses) => {
    const { street } = world.people;
    const id = nextId();
    const holding = await world.admin.connect();
    try {
      await holding.query('begin');
      // Both look and find nothing; neither can write yet.
      await holding.query('lock table forms.form in share mode');
      const both = Promise.all([trySave(street, aForm(), id), trySave(street, aForm({ title }), id)]);
      await expect
        .poll(
          async () =>
            (
              await holding.query(
                `select 1 from pg_locks where relation = 'forms.form'::regclass and not granted
                   and database = (select oid from pg_database where datname = current_database())`,
              )
            ).rowCount,
        )
        .toBe(2);
      await holding.query('commit');
      const answers = await both;
      expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual(statuses);
      for (const { status, body } of answers)
        expect(body).toMatchObject(
          status === 200 ? { id, version: 1 } : { code: 'forms.stale', params: { version: 1 } },
        );
    } finally {
      holding.release(true);
    }
  });
});
