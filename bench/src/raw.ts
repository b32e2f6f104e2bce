import pg from 'pg';
import type { Config } from '../../apps/server/src/config.ts';
import { startServer } from '../../apps/server/src/main.ts';
import { type Measured, summary } from './measured.ts';
import { recordStatements, replayer, type Sent } from './recording.ts';
import { type Call, type CallName, callOf } from './requests.ts';
import type { World } from './world.ts';

/** Run as a child process: `raw.ts <json>`; records what the server sends, then repeats it bare and prints a Measured. */
interface Task {
  readonly config: Omit<Config, 'roles'>;
  readonly world: World;
  readonly what: CallName;
  readonly connections: number;
  readonly seconds: number;
}

function areAlike(first: readonly Sent[], second: readonly Sent[]): boolean {
  return (
    first.length > 0 &&
    first.length === second.length &&
    first.every((one, i) => one.text === second[i]?.text)
  );
}

async function record(task: Task, call: Call): Promise<() => Sent[]> {
  const recorder = recordStatements();
  const server = await startServer({ ...task.config, port: 0, roles: new Set(['api']) });
  const takes: Sent[][] = [];
  try {
    // The first ones fill the caches (session, scope, catalogue, settings) that every later request finds full.
    for (let i = 0; i < 12; i++) {
      recorder.take();
      const response = await fetch(server.url + call.path, {
        method: call.method,
        headers: call.headers(),
        body: call.body ?? null,
      });
      if (!response.ok) throw new Error(`${call.path} answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
      takes.push(recorder.take());
    }
  } finally {
    recorder.stop();
    await server.close();
  }
  // Now and then a cache is filled anew within a request (a session is remembered for two seconds): the last two that
  // are alike are what is repeated.
  for (let i = takes.length - 1; i > 0; i--) {
    for (let k = i - 1; k > 0; k--) {
      if (areAlike(takes[k] as Sent[], takes[i] as Sent[]))
        return replayer(takes[k] as Sent[], takes[i] as Sent[]);
    }
  }
  throw new Error(`no two of ${takes.length} requests of the same kind sent the same statements`);
}

interface Piped {
  connection: { stream: { cork(): void; uncork(): void } };
}

async function once(pool: pg.Pool, statements: readonly Sent[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (let from = 0; from < statements.length; ) {
      const { batch } = statements[from] as Sent;
      const answers: Promise<unknown>[] = [];
      const { stream } = (client as unknown as Piped).connection;
      stream.cork();
      for (; from < statements.length && statements[from]?.batch === batch; from++) {
        const { name, text, values } = statements[from] as Sent;
        answers.push(client.query({ ...(name === undefined ? {} : { name }), text, values: [...values] }));
      }
      stream.uncork();
      await Promise.all(answers);
    }
  } finally {
    client.release();
  }
}

const task = JSON.parse(process.argv[2] as string) as Task;
const call = callOf(task.world, task.what);
const next = await record(task, call);
const pool = new pg.Pool({
  connectionString: task.config.databaseUrl,
  max: task.config.poolSize,
  pipeline: true,
  // The same session settings as the server's connections, or it would plan where ours does not.
  options: '-c timezone=UTC -c search_path= -c plan_cache_mode=force_generic_plan',
} as pg.PoolConfig);

const times: number[] = [];
let errors = 0;
const run = async (until: number, isCounted: boolean) => {
  while (performance.now() < until) {
    const started = performance.now();
    try {
      await once(pool, next());
      if (isCounted) times.push(performance.now() - started);
    } catch {
      errors++;
    }
  }
};
const loop = (seconds: number, isCounted: boolean) => {
  const until = performance.now() + seconds * 1000;
  return Promise.all(Array.from({ length: task.connections }, () => run(until, isCounted)));
};
await loop(1, false);
const started = performance.now();
await loop(task.seconds, true);
const result: Measured = summary(times, (performance.now() - started) / 1000, errors);
await pool.end();
process.stdout.write(`result ${JSON.stringify(result)}\n`);
