// Breaks things under mixed load, again and again, and looks whether what was acknowledged is there: npm run chaos -- --rounds 100
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { aCrew } from '../test/chaos/crew.ts';
import { drawnCrewRounds, layCrewSiege, playCrewRound } from '../test/chaos/crew-rounds.ts';
import { chaosReport } from '../test/chaos/report.ts';
import type { CrewLine, Line, Sitting } from '../test/chaos/report-lines.ts';
import { drawnRounds, playRound, type Round } from '../test/chaos/run.ts';
import { acknowledgedBy, laySiege, type Siege } from '../test/chaos/siege.ts';
import { startTestPostgres } from '../test/postgres.ts';
import { commitHere, machineHere } from './lib/here.ts';
import { exitWith } from './postgres.ts';

const help = `npm run chaos -- [options]

Reports, checks at gates, postings of the ledger, payments, and readings and purchases of prepaid meters go on while the server,
PostgreSQL or the wire between them dies, stalls or slows, a clock is moved or set back, the disk fills, a migration is killed.
After each round: what was acknowledged is there once, the rest once or not at all, events told, ledger and chains whole, meters
what was bought and used, sums of orders those of the orders, no connection left behind.

  --processes  instead: three processes that answer and two that work on one database; some are killed or asked to leave, the
               others go on. Orders once, limits marked once, every open page told, whoever wrote, marked or dispatched
  --rounds N   how many (20)
  --seed N     which (1)
  --out FILE   writes what was found as Markdown, and each round into a folder of that name; what is there of the same seed
               is gone on with
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'boolean', default: false },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [wanted, seed] = [Number(values.rounds), Number(values.seed)];

/** What was played so far; the report is written anew with every line. */
class Book {
  readonly #out = values.out;
  readonly #folder = (values.out ?? '').replace(/\.md$/, '');

  /** Begun anew where it is of another seed. */
  read<T extends Line | CrewLine>(name: string): T[] {
    if (this.#out === undefined) return [];
    const lines = this.#linesOf<T>(name);
    if (lines.every((line) => !('sitting' in line) || line.sitting.seed === seed)) return lines;
    rmSync(this.#path(name));
    return [];
  }

  write(name: string, line: Line | CrewLine): void {
    if (this.#out === undefined) return;
    mkdirSync(this.#folder, { recursive: true });
    appendFileSync(this.#path(name), `${JSON.stringify(line)}\n`);
    const report = chaosReport(
      this.#linesOf<Line>('rounds'),
      this.#linesOf<CrewLine>('processes'),
      basename(this.#folder),
    );
    mkdirSync(dirname(this.#out), { recursive: true });
    writeFileSync(this.#out, report.text);
    writeFileSync(join(this.#folder, 'held.svg'), report.plot);
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.jsonl`);
  }

  #linesOf<T>(name: string): T[] {
    if (!existsSync(this.#path(name))) return [];
    return readFileSync(this.#path(name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
  }
}

const sitting = (hasDisk: boolean): Sitting => ({
  startedAt: new Date().toISOString(),
  seed,
  commit: commitHere(),
  machine: machineHere(),
  load: loadavg()[0] ?? 0,
  hasDisk,
});

async function streets(): Promise<boolean> {
  const book = new Book();
  const played = book.read<Line>('rounds').filter((line) => !('sitting' in line)).length;
  let siege: Siege | undefined;
  let bad = 0;
  const laid = async (): Promise<Siege> => {
    const one = await laySiege();
    if (one.disk === null)
      process.stdout.write('No small disk may be mounted here: the round with a full disk is left out.\n');
    book.write('rounds', { sitting: sitting(one.disk !== null) });
    return one;
  };
  try {
    for (let at = played; at < wanted; at++) {
      siege ??= await laid();
      const [fault, milliseconds] = drawnRounds(siege, wanted, seed)[at]!;
      const number = at + 1;
      try {
        const round = await playRound(siege, number, [fault, milliseconds]);
        book.write('rounds', { round });
        process.stdout.write(`${lineOf(round)}\n`);
        if (round.found.length === 0) continue;
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        book.write('rounds', { brokenOff: { number, fault, milliseconds, error: said } });
        process.stdout.write(`${String(number).padStart(4)}  ${fault}: broken off: ${said}\n`);
      }
      bad++;
      // What is wrong once stays wrong: the next round begins on another street.
      await siege.close();
      siege = undefined;
    }
    if (siege !== undefined) {
      const said = Object.entries(acknowledgedBy(siege)).map(([kind, count]) => `${count} ${kind}`);
      process.stdout.write(`${wanted - played} rounds of seed ${seed}; on this street ${said.join(', ')}; `);
    }
    process.stdout.write(`${bad} rounds with a finding\n`);
    return bad === 0;
  } finally {
    await siege?.close();
  }
}

function lineOf({ number, fault, milliseconds, recovered, seconds, server, found }: Round): string {
  const said = found.map(({ area, text }) => `${area}: ${text}`).join('; ') || 'all there';
  return `${String(number).padStart(4)}  ${fault.padEnd(28)} ${String(milliseconds).padStart(5)} ms  back in ${recovered.toFixed(2)} s, all ${seconds.toFixed(1)} s, ${server?.megabytes ?? '?'} MB  ${said}`;
}

async function severalProcesses(): Promise<boolean> {
  const book = new Book();
  const played = book.read<CrewLine>('processes').filter((line) => 'round' in line).length;
  let bad = 0;
  const crew = await aCrew({ api: 3, worker: 2 });
  const siege = await layCrewSiege(crew);
  try {
    book.write('processes', { sitting: sitting(true) });
    const drawn = drawnCrewRounds(crew.everybody.length, wanted, seed);
    for (const [at, one] of drawn.entries()) {
      if (at < played) continue;
      const round = await playCrewRound(siege, one);
      book.write('processes', { round: { number: at + 1, ...one, ...round } });
      if (round.found.length > 0) bad++;
      const who = one.goes.map(({ at: place, how }) => `${crew.everybody[place]?.role} ${place + 1} ${how}`);
      const said = round.found.map(({ area, text }) => `${area}: ${text}`).join('; ') || 'all there, once';
      process.stdout.write(
        `${String(at + 1).padStart(4)}  ${who.join(', ')}: ${one.milliseconds} ms, ${round.acknowledged} orders, ${round.seconds.toFixed(1)} s  ${said}\n`,
      );
    }
    const losses = siege.lines.map(({ losses: lost, resets }) => `${lost} cut, ${resets} read afresh`);
    process.stdout.write(
      `${drawn.length - played} rounds of seed ${seed}: ${siege.said.size} orders acknowledged, ${siege.overdue.size} limits run out; pages: ${losses.join('; ')}; ${bad} rounds with a finding\n`,
    );
    return bad === 0;
  } finally {
    await siege.close();
    await crew.close();
  }
}

async function main(): Promise<number> {
  // What the world's own people stand on; what is killed is another.
  const postgres = process.env['GONGZHI_TEST_ADMIN_URL'] ? undefined : await startTestPostgres();
  if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
  try {
    return (await (values.processes ? severalProcesses() : streets())) ? 0 : 1;
  } finally {
    await postgres?.stop();
  }
}

if (values.help) process.stdout.write(help);
else {
  try {
    process.exit(await main());
  } catch (error) {
    exitWith(error);
  }
}
