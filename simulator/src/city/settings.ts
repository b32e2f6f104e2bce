import type { Instant } from '@gongzhi/kernel';

/** What the articles say of 96139, over half a year; everything else about the city follows from these in proportion. */
export const articles = {
  compounds: 4_229,
  departments: 594,
  companies: 9,
  squareMetres: 84_900_000,
  orders: 1_100_000,
  months: 6,
} as const;

export interface CitySettings {
  readonly seed: string;
  readonly compounds: number;
  readonly months: number;
  readonly orders: number;
  /** The history ends here; what is not done by then is still open. */
  readonly until: Instant;
  /** What is left out; nothing where nothing is said. */
  readonly without?: readonly Room[];
}

/** Beside the orders and the hotline. */
export const rooms = ['bills', 'gates'] as const;
export type Room = (typeof rooms)[number];

export const isIn = ({ without = [] }: Pick<CitySettings, 'without'>, room: Room): boolean =>
  !without.includes(room);

export const mostCompounds = 20_000;

export interface CitySize {
  readonly companies: number;
  readonly departments: number;
  readonly streets: number;
  readonly districts: number;
  /** Of all homes together, in hundredths of a square metre. */
  readonly areaHundredths: number;
}

export function sizeOf(compounds: number): CitySize {
  const share = compounds / articles.compounds;
  const departments = Math.max(1, Math.round(articles.departments * share));
  // Some seven departments serve the fifty compounds of a street, as in the street of the articles.
  const streets = Math.max(1, Math.round(departments / 7));
  return {
    departments,
    streets,
    companies: Math.min(articles.companies, departments),
    districts: Math.max(1, Math.round(streets / 7)),
    areaHundredths: Math.round(articles.squareMetres * 100 * share),
  };
}

export function usualOrders(compounds: number, months: number): number {
  return Math.round((articles.orders * (compounds / articles.compounds) * months) / articles.months);
}
