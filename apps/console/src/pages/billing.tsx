import { EmptyState, Segmented } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ReceiptText } from 'lucide-react';
import { type BillingSearch, billingViews, url } from '../app/routes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { Agreements } from '../features/billing/agreements.tsx';
import { ArrearsList, Totals } from '../features/billing/arrears.tsx';
import { Corrections } from '../features/billing/corrections.tsx';
import { Costs } from '../features/billing/costs.tsx';
import { Letters } from '../features/billing/letters.tsx';
import { Payers } from '../features/billing/payers.tsx';
import { Runs } from '../features/billing/runs.tsx';
import { Tariffs } from '../features/billing/tariffs.tsx';
import { RecordsPage } from '../components/records.tsx';

/** The billing workbench: months, tariffs, arrears; and for who only oversees, sums. */
export default function BillingPage() {
  const { t } = useText();
  useTitle(t('billing.title'));
  const search = useSearch({ from: '/shell/billing' });
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const may = {
    runs: useMay('bill.run'),
    corrections: useMay('bill.run'),
    tariffs: useMay('tariff.read'),
    agreements: useMay('bill.run'),
    payers: useMay('bill.run'),
    costs: useMay('bill.run'),
    arrears: useMay('arrears.read'),
    letters: useMay('arrears.read'),
    totals: useMay('bill.totals'),
  };
  const own = useMe().acting.scopes.filter(({ kind }) => kind === 'compound');
  const scopeId = search.scope ?? (own.length === 1 ? own[0]?.id : undefined);
  const views = billingViews.filter((view) => may[view]);
  const view =
    search.view !== undefined && views.includes(search.view) ? search.view : (views[0] ?? 'tariffs');
  const go = (next: BillingSearch): void => {
    void navigate({ ...url.billing(next), replace: true });
  };
  return (
    <RecordsPage
      title={t('billing.title')}
      choices={
        <>
          <Segmented
            label={t('billing.title')}
            isLabelHidden
            options={views.map((value) => ({ value, label: t(`billing.view.${value}`) }))}
            value={view}
            onChange={(next) => go({ view: next, scope: search.scope })}
          />
          {seesMany && (
            <ScopePicker
              label={t('billing.column.compound')}
              isLabelHidden
              value={search.scope}
              {...(view === 'totals' ? {} : { placeholder: t('billing.choose') })}
              onChange={(scope) => go({ view, scope })}
            />
          )}
        </>
      }
    >
      {view === 'totals' && <Totals scopeId={search.scope} />}
      {view !== 'totals' && scopeId === undefined && (
        <EmptyState icon={ReceiptText} title={t('billing.choose')} />
      )}
      {view === 'runs' && scopeId !== undefined && (
        <Runs scopeId={scopeId} search={{ ...search, view }} go={go} />
      )}
      {view === 'corrections' && scopeId !== undefined && <Corrections scopeId={scopeId} />}
      {view === 'tariffs' && scopeId !== undefined && <Tariffs scopeId={scopeId} />}
      {view === 'agreements' && scopeId !== undefined && <Agreements scopeId={scopeId} />}
      {view === 'payers' && scopeId !== undefined && <Payers scopeId={scopeId} />}
      {view === 'costs' && scopeId !== undefined && <Costs scopeId={scopeId} />}
      {view === 'letters' && scopeId !== undefined && <Letters scopeId={scopeId} />}
      {view === 'arrears' && scopeId !== undefined && <ArrearsList scopeId={scopeId} />}
    </RecordsPage>
  );
}
