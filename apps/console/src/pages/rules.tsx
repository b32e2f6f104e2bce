import { Segmented, Skeleton } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { type RulesTab, rulesTabs, url } from '../app/routes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import css from './rules.module.css';

const CatalogueTab = lazy(() => import('../features/rules/catalogue-tab.tsx'));
const CalendarTab = lazy(() => import('../features/rules/calendar-tab.tsx'));
const DispatchTab = lazy(() => import('../features/dispatch/rules-tab.tsx'));
const DutiesTab = lazy(() => import('../features/rules/duties-tab.tsx'));
const PricesTab = lazy(() => import('../features/working/prices-tab.tsx'));
const CallbacksTab = lazy(() => import('../features/callbacks/rules-tab.tsx'));
const TemplatesTab = lazy(() => import('../features/rules/templates-tab.tsx'));

/** What holds here: limits, days, whose matter it is, prepared answers. Read by the desk, said by company and city. */
export default function RulesPage() {
  const { t } = useText();
  useTitle(t('desk.nav.rules'));
  const search = useSearch({ from: '/shell/rules' });
  const navigate = useNavigate();
  const { acting } = useMe();
  const mayTemplates = useMay('template.read');
  const mayCallbacks = useMay('callback.script.read');
  const tab: RulesTab = search.tab ?? 'catalogue';
  const scopeId = search.scope ?? acting.scopeId;
  const tabs = rulesTabs.filter(
    (one) => (one !== 'templates' || mayTemplates) && (one !== 'callbacks' || mayCallbacks),
  );
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('desk.nav.rules')}</h1>
        <Segmented<RulesTab>
          label={t('desk.nav.rules')}
          isLabelHidden
          value={tab}
          options={tabs.map((value) => ({ value, label: t(`desk.tab.${value}`) }))}
          onChange={(value) => {
            // A compound is looked at for its way of dispatching only.
            const rest = tab === 'dispatch' ? { ...search, scope: undefined } : search;
            void navigate({ ...url.rules({ ...rest, tab: value }), replace: true });
          }}
        />
      </header>
      <div className={css.body}>
        <Suspense fallback={<Skeleton label={t('common.loading')} lines={12} isCard />}>
          {tab === 'catalogue' && <CatalogueTab scopeId={scopeId} search={search} />}
          {tab === 'calendar' && <CalendarTab scopeId={scopeId} />}
          {tab === 'duties' && <DutiesTab scopeId={scopeId} />}
          {tab === 'dispatch' && <DispatchTab scopeId={scopeId} search={search} />}
          {tab === 'prices' && <PricesTab scopeId={scopeId} />}
          {tab === 'callbacks' && mayCallbacks && <CallbacksTab scopeId={scopeId} />}
          {tab === 'templates' && mayTemplates && <TemplatesTab />}
        </Suspense>
      </div>
    </div>
  );
}
