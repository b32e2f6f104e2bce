import { readFileSync } from 'node:fs';
import { accounts, accountSums, balances, postingsOf } from '../../apps/server/src/modules/ledger/index.ts';
import type { Actor } from '../../apps/server/src/platform/db/actor.ts';
import { openDatabase } from '../../apps/server/src/platform/db/database.ts';
import type { BooksWorld } from './billing-world.ts';
import { type Measured, summary } from './measured.ts';

/**
 * Run as a child process: the whole statement of one home after another (five years of postings and what it held before
 * them), and trial balances now and as of a day long ago, as the company's own people ask for them: behind the wall.
 */
interface Task {
  readonly url: string;
  /** Too many homes for an argument. */
  readonly worldFile: string;
  readonly seconds: number;
}
export interface StatementFigures {
  readonly statement: Measured;
  readonly lines: number;
  readonly trialBalance: Measured;
}
const { url, worldFile, seconds } = JSON.parse(process.argv[2] as string) as Task;
const world = JSON.parse(readFileSync(worldFile, 'utf8')) as BooksWorld;
const db = openDatabase({ url, poolSize: 2, applicationName: 'bench', onIdleError: () => {} });
const actor: Actor = {
  kind: 'company',
  accountId: world.companyId,
  membershipId: world.companyId,
  scopeIds: [],
  regionId: world.companyId,
  households: [],
};
let turn = 0;
let lines = 0;

async function statement(): Promise<void> {
  turn++;
  const { scopeId, households } = world.compounds[turn % world.compounds.length]!;
  const code = accounts.household(households[(turn * 7919) % households.length]!, 'receivable');
  const book = { scopeId, companyId: world.companyId };
  const [rows] = await db.read(actor, (q) =>
    Promise.all([
      postingsOf(q, book, code, { from: '2021-11-01', to: '2026-11-30' }, { after: null, limit: 1_000 }),
      balances(q, book, [code], { day: '2021-10-31' }),
      balances(q, book, [code]),
    ]),
  );
  lines = Math.max(lines, rows.length);
}

async function trialBalance(): Promise<void> {
  turn++;
  const { scopeId } = world.compounds[turn % world.compounds.length]!;
  const book = { scopeId, companyId: world.companyId };
  await db.read(actor, (q) => accountSums(q, book, turn % 2 === 0 ? null : { day: '2024-06-30' }));
}

async function timed(run: () => Promise<void>): Promise<Measured> {
  for (let i = 0; i < 30; i++) await run();
  const times: number[] = [];
  const from = performance.now();
  const until = from + seconds * 1_000;
  while (performance.now() < until) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return summary(times, (performance.now() - from) / 1_000, 0);
}
const result: StatementFigures = {
  statement: await timed(statement),
  trialBalance: await timed(trialBalance),
  lines,
};
await db.close();
process.stdout.write(`result ${JSON.stringify(result)}\n`);
process.exit(0);
