import { Icon, Segmented } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useDeferredValue } from 'react';
import { type OrganisationSearch, type OrganisationView, organisationViews, url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { OrganisationTree } from '../features/organisation/tree.tsx';
import { Units } from '../features/organisation/units.tsx';
import css from '../features/organisation/tree.module.css';

const words = { place: 'orgTree.byPlace', company: 'orgTree.byCompany', unit: 'orgTree.byUnit' } as const;

/** What stands under what, who serves it, and who else there is: every figure opens what it counts. */
export default function OrganisationPage() {
  const { t } = useText();
  useTitle(t('orgTree.title'));
  const search = useSearch({ from: '/shell/organisation' });
  const navigate = useNavigate();
  const view: OrganisationView = search.view ?? 'place';
  const asked = useDeferredValue((search.q ?? '').trim());
  const go = (part: OrganisationSearch): void => {
    void navigate({ ...url.organisation({ ...search, ...part }), replace: true });
  };
  const label = t(view === 'unit' ? 'orgTree.searchUnits' : 'orgTree.search');
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div>
          <h1 className={css.title}>{t('orgTree.title')}</h1>
          <p className={css.words}>{t('orgTree.words')}</p>
        </div>
        <label className={css.search}>
          <Icon of={Search} size={16} />
          <span className="gz-hidden">{label}</span>
          <input
            type="search"
            value={search.q ?? ''}
            placeholder={label}
            maxLength={60}
            onChange={(event) => {
              go({ q: event.target.value });
            }}
          />
        </label>
      </header>
      <Segmented<OrganisationView>
        className={css.views ?? ''}
        label={t('orgTree.title')}
        isLabelHidden
        options={organisationViews.map((value) => ({ value, label: t(words[value]) }))}
        value={view}
        onChange={(value) => {
          go({ view: value });
        }}
      />
      {view === 'unit' ? (
        <Units
          words={asked}
          kind={search.kind}
          onKind={(kind) => {
            go({ kind });
          }}
        />
      ) : (
        <OrganisationTree key={view} by={view} words={asked} />
      )}
    </div>
  );
}
