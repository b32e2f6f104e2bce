import { readFileSync } from 'node:fs';
import { uuidv7 } from '@gongzhi/kernel';
import pg from 'pg';
import { billing } from '../../apps/server/src/modules/billing/index.ts';
import { startServer } from '../../apps/server/src/main.ts';
import { openWorkerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { runDueOnce } from '../../apps/server/src/platform/due/due.ts';
import { type BooksWorld, items } from './billing-world.ts';
import { benchConfig } from './config.ts';
import { cpuSeconds } from './processes.ts';

/**
 * Run as a child process: a month for every home, four lines each. By the product: asked for and calculated, approved by
 * somebody else, and (this is timed) posted by its worker: bills, lines, postings, balances, whose reminders are due when.
 * By a bare connection: the same bills, lines, postings and balances in a statement each, nothing looked at. Months of
 * this year and the next, for a month is billed once.
 */
interface Task {
  readonly url: string;
  readonly dataDir: string;
  /** Too many homes for an argument. */
  readonly worldFile: string;
  /** Of the database's first process. */
  readonly postmaster: number;
  readonly rounds: number;
}
/** Processor time of one line, in microseconds: says more than a rate where the machine does other work, too. */
export interface LineCost {
  readonly program: number;
  readonly database: number | null;
}
export interface RunFigures {
  readonly lines: number;
  readonly rates: readonly number[];
  readonly rawRates: readonly number[];
  readonly calculated: readonly number[];
  readonly costs: readonly LineCost[];
  readonly rawCosts: readonly LineCost[];
}
/** As many turns as the product takes side by side. */
const SIDES = billing.due?.find(({ name }) => name === 'billing.post')?.atOnce ?? 1;
const { url, dataDir, worldFile, postmaster, rounds } = JSON.parse(process.argv[2] as string) as Task;
const world = JSON.parse(readFileSync(worldFile, 'utf8')) as BooksWorld;
const total = world.compounds.reduce((sum, { households }) => sum + households.length, 0) * items.length;

const server = await startServer({ ...benchConfig(dataDir, url, 4), port: 0, roles: new Set(['api']) });
const { house } = server;
const worker = openWorkerDatabase({ url, poolSize: SIDES, applicationName: 'bench', onIdleError: () => {} });
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const raws = await Promise.all(
  Array.from({ length: SIDES }, async () => {
    const raw = new pg.Client({ connectionString: url, options: '-c role=gongzhi_worker -c search_path=' });
    await raw.connect();
    return raw;
  }),
);

async function ask<T>(who: number, path: string, body: object): Promise<T> {
  const { cookie, csrf } = world.clerks[who]!;
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      'x-csrf-token': csrf,
      'idempotency-key': uuidv7(Date.now()),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

const works = (name: string) =>
  runDueOnce({
    worker,
    sweeps: (billing.due ?? []).filter((sweep) => sweep.name === name),
    house,
    clock: house.clock,
    log: quiet,
  });

interface Timed {
  readonly rate: number;
  readonly cost: LineCost;
}
async function timed(run: () => Promise<unknown>): Promise<Timed> {
  const before = [process.cpuUsage(), cpuSeconds(postmaster)] as const;
  const from = performance.now();
  await run();
  const seconds = (performance.now() - from) / 1_000;
  const { user, system } = process.cpuUsage(before[0]);
  const after = cpuSeconds(postmaster);
  const tenths = (micros: number) => Math.round((micros / total) * 10) / 10;
  return {
    rate: Math.round(total / seconds),
    cost: {
      program: tenths(user + system),
      database: before[1] === null || after === null ? null : tenths((after - before[1]) * 1_000_000),
    },
  };
}

/** So many months from now. */
function month(ahead: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10);
}

async function ours(round: number): Promise<{ calculated: Timed; posted: Timed }> {
  const period = month(round - rounds);
  const asked: { id: string; scopeId: string }[] = [];
  for (const { scopeId } of world.compounds)
    asked.push({ ...(await ask<{ id: string }>(0, '/billing/runs', { scopeId, period })), scopeId });
  const calculated = await timed(() => works('billing.calculate'));
  for (const { id, scopeId } of asked)
    await ask(1, `/billing/runs/${id}/commands?scopeId=${scopeId}`, {
      action: 'approve',
      expectedVersion: 2,
    });
  return { calculated, posted: await timed(() => works('billing.post')) };
}

/** By as many connections as the product posts with, a compound after the other. */
async function bare(round: number): Promise<void> {
  const waiting = [...world.compounds];
  await Promise.all(
    raws.map(async (raw) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await bareCompound(raw, next, round);
    }),
  );
}

