/**
 * Complaints set against how many live there: per 1,000 households and per 10,000 square metres, by the compound's age.
 * A compound without households, or without known area, has no such figure: null, not nought.
 */
export interface Counted {
  readonly cases: number;
  readonly households: number;
  /** Hundredths of a square metre. */
  readonly areaHundredths: bigint;
}

export const AGE_GROUPS = [
  'before_1980',
  '1980s',
  '1990s',
  '2000s',
  '2010s',
  'since_2020',
  'unknown',
] as const;
export type AgeGroup = (typeof AGE_GROUPS)[number];

export function ageGroup(builtYear: number | null): AgeGroup {
  if (builtYear === null) return 'unknown';
  if (builtYear < 1980) return 'before_1980';
  if (builtYear >= 2020) return 'since_2020';
  return `${Math.floor(builtYear / 10)}0s` as AgeGroup;
}

const oneDecimal = (value: number) => Math.round(value * 10 + 1e-7) / 10;

export function perThousandHouseholds({ cases, households }: Counted): number | null {
  return households === 0 ? null : oneDecimal((cases * 1_000) / households);
}

export function perTenThousandSquareMetres({ cases, areaHundredths }: Counted): number | null {
  return areaHundredths === 0n ? null : oneDecimal((cases * 1_000_000) / Number(areaHundredths));
}

export function sumOf(rows: readonly Counted[]): Counted {
  return rows.reduce(
    (sum, row) => ({
      cases: sum.cases + row.cases,
      households: sum.households + row.households,
      areaHundredths: sum.areaHundredths + row.areaHundredths,
    }),
    { cases: 0, households: 0, areaHundredths: 0n },
  );
}
