import { type SayTarget, targetName } from '@gongzhi/i18n/payment-target.ts';
import { Button, EmptyState, Select, StatusChip, useNow } from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { paymentStates, type PaymentsSearch, paymentWays } from '../../app/routes-payments.ts';
import { useText } from '../../app/text.ts';
import { PAYMENTS, payApi, type Payment, yuan } from './api.ts';
import { PaymentDialog } from './payment-dialog.tsx';
import css from './css.ts';
import { paymentTones } from './tone.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

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
  const { t, when } = useText();
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
      <Pending of={list} />
      {list.isSuccess && rows.length === 0 && <EmptyState icon={ReceiptText} title={t('payDesk.empty')} />}
      {rows.length > 0 && (
        <RecordsTable
          label={t('payDesk.view.payments')}
          heads={[
            { word: t('payDesk.column.when') },
            { word: t('payDesk.column.home') },
            { word: t('payDesk.column.what') },
            { word: t('payDesk.column.way') },
            { word: t('payDesk.column.amount'), isFigure: true },
            { word: t('payDesk.column.state') },
            { word: t('payDesk.column.payer') },
            { word: t('payDesk.column.acts') },
          ]}
        >
          {rows.map((payment) => (
            <tr key={payment.id}>
              <td>{when(payment.paidAt ?? payment.createdAt, now)}</td>
              <td>{payment.householdLabel}</td>
              <td>{whatOf(payment)}</td>
              <td>{t(`payments.way.${payment.way}`)}</td>
              <td className={css.figure}>{yuan(payment.amountFen)}</td>
              <td>
                <StatusChip tone={paymentTones[payment.state]} word={t(`payments.state.${payment.state}`)} />
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
        </RecordsTable>
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
