import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { onStopSignal } from '../../../../scripts/lib/signals.ts';
import { type Command, misuse } from './command.ts';

const roles = ['api', 'worker', 'devices'];

export const serve: Command = {
  name: 'serve',
  summary: 'run the server, whole or one role of it',
  usage: 'serve [--role api|worker|devices]… [--host HOST] [--port PORT]',
  description: [
    'Runs the server until Ctrl-C. Without --role it does everything in one process, which is enough for a town.',
    'For more, run as many processes as wanted on one database: `api` answers browsers, `worker` delivers events',
    'and marks what is overdue, `devices` talks to gates and sensors. Any proxy may stand in front.',
    'On a database of your own run `npx gongzhi migrate` first; the embedded one is brought up to date by itself.',
  ],
  options: {
    role: {
      type: 'string',
      multiple: true,
      value: 'ROLE',
      help: 'api, worker or devices; may be given several times',
    },
    host: {
      type: 'string',
      value: 'HOST',
      help: 'address to listen on (else the variable HOST, else 127.0.0.1)',
    },
    port: { type: 'string', value: 'PORT', help: 'port to listen on (else the variable PORT, else 3000)' },
  },
  examples: [
    ['npx gongzhi serve', 'everything in one process'],
    ['npx gongzhi serve --role api --port 3001', 'one of several processes behind a proxy'],
    ['npx gongzhi serve --role worker --role devices', 'the background work in a process of its own'],
  ],
  async run({ values, positionals }) {
    if (positionals.length > 0) throw misuse(`serve does not take "${positionals[0]}".`, 'serve');
    const wanted = (values['role'] as string[] | undefined) ?? [];
    const unknown = wanted.find((role) => !roles.includes(role));
    if (unknown !== undefined)
      throw misuse(`There is no role "${unknown}": it must be api, worker or devices.`, 'serve');
    const environment = readEnvironment({
      ...process.env,
      ...(wanted.length > 0 ? { GONGZHI_ROLES: wanted.join(',') } : {}),
      ...(typeof values['host'] === 'string' ? { HOST: values['host'] } : {}),
      ...(typeof values['port'] === 'string' ? { PORT: values['port'] } : {}),
    });
    let { config } = environment;
    let close: (() => Promise<void>) | undefined;
    if (environment.isEmbedded) {
      const database = await openDatabase(environment, 'gongzhi serve');
      config = { ...config, databaseUrl: database.databaseUrl, adminUrl: database.adminUrl };
      close = database.close;
    }
    try {
      const { startServer } = await import('../main.ts');
      const server = await startServer(config);
      onStopSignal(async () => {
        await server.close();
        await close?.();
      });
      process.stdout.write(
        `Gongzhi is running at ${server.url} (${[...config.roles].join(', ')}). Ctrl-C stops it.\n`,
      );
    } catch (error) {
      await close?.();
      throw error;
    }
    // The signal handler ends the process; a day at a time keeps it alive until then.
    for (;;) await sleep(86_400_000);
  },
};
