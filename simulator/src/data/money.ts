import type { HouseStyle } from './street.ts';

/** What a home pays for being looked after, and the words that stand on its bill. */

/** Yuan a square metre and month, in ten-thousandths: what is usual for each kind of house; assumed. */
export const propertyFee: Readonly<Record<HouseStyle, readonly [least: number, most: number]>> = {
  works: [3_000, 4_500],
  walkup80: [4_000, 6_500],
  walkup90: [5_500, 9_000],
  tower90: [9_000, 14_000],
  slab00: [13_000, 19_000],
  tower00: [18_000, 28_000],
};

export const moneyWords = {
  fee: '物业服务费',
  source: '前期物业服务合同第 8 条',
  /** Why a till is a few fen short: there are no fen. */
  noFen: '分币抹零',
} as const;
