import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyChecks } from '@gongzhi/gate';
import pg from 'pg';
import { demonstrationFacts } from '../../apps/server/src/modules/access/index.ts';
import { openCrypto } from '../../apps/server/src/platform/crypto/crypto.ts';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { benchConfig } from './config.ts';
import type { GateLoad, GateTask, GateWorld } from './gate-load.ts';
import { type Measured, medianOf } from './measured.ts';
import { type Cost, costsTable, profiled } from './profile.ts';
import { cpuSeconds, measure, residentMb, serve } from './processes.ts';

/** Eight checks a question, decided, on disk, answered: beside bare single-row inserts and beside an echo. */
export interface GateFigures {
  readonly check: Measured;
  readonly raw: Measured;
  readonly echo: Measured;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly isEveryAnswerOnDisk: boolean;
  readonly answered: number;
  readonly stored: number;
  readonly memoryMb: number | null;
  /** Processor time of one check in microseconds: the server's and the database's. */
  /** Null when nobody asked. */
  readonly costs: readonly Cost[] | null;
  readonly cpuUs: { readonly server: number; readonly database: number } | null;
}

const compounds = 100;
const gatesEach = 5;
const peopleEach = 200;

/** All eight, as hard as a bad week asked for. */
const checks: PolicyChecks = {
  temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'both' },
  health_code: { yellow: 'refer', red: 'refuse', popup: 'pass_report', entryDays: 21, when: 'both' },
  test: { withinHours: 48, from: 'sampling', otherwise: 'refer', when: 'both' },
  vaccination: { doses: 2, otherwise: 'pass_report', when: 'both' },
  travel: { levels: ['high', 'medium'], withinDays: 7, otherwise: 'refer', when: 'both' },
  list: { otherwise: 'refuse' },
};

