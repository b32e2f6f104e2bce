import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../api.ts';
import type { Membership } from '../api-types.ts';
import { queryKeys } from '../app/query.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { Combo, type ComboItem } from './combo.tsx';

/** The compounds one acts for; empty for those who see so many that the server is asked by name. */
export function ownCompounds(acting: Membership): ComboItem[] {
  return acting.scopes.filter(({ kind }) => kind === 'compound').map(({ id, name }) => ({ id, label: name }));
}

/** Whether more than one compound can be in view, so that a row must say which. */
export function useSeesMany(): boolean {
  const { acting } = useMe();
  return acting.scopeKind !== 'compound' && ownCompounds(acting).length !== 1;
}

/** The first of a company's departments, for a page that is about one of them. */
export function useFirstDepartment(isAsked: boolean): string | undefined {
  const found = useQuery({
    queryKey: queryKeys.scopes('department', ''),
    queryFn: () => api.scopes({ kind: 'department', limit: 100 }),
    enabled: isAsked,
  });
  return found.data?.items[0]?.id;
}

/** One place of all those in reach, a compound unless said otherwise, found by typing its name. */
export function ScopePicker({
  kind = 'compound',
  value,
  onChange,
  label,
  placeholder,
  isLabelHidden = false,
  className,
}: {
  kind?: 'compound' | 'department' | 'community' | 'street';
  value: string | undefined;
  onChange: (scopeId: string | undefined) => void;
  label: string;
  /** What stands there while none is chosen; by default that all are meant. */
  placeholder?: string;
  isLabelHidden?: boolean;
  className?: string;
}) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: queryKeys.scopes(kind, asked),
    queryFn: ({ signal }) =>
      api.scopes({ kind, limit: 100, ...(asked === '' ? {} : { q: asked }) }, { signal }),
    placeholderData: keepPreviousData,
  });
  const name = useScopeName(value);
  const items: ComboItem[] = (found.data?.items ?? []).map((scope) => ({
    id: scope.id,
    label: scope.name,
    aside: scope.communityName,
  }));
  // The chosen one keeps its name while other words are typed.
  if (value !== undefined && name !== undefined && !items.some(({ id }) => id === value))
    items.unshift({ id: value, label: name });
  return (
    <Combo
      label={label}
      isLabelHidden={isLabelHidden}
      items={items}
      value={value ?? null}
      onChange={(id) => {
        setWords('');
        onChange(id ?? undefined);
      }}
      onWords={setWords}
      placeholder={placeholder ?? t('console.scope.all')}
      {...(className === undefined ? {} : { className })}
    />
  );
}

/** The name of a place by its id, from what one acts for, else from the server. */
export function useScopeName(scopeId: string | undefined): string | undefined {
  const { acting } = useMe();
  const own =
    acting.scopes.find(({ id }) => id === scopeId)?.name ??
    (acting.scopeId === scopeId ? acting.scopeName : undefined);
  const asked = useQuery({
    queryKey: queryKeys.scope(scopeId ?? ''),
    queryFn: () => api.scope(scopeId ?? ''),
    enabled: scopeId !== undefined && own === undefined,
    staleTime: 10 * 60_000,
  });
  return own ?? asked.data?.name;
}
