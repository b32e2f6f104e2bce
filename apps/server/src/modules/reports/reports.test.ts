import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { openTable } from '../../platform/imports/open-table.ts';
import { aWorkOrder, DAY, expectStatus, HOUR, MINUTE, type Somebody } from '../work-orders/fixtures.ts';
import { expires, makes, tryKeep, weekly } from './fixtures.ts';
import { claimTurn } from './service-turns.ts';

/** Reports kept, seen with one's own eyes, and made by themselves in the name of who keeps them. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const keep = async (who: Somebody, wish: Json = {}, id?: string): Promise<Json> =>
  expectStatus(await tryKeep(who, wish, id), 200);
const look = (who: Somebody, id: string) => who.client.get(`/reports/${id}`);
const table = (who: Somebody, id: string) => who.client.get(`/reports/${id}/table?locale=en`);
async function download(who: Somebody, path: string) {
  const answer = await fetch(`${world.url}/api/v1${path}`, { headers: { cookie: who.client.cookie } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
async function textsOf(bytes: Buffer): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of (await openTable(bytes)).sheets[0]!.rows())
    rows.push(row.cells.map(({ text }) => text));
  return rows;
}
const told = async (id: string) => {
  await world.told();
  return world.ask<{ account_id: string; template: string; params: Json; link: string }>(
    `select account_id, template, params, link from platform.notification where template like 'reports.%' and link = $1 order by created_at`,
    [`/desk/reports/${id}`],
  );
};
/** Whoever is signed in stays so. */
async function passes(milliseconds: number): Promise<void> {
  world.clock.advance(milliseconds);
  await world.admin.query('update identity.session set expires_at = $1, last_seen_at = $2', [
    new Date(world.clock.now().getTime() + 30 * DAY),
    world.clock.now(),
  ]);
}

