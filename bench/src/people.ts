import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../../apps/server/src/config.ts';
import { loaders, personGramsOf } from '../../apps/server/src/modules/places/index.ts';
import { openCrypto } from '../../apps/server/src/platform/crypto/crypto.ts';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { copyRows } from '../../apps/server/src/platform/db/copy.ts';
import { makeName } from '../../simulator/src/people/names.ts';
import { Random } from '../../simulator/src/random.ts';
import { serve } from './processes.ts';
import { buildWorld } from './world.ts';

/**
 * Finding a person and opening a home at a desk that serves 50 compounds: through HTTP, one after another, as one
 * person at a desk asks. Beside each the same route's floor: an answer of the same server that asks the database for
 * one row.
 */
export interface PeopleOptions {
  readonly people: number;
  readonly orders: number;
  readonly asked: number;
  readonly log: (line: string) => void;
}

export interface PeopleRow {
  readonly name: string;
  readonly path: string;
  readonly items: number | null;
  readonly p50: number;
  readonly p95: number;
  /** Against the floor's median. */
  readonly ratio: number;
}

export async function benchPeople({ people, orders, asked, log }: PeopleOptions): Promise<PeopleRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-bench-'));
  const cluster = await startPostgres({ dataDir });
  try {
    const [adminUrl, databaseUrl] = [cluster.url('admin'), cluster.url('app')];
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    log(`loading ${orders} orders and ${people} people`);
    const world = await buildWorld(adminUrl, orders);
    const crypto = await openCrypto(dataDir, { mode: 'demo' });
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    const compounds = (
      await client.query<Record<'scope_id' | 'city_id' | 'street_id' | 'company_id', string>>(
        `select scope_id, city_id, street_id, company_id from places.scope where kind = 'compound' order by scope_id`,
      )
    ).rows;
    const homes = (
      await client.query<{ scope_id: string; household_id: string }>(
        'select scope_id, household_id from places.household order by scope_id, household_id',
      )
    ).rows;
    const random = new Random('bench people');
    const createdAt = new Date();
    // Half of them live in one compound: the worst that one index has to bear.
    const all = Array.from({ length: people }, (_, i) => {
      const at = compounds[i % 2 === 0 ? 0 : i % compounds.length]!;
      return {
        scopeId: at.scope_id,
        cityId: at.city_id,
        streetId: at.street_id,
        companyId: at.company_id,
        personId: randomUUID(),
        accountId: null,
        name: makeName(random, random.int(1940, 2000)),
        phone: String(13_000_000_000 + i),
        createdAt,
        isIndexed: true,
      };
    });
    const homesOf = Map.groupBy(homes, ({ scope_id: scopeId }) => scopeId);
    const lives = all.map((person, i) => {
      const own = homesOf.get(person.scopeId)!;
      const { household_id: householdId } = own[i % own.length]!;
      const { scopeId, cityId, streetId, companyId, personId } = person;
      const wall = { scopeId, cityId, streetId, companyId };
      return {
        ...wall,
        occupancyId: randomUUID(),
        personId,
        householdId,
        accountId: null,
        relation: 'tenant' as const,
        startsOn: '2024-01-01',
        endsOn: i % 3 === 0 ? '2025-01-01' : null,
      };
    });
    await client.query('set role gongzhi_loader');
    await copyRows(client, { ...loaders.person, rows: all.map((one) => loaders.person.row(one, crypto)) });
    await copyRows(client, {
      ...loaders.personGram,
      rows: all
        .flatMap((one) => personGramsOf(crypto, one))
        .map((one) => loaders.personGram.row(one, crypto)),
    });
    await copyRows(client, {
      ...loaders.occupancy,
      rows: lives.map((one) => loaders.occupancy.row(one, crypto)),
    });
    await client.query('reset role');
    await client.query('vacuum analyze');
    await client.end();

    const config: Omit<Config, 'roles' | 'port'> = {
      mode: 'demo',
      host: '127.0.0.1',
      dataDir,
      databaseUrl,
      adminUrl: null,
      codeSender: 'page',
      codeWebhook: null,
      poolSize: 10,
      logLevel: 'warn',
      metricsToken: null,
      isSecure: false,
      publicUrl: null,
      proxies: 0,
      fileBucket: null,
      sms: null,
      wechat: null,
      workChatHosts: [],
      mail: null,
    };
    const server = await serve('server.ts', config);
    try {
      const [someone] = all;
      const rare = all.find(({ name }) => [...name].length === 3)!;
      const q = (words: string) => `/people?limit=50&q=${encodeURIComponent(words)}`;
      const cases: [name: string, path: string][] = [
        ['floor: one scope', `/places/scopes/${world.scopeId}`],
        ['all people, first page', '/people?limit=50'],
        ['commonest surname', q('\u738b')],
        ['surname and a character', q([...rare.name].slice(0, 2).join(''))],
        ['whole name', q(rare.name)],
        ['one initial', q('w')],
        ['three initials', q('wxy')],
        ['whole phone', q(someone!.phone)],
        ['last four', q(someone!.phone.slice(-4))],
        ['a household', `/places/households/${world.householdId}?scopeId=${world.scopeId}`],
        ['its orders', `/work-orders?limit=50&scopeId=${world.scopeId}&householdId=${world.householdId}`],
        ['orders, unassigned', '/work-orders?limit=50&queue=unassigned&sort=due'],
      ];
      const rows: PeopleRow[] = [];
      for (const [name, path] of cases) {
        log(name);
        const times: number[] = [];
        let items: number | null = null;
        for (let i = 0; i < asked + 20; i++) {
          const begun = performance.now();
          const answer = await fetch(`${server.url}/api/v1${path}`, {
            headers: { cookie: world.desk.cookie },
          });
          const body = (await answer.json()) as { items?: unknown[] };
          if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
          if (i >= 20) times.push(performance.now() - begun);
          items = body.items?.length ?? null;
        }
        times.sort((a, b) => a - b);
        const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
        rows.push({
          name,
          path,
          items,
          p50: at(0.5),
          p95: at(0.95),
          ratio: at(0.5) / (rows[0]?.p50 ?? at(0.5)),
        });
      }
      return rows;
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export function peopleTable(rows: readonly PeopleRow[]): string {
  const head = `${'question'.padEnd(26)}${'rows'.padStart(6)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'to floor'.padStart(10)}`;
  return [
    head,
    ...rows.map(
      ({ name, items, p50, p95, ratio }) =>
        `${name.padEnd(26)}${String(items ?? '').padStart(6)}${p50.toFixed(1).padStart(9)}${p95.toFixed(1).padStart(9)}${ratio.toFixed(2).padStart(10)}`,
    ),
  ].join('\n');
}
