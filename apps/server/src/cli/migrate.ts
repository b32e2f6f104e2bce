import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { migrate as bringUpToDate } from '../platform/db/migrate.ts';
import { type Command, misuse } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: "bring the database to this version's schema",
  usage: 'migrate',
  description: [
    'Applies the migrations that this version brings and the database lacks, each in a transaction of its own and',
    'checked afterwards. Running it again changes nothing. On a database of your own it needs DATABASE_ADMIN_URL;',
    'give the role gongzhi_app a password afterwards and put it into DATABASE_URL.',
  ],
  options: {},
  examples: [
    ['npx gongzhi migrate', 'the embedded database'],
    [
      'GONGZHI_MODE=production DATABASE_URL=postgresql://gongzhi_app@db/gongzhi \\\n    DATABASE_ADMIN_URL=postgresql://postgres@db/gongzhi npx gongzhi migrate',
      'a database of your own',
    ],
  ],
  async run({ positionals }) {
    if (positionals.length > 0) throw misuse(`migrate does not take "${positionals[0]}".`, 'migrate');
    const environment = readToolEnvironment();
    const database = await openDatabase(environment, 'gongzhi migrate');
    try {
      const { applied } = await bringUpToDate(database.adminUrl);
      const all = [...database.applied, ...applied];
      for (const name of all) process.stdout.write(`applied ${name}\n`);
      if (all.length === 0) process.stdout.write('The database is up to date.\n');
      return 0;
    } finally {
      await database.close();
    }
  },
};
