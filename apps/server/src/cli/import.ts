import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { progress } from '../../../../scripts/lib/progress.ts';
import { type Command, misuse } from './command.ts';

export const importData: Command = {
  name: 'import',
  summary: "bring a city's history of requests in, or lists of places, homes and people",
  usage: 'import requests FILE --mapping MAP | import places FILE --kind KIND --scope PLACE',
  description: [
    '`places` brings a workbook (.xlsx) or CSV of areas, compounds, buildings, households or people into a place: checked',
    'first, then all of it or nothing. The columns are those of the empty forms on the import page, or named by --map.',
    '`requests` reads a file of past service requests (CSV, or the same gzipped) and keeps each as a work order with its dates,',
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
    kind: {
      type: 'string',
      value: 'KIND',
      help: 'places: areas, compounds, buildings, households or people',
    },
    scope: { type: 'string', value: 'PLACE', help: 'places: what it goes into, by id, code or full name' },
    'dry-run': { type: 'boolean', help: 'places: check only' },
    'skip-rejected': { type: 'boolean', help: 'places: import the good rows and leave the wrong ones out' },
    sheet: { type: 'string', value: 'NAME', help: 'places: which sheet of a workbook, where several fit' },
    map: {
      type: 'string',
      value: 'THEIRS=OURS',
      help: 'places: what a column of the file is; may be repeated',
    },
    'new-city': {
      type: 'string',
      value: 'CODE=NAME',
      help: 'places: make this city first when it is not there',
    },
  },
  examples: [
    [
      'npx gongzhi import requests data/boston-311/requests-sample.csv.gz --mapping boston-311',
      'the sample of Boston that ships',
    ],
    ['npx gongzhi import requests history.csv --mapping ./our-city.json', 'a file of your own'],
    [
      'npx gongzhi import places people.xlsx --kind people --scope HSL-01 --dry-run',
      'check a list of people',
    ],
  ],
  passesArguments: true,
  async run({ argv }) {
    const [what, ...rest] = argv;
    if (what === undefined)
      throw misuse('import needs to know what to bring in, such as "requests".', 'import');
    if (what !== 'requests' && what !== 'places')
      throw misuse(`import cannot bring in "${what}", only "requests" and "places".`, 'import');
    const environment = readToolEnvironment();
    const { importRequestsCommand } = await import('../modules/work-orders/import/cli.ts');
    const { importPlacesCommand } = await import('../modules/places/import/cli.ts');
    const database = await openDatabase(environment, 'gongzhi import');
    const tools = {
      adminUrl: database.adminUrl,
      databaseUrl: database.databaseUrl,
      dataDir: environment.config.dataDir,
      out: (line: string) => void process.stdout.write(`${line}\n`),
    };
    try {
      if (what === 'requests') return await importRequestsCommand(rest, tools);
      const step = progress(process.stderr).step('rows');
      return await importPlacesCommand(rest, {
        ...tools,
        mode: environment.config.mode,
        progress: (done, total) =>
          step.bar(done, total, total === 0 ? `${done} checked` : `${done} of ${total}`),
      });
    } finally {
      await database.close();
    }
  },
};
