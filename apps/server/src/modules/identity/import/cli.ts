import { readFile } from 'node:fs/promises';
import { localDate } from '@gongzhi/kernel';
import { type Clock, systemClock } from '../../../platform/clock/clock.ts';
import { openCrypto } from '../../../platform/crypto/crypto.ts';
import { openLoaderDatabase } from '../../../platform/db/loader-database.ts';
import { parseSetup, type Setup, SetupError } from './setup-file.ts';
import { setUp, type SetupCounts } from './setup.ts';

export interface SetupContext {
  readonly adminUrl: string;
  readonly dataDir: string;
  readonly mode: 'demo' | 'production';
  out(line: string): void;
  readonly clock?: Clock;
}

const exitCodes = { done: 0, refused: 2 } as const;

/** Thrown to take a dry run's transaction back. */
class DryRun extends Error {
  readonly counts: SetupCounts;
  constructor(counts: SetupCounts) {
    super('a dry run');
    this.counts = counts;
  }
}

/** `npx gongzhi setup FILE [--dry-run]`: what a city begins with; see docs/setup.md. */
export async function setupCommand(path: string, isDryRun: boolean, context: SetupContext): Promise<number> {
  const { out } = context;
  const now = (context.clock ?? systemClock).now();
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    out(`The file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    return exitCodes.refused;
  }
  try {
    const counts = await carryOut(parseSetup(text, localDate(now.getTime())), isDryRun, now, context);
    out(`${isDryRun ? 'There would be new' : 'New'}: ${sentenceOf(counts)}.`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    out(`${path} cannot be set up, nothing was written:`);
    for (const line of error.lines) out(`  ${line}`);
    return exitCodes.refused;
  }
}

async function carryOut(
  setup: Setup,
  isDryRun: boolean,
  now: Date,
  context: SetupContext,
): Promise<SetupCounts> {
  const { adminUrl, dataDir, mode } = context;
  const crypto = await openCrypto(dataDir, { mode, keyFile: process.env['GONGZHI_KEYS'] });
  const db = await openLoaderDatabase(adminUrl, 'gongzhi setup');
  try {
    return await db.work(async (tx) => {
      const counts = await setUp(tx, crypto, setup, { now, isDemonstration: mode === 'demo' });
      if (isDryRun) throw new DryRun(counts);
      return counts;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.counts;
    throw error;
  } finally {
    await db.close();
  }
}

function sentenceOf({ companies, departments, served, accounts, staff }: SetupCounts): string {
  const figures: [number, string][] = [
    [companies, companies === 1 ? 'company' : 'companies'],
    [departments, departments === 1 ? 'department' : 'departments'],
    [served, served === 1 ? 'compound served' : 'compounds served'],
    [accounts, accounts === 1 ? 'account' : 'accounts'],
    [staff, staff === 1 ? 'office' : 'offices'],
  ];
  return figures.map(([count, word]) => `${count} ${word}`).join(', ');
}
