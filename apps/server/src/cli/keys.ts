import { existsSync } from 'node:fs';
import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { StartError } from '../../../../scripts/postgres.ts';
import { createKeyFile, keyFilePath, rotateKeys } from '../platform/crypto/keys.ts';
import { type Command, misuse } from './command.ts';

export const keys: Command = {
  name: 'keys',
  summary: 'make or rotate the keys that names and phones are encrypted with',
  usage: 'keys create|rotate',
  description: [
    'Names and phone numbers are encrypted with keys that lie in one file outside the database: GONGZHI_KEYS, or',
    'keys.json in the data folder. Keep a copy of it apart from the backups: without it they cannot be read again.',
    '`create` makes the file and leaves an existing one alone; `rotate` adds a key for what is written from now on.',
  ],
  options: {},
  examples: [
    ['GONGZHI_MODE=production npx gongzhi keys create', 'before the first start in production'],
    ['npx gongzhi keys rotate', 'a new key; restart the servers afterwards'],
  ],
  async run({ positionals }) {
    const [what, extra] = positionals;
    if (what !== 'create' && what !== 'rotate')
      throw misuse('keys needs to be told create or rotate.', 'keys');
    if (extra !== undefined) throw misuse(`keys does not take "${extra}".`, 'keys');
    const path = keyFilePath(readToolEnvironment().config.dataDir, process.env['GONGZHI_KEYS']);
    const isThere = existsSync(path);
    if (what === 'create') {
      await createKeyFile(path);
      process.stdout.write(`${isThere ? 'Already there, left alone' : 'Made'}: ${path}\n`);
      return 0;
    }
    if (!isThere)
      throw new StartError(
        'keys-missing',
        `There is no key file at ${path}; make one with \`npx gongzhi keys create\`.`,
      );
    const id = await rotateKeys(path);
    process.stdout.write(`Key ${id} is active from the next start on; older ones stay for reading.\n`);
    return 0;
  },
};
