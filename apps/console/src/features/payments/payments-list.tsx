import { type SayTarget, targetName } from '@gongzhi/i18n/payment-target.ts';
import { Button, EmptyState, ErrorState, Select, Skeleton, StatusChip, useNow } from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { paymentStates, type PaymentsSearch, paymentWays } from '../../app/routes-payments.ts';
import { useText } from '../../app/text.ts';
import { PAYMENTS, payApi, type Payment, yuan } from './api.ts';
import { PaymentDialog } from './payment-dialog.tsx';
import css from './payments.module.css';
import { paymentTones } from './tone.ts';

/** Every payment of a compound, and what is looked into. */
export function PaymentsList({
  scopeId,
  search,
  change,
}: {
  scopeId: string;
  search: PaymentsSearch;
  change: (part: PaymentsSearch) => void;
}) {
  const text = useText();
  const { t, when } = text;
  const now = useNow();
  const { state, way, item } = search;
  const open = item ?? null;
  const setOpen = (id: string | null): void => change({ item: id ?? undefined });
  const list = useInfiniteQuery({
    queryKey: [PAYMENTS, 'list', scopeId, state, way],
    queryFn: ({ pageParam }) =>
      payApi.list({
        scopeId,
        limit: 50,
        ...(state === undefined ? {} : { state }),
        ...(way === undefined ? {} : { way }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const whatOf = (payment: Payment): string =>
    [...new Set(payment.targets.map((target) => targetName(t as unknown as SayTarget, target)))].join(
      t('common.listSeparator'),
    );
  return (
    <>
      <div className={css.tools}>
        <Select
          label={t('payDesk.state')}
          value={state ?? 'all'}
          options={[
            { value: 'all', label: t('payDesk.any') },
            ...paymentStates.map((value) => ({
              value,
              label: value === 'waiting' ? t('payDesk.waiting') : t(`payments.state.${value}`),
            })),
          ]}
          onChange={(value) => {
            change({ state: paymentStates.find((one) => one === value) });
          }}
        />
        <Select
          label={t('payDesk.way')}
          value={way ?? 'all'}
          options={[
            { value: 'all', label: t('payDesk.any') },
            ...paymentWays.map((value) => ({ value, label: t(`payments.way.${value}`) })),
          ]}
          onChange={(value) => {
            change({ way: paymentWays.find((one) => one === value) });
          }}
        />
      </div>
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && <EmptyState icon={ReceiptText} title={t('payDesk.empty')} />}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('payDesk.view.payments')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('payDesk.column.when')}</th>
                <th scope="col">{t('payDesk.column.home')}</th>
                <th scope="col">{t('payDesk.column.what')}</th>
                <th scope="col">{t('payDesk.column.way')}</th>
                <th scope="col" className={css.fen}>
                  {t('payDesk.column.amount')}
                </th>
                <th scope="col">{t('payDesk.column.state')}</th>
                <th scope="col">{t('payDesk.column.payer')}</th>
                <th scope="col">{t('payDesk.column.acts')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((payment) => (
                <tr key={payment.id}>
                  <td>{when(payment.paidAt ?? payment.createdAt, now)}</td>
                  <td>{payment.householdLabel}</td>
                  <td>{whatOf(payment)}</td>
                  <td>{t(`payments.way.${payment.way}`)}</td>
                  <td className={css.fen}>{yuan(payment.amountFen)}</td>
                  <td>
                    <StatusChip
                      tone={paymentTones[payment.state]}
                      word={t(`payments.state.${payment.state}`)}
                    />
                  </td>
                  <td>{payment.payerName}</td>
                  <td>
                    <Button
                      size="small"
                      variant="quiet"
                      onPress={() => {
                        setOpen(payment.id);
                      }}
                    >
                      {t('payDesk.open')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('payDesk.more')}
        </Button>
      )}
      {open !== null && (
        <PaymentDialog
          scopeId={scopeId}
          id={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </>
  );
}
