import type pg from 'pg';
import { sql, type Statement } from '../../../apps/server/src/platform/db/sql.ts';
import { countCopied, foldAll, type InTransaction, recountFigures } from '../rules.ts';

/** Orders that are copied in go past the service, which keeps their sums: they are counted here by the same rule. */

const on = (client: pg.Client) => ({
  query: async <Row>({ text, values }: Statement): Promise<Row[]> =>
    (await client.query(text, [...values])).rows as Row[],
});

/** In the transaction that brings the demonstration, which is not there before. */
export async function countOrders(client: pg.Client): Promise<void> {
  await countCopied(
    on(client),
    sql`o.scope_id in (select s.scope_id from places.scope s where s.is_demonstration)`,
  );
  await foldAll(on(client));
}

/** All orders there are, at the end of a run that may have been the last of several: how many, or how long they took. */
export async function recountOrders(client: pg.Client, what: 'counts' | 'times'): Promise<void> {
  const inTransaction: InTransaction = async (run) => {
    await client.query('begin');
    try {
      const value = await run(on(client));
      await client.query('commit');
      return value;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  };
  await recountFigures(inTransaction, [what]);
}
