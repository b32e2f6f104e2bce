import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:net';
import { serverFlags } from '../../scripts/server-flags.mjs';

const root = resolve(import.meta.dirname, '..', '..');

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Seconds from the command to the first ready answer; everything stopped again. */
async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...serverFlags, join(root, 'scripts', 'start.ts')], {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), GONGZHI_DATA: dataDir, GONGZHI_MODE: 'demo' },
  });
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return (performance.now() - started) / 1000;
      if (performance.now() - started > 300_000)
        throw new Error('npm start was not ready within five minutes');
      await new Promise((next) => setTimeout(next, 20));
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** The first start loads the demonstration street and is not counted; the median of three further ones is. */
export async function warmStart(log: (line: string) => void): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-warm-'));
  try {
    log(`first start: ${(await startOnce(dataDir)).toFixed(1)} s`);
    const times: number[] = [];
    for (let i = 0; i < 3; i++) times.push(await startOnce(dataDir));
    times.sort((a, b) => a - b);
    return Math.round((times[1] as number) * 100) / 100;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
