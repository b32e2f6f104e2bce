import { Card } from '@gongzhi/ui/Card.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { explainBill, lineName, type SayBill, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Link } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import type { BillLine } from './api.ts';
import css from './bills.module.css';

/** One line of a bill: what for, how much, by when; and behind it how it came about. */
export function Line({ line, scopeId }: { line: BillLine; scopeId: string }) {
  const { t } = useWords();
  const say = t as unknown as SayBill;
  const name = lineName(say, line);
  const { orderId, readings = [] } = line.basis;
  // Lines of before meters' numbers were kept have none.
  const serials = readings.flatMap(({ serial = '' }) => (serial === '' ? [] : [serial]));
  return (
    <Card label={name} className={cx(css.line, line.isVoided && css.gone)}>
      <div className={css.row}>
        <span className={css.name}>{name}</span>
        <span className={css.money}>{t('bills.yuan', { amount: yuan(line.amountFen) })}</span>
      </div>
      <div className={css.row}>
        <span className={css.quiet}>
          {line.period.slice(0, 7)}
          {line.openFen > 0 && ` · ${t('bills.dueOn', { day: line.dueOn })}`}
        </span>
        <Standing line={line} />
      </div>
      {line.openFen > 0 && line.settledFen > 0 && (
        <p className={css.quiet}>{t('bills.partly', { amount: yuan(line.openFen) })}</p>
      )}
      {line.dueFen < line.openFen && line.earlyUntil !== null && (
        <p className={css.quiet}>
          {t('bills.early', { day: line.earlyUntil, amount: yuan(line.openFen - line.dueFen) })}
        </p>
      )}
      <details className={css.why}>
        <summary>{t('bills.why')}</summary>
        <ul>
          {explainBill(say, line).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {line.isVoided && line.voidReason !== null && (
            <li>{t('bills.voidReason', { reason: line.voidReason })}</li>
          )}
          {line.isLate && line.limitationOn !== null && (
            <li>{t('bills.limitation', { day: line.limitationOn })}</li>
          )}
        </ul>
        {line.basis.readings !== undefined && (
          <p>
            <Link to={url.meters()}>
              {serials.length === 0
                ? t('bills.basis.openMeters')
                : t('bills.basis.openReadings', { serial: serials.join(t('common.listSeparator')) })}
            </Link>
          </p>
        )}
        {orderId !== undefined && (
          <p>
            <Link to={url.order({ scopeId, id: orderId })}>{t('bills.order')}</Link>
          </p>
        )}
      </details>
    </Card>
  );
}

function Standing({ line }: { line: BillLine }) {
  const { t } = useWords();
  if (line.isVoided) return <StatusChip tone="waiting" word={t('bills.voided')} />;
  if (line.amountFen < 0) return <StatusChip tone="done" word={t('bills.credited')} />;
  if (line.openFen === 0) return <StatusChip tone="done" word={t('bills.settled')} />;
  return line.isLate ? <StatusChip tone="late" word={t('bills.isLate')} /> : null;
}
