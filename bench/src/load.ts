import autocannon from 'autocannon';
import { type Measured, summary } from './measured.ts';
import type { Call } from './requests.ts';

/** Run as a child process: `load.ts <json>`; plays the clients with autocannon and prints a Measured. */
interface Task {
  readonly url: string;
  readonly method: Call['method'];
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** Every create carries a key of its own. */
  readonly isKeyed: boolean;
  readonly connections: number;
  readonly seconds: number;
  readonly expected: number;
}

const task = JSON.parse(process.argv[2] as string) as Task;
let serial = 0;
const run = async (seconds: number): Promise<Measured> => {
  const times: number[] = [];
  let errors = 0;
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const instance = autocannon(
      {
        url: task.url,
        connections: task.connections,
        duration: seconds,
        requests: [
          {
            method: task.method,
            path: task.path,
            headers: task.headers,
            ...(task.body === undefined ? {} : { body: task.body }),
            ...(task.isKeyed
              ? {
                  setupRequest: (request) => ({
                    ...request,
                    headers: { ...request.headers, 'idempotency-key': `bench-${process.pid}-${serial++}` },
                  }),
                }
              : {}),
          },
        ],
      },
      (error) => (error === null || error === undefined ? resolve() : reject(error as Error)),
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === task.expected) times.push(milliseconds);
      else errors++;
    });
    instance.on('reqError', () => errors++);
  });
  return summary(times, (performance.now() - started) / 1000, errors);
};
await run(1);
process.stdout.write(`result ${JSON.stringify(await run(task.seconds))}\n`);
