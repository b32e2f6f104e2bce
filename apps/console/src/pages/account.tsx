import { explainBill, lineName, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, Segmented } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { type BillLine, billingApi, billingKeys } from '../features/billing/api.ts';
import css from '../features/billing/css.ts';
import { HomeCorrections } from '../features/billing/corrections.tsx';
import { NoteDialog } from '../features/billing/note-dialog.tsx';
import { LineState, Money, untyped } from '../features/billing/parts.tsx';
import { Statement } from '../features/billing/statement.tsx';
import { TakeBack } from '../features/billing/take-back.tsx';
import { RecordsPage, RecordsTable } from '../components/records.tsx';
import { Pending } from '../components/pending.tsx';
import { More } from '../components/more.tsx';

const views = ['lines', 'statement'] as const;

/** One household's account: what it owes, every line it was billed, and its statement. */
export default function AccountPage() {
  const { t } = useText();
  const { scopeId, householdId } = useParams({ from: '/shell/billing/$scopeId/$householdId' });
  const [view, setView] = useState<(typeof views)[number]>('lines');
  const [isNoting, setNoting] = useState(false);
  const mayNote = useMay('arrears.write');
  const open = useQuery({
    queryKey: billingKeys.home(householdId, 'open'),
    queryFn: () => billingApi.open(scopeId, householdId),
  });
  const home = open.data?.homes[0];
  useTitle(home?.householdLabel ?? t('billing.account'));
  if (home === undefined) return <Pending of={open} />;
  return (
    <RecordsPage
      title={t('billing.account.title', { home: home.householdLabel })}
      choices={
        <>
          <Segmented
            label={t('billing.account')}
            isLabelHidden
            options={views.map((value) => ({ value, label: t(`billing.account.view.${value}`) }))}
            value={view}
            onChange={setView}
          />
          <Link {...url.household(scopeId, householdId)}>{t('billing.account.household')}</Link>
          {mayNote && <Button onPress={() => setNoting(true)}>{t('billing.note.open')}</Button>}
        </>
      }
    >
      <dl className={css.figures}>
        {(
          [
            ['billing.column.owed', home.openFen],
            ['billing.account.late', home.lateFen],
            ['billing.account.prepaid', home.prepaidFen],
          ] as const
        ).map(([key, fen]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{yuan(fen)}</dd>
          </div>
        ))}
      </dl>
      <HomeCorrections scopeId={scopeId} householdId={householdId} />
      {view === 'lines' && <Lines scopeId={scopeId} householdId={householdId} />}
      {view === 'statement' && <Statement scopeId={scopeId} householdId={householdId} />}
      {isNoting && (
        <NoteDialog
          scopeId={scopeId}
          householdId={householdId}
          label={home.householdLabel}
          onClose={() => setNoting(false)}
        />
      )}
    </RecordsPage>
  );
}

function Lines({ scopeId, householdId }: { scopeId: string; householdId: string }) {
  const { t } = useText();
  const mayCorrect = useMay('bill.correct');
  const [taking, setTaking] = useState<BillLine | null>(null);
  const list = useInfiniteQuery({
    queryKey: billingKeys.home(householdId, 'lines'),
    queryFn: ({ pageParam }) => billingApi.lines(scopeId, householdId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items);
  if (rows === undefined) return <Pending of={list} />;
  return (
    <>
      <RecordsTable
        label={t('billing.account.view.lines')}
        heads={[
          { word: t('billing.column.month') },
          { word: t('billing.column.item') },
          { word: t('billing.column.why') },
          { word: t('billing.column.total'), isFigure: true },
          { word: t('billing.column.open'), isFigure: true },
          { word: t('billing.column.due') },
          { word: t('billing.column.limitation') },
          { word: t('billing.column.state') },
        ]}
      >
        {rows.map((line) => (
          <tr key={line.lineId} className={line.isVoided ? css.gone : undefined}>
            <td>{line.period.slice(0, 7)}</td>
            <td>
              <Link {...url.billLine(scopeId, line.lineId)}>{lineName(untyped(t), line)}</Link>
            </td>
            <td>
              {explainBill(untyped(t), line).join(' · ')}
              {(line.basis.readings ?? []).map(({ meterId, serial }) => (
                <span key={meterId}>
                  {' '}
                  <Link {...url.meters({ meter: meterId, in: scopeId })}>
                    {t('bills.basis.openReadings', { serial: serial ?? '' })}
                  </Link>
                </span>
              ))}
            </td>
            <Money fen={line.amountFen} />
            <Money fen={line.openFen} isStrong />
            <td>{line.dueOn}</td>
            <td>{line.limitationOn ?? ''}</td>
            <td>
              <LineState line={line} />{' '}
              {mayCorrect && !line.isVoided && (
                <Button size="small" variant="quiet" onPress={() => setTaking(line)}>
                  {t('billing.line.correct')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </RecordsTable>
      <More list={list} />
      {taking !== null && <TakeBack scopeId={scopeId} line={taking} onClose={() => setTaking(null)} />}
    </>
  );
}
