import { IconButton } from '@gongzhi/ui/Button.tsx';
import { X } from 'lucide-react';
import type { JobSheet } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import css from './working.module.css';

/** What it costs, line by line, and the sum: the same to the worker and to who is to agree. */
export function ChargeLines({
  charge,
  onRemove,
}: {
  charge: NonNullable<JobSheet['charge']>;
  onRemove?: ((lineId: string) => void) | undefined;
}) {
  const { t } = useWords();
  const isReduced = charge.discount !== '0.00';
  return (
    <ul className={css.lines} aria-label={t('mobile.charge.lines')}>
      {charge.lines.map((line) => (
        <li key={line.id} className={css.line}>
          <span>
            {line.name}
            <span className={css.quiet}>
              {' '}
              {line.unitPrice} × {line.quantity} {line.unit}
            </span>
            {line.reason !== null && <span className={css.quiet}> {line.reason}</span>}
          </span>
          <span className={css.amount}>{line.amount}</span>
          {onRemove !== undefined && (
            <IconButton
              icon={X}
              label={t('mobile.charge.remove', { name: line.name })}
              onPress={() => {
                onRemove(line.id);
              }}
            />
          )}
        </li>
      ))}
      {isReduced && (
        <li className={css.line}>
          <span>
            {t('mobile.charge.discount')}
            {charge.discountReason !== null && <span className={css.quiet}> {charge.discountReason}</span>}
          </span>
          <span className={css.amount}>−{charge.discount}</span>
        </li>
      )}
      <li className={`${css.line} ${css.total}`}>
        <span>{t('mobile.charge.total')}</span>
        <span className={css.amount}>{t('mobile.working.yuan', { amount: charge.total })}</span>
      </li>
    </ul>
  );
}
