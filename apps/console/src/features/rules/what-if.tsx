import { Button, ErrorState, Spinner, useNow } from '@gongzhi/ui';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { deskApi, type WhatIf } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { DateRange } from '../../components/date-range.tsx';
import type { LimitsDraft } from './entry-editor.tsx';
import css from './rules.module.css';

/** The orders of last month under these limits: the same facts, judged again by the same clocks. */
export function WhatIfView({
  scopeId,
  code,
  limits,
}: {
  scopeId: string;
  code: string;
  limits: LimitsDraft;
}) {
  const text = useText();
  const { t, number } = text;
  const now = useNow();
  const [range, setRange] = useState(() => lastMonth(now));
  const asked = useMutation({
    mutationFn: () => deskApi.whatIf({ scopeId, ...range, changes: [{ categoryCode: code, ...limits }] }),
  });
  return (
    <section className={css.box} aria-label={t('desk.whatIf')}>
      <h3 className={css.heading}>{t('desk.whatIf')}</h3>
      <div className={css.ask}>
        <DateRange
          label={t('desk.whatIf.when')}
          from={range.from}
          to={range.to}
          onChange={({ from, to }) => {
            setRange((before) => ({ from: from ?? before.from, to: to ?? before.to }));
          }}
        />
        <Button
          isBusy={asked.isPending}
          onPress={() => {
            asked.mutate();
          }}
        >
          {t('desk.whatIf.ask')}
        </Button>
      </div>
      {asked.isPending && <Spinner label={t('desk.whatIf.counting')} />}
      {asked.isError && (
        <ErrorState
          text={problemText(asked.error, text)}
          onRetry={() => {
            asked.mutate();
          }}
        />
      )}
      {asked.isSuccess && <Answer answer={asked.data} />}
      {asked.isSuccess && asked.data.isCut && (
        <p className={css.warning}>{t('desk.whatIf.cut', { count: number(50_000) })}</p>
      )}
    </section>
  );
}

const CLOCKS = ['respond', 'arrive', 'resolve', 'any'] as const;

function Answer({ answer }: { answer: WhatIf }) {
  const { t, tk, number, exact } = useText();
  const row = answer.rows[0];
  if (row === undefined || row.total === 0) return <p className={css.hint}>{t('desk.whatIf.nothing')}</p>;
  return (
    <>
      <table className={css.table}>
        <caption className={css.hint}>{t('desk.whatIf.total', { count: row.total })}</caption>
        <thead>
          <tr>
            <th>{t('desk.whatIf.late')}</th>
            <th>{t('desk.whatIf.was')}</th>
            <th>{t('desk.whatIf.would')}</th>
          </tr>
        </thead>
        <tbody>
          {CLOCKS.map((clock) => (
            <tr key={clock}>
              <th scope="row">{clock === 'any' ? t('desk.whatIf.any') : t(`console.clock.${clock}`)}</th>
              <td>{number(row.was[clock])}</td>
              <td data-more={row.would[clock] > row.was[clock]} data-less={row.would[clock] < row.was[clock]}>
                {number(row.would[clock])}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {answer.changedTotal > 0 && (
        <details className={css.changed}>
          <summary>{t('desk.whatIf.changed', { count: answer.changedTotal })}</summary>
          <ul>
            {answer.changed.map((one) => (
              <li key={one.id}>
                <Link {...url.order(one.scopeId, one.id)}>{one.number}</Link>
                <span>{exact(one.createdAt)}</span>
                <span>
                  {t('desk.whatIf.change', {
                    was: lateWords(one.was),
                    would: lateWords(one.would),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );

  function lateWords(clocks: readonly string[]): string {
    return clocks.length === 0
      ? t('desk.whatIf.onTime')
      : clocks.map((clock) => tk(`console.clock.${clock}`)).join(t('common.listSeparator'));
  }
}

function lastMonth(now: number): { from: string; to: string } {
  const today = new Date(now + 8 * 3_600_000);
  const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1));
  const last = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 0));
  return { from: first.toISOString().slice(0, 10), to: last.toISOString().slice(0, 10) };
}
