import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { differences, recountFigures } from '../modules/work-orders/index.ts';
import { openLoaderDatabase } from '../platform/db/loader-database.ts';
import { type Command, misuse } from './command.ts';

const mostShown = 100;

export const figures: Command = {
  name: 'figures',
  summary: 'compare the kept sums of orders with the orders, or count them anew',
  usage: 'figures check|recount',
  description: [
    'The overview reads sums that every command keeps up to date. "check" counts the orders themselves and prints where',
    'the sums say something else; there should be nothing to print. "recount" writes the sums anew from the orders,',
    'while the server runs. Needed after rows were changed by hand, or by a server of an older version meanwhile.',
  ],
  options: {},
  examples: [
    ['npx gongzhi figures check', 'ends with 1 where something differs'],
    ['npx gongzhi figures recount', 'all sums, from the orders alone'],
  ],
  async run({ positionals }) {
    const [what, extra] = positionals;
    if (what !== 'check' && what !== 'recount')
      throw misuse('figures needs to be told check or recount.', 'figures');
    if (extra !== undefined) throw misuse(`figures ${what} does not take "${extra}".`, 'figures');
    const database = await openDatabase(readToolEnvironment(), 'gongzhi figures');
    const loader = await openLoaderDatabase(database.adminUrl, 'gongzhi figures');
    try {
      if (what === 'recount') {
        const count = await recountFigures((run) => loader.work(run));
        process.stdout.write(`${count} orders counted.\n`);
        return 0;
      }
      const found = await loader.work((tx) => differences(tx, mostShown));
      for (const { grain, scopeId, day, measure, amount } of found)
        process.stdout.write(
          `${grain}${day === null ? '' : ` ${day}`} ${scopeId} ${measure}: ${amount > 0 ? '+' : ''}${amount}\n`,
        );
      process.stdout.write(
        found.length === 0
          ? 'The sums are those of the orders.\n'
          : found.length === mostShown
            ? `The first ${mostShown} differences. "npx gongzhi figures recount" puts them right.\n`
            : `${found.length} differences. "npx gongzhi figures recount" puts them right.\n`,
      );
      return found.length === 0 ? 0 : 1;
    } finally {
      await loader.close();
      await database.close();
    }
  },
};
