import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Measured, summary } from './measured.ts';

/** Run as a child process: the same rows into the same table by one bare connection, so many of them a durable commit. */
interface Task {
  readonly url: string;
  readonly scopeId: string;
  readonly deviceIds: readonly string[];
  readonly together: number;
  readonly seconds: number;
}
const task = JSON.parse(process.argv[2] as string) as Task;
const client = new pg.Client({ connectionString: task.url });
await client.connect();
await client.query('set role gongzhi_loader');
const times: number[] = [];
const end = performance.now() + task.seconds * 1_000;
const run = randomUUID().slice(0, 8);
for (let turn = 0; performance.now() < end; turn++) {
  const begin = performance.now();
  const ids = Array.from(
    { length: task.together },
    (_, i) => task.deviceIds[(turn + i) % task.deviceIds.length],
  );
  await client.query({
    name: 'readings',
    text: `insert into sensing.reading (scope_id, device_id, message_id, value, at, received_at, is_clock_off)
           select $1, d, m, 0.3, now(), now(), false from unnest($2::uuid[], $3::text[]) as x (d, m)`,
    values: [task.scopeId, ids, ids.map((_, i) => `${run}-${turn}-${i}`)],
  });
  const took = performance.now() - begin;
  for (let i = 0; i < task.together; i++) times.push(took);
}
await client.end();
const measured: Measured = summary(times, task.seconds, 0);
process.stdout.write(`result ${JSON.stringify(measured)}\n`);
process.exit(0);
