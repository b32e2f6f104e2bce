import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR, SECOND } from '@gongzhi/kernel';
import { serveMeters } from './line.ts';
import { aMeter, type MeterState } from './meter.ts';

/**
 * The demonstration's own meter: it is paid for ahead and keeps its own money. It runs beside the product, counts on while the product
 * rests, and waits at this machine to be called, by DL/T 645 as one on a wall does.
 */
export const DEMONSTRATION_METER = {
  address: '202107000101',
  password: '123456',
  /** What it shows when it is hung in the books. */
  kWh: 6_480,
  /** Ten-thousandths of a yuan. */
  price: 4_883,
  overdraftFen: 1_000,
} as const;

const hundredthsAnHour = 29;
const EVERY = 10 * SECOND;

interface Kept {
  readonly port: number;
  readonly at: number;
  /** Of a hundredth of a kilowatt-hour, and of a fen: what is not counted yet. */
  readonly rest: number;
  readonly restFen: number;
  readonly meter: Pick<
    MeterState,
    'energy' | 'fen' | 'purchases' | 'isOpen' | 'isWarned' | 'isProtected' | 'mayClose'
  >;
}

const fileIn = (dataDir: string): string => join(dataDir, 'meters-simulated.json');

function read(dataDir: string): Kept | null {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Kept;
  } catch {
    return null;
  }
}

/** Beside it first, then in its place: who is switched off in the middle finds the one before, and never half of one. */
function write(dataDir: string, kept: Kept): void {
  const beside = `${fileIn(dataDir)}.${process.pid}.new`;
  try {
    writeFileSync(beside, JSON.stringify(kept));
    renameSync(beside, fileIn(dataDir));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Where it waits to be called; null where nothing runs. */
export const demonstrationPort = (dataDir: string): number | null => read(dataDir)?.port ?? null;

/** Null: somebody else has its port. The desk sees a meter that does not answer then. */
export async function openDemonstrationMeter(
  dataDir: string,
  now: () => number,
): Promise<{ close(): Promise<void> } | null> {
  const before = read(dataDir);
  const { address, password, kWh, price, overdraftFen } = DEMONSTRATION_METER;
  const meter = aMeter(address, { password, energy: kWh * 100, fen: 0, ...before?.meter });
  let line: Awaited<ReturnType<typeof serveMeters>>;
  try {
    line = await serveMeters([meter], before?.port ?? 0);
  } catch {
    return null;
  }
  let [at, rest, restFen] = [before?.at ?? now(), before?.rest ?? 0, before?.restFen ?? 0];
  const keep = (): void => {
    const until = now();
    if (!meter.isOpen) rest += (Math.max(0, until - at) / HOUR) * hundredthsAnHour;
    at = until;
    const counted = Math.floor(rest);
    rest -= counted;
    meter.energy += counted;
    restFen += (counted * price) / 10_000;
    const fen = Math.floor(restFen);
    restFen -= fen;
    meter.fen = (meter.fen ?? 0) - fen;
    if (meter.fen <= -overdraftFen && !meter.isProtected && meter.purchases > 0) meter.isOpen = true;
    if (meter.fen > 0) meter.isOpen = false;
    const { energy, purchases, isOpen, isWarned, isProtected, mayClose } = meter;
    const kept: Kept = {
      port: line.port,
      at,
      rest,
      restFen,
      meter: { energy, fen: meter.fen, purchases, isOpen, isWarned, isProtected, mayClose },
    };
    write(dataDir, kept);
  };
  keep();
  const timer = setInterval(keep, EVERY);
  return {
    async close() {
      clearInterval(timer);
      keep();
      await line.close();
    },
  };
}
