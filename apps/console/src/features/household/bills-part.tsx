import { Button, StatusChip, type Tone } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { http } from '../../api.ts';
import type { Answer, HouseholdDetail } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './household.module.css';
import { Pending } from '../../components/pending.tsx';

type Bills = Answer<'listHouseholdBills'>;

const tones: Record<Bills['items'][number]['state'], Tone> = {
  due: 'late',
  agreed: 'moving',
  quoted: 'waiting',
};
const states = ['due', 'agreed', 'quoted'] as const;

/** What comes to this home for its repairs. */
export default function HouseholdBills({ household }: { household: HouseholdDetail }) {
  const { t } = useText();
  const may = useMay('bill.list');
  const bills = useInfiniteQuery({
    queryKey: queryKeys.householdBills(household.id),
    queryFn: ({ pageParam, signal }) =>
      http.call<Bills>('GET', '/work-orders/household-bills', {
        query: {
          scopeId: household.scopeId,
          householdId: household.id,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: may,
  });
  if (!may) return null;
  const rows = bills.data?.pages.flatMap((page) => page.items) ?? [];
  const totals = bills.data?.pages[0]?.totals;
  return (
    <section className={css.part} aria-label={t('household.bills')}>
      <h2 className={css.heading}>{t('household.bills')}</h2>
      <Pending of={bills} lines={2} />
      {bills.isSuccess && rows.length === 0 && <p className={css.aside}>{t('household.noBills')}</p>}
      {rows.length > 0 && totals !== undefined && (
        <>
          <p>
            {states
              .filter((state) => totals[state] !== '0.00')
              .map((state) =>
                t(`household.bills.sum.${state}`, { amount: t('units.yuan', { amount: totals[state] }) }),
              )
              .join(t('household.bills.and'))}
          </p>
          <Rows rows={rows} scopeId={household.scopeId} />
          {bills.hasNextPage && (
            <Button size="small" isBusy={bills.isFetchingNextPage} onPress={() => void bills.fetchNextPage()}>
              {t('console.list.more')}
            </Button>
          )}
          <p className={css.aside}>{t('household.bills.unpaidUnknown')}</p>
        </>
      )}
    </section>
  );
}

function Rows({ rows, scopeId }: { rows: Bills['items']; scopeId: string }) {
  const { t, named, exact } = useText();
  return (
    <ul className={css.rows}>
      {rows.map((row) => (
        <li key={row.id}>
          <StatusChip tone={tones[row.state]} word={t(`household.bills.state.${row.state}`)} />
          <span className={css.matter}>
            <Link {...url.order(scopeId, row.id)}>
              {named({ zh: row.categoryNameZh, en: row.categoryNameEn })}
            </Link>
            <span className={css.words}>{row.description}</span>
            {row.dueSince !== null && (
              <span className={css.aside}>{t('household.bills.since', { when: exact(row.dueSince) })}</span>
            )}
          </span>
          <span className={css.sum}>{t('units.yuan', { amount: row.total })}</span>
        </li>
      ))}
    </ul>
  );
}
