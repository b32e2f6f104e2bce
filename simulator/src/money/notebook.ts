import type { ProviderName } from '../providers/book.ts';
import type { Json } from './house.ts';

/** What people did, as they would remember it; nothing in here is read from the product's own sums. */
export interface Notebook {
  readonly counts: Map<string, number>;
  /** By home: what was billed, less what was taken back. */
  readonly billedFen: Map<string, number>;
  /** By home: cash and cards, in less out. */
  readonly handFen: Map<string, number>;
  /** In the till: what lies there, and what was counted too much or too little. */
  tillFen: number;
  /** Whose payment a number of the provider's is for. */
  readonly homeOf: Map<string, string>;
  /** Days held against the provider's file, waiting for the bank. */
  readonly unpaid: Map<ProviderName, { runId: string; version: number; netFen: number }[]>;
  /** Days that did not agree yet. */
  readonly openDays: Map<ProviderName, string[]>;
  /** Refunds in cash that were allowed while the till was closed. */
  toHandOut: { readonly refund: Json; readonly homeId: string }[];
}

export function emptyNotebook(): Notebook {
  return {
    counts: new Map(),
    billedFen: new Map(),
    handFen: new Map(),
    tillFen: 0,
    homeOf: new Map(),
    unpaid: new Map([
      ['wechat', []],
      ['alipay', []],
    ]),
    openDays: new Map([
      ['wechat', []],
      ['alipay', []],
    ]),
    toHandOut: [],
  };
}

export const count = (notebook: Notebook, what: string): void =>
  void notebook.counts.set(what, (notebook.counts.get(what) ?? 0) + 1);

export const add = (to: Map<string, number>, key: string, fen: number): void =>
  void to.set(key, (to.get(key) ?? 0) + fen);
