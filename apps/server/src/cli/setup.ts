import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { type Command, misuse } from './command.ts';

export const setup: Command = {
  name: 'setup',
  summary: 'begin a city: its companies, whom they serve, and the first people',
  usage: 'setup FILE [--dry-run]',
  description: [
    'Reads a JSON file with a city, its property companies and their departments, which compounds they serve since',
    'when, and the people to begin with. They sign in with their phone and take everybody else on, on the page.',
    'Streets, communities and compounds come in before it with `import places`. What is there already is left as it',
    'is: the same file may be sent again with more in it. All of it or nothing; docs/setup.md has a whole one.',
  ],
  options: { 'dry-run': { type: 'boolean', help: 'say what would be new, and write nothing' } },
  examples: [
    ['npx gongzhi setup city.json --dry-run', 'look first'],
    ['GONGZHI_MODE=production npx gongzhi setup city.json', 'in production'],
  ],
  async run({ positionals, values }) {
    const [file, extra] = positionals;
    if (file === undefined) throw misuse('setup needs a file.', 'setup');
    if (extra !== undefined) throw misuse(`setup does not take "${extra}".`, 'setup');
    const environment = readToolEnvironment();
    const { setupCommand } = await import('../modules/identity/import/cli.ts');
    const database = await openDatabase(environment, 'gongzhi setup');
    try {
      return await setupCommand(file, values['dry-run'] === true, {
        adminUrl: database.adminUrl,
        dataDir: environment.config.dataDir,
        mode: environment.config.mode,
        out: (line) => void process.stdout.write(`${line}\n`),
      });
    } finally {
      await database.close();
    }
  },
};
