import { compact, text } from './search-words.ts';

/** What the address of the wall screen says; its part of the table in routes.ts. */
export interface WallSearch {
  /** Of which region; everything within one's reach where left out. */
  scope?: string | undefined;
}

export const readWallSearch = (raw: Record<string, unknown>): WallSearch =>
  compact({ scope: text(raw['scope']) });
