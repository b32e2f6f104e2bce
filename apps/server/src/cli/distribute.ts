import pg from 'pg';
import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { StartError } from '../../../../scripts/postgres.ts';
import { placements } from '../distribution.ts';
import {
  clusterFaults,
  distribute as spread,
  distributionStatements,
  placedTables,
  readSchema,
} from '../platform/db/distribute.ts';
import { readMigrations } from '../platform/db/migrate.ts';
import { type Command, misuse } from './command.ts';

export const distribute: Command = {
  name: 'distribute',
  summary: 'spread the database over the machines of a Citus cluster',
  usage: 'distribute [--print]',
  description: [
    'For a city that has outgrown one machine: everything of a neighbourhood goes to one machine of a Citus cluster, what all',
    'need goes to every one. In one transaction: all of it or nothing. Run it on the coordinator, after `npx gongzhi migrate`',
    'and with every server stopped; run it again after a version that brought new tables, which takes those only.',
    '`--print` writes the SQL and changes nothing. It was not tried on a cluster (docs/operations.md): take a backup first.',
  ],
  options: { print: { type: 'boolean', help: 'write the SQL, change nothing; works on any database' } },
  examples: [
    ['npx gongzhi distribute --print', 'what would be said to the embedded database, were it a cluster'],
    [
      'GONGZHI_MODE=production DATABASE_URL=postgresql://gongzhi_app@coordinator/gongzhi \\\n    DATABASE_ADMIN_URL=postgresql://postgres@coordinator/gongzhi npx gongzhi distribute',
      'a cluster of your own',
    ],
  ],
  async run({ values, positionals }) {
    if (positionals.length > 0) throw misuse(`distribute does not take "${positionals[0]}".`, 'distribute');
    const database = await openDatabase(readToolEnvironment(), 'gongzhi distribute');
    const client = new pg.Client({
      connectionString: database.adminUrl,
      options: '-c timezone=UTC',
      application_name: 'gongzhi distribute',
    });
    try {
      await client.connect();
      if (values['print'] === true) {
        const statements = distributionStatements(
          await readSchema(client),
          placements,
          await placedTables(client),
        );
        process.stdout.write(`begin;\n${statements.map((statement) => `${statement};\n`).join('')}commit;\n`);
        return 0;
      }
      const latest = (await readMigrations()).at(-1)?.name ?? '';
      const faults = await clusterFaults(client, latest);
      if (faults.length > 0)
        throw new StartError('not-distributable', `This cannot be distributed now: ${faults.join('; ')}.`);
      const before = (await placedTables(client)).size;
      await spread(client, placements);
      const after = (await placedTables(client)).size;
      process.stdout.write(
        after === before
          ? 'Every table lies where it belongs.\n'
          : `${after - before} tables were placed, ${after} in all. Start the servers again.\n`,
      );
      return 0;
    } finally {
      await client.end().catch(() => {});
      await database.close();
    }
  },
};
