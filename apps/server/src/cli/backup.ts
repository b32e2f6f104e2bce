import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { onStopSignal } from '../../../../scripts/lib/signals.ts';
import { copyOn, restore as bringBack, StartError, takeBase } from '../../../../scripts/postgres.ts';
import { keyFilePath } from '../platform/crypto/keys.ts';
import { type Command, misuse } from './command.ts';

/** A database of one's own has tools of its own, which know its disks and its standby. */
function assertEmbedded(isEmbedded: boolean, what: string): void {
  if (isEmbedded) return;
  throw new StartError(
    'own-database',
    `\`gongzhi ${what}\` is for the embedded database; DATABASE_URL names one of your own: use pg_basebackup and WAL archiving there, and copy the uploaded files and the keys (docs/operations.md).`,
  );
}

export const backup: Command = {
  name: 'backup',
  summary: 'copy the embedded database and its files while the server runs',
  usage: 'backup FOLDER [--log-only] [--follow SECONDS]',
  description: [
    'Takes a whole copy (a base) of the database into FOLDER, and everything that was committed up to the end of it:',
    'the server goes on meanwhile. `--log-only` adds what was committed since the last run, which takes a moment;',
    '`--follow` goes on doing that. Any moment between the first base and the last run can be restored. Uploaded files',
    'go along, unless they lie in a bucket. The key file does NOT: keep a copy of it apart (`npx gongzhi keys --help`).',
  ],
  options: {
    'log-only': { type: 'boolean', help: 'no new base: only what was committed since the last run' },
    follow: {
      type: 'string',
      value: 'SECONDS',
      help: 'go on copying what is committed, so often, until Ctrl-C',
    },
  },
  examples: [
    ['npx gongzhi backup /mnt/backup/gongzhi', 'once a night'],
    ['npx gongzhi backup /mnt/backup/gongzhi --log-only --follow 30', 'all day: at most 30 seconds are lost'],
  ],
  async run({ values, positionals }) {
    const [given, extra] = positionals;
    if (given === undefined) throw misuse('backup needs a folder.', 'backup');
    if (extra !== undefined) throw misuse(`backup does not take "${extra}".`, 'backup');
    const every = values['follow'] === undefined ? null : Number(values['follow']);
    if (every !== null && !(every >= 1 && every <= 86_400))
      throw misuse('--follow takes seconds, from 1 to 86400.', 'backup');
    const environment = readToolEnvironment();
    assertEmbedded(environment.isEmbedded, 'backup');
    const { dataDir } = environment.config;
    const folder = resolve(given);
    const keyFile = keyFilePath(dataDir, process.env['GONGZHI_KEYS']);
    const database = await openDatabase(environment, 'gongzhi backup');
    let isStopping = false;
    try {
      const options = { adminUrl: database.adminUrl, dataDir, folder, keyFile };
      const first = values['log-only'] === true ? await copyOn(options) : await takeBase(options);
      process.stdout.write(
        `${folder} reaches until ${first.through} (${first.bases.length} ${first.bases.length === 1 ? 'base' : 'bases'}). The keys are not in it: keep a copy of ${keyFile} elsewhere.\n`,
      );
      if (every === null) return 0;
      onStopSignal(async () => {
        isStopping = true;
        await database.close();
      });
      while (!isStopping) {
        await sleep(every * 1000);
        if (!isStopping) await copyOn(options);
      }
      return 0;
    } finally {
      if (!isStopping) await database.close();
    }
  },
};

export const restore: Command = {
  name: 'restore',
  summary: 'bring a backup back into a new data folder, as of any moment',
  usage: 'restore FOLDER [--to TIME] [--keys FILE]',
  description: [
    'Makes a data folder (GONGZHI_DATA, which must not hold a database yet) of a backup: as of its last run, or as of',
    '--to. Look at what came back by starting a server on it, before it takes the place of what you have.',
  ],
  options: {
    to: {
      type: 'string',
      value: 'TIME',
      help: 'the moment to go back to, such as 2026-11-22T09:30:00+08:00',
    },
    keys: {
      type: 'string',
      value: 'FILE',
      help: 'your copy of the key file (else GONGZHI_KEYS, else keys.json there)',
    },
  },
  examples: [
    [
      'GONGZHI_DATA=/srv/back npx gongzhi restore /mnt/backup/gongzhi --keys /media/safe/keys.json',
      'everything',
    ],
    [
      'GONGZHI_DATA=/srv/back npx gongzhi restore /mnt/backup/gongzhi --to 2026-11-22T09:30:00+08:00',
      'as of then',
    ],
  ],
  async run({ values, positionals }) {
    const [given, extra] = positionals;
    if (given === undefined) throw misuse('restore needs the folder of a backup.', 'restore');
    if (extra !== undefined) throw misuse(`restore does not take "${extra}".`, 'restore');
    const to = values['to'] === undefined ? undefined : new Date(String(values['to']));
    // Without its offset a time means something else on another machine.
    const isExact = /(?:Z|[+-]\d\d:\d\d)$/.test(String(values['to']));
    if (to !== undefined && (Number.isNaN(to.getTime()) || !isExact))
      throw misuse('--to takes a time with its offset, such as 2026-11-22T09:30:00+08:00.', 'restore');
    const environment = readToolEnvironment();
    assertEmbedded(environment.isEmbedded, 'restore');
    const { dataDir } = environment.config;
    const keyFile =
      typeof values['keys'] === 'string' ? values['keys'] : keyFilePath(dataDir, process.env['GONGZHI_KEYS']);
    const { base, through } = await bringBack({ folder: resolve(given), dataDir, to, keyFile });
    process.stdout.write(
      `${dataDir} is as of ${through} (from ${base}). Start it with GONGZHI_DATA=${dataDir}.\n`,
    );
    return 0;
  },
};
