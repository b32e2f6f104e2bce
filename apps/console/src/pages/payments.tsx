import { EmptyState, Segmented } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Wallet } from 'lucide-react';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { type PaymentsSearch, type PaymentView, paymentViews } from '../app/routes-payments.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { PAYMENTS } from '../features/payments/api.ts';
import { Invoices } from '../features/payments/invoices.tsx';
import { Parties } from '../features/payments/parties.tsx';
import { PaymentsList } from '../features/payments/payments-list.tsx';
import { Reconcile } from '../features/payments/reconcile.tsx';
import { Refunds } from '../features/payments/refunds.tsx';
import { Tills } from '../features/payments/tills.tsx';
import { RecordsPage } from '../components/records.tsx';

const permissionOf = {
  payments: 'payment.staff',
  till: 'payment.staff',
  parties: 'arrears.read',
  refunds: 'payment.staff',
  invoices: 'payment.staff',
  reconcile: 'reconcile',
} as const satisfies Record<PaymentView, string>;

/** Money that comes in and goes back: payments, the till, refunds, invoices, and what the providers say of it. */
export default function PaymentsPage() {
  const { t } = useText();
  useTitle(t('payDesk.title'));
  const search = useSearch({ from: '/shell/payments' });
  const navigate = useNavigate();
  const { acting, permissions } = useMe();
  const seesMany = useSeesMany();
  useLive((message) => {
    const isOurs =
      message.type !== 'change' ||
      /^(?:payment|till|cash_deposit|invoice_request|billing)\./.test(message.change.kind);
    if (isOurs && message.type !== 'inbox') void queryClient.invalidateQueries({ queryKey: [PAYMENTS] });
  });
  const views = paymentViews.filter((view) => permissions.some((one) => one === permissionOf[view]));
  const view = views.find((one) => one === search.view) ?? views[0] ?? 'payments';
  const scopeId = search.scope ?? ownCompounds(acting)[0]?.id;
  const change = (part: PaymentsSearch): void => {
    void navigate({ ...url.payments({ ...search, ...part }), replace: true });
  };
  return (
    <RecordsPage
      title={t('payDesk.title')}
      choices={
        <>
          <Segmented
            label={t('payDesk.title')}
            isLabelHidden
            options={views.map((value) => ({ value, label: t(`payDesk.view.${value}`) }))}
            value={view}
            onChange={(next) => {
              change({ view: next, item: undefined });
            }}
          />
          {seesMany && view !== 'reconcile' && (
            <ScopePicker
              label={t('payDesk.compound')}
              isLabelHidden
              placeholder={t('payDesk.choose')}
              value={scopeId}
              onChange={(scope) => {
                change({ scope });
              }}
            />
          )}
        </>
      }
    >
      {view === 'reconcile' ? (
        <Reconcile companyId={acting.scopeId} />
      ) : scopeId === undefined ? (
        <EmptyState icon={Wallet} title={t('payDesk.choose')} />
      ) : (
        <>
          {view === 'payments' && <PaymentsList scopeId={scopeId} search={search} change={change} />}
          {view === 'till' && <Tills scopeId={scopeId} />}
          {view === 'parties' && <Parties scopeId={scopeId} />}
          {view === 'refunds' && (
            <Refunds scopeId={scopeId} item={search.item} onAll={() => change({ item: undefined })} />
          )}
          {view === 'invoices' && <Invoices scopeId={scopeId} />}
        </>
      )}
    </RecordsPage>
  );
}
