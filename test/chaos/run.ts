import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { faultsFound } from './checks.ts';
import { type Fault, faults } from './faults.ts';
import { MixedLoad, type Siege } from './siege.ts';

export interface Round {
  readonly number: number;
  readonly fault: Fault;
  /** How long it lasts where it lasts. */
  readonly milliseconds: number;
  readonly tries: number;
  readonly odd: readonly string[];
  readonly found: readonly string[];
  readonly seconds: number;
}

/** Which faults, drawn from the seed: each once before any comes again. */
export function drawnRounds(siege: Pick<Siege, 'disk'>, rounds: number, seed: number): [Fault, number][] {
  const possible = (Object.keys(faults) as Fault[]).filter(
    (name) => name !== 'disk full' || siege.disk !== null,
  );
  const drawn: [Fault, number][] = [];
  for (let turn = 0; drawn.length < rounds; turn++) {
    const order = fc.shuffledSubarray(possible, { minLength: possible.length });
    const lengths = fc.array(fc.integer({ min: 200, max: 1_800 }), {
      minLength: possible.length,
      maxLength: possible.length,
    });
    const [names, times] = fc.sample(fc.tuple(order, lengths), { seed: seed + turn, numRuns: 1 })[0]!;
    drawn.push(...names.map((name, i): [Fault, number] => [name, times[i]!]));
  }
  return drawn.slice(0, rounds);
}

/** Under load something breaks, all comes back, and what was acknowledged is looked for. */
export async function playRound(
  siege: Siege,
  number: number,
  [fault, milliseconds]: readonly [Fault, number],
): Promise<Round> {
  const started = performance.now();
  const load = new MixedLoad(siege);
  // In the middle of it.
  while (load.acknowledged < 3) await sleep(20);
  await sleep(milliseconds / 4);
  await faults[fault](siege, milliseconds);
  load.follow();
  const before = load.acknowledged;
  while (load.acknowledged < before + 3) await sleep(20);
  await load.stop();
  const found = await faultsFound(siege);
  return {
    number,
    fault,
    milliseconds,
    tries: load.tries,
    odd: load.odd,
    found,
    seconds: (performance.now() - started) / 1000,
  };
}

/** Of the server in a process of its own, in megabytes; null where that cannot be asked. */
export function memoryOf({ child }: Pick<Siege, 'child'>): number | null {
  try {
    const status = readFileSync(`/proc/${child().process.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  } catch {
    return null;
  }
}
