// Random and hostile requests from the OpenAPI document, as every role: npm run fuzz -- --requests 100000 --seed 7
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fuzzReport, fuzzTable } from '../test/fuzz/report.ts';
import { fuzz } from '../test/fuzz/run.ts';
import { aFuzzedStreet } from '../test/fuzz/street.ts';
import { startTestPostgres } from '../test/postgres.ts';
import { commitHere, machineHere } from './lib/here.ts';
import { exitWith } from './postgres.ts';

const help = `npm run fuzz -- [options]

Asks every operation of the OpenAPI document as every role, with fitting, odd and hostile values, on the demonstration
street beside a second city full of canaries, and with canaries in what is other homes'. No answer may be a fault, tell
anything of the other city, to a resident anything of another home, or of the server's inside, or differ from its schema.

  --requests N   how many (20000)
  --seed N       what is drawn (1); the same seed draws the same requests, but for the ids that the server makes
  --from N       begin with the Nth of them, to run one again
  --minutes N    stop after so many minutes, with what was asked by then
  --only TEXT    only operations whose name contains this
  --out FILE     writes what was found as Markdown
  --verbose      every finding with its request and answer
`;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string' },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  const started = {
    startedAt: new Date(),
    load: loadavg()[0] ?? 0,
    commit: commitHere(),
    machine: machineHere(),
  };
  const postgres = process.env['GONGZHI_TEST_ADMIN_URL'] ? undefined : await startTestPostgres();
  if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
  try {
    const street = await aFuzzedStreet();
    try {
      process.stdout.write(
        `${street.operations.length} operations, ${street.people.length} people; the other city: ${street.twin.rows} rows in ${street.twin.tables} tables; the neighbours: ${street.neighbours.rows} texts in ${street.neighbours.columns.size} columns\n`,
      );
      const report = await fuzz({
        url: street.url,
        operations: street.operations.filter(({ name }) => name.includes(values.only)),
        people: street.people,
        twin: street.twin,
        neighbours: street.neighbours,
        seed: Number(values.seed),
        requests: Number(values.requests),
        from: Number(values.from),
        ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }),
        onProgress: (done) => {
          if (done % 5_000 === 0) process.stderr.write(`${done}\n`);
        },
      });
      process.stdout.write(`${fuzzTable(report)}\n`);
      if (values.verbose) {
        process.stdout.write(
          `never answered 2xx:\n${report.neverReached.map((each) => each.join(': ')).join('\n')}\n`,
        );
        for (const finding of report.findings) {
          const request = {
            ...finding.request,
            body: finding.request.body?.toString().slice(0, 600),
            headers: JSON.stringify(finding.request.headers).slice(0, 300),
          };
          process.stdout.write(`${JSON.stringify({ ...finding, request }, null, 1)}\n`);
        }
      }
      const dead = await street.deadLetters();
      if (dead.length > 0) process.stdout.write(`events laid aside by ${dead.join(', ')}\n`);
      if (values.out !== undefined) {
        const command = ['npm run fuzz --', ...process.argv.slice(2)].join(' ');
        writeFileSync(values.out, fuzzReport(report, { ...started, command, street, dead }));
      }
      return report.findings.length + dead.length === 0 ? 0 : 1;
    } finally {
      await street.close();
    }
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
