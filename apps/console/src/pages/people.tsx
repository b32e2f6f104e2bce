import { Button, cx, EmptyState, Icon } from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Search, UserRoundSearch } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api.ts';
import type { PersonItem } from '../api-types.ts';
import { queryKeys } from '../app/query.ts';
import { type PeopleSearch, url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { PlainExport } from '../features/people/plain-export.tsx';
import { PersonPanel } from '../features/people/person-panel.tsx';
import css from './people.module.css';
import { Pending } from '../components/pending.tsx';

/** Shorter than a pause between two words, longer than one between two keys. */
const PAUSE_MS = 250;

/** Who is who: found as callers name themselves, masked, with the homes beside. */
export default function PeoplePage() {
  const { t } = useText();
  useTitle(t('people.title'));
  const search = useSearch({ from: '/shell/people' });
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const [words, setWords] = useState(search.q ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // One comes here to type a name, and for nothing else.
    field.current?.focus();
  }, []);
  useEffect(() => {
    const asked = words.trim();
    if (asked === (search.q ?? '')) return;
    const timer = setTimeout(() => {
      void navigate({
        ...url.people({ ...search, q: asked === '' ? undefined : asked, person: undefined, in: undefined }),
        replace: true,
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [words, search, navigate]);
  const people = useInfiniteQuery({
    queryKey: queryKeys.people(search.q ?? '', search.scope ?? null),
    queryFn: ({ pageParam, signal }) =>
      api.people(
        {
          limit: 50,
          ...(search.q === undefined ? {} : { q: search.q }),
          ...(search.scope === undefined ? {} : { scopeId: search.scope }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={css.page}>
      <section className={css.list} aria-label={t('people.title')}>
        <h1 className={css.title}>{t('people.title')}</h1>
        <div className={css.tools}>
          <label className={css.search}>
            <Icon of={Search} size={16} />
            <span className="gz-hidden">{t('people.searchLabel')}</span>
            <input
              ref={field}
              type="search"
              value={words}
              placeholder={t('people.search')}
              maxLength={40}
              onChange={(event) => {
                setWords(event.target.value);
              }}
            />
          </label>
          <ExportLinks list="people" query={{ scopeId: search.scope, q: search.q }} />
          {search.scope !== undefined && <PlainExport scopeId={search.scope} />}
          {seesMany && (
            <ScopePicker
              label={t('people.scope')}
              isLabelHidden
              value={search.scope}
              onChange={(scope) => {
                void navigate({ ...url.people({ ...search, scope }), replace: true });
              }}
            />
          )}
        </div>
        <p className={css.hint}>{t('people.hint')}</p>
        <Pending of={people} />
        {people.isSuccess && rows.length === 0 && (
          <EmptyState icon={UserRoundSearch} title={t('people.none')} text={t('people.noneWords')} />
        )}
        {rows.length > 0 && <Table rows={rows} search={search} showsScope={seesMany} />}
        <p className={css.more}>
          {rows.length > 0 && (
            <span role="status" className={css.hint}>
              {t('people.count', { count: rows.length })}
            </span>
          )}
          {people.hasNextPage && (
            <Button isBusy={people.isFetchingNextPage} onPress={() => void people.fetchNextPage()}>
              {t('console.list.more')}
            </Button>
          )}
        </p>
      </section>
      <aside className={css.side} aria-label={t('people.person')}>
        {search.person === undefined || search.in === undefined ? (
          <EmptyState title={t('people.pick')} />
        ) : (
          <PersonPanel scopeId={search.in} id={search.person} />
        )}
      </aside>
    </div>
  );
}

function Table({
  rows,
  search,
  showsScope,
}: {
  rows: readonly PersonItem[];
  search: PeopleSearch;
  showsScope: boolean;
}) {
  const { t, tk } = useText();
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('people.phone')}</th>
            <th scope="col">{t('people.homes')}</th>
            {showsScope && <th scope="col">{t('people.scope')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((person) => {
            const isOpen = person.id === search.person;
            return (
              <tr key={person.id} className={cx(isOpen && css.open)}>
                <th scope="row">
                  <Link
                    {...url.people({ ...search, person: person.id, in: person.scopeId })}
                    replace
                    aria-current={isOpen ? 'true' : undefined}
                  >
                    {person.isErased ? t('people.erased') : person.nameMasked}
                  </Link>
                </th>
                <td className={css.phone}>{person.phoneMasked}</td>
                <td>
                  {person.homes.length === 0 && <span className={css.hint}>{t('people.noHome')}</span>}
                  {person.homes.map((home) => (
                    <span key={home.occupancyId} className={css.home}>
                      <Link {...url.household(person.scopeId, home.householdId)}>{home.label}</Link>{' '}
                      <span className={css.hint}>
                        {tk(`console.relation.${home.relation}`, {}, 'console.relation.other')}
                        {home.state === 'coming' && ` · ${t('people.from', { date: home.startsOn })}`}
                      </span>
                    </span>
                  ))}
                </td>
                {showsScope && <td>{person.scopeName}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
