import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { benchConfig } from './config.ts';
import type { Measured } from './measured.ts';
import { measure, residentMb, serve } from './processes.ts';
import type { LoadResult, LoadTask } from './sensing-load.ts';

export interface SensingFigures {
  readonly devices: number;
  readonly load: LoadResult;
  /** Bare inserts of one connection: one a commit, and a hundred. */
  readonly rawSingle: Measured;
  readonly rawHundred: Measured;
  readonly stored: number;
  readonly memoryMb: {
    readonly idle: number | null;
    readonly first: number | null;
    readonly last: number | null;
  };
}

/** Devices on our own broker, each with QoS 1 and a connection of its own, beside bare inserts of the same rows. */
export async function benchSensing(options: {
  readonly devices: number;
  readonly seconds: number;
  readonly log: (line: string) => void;
}): Promise<SensingFigures> {
  const { log } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-bench-'));
  const cluster = await startPostgres({ dataDir });
  try {
    const adminUrl = cluster.url('admin');
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    const world = await buildDevices(adminUrl, options.devices);
    const raw = (together: number): Promise<Measured> =>
      measure('sensing-raw.ts', {
        url: adminUrl,
        scopeId: world.scopeId,
        deviceIds: world.inOne,
        together,
        seconds: 5,
      });
    log('bare inserts');
    const [rawSingle, rawHundred] = [await raw(1), await raw(100)];
    const mqtt = { kind: 'embedded', host: '127.0.0.1', port: 0, isUsualPort: false, tls: null } as const;
    const server = await serve('server.ts', { ...benchConfig(dataDir, cluster.url('app'), 10), mqtt });
    try {
      const idle = residentMb(server.pid);
      const seen: number[] = [];
      const watch = setInterval(() => seen.push(residentMb(server.pid) ?? 0), 1_000);
      log(`${options.devices} devices, a reading every 10 s, for ${options.seconds} s`);
      const devicesFile = join(dataDir, 'devices.json');
      writeFileSync(devicesFile, JSON.stringify(world.devices));
      const task: LoadTask = {
        url: server.mqttUrl ?? '',
        devicesFile,
        everySeconds: 10,
        seconds: options.seconds,
        fastSeconds: 8,
      };
      const load = await measure<LoadResult>('sensing-load.ts', task);
      clearInterval(watch);
      const most = (part: readonly number[]) => (part.length === 0 ? null : Math.max(...part));
      // Of the steady time only: the last forty seconds are the pause and the rush.
      const steady = seen.slice(0, Math.max(2, seen.length - 40));
      const half = Math.floor(steady.length / 2);
      return {
        devices: options.devices,
        load,
        rawSingle,
        rawHundred,
        stored: await countStored(adminUrl),
        memoryMb: { idle, first: most(steady.slice(0, half)), last: most(steady.slice(half)) },
      };
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function countStored(adminUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('set role gongzhi_loader');
  // Ours; the bare ones bear no street.
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::integer as count from sensing.reading where street_id is not null',
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

const compounds = 20;

async function buildDevices(adminUrl: string, count: number) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('set role gongzhi_loader');
  const [city, street, community, company, department] = Array.from({ length: 5 }, () => randomUUID());
  const scope = (
    id: string | undefined,
    kind: string,
    name: string,
    above: Record<string, string | undefined>,
  ) => {
    const row: Record<string, string | undefined> = { scope_id: id, kind, name, city_id: city, ...above };
    const names = Object.keys(row);
    return client.query(
      `insert into places.scope (${names.join(', ')}, time_zone, is_demonstration, created_at)
       values (${names.map((_, i) => `$${i + 1}`).join(', ')}, 'Asia/Shanghai', false, now())`,
      Object.values(row),
    );
  };
  await scope(city, 'city', 'city', {});
  await scope(street, 'street', 'street', { parent_id: city, street_id: street });
  await scope(community, 'community', 'community', {
    parent_id: street,
    street_id: street,
    community_id: community,
  });
  await scope(company, 'company', 'company', { company_id: company });
  await scope(department, 'department', 'department', { company_id: company, department_id: department });
  const scopeIds: string[] = [];
  for (let i = 0; i < compounds; i++) {
    const id = randomUUID();
    scopeIds.push(id);
    await scope(id, 'compound', `compound ${i}`, {
      parent_id: community,
      street_id: street,
      community_id: community,
      company_id: company,
      department_id: department,
    });
  }
  const devices: { userName: string; password: string; scopeId: string; id: string }[] = [];
  for (let i = 0; i < count; i++) {
    const [scopeId, id] = [scopeIds[i % compounds] as string, randomUUID()];
    const password = randomBytes(24).toString('base64url');
    devices.push({ userName: `${scopeId}/${id}`, password, scopeId, id });
    await client.query(
      `insert into sensing.device (scope_id, device_id, city_id, street_id, company_id, kind, label, spot, secret_hash, credential_version,
         version, created_at, state, fault_count)
       values ($1, $2, $3, $4, $5, 'pump', $6, 'pump room', $7, 1, 1, now(), 'never', 0)`,
      [scopeId, id, city, street, company, `pump ${i}`, createHash('sha256').update(password).digest()],
    );
  }
  await client.end();
  const [scopeId] = scopeIds;
  return {
    devices: devices.map(({ userName, password }) => ({ userName, password })),
    scopeId: scopeId as string,
    inOne: devices.filter((device) => device.scopeId === scopeId).map(({ id }) => id),
  };
}

export function sensingTable(figures: SensingFigures): string {
  const { load, rawSingle, rawHundred, memoryMb, devices, stored } = figures;
  const line = (name: string, m: Measured) =>
    `${name.padEnd(42)} ${String(m.rate).padStart(6)}/s  p50 ${m.p50_ms} ms  p95 ${m.p95_ms} ms  p99 ${m.p99_ms} ms  errors ${m.errors}`;
  return [
    line(`${devices} devices every 10 s, QoS 1`, load.steady),
    `  longest ${load.longestMs} ms; waiting at most ${load.waitingFirst} in the first half, ${load.waitingLast} in the second; connected in ${load.connectSeconds.toFixed(1)} s`,
    `  server memory ${memoryMb.idle ?? '?'} MB idle, ${memoryMb.first ?? '?'} MB at most in the first half, ${memoryMb.last ?? '?'} MB in the second`,
    ...(load.fast === null ? [] : [line('as fast as it acknowledges', load.fast)]),
    line('bare inserts, one a commit', rawSingle),
    line('bare inserts, a hundred a commit', rawHundred),
    `readings stored by us: ${stored}`,
  ].join('\n');
}
