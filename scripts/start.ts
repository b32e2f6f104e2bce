// `npm start`: everything from an empty folder to a running product, on one port.
import './lib/compile-cache.ts';
import type { Config } from '../apps/server/src/config.ts';
import { buildWeb } from './build-web.ts';
import { type Environment, readEnvironment } from './lib/environment.ts';
import { lockFolder } from './lib/folder-lock.ts';
import { progress } from './lib/progress.ts';
import { onStopSignal } from './lib/signals.ts';
import { tryListen } from './postgres/ports.ts';
import { exitWith, StartError, startPostgres } from './postgres.ts';

const steps = progress();
/** What was started, in order; stopped in reverse. */
const running: { stop(): Promise<void> | void }[] = [];

async function stopAll(): Promise<void> {
  for (const part of running.splice(0).toReversed()) await part.stop();
}

/** Before the slow steps: finding out after a minute of building that the port is taken helps nobody. */
async function assertPortFree({ port, host }: Config): Promise<void> {
  const probe = await tryListen(port, host);
  if ('port' in probe) return;
  if (probe.error === 'EADDRINUSE') {
    throw new StartError(
      'port-taken',
      `Port ${port} on ${host} is already in use: stop the program that uses it, or choose another with PORT=${port + 1} npm start.`,
    );
  }
  if (probe.error === 'EACCES') {
    throw new StartError(
      'port-forbidden',
      `Port ${port} needs more rights than you have: choose one above 1023, such as PORT=3000.`,
    );
  }
  throw new StartError(
    'host',
    `Nothing can listen on ${host}:${port} (${probe.error}): check HOST and PORT.`,
  );
}

async function openDatabase({
  config,
  isEmbedded,
}: Environment): Promise<{ config: Config; appPassword?: string }> {
  if (!isEmbedded) return { config };
  const step = steps.step('database');
  let note: string | undefined;
  const cluster = await startPostgres({ dataDir: config.dataDir, log: (line) => (note = line) });
  running.push(cluster);
  step.done(cluster.adopted ? 'taken over from an earlier start that crashed' : note);
  return {
    config: { ...config, databaseUrl: cluster.url('app'), adminUrl: cluster.url('admin') },
    appPassword: cluster.secrets.app,
  };
}

async function migrateDatabase(adminUrl: string, appPassword: string | undefined): Promise<void> {
  const step = steps.step('schema');
  const { migrate } = await import('../apps/server/src/platform/db/migrate.ts');
  const { applied } = await migrate(adminUrl, appPassword === undefined ? {} : { appPassword });
  step.done(applied.length > 0 ? `${applied.length} migrations applied` : 'up to date');
}

async function loadStreet(adminUrl: string, dataDir: string): Promise<void> {
  const step = steps.step('demonstration street');
  const { loadDemonstration } = await import('../simulator/src/load.ts');
  await loadDemonstration({
    adminUrl,
    dataDir,
    onProgress: (done, total, label) => step.bar(done, total, label),
  });
  step.done();
}

/** What the pages about the work itself have to show; a street without it is still a street. */
async function playMorning(config: Config): Promise<void> {
  const { playMorningApart } = await import('../simulator/src/morning/apart.ts');
  const step = steps.step('demonstration morning');
  try {
    step.done((await playMorningApart(config, new Date())) ? undefined : 'played before');
  } catch (error) {
    step.done(`left unfinished: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** "Pay" works in the demonstration too: at cashiers of its own, where no money moves. The operator's are left alone. */
async function openCashiers(config: Config): Promise<Config> {
  if (config.mode !== 'demo' || config.payments.merchants.length > 0) return config;
  const { openDemonstrationProviders } = await import('../simulator/src/providers/demonstration.ts');
  const { paymentsOf } = await import('../apps/server/src/config-payments.ts');
  const providers = await openDemonstrationProviders(config.dataDir);
  running.push({ stop: () => providers.close() });
  return { ...config, payments: paymentsOf({ GONGZHI_PAYMENTS: providers.file }, 'demo') };
}

/** A meter that is paid for ahead runs beside the demonstration, and speaks with it as one on a wall does. */
async function openMeter(dataDir: string): Promise<void> {
  const { openDemonstrationMeter } = await import('../simulator/src/meters/demonstration.ts');
  const meter = await openDemonstrationMeter(dataDir, Date.now);
  if (meter !== null) running.push({ stop: () => meter.close() });
}

async function serve(config: Config): Promise<{ url: string; mqttUrl: string | null }> {
  const step = steps.step('server');
  const { startServer } = await import('../apps/server/src/main.ts');
  // Somebody who tries it out reads this terminal: only what is wrong is logged to it, unless GONGZHI_LOG says more.
  const isQuiet = config.mode === 'demo' && !process.env['GONGZHI_LOG'];
  const server = await startServer(isQuiet ? { ...config, logLevel: 'warn' } : config);
  running.push({ stop: () => server.close() });
  step.done();
  return server;
}

async function announce(url: string, mqttUrl: string | null, mode: Config['mode']): Promise<void> {
  const base = url.replace(/\/$/, '');
  const lines = ['', `  Gongzhi is running at ${base}`, ''];
  if (mode === 'demo') {
    const { demonstrationLogins } = await import('../simulator/src/load.ts');
    const logins = demonstrationLogins();
    const wide = (pick: (login: (typeof logins)[number]) => string) =>
      Math.max(...logins.map((l) => pick(l).length));
    const [role, phone] = [wide((l) => l.role), wide((l) => l.phone)];
    lines.push('  This is a demonstration: nobody in it is real. Sign in as');
    for (const login of logins) {
      lines.push(
        `    ${login.role.padEnd(role)}  ${login.phone.padEnd(phone)}  ${base}${login.where}  ${login.name}`,
      );
    }
    if (mqttUrl !== null) lines.push(`  Devices report by MQTT at ${mqttUrl} (docs/sensing.md).`);
    lines.push('  The sign-in page shows the code. Ctrl-C stops everything; the data stays.');
  } else {
    lines.push('  Ctrl-C stops everything; the data stays.');
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

async function start(): Promise<void> {
  const environment = readEnvironment();
  const { dataDir, mode } = environment.config;
  await assertPortFree(environment.config);
  running.push({ stop: lockFolder(dataDir, 'npm start').release });

  const web = steps.step('web apps');
  const built = await buildWeb();
  web.done(built.length > 0 ? `built ${built.join(', ')}` : 'up to date');

  const { config, appPassword } = await openDatabase(environment);
  if (config.adminUrl) {
    await migrateDatabase(config.adminUrl, appPassword);
    if (mode === 'demo') {
      await loadStreet(config.adminUrl, dataDir);
      await openMeter(dataDir);
      await playMorning(config);
    }
  }
  const { url, mqttUrl } = await serve(await openCashiers(config));
  await announce(url, mqttUrl, mode);
}

onStopSignal(stopAll);
try {
  await start();
} catch (error) {
  await stopAll();
  exitWith(error);
}
