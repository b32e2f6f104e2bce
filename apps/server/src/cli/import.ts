import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { type Command, misuse } from './command.ts';

export const importData: Command = {
  name: 'import',
  summary: "bring a city's history of service requests in",
  usage: 'import requests FILE --mapping MAP',
  description: [
    'Reads a file of past service requests (CSV, or the same gzipped) and keeps each as a work order with its dates,',
    'category, place and outcome. MAP names the columns: a built-in mapping, or a JSON file of your own.',
    'It can be stopped and run again at any time: it goes on where it was, and a row is never taken twice.',
  ],
  options: {
    mapping: { type: 'string', value: 'MAP', help: 'how the columns are to be read; see docs/import.md' },
    viewer: {
      type: 'string',
      value: 'PHONE',
      help: 'the account that may look at the imported city (demonstration: its city office)',
    },
    limit: { type: 'string', value: 'N', help: 'take the first N rows only' },
    schema: { type: 'boolean', help: 'print the JSON schema of a mapping, and stop' },
  },
  examples: [
    [
      'npx gongzhi import requests data/boston-311/requests-sample.csv.gz --mapping boston-311',
      'the sample of Boston that ships',
    ],
    ['npx gongzhi import requests history.csv --mapping ./our-city.json', 'a file of your own'],
  ],
  passesArguments: true,
  async run({ argv }) {
    const [what, ...rest] = argv;
    if (what === undefined)
      throw misuse('import needs to know what to bring in, such as "requests".', 'import');
    if (what !== 'requests') throw misuse(`import cannot bring in "${what}", only "requests".`, 'import');
    const environment = readToolEnvironment();
    const { importRequestsCommand } = await import('../modules/work-orders/import/cli.ts');
    const database = await openDatabase(environment, 'gongzhi import');
    try {
      return await importRequestsCommand(rest, {
        adminUrl: database.adminUrl,
        databaseUrl: database.databaseUrl,
        dataDir: environment.config.dataDir,
        out: (line) => process.stdout.write(`${line}\n`),
      });
    } finally {
      await database.close();
    }
  },
};
