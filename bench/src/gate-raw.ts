import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Measured, summary } from './measured.ts';

/**
 * Run as a child process: `gate-raw.ts <json>`. As many connections, each inserting one row a commit: what the database
 * gives to who writes each passage by itself, without checking anything.
 */
interface Task {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly scopeId: string;
  readonly gateIds: readonly string[];
}
const task = JSON.parse(process.argv[2] as string) as Task;

const text = `insert into access.passage (scope_id, gate_id, seq, recorded_at, passage_id, happened_at, direction, outcome, decided_by, latency_us,
    policy_ids, policy_versions, way, pass_kind, pass_id, who_salt, who_digest, why_cipher, why_salt, why_digest, digest)
  values ($1, $2, $3, now(), $4, now(), 'in', 'pass', 'server', 100, $5, '{1}', 'card', 'resident', $6, $7, $8, $9, $7, $8, $8)`;
const [salt, digest, why] = [randomBytes(16), randomBytes(32), randomBytes(420)];
let serial = 1_000_000_000;
const times: number[] = [];
let errors = 0;

async function connection(until: number, isCounted: boolean, client: pg.Client): Promise<void> {
  while (performance.now() < until) {
    const started = performance.now();
    const n = serial++;
    try {
      await client.query({
        name: 'passage',
        text,
        values: [
          task.scopeId,
          task.gateIds[n % task.gateIds.length],
          n,
          randomUUID(),
          [task.scopeId],
          randomUUID(),
          salt,
          digest,
          why,
        ],
      });
      if (isCounted) times.push(performance.now() - started);
    } catch {
      errors++;
    }
  }
}

const clients = await Promise.all(
  Array.from({ length: task.connections }, async () => {
    const client = new pg.Client({ connectionString: task.url });
    await client.connect();
    await client.query('set role gongzhi_loader');
    return client;
  }),
);
const loop = async (seconds: number, isCounted: boolean) => {
  const until = performance.now() + seconds * 1_000;
  await Promise.all(clients.map((client) => connection(until, isCounted, client)));
};
await loop(1, false);
const started = performance.now();
await loop(task.seconds, true);
const result: Measured = summary(times, (performance.now() - started) / 1_000, errors);
await Promise.all(clients.map((client) => client.end()));
process.stdout.write(`result ${JSON.stringify(result)}\n`);
