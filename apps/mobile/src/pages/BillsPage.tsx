import { yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { EmptyState } from '@gongzhi/ui/States.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { Link } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { billLinesQuery, openBillsQuery } from '../features/bills/api.ts';
import css from '../features/bills/bills.module.css';
import { Line } from '../features/bills/Line.tsx';
import { Pending } from '../features/bills/Pending.tsx';
import { StatementView } from '../features/bills/StatementView.tsx';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

const views = ['open', 'all', 'statement'] as const;

/** What a home owes and why, line by line; everything it was ever billed; and its statement. */
export default function BillsPage() {
  const { t } = useWords();
  const me = useMe();
  const here = useHere(me);
  const [view, setView] = useState<(typeof views)[number]>('open');
  const home = here.household;
  return (
    <>
      <PageHead title={t('bills.title')} back={url.home()} />
      <PlaceSwitch me={me} here={here} />
      {home === null ? (
        <EmptyState icon={ReceiptText} title={t('bills.noHome')} text={t('bills.noHomeText')} />
      ) : (
        <>
          <Segmented
            label={t('bills.view')}
            isLabelHidden
            options={views.map((value) => ({ value, label: t(`bills.view.${value}`) }))}
            value={view}
            onChange={setView}
          />
          {view === 'open' && <Open scopeId={here.scopeId} householdId={home.id} />}
          {view === 'all' && <All scopeId={here.scopeId} householdId={home.id} />}
          {view === 'statement' && <StatementView scopeId={here.scopeId} householdId={home.id} />}
        </>
      )}
    </>
  );
}

interface OfHome {
  scopeId: string;
  householdId: string;
}

function Open({ scopeId, householdId }: OfHome) {
  const { t } = useWords();
  const bills = useQuery(openBillsQuery(scopeId, householdId));
  const home = bills.data?.homes[0];
  if (home === undefined) return <Pending error={bills.error} onRetry={() => void bills.refetch()} />;
  return (
    <>
      <Card label={t('bills.now')} className={cx(css.sum)}>
        <p className={css.quiet}>{home.householdLabel}</p>
        {home.openFen === 0 ? (
          <>
            <h2>{t('bills.nothing')}</h2>
            <p className={css.quiet}>{t('bills.nothingText')}</p>
          </>
        ) : (
          <>
            <h2 className={css.quiet}>{t('bills.now')}</h2>
            <p className={css.amount}>{t('bills.yuan', { amount: yuan(home.dueFen) })}</p>
            {home.lateFen > 0 && (
              <p className={css.late}>{t('bills.late', { amount: yuan(home.lateFen) })}</p>
            )}
          </>
        )}
        {home.prepaidFen > 0 && (
          <p className={css.quiet}>{t('bills.prepaid', { amount: yuan(home.prepaidFen) })}</p>
        )}
      </Card>
      <Link
        to={url.pay()}
        className={buttonClass(home.openFen === 0 ? 'secondary' : 'primary', 'large', true)}
      >
        {t(home.openFen === 0 ? 'bills.prepay' : 'bills.pay')}
      </Link>
      <ul className={css.lines}>
        {home.lines.map((line) => (
          <li key={line.lineId}>
            <Line line={line} scopeId={scopeId} />
          </li>
        ))}
      </ul>
    </>
  );
}

function All({ scopeId, householdId }: OfHome) {
  const { t } = useWords();
  const list = useInfiniteQuery(billLinesQuery(scopeId, householdId));
  const lines = list.data?.pages.flatMap(({ items }) => items);
  if (lines === undefined) return <Pending error={list.error} onRetry={() => void list.refetch()} />;
  if (lines.length === 0) return <EmptyState icon={ReceiptText} title={t('bills.history.none')} />;
  return (
    <>
      <ul className={css.lines}>
        {lines.map((line) => (
          <li key={line.lineId}>
            <Line line={line} scopeId={scopeId} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button isWide isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}
