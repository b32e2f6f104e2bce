import { Button, EmptyState, StatusChip } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { HandCoins } from 'lucide-react';
import { useState } from 'react';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Arrears as Row, billingApi, billingKeys } from './api.ts';
import css from './css.ts';
import { NoteDialog } from './note-dialog.tsx';
import { Money } from './parts.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';
import { More } from '../../components/more.tsx';

const ages = ['notDueFen', 'to30Fen', 'to90Fen', 'to180Fen', 'to365Fen', 'over365Fen'] as const;

/** What is owed, by its age: for who does the accounts. */
export function ArrearsList({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const mayWrite = useMay('arrears.write');
  const [about, setAbout] = useState<Row | null>(null);
  const list = useInfiniteQuery({
    queryKey: billingKeys.arrears(scopeId),
    queryFn: ({ pageParam }) => billingApi.arrears(scopeId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const totals = list.data?.pages[0]?.totals;
  if (rows === undefined || totals === undefined) return <Pending of={list} />;
  if (rows.length === 0) return <EmptyState icon={HandCoins} title={t('billing.arrears.none')} />;
  return (
    <>
      <p className={css.note}>{t('billing.arrears.text')}</p>
      <RecordsTable
        label={t('billing.view.arrears')}
        heads={[
          { word: t('billing.column.home') },
          { word: t('billing.column.owed'), isFigure: true },
          ...ages.map((age) => ({ word: t(`billing.age.${age}`), isFigure: true })),
          { word: t('billing.column.reminded'), isFigure: true },
          { word: t('billing.column.state') },
          { word: t('billing.column.notes') },
        ]}
      >
        <tr>
          <th scope="row">{t('billing.arrears.all', { count: totals.households })}</th>
          <Money fen={totals.openFen} isStrong />
          {ages.map((age) => (
            <Money key={age} fen={totals[age]} />
          ))}
          <td />
          <td />
          <td />
        </tr>
        {rows.map((row) => (
          <tr key={row.householdId}>
            <td>
              <Link {...url.account(scopeId, row.householdId)}>{row.householdLabel}</Link>
            </td>
            <Money fen={row.openFen} isStrong />
            {ages.map((age) => (
              <Money key={age} fen={row[age]} />
            ))}
            <td className={css.figure}>{row.stepsTaken}</td>
            <td>
              {row.state === 'promised' && (
                <StatusChip
                  tone="waiting"
                  word={t('billing.arrears.promised', { day: row.promisedUntil ?? '' })}
                />
              )}
              {row.state === 'disputed' && <StatusChip tone="due" word={t('billing.arrears.disputed')} />}
            </td>
            <td>
              {mayWrite && (
                <Button size="small" onPress={() => setAbout(row)}>
                  {t('billing.note.open')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </RecordsTable>
      <More list={list} />
      {about !== null && (
        <NoteDialog
          scopeId={scopeId}
          householdId={about.householdId}
          label={about.householdLabel}
          onClose={() => setAbout(null)}
        />
      )}
    </>
  );
}

/** Sums compound by compound, without whose they are. */
export function Totals({ scopeId }: { scopeId: string | undefined }) {
  const { t, percent } = useText();
  const totals = useQuery({
    queryKey: billingKeys.totals(scopeId ?? null),
    queryFn: () => billingApi.totals(scopeId),
  });
  if (totals.data === undefined) return <Pending of={totals} />;
  const { items } = totals.data;
  if (items.length === 0) return <EmptyState icon={HandCoins} title={t('billing.totals.none')} />;
  return (
    <RecordsTable
      label={t('billing.view.totals')}
      heads={[
        { word: t('billing.column.month') },
        { word: t('billing.column.compound') },
        { word: t('billing.column.households'), isFigure: true },
        { word: t('billing.column.billedSum'), isFigure: true },
        { word: t('billing.column.collected'), isFigure: true },
        { word: t('billing.column.open'), isFigure: true },
        { word: t('billing.column.rate'), isFigure: true },
      ]}
    >
      {items.map((row) => (
        <tr key={`${row.scopeId}${row.period}${row.companyId ?? ''}`}>
          <td>{row.period.slice(0, 7)}</td>
          <td>
            {row.scopeName}
            {row.companyName !== null && <p className={css.note}>{row.companyName}</p>}
          </td>
          <td className={css.figure}>{row.households}</td>
          <Money fen={row.billedFen} />
          <Money fen={row.settledFen} />
          <Money fen={row.openFen} />
          <td className={css.figure}>
            {row.settledFen + row.openFen === 0
              ? ''
              : percent(row.settledFen / (row.settledFen + row.openFen))}
          </td>
        </tr>
      ))}
    </RecordsTable>
  );
}
