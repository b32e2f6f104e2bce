import type pg from 'pg';

/** The setting that is written last: a street without it is not whole. */
export const marker = 'demonstration.loaded';

export async function isLoaded(client: pg.Client): Promise<boolean> {
  return (await client.query('select 1 from platform.setting where key = $1', [marker])).rowCount !== 0;
}
