import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { bookOf } from '../ledger/fixtures.ts';
import { post } from '../ledger/index.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { reminding } from './due.ts';
import { aTariff, bills } from './fixtures.ts';
import { settle } from './index.ts';

/** Papers: the statement as PDF, and letters that the desk prints as one batch. */

let world: World;
let scopeId: string;
beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
  expectStatus(await world.people.manager.client.post('/billing/tariffs', aTariff(scopeId)), 201);
  await bills(world);
});
afterAll(() => world.close());

/** To the day whose letters fall due: nobody signs in anew meanwhile. */
async function sixtyDaysLate(): Promise<void> {
  world.clock.advance((15 + 60) * DAY);
  const now = world.clock.now();
  await world.ask('update identity.session set last_seen_at = $1, expires_at = $2', [
    now,
    new Date(now.getTime() + 30 * DAY),
  ]);
  await runDueOnce({
    worker: world.worker,
    sweeps: [reminding],
    house: world.server.house,
    clock: world.clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
}

const letters = async (who: Somebody, state: 'waiting' | 'printed'): Promise<Json[]> =>
  expectStatus(await who.client.get(`/billing/letters?scopeId=${scopeId}&state=${state}&limit=50`), 200)
    .items;
const prints = (who: Somebody, ids: readonly string[]) =>
  who.client.post('/billing/letters/batches', { scopeId, ids });
const owes = async (who: Somebody, householdId = world.home): Promise<Json> =>
  expectStatus(await who.client.get(`/bills/open?scopeId=${scopeId}&householdId=${householdId}`), 200)
    .homes[0];

describe('a statement on paper', () => {
  it('is the home\u2019s own, or the desk\u2019s, in both languages, and of a time that begins before it ends', async () => {
    const { wang, chen, desk, street, farDesk } = world.people;
    const path = `/bills/statement/paper?scopeId=${scopeId}&householdId=${world.home}`;
    for (const [who, more] of [
      [wang, ''],
      [desk, '&locale=en&from=2026-11-01&to=2026-11-30'],
    ] as const) {
      const answer = await who.client.get(path + more);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
    }
    const name = (await wang.client.get(path)).headers.get('content-disposition') ?? '';
    expect(decodeURIComponent(name)).toContain('对账单');
    for (const [who, status] of [
      [chen, 404],
      [street, 403],
      [farDesk, 404],
    ] as const)
      expect([who.name, (await who.client.get(path)).status]).toEqual([who.name, status]);
    expect((await wang.client.get(`${path}&from=2026-12-02&to=2026-12-01`)).status).toBe(422);
    expect((await wang.client.get(`${path}&from=2026-13-01`)).status).toBe(422);
    expect((await wang.client.get(`${path}&locale=fr`)).status).toBe(422);
  });

  it('holds a thousand movements; with one more the page says so, and can do without it', async () => {
    const { wang } = world.people;
    const day = '2024-03-05';
    const moved = (from: number, to: number) =>
      world.worker.work((tx) =>
        post(tx, {
          wall: bookOf(world),
          postings: Array.from({ length: to - from }, (_, n) => ({
            key: `many:${from + n}`,
            debit: `household:${world.home}:receivable`,
            credit: 'income:property_fee',
            amountFen: 1,
            bookedOn: day,
            source: { kind: 'test.source', id: uuidv7(world.clock.now().getTime()) },
          })),
          by: null,
          now: world.clock.now(),
        }),
      );
    const at = `scopeId=${scopeId}&householdId=${world.home}&from=${day}&to=${day}`;
    const seen = async () => expectStatus(await wang.client.get(`/bills/statement?${at}`), 200);
    const paper = () => wang.client.get(`/bills/statement/paper?${at}`);
    await moved(0, 1_000);
    expect(await seen()).toMatchObject({ mostOnPaper: 1_000, closingOwedFen: 1_000 });
    expect((await paper()).status).toBe(200);
    await moved(1_000, 1_001);
    expect((await seen()).entries).toHaveLength(1_001);
    expect((await paper()).body).toMatchObject({
      status: 422,
      code: 'billing.too_long',
      params: { most: 1_000 },
    });
  });
});

describe('letters', () => {
  it('wait for the desk, are printed as one batch, once, and say again what they said', async () => {
    const { wang, chen, desk, manager, street, steward, farDesk } = world.people;
    const [line] = (await owes(desk)).lines as Json[];
    expect(line!.limitationOn).toBe('2029-12-08');
    await sixtyDaysLate();
    const waiting = await letters(desk, 'waiting');
    expect(waiting).toHaveLength(Object.keys(world.near.households).length);
    expect(waiting.every(({ fate, openFen }) => fate === 'print' && openFen > 0)).toBe(true);
    // A letter that lies on the desk is no demand (Civil Code 195).
    expect((await owes(desk)).lines[0].limitationOn).toBe('2029-12-08');
    for (const who of [wang, street, steward])
      expect([who.name, (await prints(who, [waiting[0]!.id])).status]).toEqual([who.name, 403]);
    expect((await prints(farDesk, [waiting[0]!.id])).status).toBe(404);
    expect((await prints(desk, [])).status).toBe(422);
    expect((await prints(desk, [waiting[0]!.id, waiting[0]!.id])).status).toBe(422);

    // One has paid meanwhile, one has promised: neither gets a letter.
    const promising = waiting.find(({ householdId }) => householdId !== world.home)!;
    const paying = waiting.find(
      ({ householdId }) => householdId !== world.home && householdId !== promising.householdId,
    )!;
    for (const { lineId, openFen } of (await owes(desk, paying.householdId)).lines)
      await world.worker.work((tx) =>
        settle(tx, {
          scopeId,
          lineId,
          amountFen: openFen,
          by: { kind: 'cash', id: 'a' },
          key: `letters ${lineId}`,
          on: '2027-02-06',
          bookedOn: '2027-02-06',
          now: world.clock.now(),
        }),
      );
    const { version } = expectStatus(
      await desk.client.get(`/billing/arrears/${promising.householdId}?scopeId=${scopeId}`),
      200,
    );
    expectStatus(
      await desk.client.post(`/billing/arrears/${promising.householdId}/notes?scopeId=${scopeId}`, {
        kind: 'promise',
        words: '月底付',
        promisedUntil: '2027-02-28',
        expectedVersion: version,
      }),
      201,
    );
    const fates = new Map((await letters(desk, 'waiting')).map(({ id, fate }) => [id, fate]));
    expect([fates.get(promising.id), fates.get(paying.id)]).toEqual(['hold', 'lapse']);

    const ids = waiting.map(({ id }) => id);
    // Two who print at one moment: what one has printed the other no longer finds.
    const [first, second] = await Promise.all([prints(desk, ids), prints(manager, ids)]);
    const both = [expectStatus(first, 201), expectStatus(second, 201)];
    const done = both.find(({ batchId }) => batchId !== null)!;
    expect(done).toMatchObject({ printed: ids.length - 2, held: 1, lapsed: 1 });
    expect(both.find(({ batchId }) => batchId === null)).toMatchObject({ printed: 0, held: 1, lapsed: 0 });

    expect(await letters(desk, 'waiting')).toMatchObject([{ id: promising.id, fate: 'hold' }]);
    const printed = await letters(manager, 'printed');
    expect(printed).toHaveLength(ids.length - 2);
    expect(printed[0]).toMatchObject({ fate: 'printed', batchId: done.batchId, lines: 1 });
    expect([desk.name, manager.name]).toContain(printed[0]!.printedByName);
    const said = printed.find(({ householdId }) => householdId === world.home)!;
    expect(said.openFen).toBe(line!.openFen);

    const paper = `/billing/letters/batches/${done.batchId}/paper?scopeId=${scopeId}`;
    const answer = await desk.client.get(paper);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    for (const [who, status] of [
      [wang, 403],
      [chen, 403],
      [street, 403],
      [farDesk, 404],
    ] as const)
      expect([who.name, (await who.client.get(paper)).status]).toEqual([who.name, status]);
    expect((await desk.client.get(paper.replace(done.batchId, scopeId))).status).toBe(404);

    // Printed and sent, it was a demand: three years begin anew that day. What is paid later changes no letter.
    expect((await owes(desk)).lines[0].limitationOn).toBe('2030-02-06');
    await world.worker.work((tx) =>
      settle(tx, {
        scopeId,
        lineId: line!.lineId,
        amountFen: 100,
        by: { kind: 'cash', id: 'b' },
        key: 'letters, afterwards',
        on: '2027-02-06',
        bookedOn: '2027-02-06',
        now: world.clock.now(),
      }),
    );
    expect((await letters(desk, 'printed')).find(({ id }) => id === said.id)).toMatchObject({
      openFen: said.openFen,
    });
  });

  it('of which two wait for one home are one: the later, whichever of them stands on the page', async () => {
    const { desk } = world.people;
    const [one, two] = [1, 2].map((at) => `ffffffff-ffff-7000-8000-00000000000${at}`) as [string, string];
    for (const id of [one, two])
      await world.ask(
        `insert into billing.reminder (scope_id, reminder_id, city_id, street_id, company_id, household_id, step, way, total_fen, lines, oldest_due_on,
           told, sent_at, sent_on)
         select scope_id, $3, city_id, street_id, company_id, household_id, 9, 'letter', total_fen, lines, oldest_due_on, 0, sent_at, sent_on
         from billing.reminder where scope_id = $1 and household_id = $2 and way = 'letter' order by reminder_id limit 1`,
        [scopeId, world.home, id],
      );
    expect((await letters(desk, 'waiting')).slice(-2)).toMatchObject([{ fate: 'lapse' }, { fate: 'print' }]);
    expect(expectStatus(await prints(desk, [one]), 201)).toMatchObject({ printed: 0, lapsed: 1 });
    expect(expectStatus(await prints(desk, [two]), 201)).toMatchObject({ printed: 1, lapsed: 0 });
  });
});
