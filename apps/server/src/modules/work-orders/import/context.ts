import type { Clock } from '../../../platform/clock/clock.ts';

export interface ImportContext {
  readonly adminUrl: string;
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** One line for whoever watches. */
  out(line: string): void;
  readonly clock?: Clock;
}

/** What `npx gongzhi import requests` answers to its caller. */
export const exitCodes = {
  done: 0,
  /** Our figures and the source's differ, or the import could not be carried out. */
  failed: 1,
  /** The command line or the mapping is wrong; nothing was imported. */
  usage: 2,
  /** The good rows are in, some were refused. */
  someRefused: 3,
} as const;
