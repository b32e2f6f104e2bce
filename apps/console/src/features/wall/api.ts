import { addDays, localDate } from '@gongzhi/kernel/time.ts';
import { http } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { type Overview as OverviewData, overviewApi } from '../overview/api.ts';
import { areTooMany } from './derive.ts';

export type WallData = Answer<'getWall'>;
export type { OverviewData };

/** More are not ranked in any size. */
export const MOST_RANKED = 10;
/** So many days end today. */
export const DAYS = 14;

export interface Seen {
  readonly wall: WallData;
  readonly overview: OverviewData;
  /** How much further the server's clock is than this machine's. */
  readonly aheadMs: number;
}

/** All that hangs on the wall, of one moment. */
export async function readWall(scopeId: string | undefined, signal: AbortSignal): Promise<Seen> {
  const query = scopeId === undefined ? {} : { scopeId };
  const wall = await http.call<WallData>('GET', '/overview/wall', { query, signal });
  const aheadMs = Date.parse(wall.at) - Date.now();
  // The server's day where the region is, whatever this machine believes.
  const to = localDate(Date.parse(wall.at), wall.timeZone);
  const from = addDays(to, 1 - DAYS);
  const ask = (by: 'street' | 'community'): Promise<OverviewData> =>
    overviewApi.get({ ...query, from, to, by, sort: 'late', most: MOST_RANKED, grids: false }, { signal });
  const byStreet = await ask('street');
  const overview = areTooMany(byStreet) ? await ask('community') : byStreet;
  return { wall, overview, aheadMs };
}
