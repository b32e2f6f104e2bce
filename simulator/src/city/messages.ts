import type { CitySettings } from './settings.ts';

/** What the process that hands out the parts and those that load them say to each other. */

export type ToWorker =
  | {
      readonly type: 'open';
      readonly adminUrl: string;
      readonly dataDir: string;
      readonly settings: CitySettings;
    }
  | { readonly type: 'part'; readonly index: number };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'orders'; readonly count: number }
  | { readonly type: 'done'; readonly index: number; readonly counts: PartCounts }
  | { readonly type: 'failed'; readonly message: string };

export interface PartCounts {
  readonly orders: number;
  readonly steps: number;
  readonly events: number;
  /** Of the 12345 hotline. */
  readonly cases: number;
  /** Of all tables, these three included. */
  readonly rows: number;
}
