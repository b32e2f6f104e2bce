import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { type Measured, summary } from './measured.ts';

/** Run as a child process: the provider, who tells so many at once and goes on when it is thanked. */
export interface NoticesTask {
  readonly url: string;
  readonly lettersFile: string;
  readonly connections: number;
  readonly seconds: number;
}
interface Letter {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const { url, lettersFile, connections, seconds } = JSON.parse(process.argv[2] as string) as NoticesTask;
const letters = JSON.parse(readFileSync(lettersFile, 'utf8')) as Letter[];
const agent = new Agent({ keepAlive: true, maxSockets: connections });

const tell = ({ path, headers, body }: Letter): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request(new URL(path, url), { method: 'POST', headers, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
    });
    asked.on('error', () => resolve(false));
    asked.end(body);
  });

let next = 0;
let thanked = 0;
let errors = 0;
const times: number[] = [];

async function loop(forSeconds: number, isCounted: boolean): Promise<void> {
  const until = performance.now() + forSeconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const n = next++;
        const letter = letters[n];
        if (letter === undefined) return;
        const from = performance.now();
        const isTaken = await tell(letter);
        if (isTaken) thanked++;
        else errors++;
        if (isCounted && isTaken) times.push(performance.now() - from);
        if (n % 10 === 0 && !(await tell(letter))) errors++;
      }
    }),
  );
}
await loop(1, false);
const from = performance.now();
await loop(seconds, true);
const measured: Measured = summary(times, (performance.now() - from) / 1_000, errors);
process.stdout.write(`result ${JSON.stringify({ measured, thanked })}\n`);
process.exit(0);
