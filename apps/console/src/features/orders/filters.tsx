import { Button, Checkbox, cx, Icon, Segmented } from '@gongzhi/ui';
import { useNavigate } from '@tanstack/react-router';
import { ListFilter, Search, X } from 'lucide-react';
import { type RefObject, useDeferredValue, useEffect, useState } from 'react';
import { type DeskSearch, priorities, url } from '../../app/routes.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import { DateRange } from '../../components/date-range.tsx';
import { ScopePicker, useScopeName, useSeesMany } from '../../components/scope-picker.tsx';
import { useCatalogue } from './category-picker.tsx';
import { Pop } from '../../components/pop.tsx';
import css from './filters.module.css';
import { orderStatuses } from './status.ts';

/** Narrowing a queue down. All of it lives in the address. */
export function useDeskSearch(search: DeskSearch): (change: DeskSearch) => void {
  const navigate = useNavigate();
  return (change) => {
    void navigate({ ...url.desk({ ...search, ...change }), replace: true });
  };
}

/** Orders are numbered by their day: what begins like one is taken for one. */
const NUMBER = /^20\d{2}[\d-]*[0-9A-Za-z-]*$/;

export function NumberSearch({
  search,
  field,
}: {
  search: DeskSearch;
  field: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useText();
  const change = useDeskSearch(search);
  const [words, setWords] = useState(search.q ?? search.words ?? '');
  const settled = useDeferredValue(words);

  useEffect(() => {
    setWords(search.q ?? search.words ?? '');
  }, [search.q, search.words]);

  useEffect(() => {
    const asked = settled.trim();
    if (asked === (search.q ?? search.words ?? '')) return;
    const timer = setTimeout(() => {
      if (asked === '') change({ q: undefined, words: undefined });
      // A number is known by itself, in whatever queue its order stands.
      else if (NUMBER.test(asked))
        change({
          q: asked.toUpperCase(),
          words: undefined,
          queue: 'all',
          saved: undefined,
          order: undefined,
          in: undefined,
        });
      // One character stands in half of all texts.
      else if ([...asked].length > 1)
        change({ words: asked, q: undefined, saved: undefined, order: undefined, in: undefined });
    }, 250);
    return () => {
      clearTimeout(timer);
    };
    // Only what is typed sets the timer.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);

  return (
    <label className={css.search}>
      <Icon of={Search} size={16} />
      <span className="gz-hidden">{t('console.search.label')}</span>
      <input
        ref={field}
        type="search"
        value={words}
        placeholder={t('console.search.label')}
        maxLength={60}
        autoComplete="off"
        onChange={(event) => {
          setWords(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <kbd className={css.key}>f</kbd>
    </label>
  );
}

export function FilterButton({ search }: { search: DeskSearch }) {
  const { t, tk, named } = useText();
  const { acting } = useMe();
  const change = useDeskSearch(search);
  const seesMany = useSeesMany();
  const catalogue = useCatalogue(search.scope ?? acting.scopeId);
  const chosen = new Set(search.status?.split(',') ?? []);
  const active = activeFilters(search);

  return (
    <Pop
      icon={ListFilter}
      size="small"
      className={cx(active.length > 0 && css.active)}
      label={t('console.filter')}
      popoverClass={css.popover}
      dialogClass={css.dialog}
      body={() => (
        <>
          {seesMany && (
            <ScopePicker
              label={t('console.column.scope')}
              value={search.scope}
              onChange={(scope) => {
                change({ scope });
              }}
            />
          )}
          <Combo
            label={t('console.column.matter')}
            items={(catalogue.data?.items ?? []).map((category) => ({
              id: category.code,
              label: named({ zh: category.nameZh, en: category.nameEn }),
              aside: tk(`kinds.${category.kind}`),
            }))}
            value={search.category ?? null}
            onChange={(category) => {
              change({ category: category ?? undefined });
            }}
            placeholder={t('console.category.all')}
          />
          <fieldset className={css.group}>
            <legend className={css.legend}>{t('console.column.status')}</legend>
            <div className={css.statuses}>
              {orderStatuses.map((status) => (
                <Checkbox
                  key={status}
                  isSelected={chosen.has(status)}
                  onChange={(isOn) => {
                    const next = orderStatuses.filter((one) => (one === status ? isOn : chosen.has(one)));
                    change({ status: next.length === 0 ? undefined : next.join(',') });
                  }}
                >
                  {tk(`console.status.${status}`)}
                </Checkbox>
              ))}
            </div>
          </fieldset>
          <Segmented
            label={t('console.field.priority')}
            options={(['any', ...priorities] as const).map((value) => ({
              value,
              label: value === 'any' ? t('desk.filter.any') : t(`priorities.${value}`),
            }))}
            value={search.priority ?? 'any'}
            onChange={(priority) => {
              change({ priority: priority === 'any' ? undefined : priority });
            }}
          />
          <DateRange
            label={t('console.filter.created')}
            from={search.from}
            to={search.to}
            onChange={change}
            isStacked
          />
          <Checkbox
            isSelected={search.late === true}
            onChange={(isOn) => {
              change({ late: isOn ? true : undefined });
            }}
          >
            {t('console.filter.late')}
          </Checkbox>
          <div className={css.foot}>
            <Button
              size="small"
              onPress={() => {
                change(nothing);
              }}
            >
              {t('console.filter.clear')}
            </Button>
          </div>
        </>
      )}
    >
      {active.length > 0 ? t('console.filter.active', { count: active.length }) : t('console.filter')}
    </Pop>
  );
}

const nothing = {
  scope: undefined,
  status: undefined,
  category: undefined,
  late: undefined,
  building: undefined,
  grid: undefined,
  figure: undefined,
  from: undefined,
  to: undefined,
  q: undefined,
  words: undefined,
  priority: undefined,
  assigneeId: undefined,
} as const;

type Filter = keyof typeof nothing;

function activeFilters(search: DeskSearch): Filter[] {
  return (Object.keys(nothing) as Filter[]).filter((name) => search[name] !== undefined);
}

/** What narrows the list down, each to be taken away with one press. */
export function FilterChips({ search }: { search: DeskSearch }) {
  const { t, tk, named } = useText();
  const { acting } = useMe();
  const change = useDeskSearch(search);
  const scopeName = useScopeName(search.scope);
  const catalogue = useCatalogue(search.scope ?? acting.scopeId);
  const active = activeFilters(search);
  if (active.length === 0) return null;
  const category = catalogue.data?.items.find(({ code }) => code === search.category);

  const words: Record<Filter, () => string> = {
    scope: () => scopeName ?? '…',
    status: () =>
      (search.status ?? '')
        .split(',')
        .map((status) => tk(`console.status.${status}`))
        .join(t('common.listSeparator')),
    category: () =>
      category === undefined ? (search.category ?? '') : named({ zh: category.nameZh, en: category.nameEn }),
    late: () => (search.late === true ? t('console.filter.late') : t('console.filter.notLate')),
    building: () => t('console.filter.building'),
    grid: () => t('console.filter.grid'),
    figure: () => t('console.filter.figure', { figure: tk(`console.figure.${search.figure ?? 'all'}`) }),
    from: () => t('console.filter.from', { date: search.from ?? '' }),
    to: () => t('console.filter.to', { date: search.to ?? '' }),
    q: () => t('console.filter.number', { number: search.q ?? '' }),
    words: () => t('desk.filter.words', { words: search.words ?? '' }),
    priority: () => tk(`priorities.${search.priority ?? ''}`),
    assigneeId: () => t('desk.filter.assignee'),
  };
  return (
    <ul className={css.chips} aria-label={t('console.filter')}>
      {active.map((name) => (
        <li key={name}>
          <button
            type="button"
            className={css.chip}
            onClick={() => {
              // A grid lies in the compound that is taken away.
              change(name === 'scope' ? { scope: undefined, grid: undefined } : { [name]: undefined });
            }}
          >
            <span>{words[name]()}</span>
            <Icon of={X} size={14} />
            <span className="gz-hidden">{t('console.filter.remove')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
