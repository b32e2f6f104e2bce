import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demonstrationPort, openDemonstrationMeter } from './demonstration.ts';

const HOUR = 3_600_000;

test('the meter of the demonstration goes on where it was, at the port it had, also while nothing ran', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-meter-'));
  let at = Date.parse('2026-11-23T10:00:00+08:00');
  const kept = () => JSON.parse(readFileSync(join(folder, 'meters-simulated.json'), 'utf8'));
  try {
    expect(demonstrationPort(folder)).toBeNull();
    const first = await openDemonstrationMeter(folder, () => at);
    const port = demonstrationPort(folder);
    expect(kept().meter).toMatchObject({ energy: 648_000, fen: 0, isOpen: false });
    at += HOUR;
    await first?.close();
    // 0.29 kWh an hour at 0.4883 yuan: 14.16 fen.
    expect(kept().meter).toMatchObject({ energy: 648_029, fen: -14 });
    at += 9 * HOUR;
    const again = await openDemonstrationMeter(folder, () => at);
    expect([demonstrationPort(folder), kept().meter.energy, kept().meter.fen]).toEqual([port, 648_290, -141]);
    await again?.close();
    // Each time another file takes its place whole, and what a process left that was killed at it is nobody's figure.
    writeFileSync(join(folder, 'meters-simulated.json.1.new'), '{"port":');
    const before = statSync(join(folder, 'meters-simulated.json')).ino;
    const third = await openDemonstrationMeter(folder, () => at);
    expect([kept().meter.energy, statSync(join(folder, 'meters-simulated.json')).ino === before]).toEqual([
      648_290,
      false,
    ]);
    await third?.close();
    expect(readdirSync(folder).toSorted()).toEqual(['meters-simulated.json', 'meters-simulated.json.1.new']);
    // Somebody else has its port: nothing runs, and what it showed stays.
    const other = createServer();
    await new Promise<void>((done) => other.listen(port!, '127.0.0.1', done));
    expect(await openDemonstrationMeter(folder, () => at + HOUR)).toBeNull();
    expect(kept().meter.energy).toBe(648_290);
    await new Promise((done) => other.close(done));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
