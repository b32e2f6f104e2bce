import type pg from 'pg';

/** The setting that is written last: a street without it is not whole. */
export const marker = 'demonstration.loaded';

/** Written before the first act of the morning: what was begun is not played a second time, for it would be there twice. */
export const morningMarker = 'demonstration.morning';

const isMarked = async (client: pg.Client, key: string): Promise<boolean> =>
  (await client.query('select 1 from platform.setting where key = $1', [key])).rowCount !== 0;

export const isLoaded = (client: pg.Client): Promise<boolean> => isMarked(client, marker);
export const isMorningBegun = (client: pg.Client): Promise<boolean> => isMarked(client, morningMarker);
