import { type SayBill, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { StatusChip } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';
import type { BillLine } from './api.ts';
import css from './css.ts';

/** The sentences of bills are told by both apps and on paper: which parameters one takes is known there only. */
export const untyped = (t: unknown): SayBill => t as SayBill;

export function Money({ fen, isStrong = false }: { fen: number; isStrong?: boolean }) {
  return <td className={css.figure}>{isStrong ? <strong>{yuan(fen)}</strong> : yuan(fen)}</td>;
}

/** Where a line stands: taken back, paid, late; nothing while it is merely open. */
export function LineState({ line }: { line: Pick<BillLine, 'isVoided' | 'openFen' | 'isLate'> }) {
  const { t } = useText();
  if (line.isVoided) return <StatusChip tone="waiting" word={t('billing.line.voided')} />;
  if (line.openFen === 0) return <StatusChip tone="done" word={t('billing.line.settled')} />;
  return line.isLate ? <StatusChip tone="late" word={t('billing.line.late')} /> : null;
}
