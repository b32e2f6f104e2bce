// `npm run dev`: the server restarts when its sources change, and the pages are served by vite with hot reload.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readEnvironment } from './lib/environment.ts';
import { openDatabase } from './lib/open-database.ts';
import { onStopSignal } from './lib/signals.ts';
import { exitWith } from './postgres.ts';

/** Fixed, because a bookmark that moves is useless; each app has its own next to the server's port. */
const apps = [
  { name: 'mobile', path: '/m/', offset: 1 },
  { name: 'console', path: '/desk/', offset: 2 },
];

const children: ChildProcess[] = [];

function run(args: string[], cwd: string, env: Record<string, string>): void {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.push(child);
}

function stopChildren(): Promise<unknown> {
  return Promise.all(
    children.splice(0).map(
      (child) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve();
          child.once('exit', () => resolve());
          child.kill('SIGTERM');
        }),
    ),
  );
}

try {
  const environment = readEnvironment();
  const { config } = environment;
  const database = environment.isEmbedded ? await openDatabase(environment, 'npm run dev') : undefined;
  onStopSignal(async () => {
    await stopChildren();
    await database?.close();
  });
  if (database && config.mode === 'demo') {
    const { loadDemonstration } = await import('../simulator/src/load.ts');
    await loadDemonstration({ adminUrl: database.adminUrl, dataDir: config.dataDir, onProgress: () => {} });
  }
  const server = `http://${config.host}:${config.port}`;
  const env: Record<string, string> = database
    ? { DATABASE_URL: database.databaseUrl, DATABASE_ADMIN_URL: database.adminUrl, GONGZHI_EMBEDDED: '1' }
    : {};
  const cli = join(projectRoot, 'scripts', 'gongzhi.mjs');
  run(['--watch', '--watch-preserve-output', cli, 'serve'], projectRoot, env);
  const vite = join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  process.stdout.write(`\n  API        ${server}/api/docs\n`);
  for (const { name, path, offset } of apps) {
    const folder = join(projectRoot, 'apps', name);
    if (!existsSync(join(folder, 'index.html'))) continue;
    const port = String(config.port + offset);
    process.stdout.write(`  ${name.padEnd(9)}  http://${config.host}:${port}${path}\n`);
    run([vite, '--host', config.host, '--port', port, '--strictPort', '--clearScreen', 'false'], folder, {
      GONGZHI_API: server,
    });
  }
  process.stdout.write('  Ctrl-C stops everything.\n\n');
} catch (error) {
  await stopChildren();
  exitWith(error);
}
