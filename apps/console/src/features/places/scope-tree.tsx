import { Button, cx } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import type { Scope } from '../../api-types.ts';
import { type PlacesSearch, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import css from './scope-tree.module.css';

export interface TreeGroup {
  /** A community's name; null for compounds whose community one doesn't see. */
  name: string | null;
  compounds: Scope[];
}

/** What stands above the compounds, and the compounds under their communities. */
export function treeOf(scopes: readonly Scope[]): { above: Scope[]; groups: TreeGroup[] } {
  const groups = new Map<string | null, Scope[]>();
  for (const scope of scopes) {
    if (scope.kind !== 'compound') continue;
    groups.set(scope.communityName, [...(groups.get(scope.communityName) ?? []), scope]);
  }
  return {
    above: scopes.filter(({ kind }) => kind !== 'compound'),
    groups: [...groups].map(([name, compounds]) => ({ name, compounds })),
  };
}

export function ScopeTree({
  scopes,
  chosen,
  search,
  hasMore,
  isLoadingMore,
  onMore,
}: {
  scopes: readonly Scope[];
  chosen: string;
  search: PlacesSearch;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}) {
  const { t, tk, number } = useText();
  const { above, groups } = treeOf(scopes);
  if (scopes.length === 0) return <p className={css.none}>{t('console.noMatch')}</p>;
  const entry = (scope: Scope, aside: string) => (
    <li key={scope.id}>
      <Link
        {...url.places({ scope: scope.id, q: search.q })}
        className={cx(css.entry, scope.id === chosen && css.chosen)}
        aria-current={scope.id === chosen ? 'true' : undefined}
      >
        <span className={css.name}>{scope.name}</span>
        <span className={css.aside}>{aside}</span>
      </Link>
    </li>
  );
  return (
    <nav className={css.tree} aria-label={t('console.places.tree')}>
      {above.length > 0 && <ul>{above.map((scope) => entry(scope, tk(`scopeKinds.${scope.kind}`)))}</ul>}
      {groups.map(({ name, compounds }) => (
        <section key={name ?? ''} aria-label={name ?? t('console.places.noCommunity')}>
          <h2 className={css.group}>{name ?? t('console.places.noCommunity')}</h2>
          <ul>
            {compounds.map((scope) =>
              entry(
                scope,
                scope.householdCount === null
                  ? ''
                  : t('units.households', { count: number(scope.householdCount) }),
              ),
            )}
          </ul>
        </section>
      ))}
      {hasMore && (
        <Button size="small" isBusy={isLoadingMore} onPress={onMore}>
          {t('console.list.more')}
        </Button>
      )}
    </nav>
  );
}
