// Breaks things under mixed load, again and again, and looks whether what was acknowledged is there: npm run chaos -- --rounds 100
import { parseArgs } from 'node:util';
import { aCrew } from '../test/chaos/crew.ts';
import { drawnCrewRounds, layCrewSiege, playCrewRound } from '../test/chaos/crew-rounds.ts';
import { drawnRounds, memoryOf, playRound, type Round } from '../test/chaos/run.ts';
import { laySiege } from '../test/chaos/siege.ts';
import { startTestPostgres } from '../test/postgres.ts';
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
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  // What the world's own people stand on; what is killed is another.
  const postgres = process.env['GONGZHI_TEST_ADMIN_URL'] ? undefined : await startTestPostgres();
  if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
  const siege = await laySiege();
  const rounds: Round[] = [];
  try {
    if (siege.disk === null)
      process.stdout.write('No small disk may be mounted here: the round with a full disk is left out.\n');
    for (const [i, drawn] of drawnRounds(siege, Number(values.rounds), Number(values.seed)).entries()) {
      const round = await playRound(siege, i + 1, drawn);
      rounds.push(round);
      const said = [...round.found, ...new Set(round.odd)].join('; ') || 'all there';
      process.stdout.write(
        `${String(round.number).padStart(4)}  ${round.fault.padEnd(28)} ${String(round.milliseconds).padStart(5)} ms  ${round.seconds.toFixed(1).padStart(6)} s  ${said}\n`,
      );
    }
    const { orders, passages, postings, payments, topUps } = siege.said;
    const readings = siege.meters.read.reduce((sum, { said }) => sum + said.length, 0);
    const passed = [...passages.values()].reduce((sum, ids) => sum + ids.size, 0);
    const bad = rounds.filter(({ found, odd }) => found.length + odd.length > 0);
    process.stdout.write(
      `${rounds.length} rounds of seed ${values.seed}: ${orders.size} orders, ${passed} passages, ${postings.size} postings, ${payments.size} payments (${topUps.size} of them for meters), ${readings} readings acknowledged; ` +
        `${bad.length} rounds with a finding; the server holds ${memoryOf(siege) ?? '?'} MB\n`,
    );
    return bad.length === 0 ? 0 : 1;
  } finally {
    await siege.close();
    await postgres?.stop();
  }
}

async function severalProcesses(): Promise<number> {
  const postgres = process.env['GONGZHI_TEST_ADMIN_URL'] ? undefined : await startTestPostgres();
  if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
  let bad = 0;
  try {
    const crew = await aCrew({ api: 3, worker: 2 });
    const siege = await layCrewSiege(crew);
    try {
      const drawn = drawnCrewRounds(crew.everybody.length, Number(values.rounds), Number(values.seed));
      for (const [i, round] of drawn.entries()) {
        const { found, acknowledged, seconds } = await playCrewRound(siege, round);
        if (found.length > 0) bad++;
        const who = round.goes
          .map(({ at, how }) => `${crew.everybody[at]?.role} ${at + 1} ${how}`)
          .join(', ');
        process.stdout.write(
          `${String(i + 1).padStart(4)}  ${who}: ${round.milliseconds} ms, ${acknowledged} orders, ${seconds.toFixed(1)} s  ${found.join('; ') || 'all there, once'}\n`,
        );
      }
      const losses = siege.lines.map(({ losses: lost, resets }) => `${lost} cut, ${resets} read afresh`);
      process.stdout.write(
        `${drawn.length} rounds of seed ${values.seed}: ${siege.said.size} orders acknowledged, ${siege.overdue.size} limits run out; pages: ${losses.join('; ')}; ${bad} rounds with a finding\n`,
      );
    } finally {
      await siege.close();
      await crew.close();
    }
  } finally {
    await postgres?.stop();
  }
  return bad === 0 ? 0 : 1;
}

if (values.help) process.stdout.write(help);
else {
  try {
    process.exit(await (values.processes ? severalProcesses() : main()));
  } catch (error) {
    exitWith(error);
  }
}