async function bareCompound(
  raw: pg.Client,
  { scopeId, households }: BooksWorld['compounds'][number],
  round: number,
): Promise<void> {
  const atOnce = 1_000;
  // Long ago: the product compares a month with the one before it.
  const [period, now] = [month(round - 100), new Date()];
  const day = now.toISOString().slice(0, 10);
  for (let at = 0; at < households.length; at += atOnce) {
    const homes = households.slice(at, at + atOnce).map((home) => ({ home, bill: uuidv7(now.getTime()) }));
    const lines = homes.flatMap(({ home, bill }) =>
      items.map((item) => ({
        home,
        bill,
        item,
        line: uuidv7(now.getTime()),
        posting: uuidv7(now.getTime()),
      })),
    );
    const wall = [scopeId, world.cityId, world.streetId, world.companyId];
    const columns = 'scope_id, city_id, street_id, company_id';
    const send = (name: string, text: string, values: unknown[]) => raw.query({ name, text, values });
    await raw.query('begin');
    await send(
      'bills',
      `insert into billing.bill (${columns}, bill_id, number, household_id, household_label, payer, period, issued_on, issued_at, total_fen)
         select $1, $2, $3, $4, r.bill, r.bill::text, r.home, 'home', 'owner', $5::date, $6::date, $7::timestamptz, 18000 from unnest($8::uuid[], $9::uuid[]) as r (bill, home)`,
      [...wall, period, day, now, homes.map(({ bill }) => bill), homes.map(({ home }) => home)],
    );
    await send(
      'lines',
      `insert into billing.bill_line (${columns}, line_id, bill_id, household_id, period, payer, item, name, amount_fen, discount_fen, basis, service_from,
           service_to, issued_on, due_on, early_fen, settled_fen)
         select $1, $2, $3, $4, r.line, r.bill, r.home, $5::date, 'owner', r.item, r.item, 4500, 0, '{"kind":"fixed","label":"fee","amountFen":4500}', $5::date,
           $5::date + 27, $6::date, $6::date + 15, 0, 0
         from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::text[]) as r (line, bill, home, item)`,
      [
        ...wall,
        period,
        day,
        lines.map(({ line }) => line),
        lines.map(({ bill }) => bill),
        lines.map(({ home }) => home),
        lines.map(({ item }) => item),
      ],
    );
    await send(
      'postings',
      `insert into ledger.posting (${columns}, posting_id, book_id, household_id, key, debit, debit_of, credit, amount_fen, booked_on, recorded_at, source_kind, source_id)
         select $1, $2, $3, $4, r.id, $4, r.home, 'line:' || r.line, 'household:receivable', r.home, 'income:' || r.item, 4500, $5::date, $6::timestamptz, 'bench.line', r.line
         from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::text[]) as r (id, line, home, item)`,
      [
        ...wall,
        day,
        now,
        lines.map(({ posting }) => posting),
        lines.map(({ line }) => line),
        lines.map(({ home }) => home),
        lines.map(({ item }) => item),
      ],
    );
    await send(
      'balances',
      `update ledger.balance b set balance_fen = b.balance_fen + 18000, moved_at = $3
         from unnest($4::uuid[]) as r (home) where b.scope_id = $1 and b.book_id = $2 and b.owner_id = r.home and b.account = 'household:receivable'`,
      [scopeId, world.companyId, now, homes.map(({ home }) => home)],
    );
    await raw.query('commit');
  }
}

await ours(0);
await bare(0);
const done: { calculated: Timed; posted: Timed }[] = [];
const beside: Timed[] = [];
for (let round = 1; round <= rounds; round++) {
  done.push(await ours(round));
  beside.push(await timed(() => bare(round)));
}
await worker.close();
await Promise.all(raws.map((raw) => raw.end()));
await server.close();
const result: RunFigures = {
  lines: total,
  rates: done.map(({ posted }) => posted.rate),
  rawRates: beside.map(({ rate }) => rate),
  calculated: done.map(({ calculated }) => calculated.rate),
  costs: done.map(({ posted }) => posted.cost),
  rawCosts: beside.map(({ cost }) => cost),
};
process.stdout.write(`result ${JSON.stringify(result)}\n`);
process.exit(0);
