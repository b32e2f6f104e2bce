import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../../../../../../test/world.ts';
import { runDueOnce } from '../../../platform/due/due.ts';
import { until } from '../../../platform/events/fixtures.ts';
import { aSheet } from '../../../platform/imports/fixtures.ts';
import { importSweep } from './background.ts';
import { importFile } from './carry-out.ts';
import type { ImportKind } from './domain-import.ts';
import { anImportingWorld, buildingRows, type Importing, peopleRows, quiet } from './fixtures.ts';
import { claimJob } from './jobs.ts';

type Somebody = World['people']['company'];

let on: Importing;
let world: World;
beforeAll(async () => {
  on = await anImportingWorld();
  ({ world } = on);
});
afterAll(() => world.close());

describe('who may', () => {
  test('import: into the own places only, each list into its kind of place', async () => {
    const { manager, company, street, cityHall, desk, farCompany, farStreet, wang } = world.people;
    const file = await aSheet(buildingRows);
    const tries = async (who: Somebody, kind: ImportKind, scopeId: string) => {
      const { status, body } = await on.send(who, kind, scopeId, file);
      return [status, body.code ?? body.state];
    };
    const { compound } = world.near;
    for (const who of [manager, company, street, cityHall])
      expect(await tries(who, 'buildings', compound)).toEqual([201, 'waiting']);
    for (const who of [desk, wang])
      expect(await tries(who, 'buildings', compound)).toEqual([403, 'permission.denied']);
    for (const who of [farCompany, farStreet])
      expect(await tries(who, 'buildings', compound)).toEqual([404, 'not_found']);
    expect(await tries(company, 'compounds', world.near.company)).toEqual([422, 'import.not_here']);
    expect(await tries(street, 'areas', world.near.street)).toEqual([422, 'import.not_here']);
    expect(await tries(street, 'areas', world.city)).toEqual([404, 'not_found']);
    expect(await tries(cityHall, 'people', world.near.department)).toEqual([422, 'import.not_here']);
    const list = await manager.client.get(`/places/imports?scopeId=${compound}&limit=2`);
    expect([list.status, list.body.items.length, list.body.nextCursor === null]).toEqual([200, 2, false]);
    const next = await manager.client.get(
      `/places/imports?scopeId=${compound}&cursor=${list.body.nextCursor}`,
    );
    expect(next.body.items).toHaveLength(2);
    const [job] = list.body.items;
    for (const path of [
      `/places/imports/${job.id}?`,
      `/places/imports/${job.id}/faults?`,
      `/places/imports?`,
    ])
      expect((await farCompany.client.get(`${path}scopeId=${compound}`)).status).toBe(404);
    expect((await on.start(farCompany, job)).status).toBe(404);
    expect((await manager.client.get(`/places/imports?scopeId=${compound}&cursor=nonsense`)).status).toBe(
      422,
    );
    while (await on.work());
  });

  test('a file that is empty, too large or of no kind is refused at the door', async () => {
    const { company } = world.people;
    const { compound } = world.near;
    expect((await on.send(company, 'buildings', compound, Buffer.alloc(0))).status).toBe(422);
    const large = await on.send(company, 'buildings', compound, Buffer.alloc(33 * 1024 * 1024));
    expect([large.status, large.body.code, large.body.params]).toEqual([
      413,
      'import.too_large',
      { megabytes: 32 },
    ]);
    expect((await on.send(company, 'cats' as ImportKind, compound, Buffer.from('a'))).status).toBe(422);
  });

  test('what waits is sealed, and a key pressed twice sends once', async () => {
    const { company } = world.people;
    const compound = await on.aFurnishedCompound();
    const file = Buffer.from(
      peopleRows
        .map((row) => row.map((cell) => (cell instanceof Date ? '2024-02-29' : cell)).join(','))
        .join('\n'),
    );
    const key = randomUUID();
    const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': key };
    const path = `/places/imports?scopeId=${compound}&kind=people&name=a.csv`;
    const [one, two] = await Promise.all([
      company.client.post(path, file, headers),
      company.client.post(path, file, headers),
    ]);
    expect([one.status, two.status, one.body.id]).toEqual([201, 201, two.body.id]);
    const [part] = await world.ask(`select sealed from places.import_part where scope_id = $1`, [compound]);
    expect((part as { sealed: Buffer }).sealed.includes('王秀英')).toBe(false);
    expect((part as { sealed: Buffer }).sealed.includes(file.toString('base64').slice(0, 40))).toBe(false);
    await on.work();
    expect(await on.look(company, one.body)).toMatchObject({ state: 'checked', rows: { new: 3 } });
    // Nobody imported it: after a week it is gone.
    world.clock.advance(8 * 86_400_000);
    await runDueOnce({
      worker: world.worker,
      sweeps: [importSweep],
      house: world.server.house,
      clock: world.clock,
      log: quiet,
    });
    expect(await on.look(company, one.body)).toMatchObject({ state: 'failed', refusal: { code: 'expired' } });
    expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
  });
});

