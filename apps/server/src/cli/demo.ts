import { readEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { progress } from '../../../../scripts/lib/progress.ts';
import { StartError } from '../../../../scripts/postgres.ts';
import { type Command, misuse } from './command.ts';

export const demo: Command = {
  name: 'demo',
  summary: 'load the demonstration street, or list its logins',
  usage: 'demo [load|logins]',
  description: [
    'The demonstration street is a made-up one: communities, compounds, households, companies and weeks of orders.',
    '`load` (the default) puts it into the embedded database unless it is there already; `npm start` does the same.',
    '`logins` prints who one can sign in as. Neither ever touches a database of your own.',
  ],
  options: {},
  examples: [
    ['npx gongzhi demo', 'load the street if it is missing'],
    ['npx gongzhi demo logins', 'list roles and phone numbers to sign in with'],
  ],
  async run({ positionals }) {
    const [what = 'load', extra] = positionals;
    if (extra !== undefined) throw misuse(`demo does not take "${extra}".`, 'demo');
    if (what !== 'load' && what !== 'logins')
      throw misuse(`demo cannot do "${what}", only load and logins.`, 'demo');
    const { demonstrationLogins, loadDemonstration } = await import('../../../../simulator/src/load.ts');
    if (what === 'logins') {
      for (const login of demonstrationLogins()) {
        process.stdout.write(`${[login.role, login.phone, login.where, login.name].join('\t')}\n`);
      }
      return 0;
    }
    const environment = readEnvironment();
    if (environment.config.mode !== 'demo' || !environment.isEmbedded) {
      throw new StartError(
        'demo-only',
        'The demonstration street is loaded in demonstration mode only: unset GONGZHI_MODE and DATABASE_URL.',
      );
    }
    const database = await openDatabase(environment, 'gongzhi demo');
    try {
      const step = progress().step('demonstration street');
      await loadDemonstration({
        adminUrl: database.adminUrl,
        dataDir: environment.config.dataDir,
        onProgress: (done, total, label) => step.bar(done, total, label),
      });
      step.done();
      return 0;
    } finally {
      await database.close();
    }
  },
};
