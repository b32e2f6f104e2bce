import type { ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** The link is too old, was never ours, or somebody else has opened it. */
  'wechat.link_gone': 410,
} as const satisfies ErrorTable;