export async function benchGate(options: {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly poolSize: number;
  readonly isProfiled: boolean;
  readonly log: (line: string) => void;
}): Promise<GateFigures> {
  const { log, connections, seconds } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-bench-'));
  const cluster = await startPostgres({ dataDir, durable: true });
  try {
    const adminUrl = cluster.url('admin');
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    log(`${compounds * gatesEach} gates, ${compounds * peopleEach} people`);
    const built = await build(adminUrl, dataDir);
    const worldFile = join(dataDir, 'world.json');
    writeFileSync(worldFile, JSON.stringify(built.world));
    const config = benchConfig(dataDir, cluster.url('app'), options.poolSize);
    const profileFile = join(dataDir, 'server.cpuprofile');
    const server = await serve('server.ts', options.isProfiled ? { ...config, profileFile } : config);
    const echo = await serve('echo.ts', {});
    const load = (url: string): Promise<GateLoad> => {
      const task: GateTask = {
        url,
        path: '/api/v1/access/checks',
        worldFile,
        connections,
        seconds,
        warmSeconds: 2,
      };
      return measure<GateLoad>('gate-load.ts', task);
    };
    const [ours, raws, echoes]: [GateLoad[], Measured[], Measured[]] = [[], [], []];
    let memoryMb: number | null = null;
    let costs: readonly Cost[] | null = null;
    let stored = 0;
    const cpu = { server: 0, database: 0 };
    const postmaster = postmasterOf(dataDir);
    const spent = () => {
      const [own, database] = [cpuSeconds(server.pid), cpuSeconds(postmaster)];
      return own === null || database === null ? null : { server: own, database };
    };
    try {
      for (let round = 1; round <= options.rounds; round++) {
        log(`round ${round}: checks`);
        const before = spent();
        ours.push(await load(server.url));
        memoryMb = residentMb(server.pid);
        const after = spent();
        if (before !== null && after !== null) {
          cpu.server += after.server - before.server;
          cpu.database += after.database - before.database;
        }
        log(`round ${round}: bare inserts`);
        raws.push(
          await measure<Measured>('gate-raw.ts', {
            url: adminUrl,
            connections,
            seconds,
            scopeId: built.scopeId,
            gateIds: built.gateIds,
          }),
        );
        log(`round ${round}: echo`);
        echoes.push((await load(echo.url)).measured);
      }
      stored = await countStored(adminUrl);
      if (options.isProfiled) costs = (await profiled(server, profileFile, () => load(server.url))).costs;
    } finally {
      await server.stop();
      await echo.stop();
    }
    const outcomes: Record<string, number> = {};
    for (const { outcomes: some } of ours)
      for (const [name, count] of Object.entries(some)) outcomes[name] = (outcomes[name] ?? 0) + count;
    const answered = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
    return {
      check: medianOf(ours.map(({ measured }) => measured)),
      raw: medianOf(raws),
      echo: medianOf(echoes),
      outcomes,
      // The warm-up is answered too and not counted: more is on disk than was counted, never less.
      isEveryAnswerOnDisk: stored >= answered,
      answered,
      stored,
      memoryMb,
      costs,
      cpuUs:
        cpu.server === 0
          ? null
          : {
              server: Math.round((cpu.server / stored) * 1e6),
              database: Math.round((cpu.database / stored) * 1e6),
            },
    };
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const postmasterOf = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function countStored(adminUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('set role gongzhi_loader');
  // Ours; the bare ones bear no street.
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::integer as count from access.passage where street_id is not null',
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

type Row = Readonly<Record<string, unknown>>;

export async function build(adminUrl: string, dataDir: string) {
  const crypto = await openCrypto(dataDir, { mode: 'demo' });
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('set role gongzhi_loader');
  const now = Date.now();
  const insert = async (table: string, rows: readonly Row[]) => {
    const columns = Object.keys(rows[0]!);
    for (let at = 0; at < rows.length; at += 1_000)
      await client.query(
        `insert into ${table} (${columns.join(', ')}) select ${columns.map((c) => `r.${c}`).join(', ')}
         from json_populate_recordset(null::${table}, $1) r`,
        [JSON.stringify(rows.slice(at, at + 1_000))],
      );
  };
  const hex = (bytes: Buffer) => `\\x${bytes.toString('hex')}`;
  const [city, street, company] = [randomUUID(), randomUUID(), randomUUID()];
  const place = { time_zone: 'Asia/Shanghai', is_demonstration: false, created_at: new Date(now) };
  const wall = { city_id: city, street_id: street, company_id: company };
  await insert('places.scope', [{ scope_id: city, kind: 'city', name: 'city', city_id: city, ...place }]);
  await insert('places.scope', [
    {
      scope_id: street,
      kind: 'street',
      name: 'street',
      parent_id: city,
      city_id: city,
      street_id: street,
      ...place,
    },
  ]);
  await insert('places.scope', [
    { scope_id: company, kind: 'company', name: 'company', city_id: city, company_id: company, ...place },
  ]);
  const scopeIds = Array.from({ length: compounds }, () => randomUUID());
  await insert(
    'places.scope',
    scopeIds.map((scope_id, i) => ({
      scope_id,
      kind: 'compound',
      name: `compound ${i}`,
      parent_id: street,
      ...wall,
      ...place,
    })),
  );
  const devices: GateWorld['devices'][number][] = [];
  const people: Record<string, GateWorld['people'][string][number][]> = {};
  const rows: Record<'gate' | 'chain' | 'device' | 'pass' | 'health' | 'policy' | 'version', Row[]> = {
    gate: [],
    chain: [],
    device: [],
    pass: [],
    health: [],
    policy: [],
    version: [],
  };
  const at = new Date(now - 60_000);
  for (const scope_id of scopeIds) {
    const own = { scope_id, ...wall };
    for (let g = 0; g < gatesEach; g++) {
      const [gate_id, device_id] = [randomUUID(), randomUUID()];
      const password = randomBytes(24).toString('base64url');
      rows.gate.push({
        ...own,
        gate_id,
        code: `G${g}`,
        name: `gate ${g}`,
        kind: 'both',
        direction: 'both',
        hours: [],
        version: 1,
        created_at: at,
      });
      rows.chain.push({ ...own, gate_id, seq: 0, digest: '\\x', entries: 0, exits: 0 });
      rows.device.push({
        ...own,
        device_id,
        gate_id,
        kind: 'reader',
        label: 'reader',
        secret_hash: hex(createHash('sha256').update(password).digest()),
        credential_version: 1,
        version: 1,
        created_at: at,
      });
      devices.push({ scopeId: scope_id, userName: `${scope_id}.${device_id}`, password });
    }
    const here: GateWorld['people'][string][number][] = [];
    for (let p = 0; p < peopleEach; p++) {
      const [pass_id, ref, card] = [randomUUID(), randomBytes(8).toString('hex'), `C${p}`];
      const secret = randomBytes(32).toString('base64');
      here.push({ ref, card, secret });
      rows.pass.push({
        ...own,
        pass_id,
        ref,
        kind: 'resident',
        status: p % 40 === 7 ? 'suspended' : 'active',
        valid_from: at,
        valid_to: p % 40 === 9 ? new Date(now - 1_000) : null,
        hours: [],
        entries_used: 0,
        secret_cipher: hex(crypto.seal(secret, 'access.pass.secret', pass_id)),
        card_index: hex(crypto.scopeIndex(scope_id, 'gate_card', card)),
        issued_at: at,
        version: 1,
        updated_at: at,
      });
      rows.health.push({
        ...own,
        pass_id,
        facts_cipher: hex(
          crypto.seal(JSON.stringify(demonstrationFacts(pass_id, now)), 'access.health_fact', pass_id),
        ),
        as_of: new Date(now),
      });
    }
    people[scope_id] = here;
    const policy_id = randomUUID();
    const until = new Date(now + 86_400_000);
    const paper = { authority: 'authority', documentNo: 'document 1' };
    rows.policy.push({
      ...own,
      policy_id,
      name: 'eight checks',
      authority: paper.authority,
      document_no: paper.documentNo,
      version: 1,
      starts_at: at,
      ends_at: until,
      retention_days: 14,
      created_at: at,
    });
    rows.version.push({
      ...own,
      policy_id,
      version: 1,
      content: {
        checks,
        onNoAnswer: { kind: 'last_known', maxAgeMinutes: 1_440 },
        answerWithinMilliseconds: 500,
        answerHoldsMinutes: 1_440,
        ...paper,
        startsAt: at.toISOString(),
        endsAt: until.toISOString(),
      },
      written_by: company,
      written_by_name: 'bench',
      written_at: at,
    });
  }
  await insert('access.gate', rows.gate);
  await insert('access.gate_chain', rows.chain);
  await insert('access.gate_device', rows.device);
  await insert('access.pass', rows.pass);
  await insert('access.health_fact', rows.health);
  await insert('access.policy', rows.policy);
  await insert('access.policy_version', rows.version);
  await client.query(`select access.open_day((now() at time zone 'UTC')::date)`);
  await client.query('reset role');
  await client.query('analyze');
  await client.end();
  const [scopeId] = scopeIds as [string];
  const gateIds = rows.gate
    .filter((gate) => gate['scope_id'] === scopeId)
    .map((gate) => gate['gate_id'] as string);
  return { world: { devices, people }, scopeId, gateIds };
}

const ratio = (a: Measured, b: Measured) => Math.round((a.rate / b.rate) * 100) / 100;

export function gateJson({
  check,
  raw,
  echo,
  outcomes,
  memoryMb,
  isEveryAnswerOnDisk,
  cpuUs,
  costs,
}: GateFigures) {
  return {
    bench: 'gate',
    results: [
      {
        name: 'check',
        ...check,
        ratio_raw: ratio(check, raw),
        ratio_echo: ratio(check, echo),
        ...(costs === null ? {} : { costs }),
      },
    ],
    raw,
    echo,
    outcomes,
    isEveryAnswerOnDisk,
    server: { rss_load_mb: memoryMb, cpu_us: cpuUs },
  };
}

export function gateTable(figures: GateFigures): string {
  const { check, raw, echo, outcomes, answered, stored, memoryMb, cpuUs, costs } = figures;
  const line = (name: string, m: Measured) =>
    `${name.padEnd(44)} ${String(m.rate).padStart(6)}/s  p50 ${m.p50_ms} ms  p95 ${m.p95_ms} ms  p99 ${m.p99_ms} ms  errors ${m.errors}`;
  return [
    line('check (eight, recorded, answered over HTTP)', check),
    line('bare single-row inserts', raw),
    line('HTTP echo of the same questions', echo),
    `of bare inserts ${ratio(check, raw)}, of the echo ${ratio(check, echo)}`,
    `outcomes ${Object.entries(outcomes)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}; answered ${answered}, on disk ${stored} (warm-up included)`,
    `server memory ${memoryMb ?? '?'} MB under load`,
    cpuUs === null
      ? 'processor time: not known on this system'
      : `processor time of a check: server ${cpuUs.server} µs, database ${cpuUs.database} µs`,
    ...(costs === null ? [] : [`\n${costsTable('check', costs)}`]),
  ].join('\n');
}
