import { type SayBill, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, ErrorState, Skeleton, StatusChip } from '@gongzhi/ui';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import type { BillLine } from './api.ts';
import css from './billing.module.css';

/** The sentences of bills are told by both apps and on paper: which parameters one takes is known there only. */
export const untyped = (t: unknown): SayBill => t as SayBill;

/** Waiting, or what went wrong and how to ask again. */
export function Pending({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const text = useText();
  return error === null ? (
    <Skeleton label={text.t('common.loading')} lines={8} />
  ) : (
    <ErrorState text={problemText(error, text)} onRetry={onRetry} />
  );
}

export function Table({
  label,
  heads,
  children,
}: {
  label: string;
  heads: readonly Head[];
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            {heads.map(({ word, isFigure }) => (
              <th key={word} scope="col" className={isFigure === true ? css.figure : undefined}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

export interface Head {
  readonly word: string;
  readonly isFigure?: boolean;
}

export function Money({ fen, isStrong = false }: { fen: number; isStrong?: boolean }) {
  return <td className={css.figure}>{isStrong ? <strong>{yuan(fen)}</strong> : yuan(fen)}</td>;
}

export function More({
  list,
}: {
  list: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}) {
  const { t } = useText();
  return list.hasNextPage ? (
    <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
      {t('common.more')}
    </Button>
  ) : null;
}

/** Where a line stands: taken back, paid, late; nothing while it is merely open. */
export function LineState({ line }: { line: Pick<BillLine, 'isVoided' | 'openFen' | 'isLate'> }) {
  const { t } = useText();
  if (line.isVoided) return <StatusChip tone="waiting" word={t('billing.line.voided')} />;
  if (line.openFen === 0) return <StatusChip tone="done" word={t('billing.line.settled')} />;
  return line.isLate ? <StatusChip tone="late" word={t('billing.line.late')} /> : null;
}
