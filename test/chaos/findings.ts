/** What a round may find not to be as it was acknowledged; the report counts by these. */
export const areas = [
  'lost',
  'twice',
  'half',
  'outbox',
  'rollups',
  'ledger',
  'chains',
  'meters',
  'due',
  'pages',
  'connections',
  'odd answers',
] as const;
export type Area = (typeof areas)[number];

export interface Finding {
  readonly area: Area;
  readonly count: number;
  readonly text: string;
}

/** Nothing, if there is none of it. */
export const found = (area: Area, count: number, what: string): Finding[] =>
  count > 0 ? [{ area, count, text: `${count} ${what}` }] : [];