describe('an import that is disturbed', () => {
  test('by a second worker is done once', async () => {
    const { company } = world.people;
    const compound = await on.aFurnishedCompound();
    const file = await aSheet(peopleRows);
    const job = await on.checked(company, 'people', compound, file);
    await on.start(company, job);
    const claimed = (await world.worker.work((tx) => claimJob(tx, world.clock.now())))!;
    const done = await Promise.all([
      importFile(on.tools, claimed, file),
      importFile(on.tools, claimed, file),
    ]);
    expect(done.filter((one) => one !== null)).toHaveLength(1);
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toHaveLength(3);
  });

  test('by another file of the same people at the same time leaves everybody once', async () => {
    const { company, manager } = world.people;
    const compound = await on.aFurnishedCompound();
    const file = await aSheet(peopleRows);
    const jobs = [
      await on.checked(company, 'people', compound, file),
      await on.checked(manager, 'people', compound, file),
    ];
    await on.start(company, jobs[0]);
    await on.start(manager, jobs[1]);
    await Promise.all([on.work(), on.work()]);
    const rows = [(await on.look(company, jobs[0])).rows, (await on.look(company, jobs[1])).rows];
    expect(rows.map((one) => Number(one.new)).toSorted((a, b) => a - b)).toEqual([0, 3]);
    expect(await world.ask(`select from places.occupancy where scope_id = $1`, [compound])).toHaveLength(3);
  });

  test('by kill -9 in the middle of writing leaves nothing, and is done whole by whoever comes next', {
    timeout: 60_000,
  }, async () => {
    const { company } = world.people;
    const compound = await on.aFurnishedCompound();
    const many = Array.from({ length: 1_800 }, (_, i) => [
      '3号楼',
      '1单元',
      '0301',
      `住户${i}`,
      13_000_000_000 + i,
      '家人',
      '2020-01-01',
      '',
    ]);
    const job = await on.checked(company, 'people', compound, await aSheet([peopleRows[0]!, ...many]));
    await on.start(company, job);
    // Somebody holds the table: the import stands in the middle of its transaction, behind people already written.
    const blocker = await world.admin.connect();
    await blocker.query('begin');
    await blocker.query('lock table places.occupancy in share mode');
    const code = `
      import { doNextImport } from ${JSON.stringify(join(import.meta.dirname, 'background.ts'))};
      import { openDatabase, openWorkerDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../../platform/db/database.ts'))};
      import { openCrypto } from ${JSON.stringify(join(import.meta.dirname, '../../../platform/crypto/crypto.ts'))};
      const options = { url: ${JSON.stringify(world.server.house.config.databaseUrl)}, poolSize: 3, applicationName: 'doomed', onIdleError() {} };
      const crypto = await openCrypto(${JSON.stringify(world.dataDir)}, { mode: 'demo' });
      const clock = { now: () => new Date(${world.clock.now().getTime()}) };
      const log = { info() {}, warn() {}, error() {} };
      await doNextImport({ db: openDatabase(options), worker: openWorkerDatabase(options), crypto, clock }, log);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
    const isStanding = async () =>
      (
        await world.ask(
          `select from pg_stat_activity where application_name = 'doomed' and wait_event_type = 'Lock' and datname = current_database()`,
        )
      ).length > 0;
    await until(isStanding);
    child.kill('SIGKILL');
    await blocker.query('rollback');
    blocker.release();
    await until(
      async () =>
        (await world.ask(`select from pg_stat_activity where application_name = 'doomed'`)).length === 0,
    );
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toEqual([]);
    // Its claim has not run out yet, and then it has.
    expect(await on.work()).toBe(false);
    world.clock.advance(61_000);
    expect(await on.work()).toBe(true);
    expect(await on.look(company, job)).toMatchObject({ state: 'done', rows: { new: 1_800, done: 1_800 } });
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toHaveLength(1_800);
  });
});
