import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { progress } from '../../../../scripts/lib/progress.ts';
import { startPostgres } from '../../../../scripts/postgres.ts';
import { migrate } from '../platform/db/migrate.ts';
import { type Command, misuse, type Values } from './command.ts';

/** `npx gongzhi simulate payments`: what it says of itself, beside the other simulations. */
export const paymentsDescription = [
  '`payments` plays so many days of payments, refunds, callbacks that come late, twice, forged, with another amount or never, two people',
  'who pay one bill, tills, months that are billed and closed, and a server that loses its database in the middle; each day is held',
  'against the providers’ files. The clock and the people are simulated; the server, its database and the providers’ signatures are',
  'real. It prints what has to come to nothing, and fails when it does not. See docs/payments.md.',
];

export const paymentsOptions: Command['options'] = {
  days: { type: 'string', value: 'N', help: 'payments: how many days (100)' },
  homes: { type: 'string', value: 'N', help: 'payments: how many homes pay (12)' },
};

export const paymentsExamples: Command['examples'] = [
  ['npx gongzhi simulate payments --days 1000 --seed 1', 'what docs/simulated-payments.md shows'],
];

export async function playPayments(values: Values): Promise<number> {
  const whole = (name: string, otherwise: number, most: number): number => {
    const value = Number(values[name] ?? otherwise);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw misuse(`--${name} must be a whole number from 1 to ${most}.`, 'simulate');
    return value;
  };
  const [days, homes, seed] = [
    whole('days', 100, 5_000),
    whole('homes', 12, 60),
    whole('seed', 1, 1_000_000),
  ];
  const { simulateDays } = await import('../../../../simulator/src/money/days.ts');
  const { isWhole } = await import('../../../../simulator/src/money/proof.ts');
  const { tableOf } = await import('../../../../simulator/src/money/report.ts');
  const { Random } = await import('../../../../simulator/src/random.ts');
  const step = progress(process.stderr).step('days');
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-days-'));
  // PostgreSQL itself does not die here; what does is tested in apps/server/src/faults.
  const cluster = await startPostgres({ dataDir, durable: false });
  let played: Awaited<ReturnType<typeof simulateDays>>;
  try {
    const adminUrl = cluster.url('admin');
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    played = await simulateDays({
      seed,
      days,
      homes,
      random: new Random(`money ${seed}`),
      database: { adminUrl, appUrl: cluster.url('app') },
      onProgress: (done, of, label) => step.bar(done, of, label),
    });
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  step.done();
  const table = tableOf(played);
  process.stdout.write(table);
  if (typeof values['out'] === 'string') {
    mkdirSync(values['out'], { recursive: true });
    writeFileSync(join(values['out'], 'table.md'), table);
  }
  return isWhole(played.proof) ? 0 : 1;
}
