import { EmptyState, Segmented } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { HandCoins } from 'lucide-react';
import { type AccountsSearch, accountsTabs, url } from '../app/routes.ts';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { accountsKeys } from '../features/accounts/api.ts';
import { EntriesTab } from '../features/accounts/entries.tsx';
import { PublishedTab } from '../features/accounts/published.tsx';
import { PublishTab } from '../features/accounts/publish.tsx';
import css from '../features/ledger/css.ts';
import { RecordsPage } from '../components/records.tsx';

/** A compound's common accounts: entered with their papers, published to the owners, corrected by another version. */
export default function AccountsPage() {
  const { t } = useText();
  useTitle(t('accounts.desk.title'));
  const search = useSearch({ from: '/shell/accounts' });
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const mayManage = useMay('accounts.manage');
  const own = ownCompounds(useMe().acting);
  const scopeId = search.scope ?? own[0]?.id;
  const go = (next: AccountsSearch): void => {
    void navigate({ ...url.accounts({ ...search, ...next }), replace: true });
  };
  useLive((message) => {
    if (message.type === 'resync' || (message.type === 'change' && message.change.kind.startsWith('ledger.')))
      void queryClient.invalidateQueries({ queryKey: accountsKeys.all });
  });
  const tabs = mayManage ? accountsTabs : (['published'] as const);
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0];
  return (
    <RecordsPage
      title={t('accounts.desk.title')}
      choices={
        <>
          {tabs.length > 1 && (
            <Segmented
              label={t('accounts.desk.title')}
              isLabelHidden
              options={tabs.map((value) => ({ value, label: t(`accounts.tab.${value}`) }))}
              value={tab}
              onChange={(next) => go({ tab: next, item: undefined })}
            />
          )}
          {seesMany && (
            <ScopePicker
              label={t('accounts.compound')}
              isLabelHidden
              placeholder={t('ledger.pick')}
              value={scopeId}
              onChange={(scope) => go({ scope, item: undefined })}
            />
          )}
        </>
      }
    >
      <p className={css.note}>{t('accounts.law')}</p>
      {scopeId === undefined ? (
        <EmptyState icon={HandCoins} title={t('ledger.pick')} />
      ) : tab === 'entries' ? (
        <EntriesTab scopeId={scopeId} item={search.item} />
      ) : tab === 'publish' ? (
        <PublishTab scopeId={scopeId} onPublished={(item) => go({ tab: 'published', item })} />
      ) : (
        <PublishedTab scopeId={scopeId} search={search} />
      )}
    </RecordsPage>
  );
}
