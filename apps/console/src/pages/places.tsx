import { EmptyState, ErrorState, Icon, Segmented, Skeleton } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Building2, MapPinned, Search } from 'lucide-react';
import { useDeferredValue } from 'react';
import { api } from '../api.ts';
import type { ScopeDetail } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { type PlacesSearch, type PlaceTab, placeTabs, url } from '../app/routes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ServiceTab } from '../features/organisation/service-tab.tsx';
import { StaffManage } from '../features/organisation/staff-manage.tsx';
import { BuildingsTab } from '../features/places/buildings-tab.tsx';
import { GridsTab } from '../features/places/grids-tab.tsx';
import { PlaceExports } from '../features/places/place-exports.tsx';
import { ScopeTree } from '../features/places/scope-tree.tsx';
import { StaffTab } from '../features/places/staff-tab.tsx';
import css from './places.module.css';
import { Pending } from '../components/pending.tsx';

const PAGE = 100;

/** What there is: places on the left, and of the chosen one its buildings, grids and people. */
export default function PlacesPage() {
  const { t } = useText();
  useTitle(t('console.nav.places'));
  const search = useSearch({ from: '/shell/places' });
  const navigate = useNavigate();
  const { acting } = useMe();
  const words = useDeferredValue(search.q ?? '');
  const scopes = useInfiniteQuery({
    queryKey: [...queryKeys.scopes(null, words), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api.scopes(
        {
          limit: PAGE,
          ...(words === '' ? {} : { q: words }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 10 * 60_000,
  });
  const all = scopes.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = search.scope ?? all.find(({ kind }) => kind === 'compound')?.id ?? acting.scopeId;

  return (
    <div className={css.page}>
      <aside className={css.side} aria-label={t('console.places.tree')}>
        <h1 className={css.title}>{t('console.nav.places')}</h1>
        <label className={css.search}>
          <Icon of={Search} size={16} />
          <span className="gz-hidden">{t('console.places.search')}</span>
          <input
            type="search"
            value={search.q ?? ''}
            placeholder={t('console.places.search')}
            maxLength={60}
            onChange={(event) => {
              void navigate({ ...url.places({ ...search, q: event.target.value }), replace: true });
            }}
          />
        </label>
        <Pending of={scopes} />
        {scopes.isSuccess && (
          <ScopeTree
            scopes={all}
            chosen={chosen}
            search={search}
            hasMore={scopes.hasNextPage}
            isLoadingMore={scopes.isFetchingNextPage}
            onMore={() => void scopes.fetchNextPage()}
          />
        )}
      </aside>
      <section className={css.main} aria-label={t('console.places.place')}>
        <Place key={chosen} scopeId={chosen} search={search} />
      </section>
    </div>
  );
}

function Place({ scopeId, search }: { scopeId: string; search: PlacesSearch }) {
  const text = useText();
  const { t } = text;
  const navigate = useNavigate();
  const mayLayOut = useMay('grid.manage');
  const scope = useQuery({ queryKey: queryKeys.scope(scopeId), queryFn: () => api.scope(scopeId) });
  if (scope.isPending) return <Skeleton label={t('common.loading')} lines={6} isCard />;
  if (scope.isError)
    return <ErrorState text={problemText(scope.error, text)} onRetry={() => void scope.refetch()} />;
  const tabs = placeTabs.filter((tab) => tab === 'staff' || hasPart(scope.data, tab, mayLayOut));
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0] ?? 'staff';
  return (
    <>
      <Head scope={scope.data} />
      <Segmented<PlaceTab>
        className={css.tabs ?? ''}
        label={t('console.places.show')}
        isLabelHidden
        options={tabs.map((value) => ({ value, label: t(`console.places.tab.${value}`) }))}
        value={tab}
        onChange={(value) => {
          void navigate({ ...url.places({ ...search, scope: scopeId, tab: value }), replace: true });
        }}
      />
      <PlaceExports scope={scope.data} tab={tab} />
      {tab === 'buildings' && <BuildingsTab scopeId={scopeId} search={search} />}
      {tab === 'grids' && <GridsTab scopeId={scopeId} />}
      {tab === 'staff' && <Staff scope={scope.data} />}
      {tab === 'service' && <ServiceTab scopeId={scopeId} />}
    </>
  );
}

/** Where one may take people on and let them go, the list is the managers'; elsewhere it is to be read. */
function Staff({ scope }: { scope: ScopeDetail }) {
  const { acting } = useMe();
  const isManager = useMay('staff.manage');
  const kinds = managedKinds[acting.role] ?? [];
  return isManager && kinds.includes(scope.kind) ? (
    <StaffManage scopeId={scope.id} />
  ) : (
    <StaffTab scopeId={scope.id} />
  );
}

const managedKinds: Partial<Record<string, readonly ScopeDetail['kind'][]>> = {
  manager: ['department'],
  company: ['company', 'department'],
  committee: ['community'],
  street: ['street', 'community'],
  city: ['city', 'street'],
};

function hasPart(
  { kind, counts }: ScopeDetail,
  tab: 'buildings' | 'grids' | 'service',
  mayLayOut: boolean,
): boolean {
  if (tab === 'service') return kind === 'compound';
  if (tab === 'grids') return counts.grids > 0 || (mayLayOut && kind === 'compound');
  return counts.buildings > 0;
}

function Head({ scope }: { scope: ScopeDetail }) {
  const { t, tk, number } = useText();
  const { counts } = scope;
  const above = [scope.street, scope.community, scope.company, scope.department].flatMap((place) =>
    place === null || place.id === scope.id ? [] : [place],
  );
  const figures = (
    [
      ['compounds', counts.compounds],
      ['buildings', counts.buildings],
      ['units', counts.units],
      ['households', counts.households],
      ['facilities', counts.facilities],
      ['grids', counts.grids],
    ] as const
  ).filter(([, count]) => (count ?? 0) > 0);
  return (
    <header className={css.head}>
      <div>
        <p className={css.above}>
          {above.map((place) => (
            <Link key={place.id} {...url.places({ scope: place.id })}>
              {place.name}
            </Link>
          ))}
        </p>
        <h2 className={css.name}>
          <Icon of={scope.kind === 'compound' ? Building2 : MapPinned} size={22} />
          {scope.name}
          <span className={css.kind}>{tk(`scopeKinds.${scope.kind}`)}</span>
        </h2>
        <p className={css.address}>
          {[
            scope.address,
            scope.builtYear === null ? null : t('console.places.built', { year: scope.builtYear }),
          ]
            .filter((part) => part !== null && part !== '')
            .join(' · ')}
        </p>
        <p>
          <Link {...url.desk({ queue: 'open', scope: scope.id })}>{t('console.places.openOrders')}</Link>
          {scope.kind === 'compound' && (counts.facilities ?? 0) > 0 && (
            <>
              {' · '}
              <Link {...url.labels({ scope: scope.id })}>{t('console.labels.open')}</Link>
            </>
          )}
        </p>
      </div>
      {figures.length === 0 ? (
        <EmptyState title={t('console.places.nothing')} />
      ) : (
        <dl className={css.figures}>
          {figures.map(([name, count]) => (
            <div key={name}>
              <dd>{number(count ?? 0)}</dd>
              <dt>{t(`console.places.count.${name}`)}</dt>
            </div>
          ))}
        </dl>
      )}
    </header>
  );
}
