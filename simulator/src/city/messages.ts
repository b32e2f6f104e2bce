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
  /** Months of homes, and what was paid of them. */
  readonly bills: number;
  readonly payments: number;
  readonly moneyRows: number;
  /** Of the process that made and sent them; of several together longer than it took. */
  readonly moneyMs: number;
  readonly passes: number;
  readonly passages: number;
  readonly gateRows: number;
  readonly gateMs: number;
  /** Of all tables, these included. */
  readonly rows: number;
}

export const none: PartCounts = {
  orders: 0,
  steps: 0,
  events: 0,
  cases: 0,
  bills: 0,
  payments: 0,
  moneyRows: 0,
  moneyMs: 0,
  passes: 0,
  passages: 0,
  gateRows: 0,
  gateMs: 0,
  rows: 0,
};

const names = Object.keys(none) as (keyof PartCounts)[];

export const plus = (a: PartCounts, b: PartCounts): PartCounts =>
  Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as PartCounts;
