import { suggestCategories } from '@gongzhi/kernel/suggest.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { api } from '../../api.ts';
import type { Category } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from './category-picker.module.css';
import { TriageLine, useTriage } from './triage.tsx';
import { Pending } from '../../components/pending.tsx';

/** Beyond so many, one word more helps better than scrolling. */
const MOST = 40;
const LIKELY = 6;

/** The catalogue of a place; it changes with the seasons, not with the minute. */
export function useCatalogue(scopeId: string) {
  return useQuery({
    queryKey: queryKeys.catalogue(scopeId),
    queryFn: () => api.catalogue(scopeId),
    staleTime: 10 * 60_000,
  });
}

/** Type what the caller says; arrows and Enter choose without leaving the field. */
export function CategoryPicker({
  scopeId,
  label,
  place,
  words,
  hint = '',
  onWords,
  value,
  onChange,
  error,
  isTall = false,
}: {
  scopeId: string;
  label: string;
  /** Only what can happen there. */
  place?: 'home' | 'public';
  words: string;
  /** What else is known, such as the description: it suggests as long as nothing is searched for. */
  hint?: string;
  onWords: (words: string) => void;
  value: string | null;
  onChange: (category: Category) => void;
  error?: string | undefined;
  isTall?: boolean;
}) {
  const { t, tk, named } = useText();
  const catalogue = useCatalogue(scopeId);
  const triage = useTriage(scopeId, hint, place);
  const found = useMemo(() => {
    const possible = (catalogue.data?.items ?? []).filter(
      (category) => place === undefined || category.place === 'both' || category.place === place,
    );
    const learnt = catalogue.data?.learnt ?? [];
    if (words.trim() !== '') return suggestCategories(words, possible, null, MOST, learnt);
    // A hint only moves the likely ones to the top; the rest can still be found by scrolling.
    // The server's answer once it is there; the same words by themselves until then.
    const answered = triage?.categories.map(({ categoryCode }) => categoryCode);
    const likely =
      hint.trim() === ''
        ? []
        : answered === undefined
          ? suggestCategories(hint, possible, null, LIKELY, learnt)
          : answered.flatMap((code) => possible.find((category) => category.code === code) ?? []);
    return [...likely, ...possible.filter((category) => !likely.includes(category))];
  }, [catalogue.data, place, words, hint, triage]);
  const said = words.trim() === '' ? hint : words;
  /** The words for which the desk has often chosen this one. */
  const learntFor = (code: string): string =>
    (catalogue.data?.learnt ?? [])
      .filter((one) => one.code === code && one.weight > 0 && said.includes(one.word))
      .map(({ word }) => word)
      .join(' ');

  if (!catalogue.isSuccess) return <Pending of={catalogue} lines={4} />;

  return (
    <div className={css.picker}>
      <TriageLine
        triage={hint.trim() === '' ? null : triage}
        onTake={(code) => {
          const chosen = catalogue.data.items.find((category) => category.code === code);
          if (chosen !== undefined) onChange(chosen);
        }}
      />
      <Autocomplete inputValue={words} onInputChange={onWords}>
        <SearchField className={css.field ?? ''}>
          <Label className={css.label ?? ''}>{label}</Label>
          <Input className={css.input ?? ''} placeholder={t('console.category.search')} />
        </SearchField>
        {/* It scrolls, and the keyboard stays in the field: so the box itself can be reached. */}
        <div className={css.list} data-tall={isTall} role="group" aria-label={label} tabIndex={0}>
          <ListBox
            className={css.options ?? ''}
            aria-label={label}
            items={found.map((category) => ({ ...category, id: category.code }))}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={value === null ? [] : [value]}
            onSelectionChange={(keys) => {
              const [code] = keys === 'all' ? [] : [...keys];
              const chosen = found.find((category) => category.code === code);
              if (chosen !== undefined) onChange(chosen);
            }}
            renderEmptyState={() => <p className={css.none}>{t('console.category.none')}</p>}
          >
            {(category) => (
              <ListBoxItem
                id={category.code}
                className={css.item ?? ''}
                textValue={named({ zh: category.nameZh, en: category.nameEn })}
              >
                <span className={css.name}>{named({ zh: category.nameZh, en: category.nameEn })}</span>
                {learntFor(category.code) !== '' && (
                  <span className={css.why}>
                    {t('console.category.learnt', { words: learntFor(category.code) })}
                  </span>
                )}
                {category.isEmergency && <span className={css.emergency}>{t('emergency')}</span>}
                <span className={css.kind}>{tk(`kinds.${category.kind}`)}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </div>
      </Autocomplete>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
