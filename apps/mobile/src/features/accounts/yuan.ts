import { formatYuan } from '@gongzhi/kernel';
import type { Translate } from '../../app/words.ts';

/** Whole fen as yuan: no float comes near an amount, not even to show it. */
export function yuan(fen: number): string {
  return formatYuan(BigInt(fen)).replace(/\d(?=(?:\d{3})+\.)/g, '$&,');
}

/** One month by its name, several from the first to the last. */
export function periodWords(t: Translate, period: { fromMonth: string; toMonth: string }): string {
  const [from, to] = [period.fromMonth.slice(0, 7), period.toMonth.slice(0, 7)];
  return from === to ? from : t('accounts.period', { from, to });
}
