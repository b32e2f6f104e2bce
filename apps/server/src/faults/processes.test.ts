import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCrew, type Crew, Line } from '../../../../test/chaos/crew.ts';
import {
  type CrewSiege,
  crewFaults,
  drawnCrewRounds,
  layCrewSiege,
  playCrewRound,
} from '../../../../test/chaos/crew-rounds.ts';
import { Client } from '../../../../test/server.ts';
import type { Somebody } from '../modules/work-orders/fixtures.ts';

/** Three processes answer, two work, all on one database: `npm run chaos -- --processes` plays it longer. */
let crew: Crew;
let siege: CrewSiege;
beforeAll(async () => {
  crew = await aCrew({ api: 3, worker: 2 });
  siege = await layCrewSiege(crew);
});
afterAll(async () => {
  await siege?.close();
  await crew?.close();
});

const patient = { timeout: 60_000, interval: 250 };
const at = (process: number, { client }: Somebody) =>
  new Client(crew.apis[process]!.url, client.cookie, client.csrf);
const statuses = (who: Somebody, path: string) =>
  Promise.all(crew.apis.map(async (_, process) => (await at(process, who).get(path)).status));

test('some are killed or leave under load: what was acknowledged is there, what was due is done, pages hear of it, once', async () => {
  // A worker and a process with open pages; then all workers at once, and one of the others asked to leave.
  const rounds = [
    {
      goes: [
        { at: 0, how: 'killed' },
        { at: 3, how: 'killed' },
      ],
      milliseconds: 300,
    },
    {
      goes: [
        { at: 1, how: 'leaves' },
        { at: 3, how: 'killed' },
        { at: 4, how: 'killed' },
      ],
      milliseconds: 100,
    },
  ] as const;
  for (const round of rounds) {
    const { found, acknowledged } = await playCrewRound(siege, round);
    expect(found).toEqual([]);
    expect(acknowledged).toBeGreaterThan(11);
  }
  expect(siege.lines[0]!.losses).toBeGreaterThan(0);
  // Who lost nothing was told of all as it came.
  const { losses, read } = siege.lines[2]!;
  expect([losses, read.size]).toEqual([0, 0]);
}, 300_000);

test('what is missing, told twice or never marked is found', async () => {
  const gone = '01900000-0000-7000-8000-00000000dead';
  const [line] = siege.lines;
  const [first] = siege.said.keys();
  const [marked] = siege.overdue;
  siege.said.set(gone, 'WO-0');
  for (const one of siege.lines) one.submitted.set(gone, 1);
  line!.submitted.set(first!, 2);
  await crew.world.ask(
    `update work_orders.event set kind = 'work_order.other' where actor_role = 'system' and work_order_id = $1`,
    [marked],
  );
  const found = (await crewFaults(siege)).map(({ area, text }) => `${area}: ${text}`);
  expect(found).toContain('lost: 1 acknowledged orders are gone');
  expect(found).toContain('outbox: 1 orders of which the desk was not told once');
  expect(found).toContain('pages: 1 orders of which the page at process 1 heard twice');
  expect(found).toContainEqual(
    expect.stringMatching(/^due: 1 stories that orders of one age should not have/),
  );
});

test('a limit is counted by all together', async () => {
  const { wang } = crew.world.people;
  const answers = await Promise.all(
    Array.from({ length: 9 }, (_, i) =>
      new Client(crew.apis[i % 3]!.url).post('/auth/codes', { phone: wang.phone }),
    ),
  );
  const codes = answers.map(({ status, body }) => (status < 300 ? 'sent' : String(body.code))).toSorted();
  expect(codes).toEqual([...Array<string>(8).fill('auth.too_many'), 'sent']);
});

test.concurrent('who signs out is out everywhere, open pages included', async () => {
  const { xu } = crew.world.people;
  expect(await statuses(xu, '/me')).toEqual([200, 200, 200]);
  const line = await Line.open(crew.apis[2]!, xu.client.cookie);
  expect((await at(0, xu).send('DELETE', '/auth/sessions')).status).toBe(204);
  expect((await at(0, xu).get('/me')).status).toBe(401);
  await expect.poll(() => statuses(xu, '/me'), patient).toEqual([401, 401, 401]);
  await expect.poll(() => line.losses, patient).toBeGreaterThan(0);
  await line.close();
});

test.concurrent('another role, and a rule that a company makes, hold everywhere', async () => {
  const { world } = crew;
  const { manager, li, zhao } = world.people;
  expect(await statuses(zhao, '/work-orders?assignee=me')).toEqual([200, 200, 200]);
  const rolesOfLi = () =>
    Promise.all(crew.apis.map(async (_, i) => (await at(i, li).get('/me')).body.acting?.role));
  expect(await rolesOfLi()).toEqual(['worker', 'worker', 'worker']);
  const staff = await at(0, manager).get(`/staff?scopeId=${world.near.department}`);
  const one = staff.body.items.find(({ accountId }: { accountId: string }) => accountId === li.accountId);
  const changed = await at(0, manager).post(
    `/staff/${one.staffId}/commands?scopeId=${world.near.department}`,
    { action: 'change_role', role: 'steward', expectedVersion: one.version },
  );
  expect([changed.status, changed.body.code]).toEqual([200, undefined]);
  await expect.poll(rolesOfLi, patient).toEqual(['steward', 'steward', 'steward']);
  await world.ask(
    `insert into platform.setting (scope_id, key, valid_from, value, source)
     values ($1, 'identity.second_factor_roles', '2026-01-01', '["worker"]', 'test'), ($1, 'identity.second_factor_grace_days', '2026-01-01', '0', 'test')`,
    [world.near.company],
  );
  await expect.poll(() => statuses(zhao, '/work-orders?assignee=me'), patient).toEqual([403, 403, 403]);
});

test('who goes is drawn by the seed alone, and never everybody', () => {
  const drawn = drawnCrewRounds(5, 40, 7);
  expect(drawnCrewRounds(5, 40, 7)).toEqual(drawn);
  expect(drawn.every(({ goes }) => goes.length > 0 && goes.length < 5)).toBe(true);
  expect(new Set(drawn.flatMap(({ goes }) => goes.map(({ at: place, how }) => `${place} ${how}`))).size).toBe(
    10,
  );
});
