import { yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../../app/words.ts';
import { type Statement, statementPaper, type StatementRange, statementQuery } from './api.ts';
import css from './bills.module.css';
import { Pending } from './Pending.tsx';

const times = ['year', 'thisYear', 'lastYear', 'own'] as const;
type Time = (typeof times)[number];

/** What the words mean in days; none where the two days are not yet chosen, or the wrong way round. */
function rangeOf(time: Time, from: string, to: string, year: number): StatementRange | null {
  switch (time) {
    case 'year':
      return {};
    case 'thisYear':
      return { from: `${year}-01-01` };
    case 'lastYear':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    default:
      return from !== '' && to !== '' && from <= to ? { from, to } : null;
  }
}

/** What was billed and paid in any time, and the same as paper. */
export function StatementView({ scopeId, householdId }: { scopeId: string; householdId: string }) {
  const { t, locale } = useWords();
  const [time, setTime] = useState<Time>('year');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [year] = useState(() => new Date().getFullYear());
  const range = rangeOf(time, from, to, year);
  const statement = useQuery({
    ...statementQuery(scopeId, householdId, range ?? {}),
    enabled: range !== null,
  });
  return (
    <>
      <Select
        label={t('bills.statement.when')}
        options={times.map((value) => ({ value, label: t(`bills.statement.time.${value}`) }))}
        value={time}
        onChange={(value) => setTime(value as Time)}
      />
      {time === 'own' && (
        <div className={css.days}>
          <TextField label={t('bills.statement.from')} type="date" value={from} onChange={setFrom} />
          <TextField
            label={t('bills.statement.to')}
            type="date"
            value={to}
            onChange={setTo}
            error={from !== '' && to !== '' && to < from ? t('bills.statement.backwards') : undefined}
          />
        </div>
      )}
      {range !== null &&
        (statement.data === undefined ? (
          <Pending error={statement.error} onRetry={() => void statement.refetch()} />
        ) : (
          <>
            {statement.data.entries.length > statement.data.mostOnPaper ? (
              <p className={css.quiet}>
                {t('bills.statement.tooLong', {
                  count: statement.data.entries.length,
                  most: statement.data.mostOnPaper,
                })}
              </p>
            ) : (
              <a
                className={buttonClass('secondary', 'large', true)}
                href={statementPaper(scopeId, householdId, range, locale)}
                target="_blank"
                rel="noreferrer"
              >
                {t('bills.statement.paper')}
              </a>
            )}
            <Entries key={`${statement.data.from} ${statement.data.to}`} data={statement.data} />
          </>
        ))}
    </>
  );
}

/** So many at once: five years are a long way to scroll, and long to draw. */
const PAGE = 100;

function Entries({ data }: { data: Statement }) {
  const { t, tKey } = useWords();
  const [shown, setShown] = useState(PAGE);
  const left = data.entries.length - shown;
  const amount = (fen: number) => t('bills.yuan', { amount: yuan(fen) });
  return (
    <Card label={t('bills.view.statement')} className={cx(css.sum)}>
      <h2 className={css.name}>{t('bills.statement.range', { from: data.from, to: data.to })}</h2>
      <div className={css.row}>
        <span>{t('bills.statement.opening')}</span>
        <span className={css.money}>{amount(data.openingOwedFen)}</span>
      </div>
      {data.entries.length === 0 && <p className={css.quiet}>{t('bills.statement.none')}</p>}
      <ul className={css.entries}>
        {data.entries.slice(0, shown).map((entry) => (
          <li key={entry.id}>
            <div className={css.row}>
              <span>
                {entry.on} {tKey(`bills.entry.${entry.kind}`, {}, 'bills.entry.other')}
              </span>
              <span className={css.money}>
                {amount(entry.owedFen === 0 ? entry.prepaidFen : entry.owedFen)}
              </span>
            </div>
            {entry.name !== null && entry.item !== null && (
              <p className={css.quiet}>
                {entry.item === 'repair' || entry.item === 'vehicle_pass' || entry.item === 'prepaid_meter'
                  ? t(`bills.item.${entry.item}`)
                  : entry.name}
              </p>
            )}
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button variant="secondary" size="large" isWide onPress={() => setShown(shown + PAGE)}>
          {t('bills.statement.more', { count: Math.min(PAGE, left) })}
        </Button>
      )}
      <div className={css.row}>
        <span>{t('bills.statement.closing')}</span>
        <span className={css.money}>{amount(data.closingOwedFen)}</span>
      </div>
      <div className={css.row}>
        <span>{t('bills.statement.balance')}</span>
        <span className={css.money}>{amount(data.closingPrepaidFen)}</span>
      </div>
    </Card>
  );
}