describe('a report', () => {
  test('is offered as the role may read it, with words in both languages', async () => {
    const { desk, street, wang } = world.people;
    const kinds = async (who: Somebody, locale: string): Promise<Json[]> =>
      expectStatus(await who.client.get(`/reports/kinds?locale=${locale}`), 200).items;
    const [ofDesk, ofStreet] = [await kinds(desk, 'en'), await kinds(street, 'en')];
    expect(ofDesk.map(({ kind }) => kind)).not.toContain('billing-totals');
    expect(ofStreet.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['orders', 'on-time', 'comparison', 'hotline-rates', 'billing-totals']),
    );
    const words = JSON.stringify(await kinds(street, 'en'), (key, value) =>
      key === 'kind' || key === 'key' || key === 'value' || key === 'name' ? undefined : value,
    );
    expect(words).not.toMatch(/\p{Script=Han}|"(?:title|label)":"\w+\.[\w.]+"/u);
    expect(JSON.stringify(await kinds(street, 'zh-CN'))).not.toMatch(/"(?:title|label)":"\w+\.[\w.]+"/);
    expect((await wang.client.get('/reports/kinds?locale=en')).status).toBe(403);
  });

  test('is refused where it does not fit its list, field by field', async () => {
    const { desk } = world.people;
    const faults = async (wish: Json) => {
      const { status, body } = await tryKeep(desk, wish);
      expect(status).toBe(422);
      return body.fields.map(({ path, code }: Json) => `${path} ${code}`);
    };
    expect(await faults({ kind: 'secrets' })).toEqual(['/kind invalid']);
    expect(await faults({ kind: 'billing-totals' })).toEqual(['/kind invalid']);
    expect(await faults({ filters: { status: 'nonsense', cursor: 'x' } })).toEqual([
      '/filters/status enum',
      '/filters/cursor invalid',
    ]);
    expect(await faults({ kind: 'on-time', columns: [] })).toEqual(['/filters/by required']);
    expect(await faults({ kind: 'on-time', columns: [], filters: { by: 'month' }, period: 'now' })).toEqual([
      '/period enum',
    ]);
    expect(await faults({ kind: 'hotline-rates', columns: [], filters: { by: 'unit' } })).toEqual([
      '/period enum',
    ]);
    expect(await faults({ columns: ['exports.column.number', 'nobody', 'exports.column.number'] })).toEqual([
      '/columns/1 invalid',
      '/columns/2 invalid',
    ]);
    expect(await faults({ schedule: { ...weekly.schedule, day: 8 } })).toEqual(['/schedule/day invalid']);
    expect(await faults({ schedule: { ...weekly.schedule, hour: 24 } })).toEqual(['/schedule/hour invalid']);
    expect((await tryKeep(desk, { aboutScopeId: world.far.compound })).status).toBe(404);
    expect((await tryKeep(desk, { name: ' ' })).status).toBe(422);
    expect((await tryKeep(desk, { keepDays: 0 })).status).toBe(422);
  });

  test('shows each reader what they see themselves; who shares it lends nobody eyes', async () => {
    const { wang, desk, steward, street, farDesk, committee } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const own = await keep(desk, { period: 'now', schedule: null });
    const rows = expectStatus(await table(desk, own.id), 200);
    expect(rows).toMatchObject({ fromDay: null, isCut: false, columns: ['Number', expect.any(String)] });
    expect(rows.rows.map((row: string[]) => row[0])).toContain(order.number);
    // Nobody else's, until it is shared; then the office's, and of no other office.
    expect((await look(steward, own.id)).status).toBe(404);
    const shared = await keep(
      desk,
      { period: 'now', schedule: null, isShared: true, expectedVersion: 1 },
      own.id,
    );
    expect(shared).toMatchObject({ version: 2, isOwn: true });
    expect(expectStatus(await look(steward, own.id), 200)).toMatchObject({
      isOwn: false,
      ownerName: '孙前台',
    });
    for (const who of [street, farDesk, committee]) {
      expect((await look(who, own.id)).status).toBe(404);
      expect((await table(who, own.id)).status).toBe(404);
    }
    // A colleague runs it, and neither changes nor removes it.
    expect((await table(steward, own.id)).status).toBe(200);
    expect((await tryKeep(steward, { expectedVersion: 2 }, own.id)).status).not.toBe(200);
    expect((await steward.client.send('DELETE', `/reports/${own.id}`)).status).toBe(404);
    expect((await tryKeep(desk, { expectedVersion: 1 }, own.id)).body).toMatchObject({
      code: 'reports.stale',
    });
    expect((await desk.client.send('DELETE', `/reports/${own.id}`)).status).toBe(204);
    expect((await look(desk, own.id)).status).toBe(404);
    expect((await tryKeep(desk, { expectedVersion: 0 }, own.id)).status).toBe(404);
  });

  test('speaks of its days only, and leaves as a workbook, as CSV and on paper', async () => {
    const { desk, wang } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const { id } = await keep(desk, { period: 'last_week', schedule: null });
    expect(expectStatus(await table(desk, id), 200)).toMatchObject({
      fromDay: '2026-11-16',
      toDay: '2026-11-22',
      rows: [],
    });
    const now = await keep(desk, { period: 'this_month', schedule: null, columns: [] });
    const xlsx = await download(desk, `/reports/${now.id}/file?locale=zh-CN&format=xlsx`);
    expect(xlsx.headers.get('content-disposition')).toContain(encodeURIComponent('2026-11-01~2026-11-23'));
    const rows = await textsOf(xlsx.bytes);
    expect(rows[0]).toHaveLength(13);
    expect(rows.map(([number]) => number)).toContain(order.number);
    const csv = await download(desk, `/reports/${now.id}/file?locale=en&format=csv`);
    expect(csv.bytes.toString('utf8')).toContain(order.number);
    const pdf = await download(desk, `/reports/${now.id}/file?locale=zh-CN&format=pdf`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('of figures is what their page says, and a refusal of the list is its own', async () => {
    const { street, committee } = world.people;
    const rates = await keep(street, {
      kind: 'hotline-rates',
      columns: [],
      filters: { by: 'unit' },
      period: 'last_month',
      schedule: null,
    });
    const answer = expectStatus(await table(street, rates.id), 200);
    expect(answer).toMatchObject({ fromDay: '2026-10-01', toDay: '2026-10-31' });
    for (const by of ['category', 'place', 'month']) {
      const { id } = await keep(committee, {
        kind: 'on-time',
        columns: [],
        filters: { by },
        period: 'this_month',
        schedule: null,
      });
      const rows = expectStatus(await table(committee, id), 200);
      expect([by, rows.rows.length > 0]).toEqual([by, true]);
    }
    const totals = await keep(street, { kind: 'billing-totals', columns: [], period: 'now', schedule: null });
    expect((await table(street, totals.id)).status).toBe(200);
  });
});

describe('made by itself', () => {
  let report: Json;
  test('once its time has come, not before, with its owner’s eyes, and told', async () => {
    const { manager } = world.people;
    report = await keep(manager, { columns: [] });
    // It is ten on Monday: the first turn is next week's.
    expect(report.nextDueAt).toBe('2026-11-30T00:00:00.000Z');
    await passes(7 * DAY - 2 * HOUR - MINUTE);
    expect(await makes(world)).toBe(0);
    await passes(MINUTE);
    expect(await makes(world)).toBe(1);
    expect(await makes(world)).toBe(0);
    const after = expectStatus(await look(manager, report.id), 200);
    expect(after.nextDueAt).toBe('2026-12-07T00:00:00.000Z');
    expect(after.runs).toMatchObject([
      {
        forDay: '2026-11-30',
        fromDay: '2026-11-23',
        toDay: '2026-11-29',
        state: 'made',
        hasFile: true,
        isCut: false,
      },
    ]);
    const [run] = after.runs;
    const file = await download(manager, `/reports/${report.id}/runs/${run.id}/file`);
    const rows = await textsOf(file.bytes);
    expect(rows.length - 1).toBe(run.rowCount);
    expect(run.rowCount).toBeGreaterThan(0);
    const notices = await told(report.id);
    expect(notices).toMatchObject([
      {
        account_id: manager.accountId,
        template: 'reports.made',
        params: { date: '2026-11-30', count: run.rowCount },
      },
    ]);
  });

  test('is for its owner, and for colleagues who see no less', async () => {
    const { manager, desk, farDesk } = world.people;
    const [run] = expectStatus(await look(manager, report.id), 200).runs;
    const path = `/reports/${report.id}/runs/${run.id}/file`;
    expect((await download(desk, path)).status).toBe(404);
    report = await keep(manager, { columns: [], isShared: true, expectedVersion: 1 }, report.id);
    // Shared: the desk sees the report, and nothing made with a manager's eyes.
    expect(expectStatus(await look(desk, report.id), 200).runs).toEqual([]);
    expect((await download(desk, path)).status).toBe(404);
    expect((await download(farDesk, path)).status).toBe(404);
    const colleague = await world.aPerson('吴经理', 'manager', world.near.department);
    expect((await download(colleague, path)).status).toBe(200);
    // The house's other door to files does not open for papers.
    const [{ file_id }] = (await world.ask('select file_id from reports.edition where run_id = $1', [
      run.id,
    ])) as [Json];
    expect((await manager.client.get(`/files/${file_id}?scopeId=${world.near.department}`)).status).toBe(404);
  });

  test('once, when who made it was killed, and when two make it at once', async () => {
    const { manager } = world.people;
    await passes(7 * DAY);
    // Claimed by a worker that is killed before it begins.
    const claimed = await world.worker.work((tx) => claimTurn(tx, world.clock.now()));
    expect(claimed?.id).toBe(report.id);
    expect(await makes(world)).toBe(0);
    await passes(10 * MINUTE);
    // The killed one was only slow: it goes on beside the one that took over.
    const { makeTurn } = await import('./service-turns.ts');
    await Promise.all([makes(world), makeTurn(world.server.house, claimed!)]);
    const { runs } = expectStatus(await look(manager, report.id), 200);
    expect(runs.map(({ forDay }: Json) => forDay)).toEqual(['2026-12-07', '2026-11-30']);
    expect(await told(report.id)).toHaveLength(2);
    const files = await world.ask(`select from platform.file where attached_type = 'report_run'`);
    expect(files).toHaveLength(2);
  });

  test('is tried three times, then told, and the next turn comes as usual', async () => {
    const { manager } = world.people;
    await passes(7 * DAY);
    const { house } = world.server;
    const broken = vi.spyOn(house.files, 'put').mockRejectedValue(new Error('no room'));
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await makes(world)).toBe(1);
      await passes(10 * MINUTE);
    }
    expect(await makes(world)).toBe(1);
    broken.mockRestore();
    const after = expectStatus(await look(manager, report.id), 200);
    expect(after.runs[0]).toMatchObject({ forDay: '2026-12-14', state: 'failed', hasFile: false });
    expect(after.nextDueAt).toBe('2026-12-21T00:00:00.000Z');
    expect((await told(report.id)).at(-1)).toMatchObject({ template: 'reports.failed' });
  });

  test('goes after its days, row and bytes, and says so', async () => {
    const { manager } = world.people;
    const before = expectStatus(await look(manager, report.id), 200).runs.at(-1) as Json;
    expect(await expires(world)).toBe(0);
    await passes(30 * DAY);
    expect(await expires(world)).toBeGreaterThan(0);
    const path = `/reports/${report.id}/runs/${before.id}/file`;
    expect((await manager.client.get(path)).body).toMatchObject({ code: 'reports.file_gone' });
    const left = await world.ask(
      `select from platform.file where attached_type = 'report_run' and attached_id = $1`,
      [before.id],
    );
    expect(left).toEqual([]);
  });

  test('what was missed is made up for, turn by turn, and what is older than a month is not', async () => {
    const { manager } = world.people;
    while ((await makes(world)) > 0);
    const { runs } = expectStatus(await look(manager, report.id), 200);
    const made = runs.filter(({ state }: Json) => state === 'made').map(({ forDay }: Json) => forDay);
    // Missed since the 21st of December: each with the days it was meant for.
    expect(made.slice(0, 2)).toEqual(['2027-01-11', '2027-01-04']);
    await passes(70 * DAY);
    while ((await makes(world)) > 0);
    const later = expectStatus(await look(manager, report.id), 200);
    expect(later.runs.length - runs.length).toBe(1);
    expect(Date.parse(later.nextDueAt)).toBeGreaterThan(world.clock.now().getTime());
  });

  test('stops and says so when its owner may not see it any more', async () => {
    const owner = await world.aPerson('郝前台', 'desk', world.near.department);
    const mine = await keep(owner, { name: '我的' });
    await world.admin.query(`update identity.membership set ends_on = $2 where account_id = $1`, [
      owner.accountId,
      '2027-01-01',
    ]);
    await passes(7 * DAY);
    while ((await makes(world)) > 0);
    const [row] = await world.ask('select stopped, next_due_at from reports.report where report_id = $1', [
      mine.id,
    ]);
    expect(row).toEqual({ stopped: 'rights', next_due_at: null });
    expect((await told(mine.id)).at(-1)).toMatchObject({
      template: 'reports.stopped',
      account_id: owner.accountId,
    });
    // A place that was taken from them.
    const { manager } = world.people;
    const about = await keep(manager, { aboutScopeId: world.near.compound, name: '一个小区' });
    await world.admin.query('update reports.report set about_scope_id = $2 where report_id = $1', [
      about.id,
      world.far.compound,
    ]);
    await passes(7 * DAY);
    while ((await makes(world)) > 0);
    expect(expectStatus(await look(manager, about.id), 200)).toMatchObject({ stopped: 'rights', runs: [] });
    // Saved anew, it begins anew.
    const again = await keep(manager, { aboutScopeId: world.near.compound, expectedVersion: 1 }, about.id);
    expect(again).toMatchObject({ stopped: null, nextDueAt: expect.any(String) });
  });
});

describe('a long one', () => {
  test('many pages of rows come whole, and no text becomes a formula', async () => {
    const { company, wang } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const now = world.clock.now();
    await world.admin.query(
      `insert into work_orders.work_order
       select (jsonb_populate_record(w, jsonb_build_object('work_order_id', id, 'number', 'M' || n, 'description', '=1+' || n,
         'created_at', $2::timestamptz))).* from work_orders.work_order w, unnest($3::uuid[]) with ordinality as made (id, n) where w.work_order_id = $1`,
      [order.id, now, Array.from({ length: 1_050 }, () => uuidv7(now.getTime()))],
    );
    const { id } = await keep(company, { period: 'this_month', schedule: null });
    const shown = expectStatus(await table(company, id), 200);
    expect([shown.rows.length, shown.isCut]).toEqual([300, true]);
    const { bytes } = await download(company, `/reports/${id}/file?locale=en&format=xlsx`);
    const rows = await textsOf(bytes);
    expect(new Set(rows.map(([number]) => number)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(1_050);
    expect(rows.some(([, words]) => words === '=1+7')).toBe(true);
  });
});
