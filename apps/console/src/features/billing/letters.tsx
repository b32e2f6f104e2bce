import { Button, buttonClass, EmptyState, notify, Segmented, StatusChip, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Mail, MailX, Printer } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { billingApi, billingKeys, type Letter } from './api.ts';
import css from './css.ts';
import { Money } from './parts.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';
import { More } from '../../components/more.tsx';

const states = ['waiting', 'printed'] as const;
const fateTones = { print: 'due', hold: 'waiting', lapse: 'waiting', printed: 'done' } as const;
/** So many the server makes one batch of. */
const MOST = 100;

/** Letters of the ladder: those that wait are printed as one batch, those that were can be printed again as they were. */
export function Letters({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const mayPrint = useMay('arrears.write');
  const [state, setState] = useState<(typeof states)[number]>('waiting');
  const list = useInfiniteQuery({
    queryKey: billingKeys.letters(scopeId, state),
    queryFn: ({ pageParam }) => billingApi.letters(scopeId, state, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const toPrint = (rows ?? []).filter(({ fate }) => fate === 'print').slice(0, MOST);
  // With them go those that are not needed any more, so that they leave the list; by themselves where there is none to print.
  const lapsing = (rows ?? []).filter(({ fate }) => fate === 'lapse');
  const ids = [...toPrint, ...lapsing].slice(0, MOST);
  const print = useMutation({
    mutationFn: () => billingApi.printLetters({ scopeId, ids: ids.map(({ id }) => id) }, newKey()),
    onSuccess: ({ batchId, printed, lapsed }) => {
      notify(
        batchId !== null
          ? t('billing.letters.done', { count: printed })
          : lapsed > 0
            ? t('billing.letters.cleared', { count: lapsed })
            : t('billing.letters.nothing'),
      );
      if (batchId !== null) setState('printed');
    },
    onError: (error) => notify(problemText(error, text), { tone: 'late' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: billingKeys.all }),
  });
  return (
    <>
      <div className={css.head}>
        <Segmented
          label={t('billing.letters.state')}
          isLabelHidden
          options={states.map((value) => ({ value, label: t(`billing.letters.${value}`) }))}
          value={state}
          onChange={setState}
        />
        {mayPrint && state === 'waiting' && toPrint.length > 0 && (
          <Button variant="primary" icon={Printer} isBusy={print.isPending} onPress={() => print.mutate()}>
            {t('billing.letters.print', { count: toPrint.length })}
          </Button>
        )}
        {mayPrint && state === 'waiting' && toPrint.length === 0 && lapsing.length > 0 && (
          <Button variant="secondary" icon={MailX} isBusy={print.isPending} onPress={() => print.mutate()}>
            {t('billing.letters.clear', { count: ids.length })}
          </Button>
        )}
        <p className={css.note}>{t('billing.letters.text')}</p>
      </div>
      {rows === undefined ? (
        <Pending of={list} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={Mail}
          title={t(state === 'waiting' ? 'billing.letters.none' : 'billing.letters.nonePrinted')}
        />
      ) : (
        <LetterTable scopeId={scopeId} rows={rows} />
      )}
      <More list={list} />
    </>
  );
}

function LetterTable({ scopeId, rows }: { scopeId: string; rows: readonly Letter[] }) {
  const { t, when, locale } = useText();
  const now = useNow();
  return (
    <RecordsTable
      label={t('billing.view.letters')}
      heads={[
        { word: t('billing.column.home') },
        { word: t('billing.column.since') },
        { word: t('billing.column.openFen'), isFigure: true },
        { word: t('billing.column.lines'), isFigure: true },
        { word: t('billing.column.fate') },
        { word: t('billing.column.printed') },
      ]}
    >
      {rows.map((row, at) => (
        <tr key={row.id}>
          <td>
            <Link {...url.account(scopeId, row.householdId)}>{row.householdLabel}</Link>
          </td>
          <td>{row.since}</td>
          <Money fen={row.openFen} isStrong />
          <td className={css.figure}>{row.lines}</td>
          <td>
            <StatusChip tone={fateTones[row.fate]} word={t(`billing.letters.fate.${row.fate}`)} />
          </td>
          <td>
            {row.printedAt !== null &&
              t('billing.letters.by', { name: row.printedByName ?? '', when: when(row.printedAt, now) })}{' '}
            {row.batchId !== null && row.batchId !== rows[at - 1]?.batchId && (
              <a
                className={buttonClass('secondary', 'small')}
                href={`/api/v1/billing/letters/batches/${row.batchId}/paper?scopeId=${scopeId}&locale=${locale}`}
                target="_blank"
                rel="noreferrer"
              >
                {t('billing.letters.open')}
              </a>
            )}
          </td>
        </tr>
      ))}
    </RecordsTable>
  );
}
