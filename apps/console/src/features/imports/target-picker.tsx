import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Combo, type ComboItem } from '../../components/combo.tsx';

const targets: ReadonlySet<string> = new Set(['city', 'street', 'compound']);

/** Into which of the own places, found by typing its name. */
export function TargetPicker({
  value,
  name,
  onChange,
}: {
  value: string | undefined;
  name: string | undefined;
  onChange: (scopeId: string | undefined) => void;
}) {
  const { t, tk } = useText();
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: queryKeys.scopes(null, asked),
    queryFn: ({ signal }) => api.scopes({ limit: 100, ...(asked === '' ? {} : { q: asked }) }, { signal }),
    placeholderData: keepPreviousData,
  });
  const items: ComboItem[] = (found.data?.items ?? [])
    .filter(({ kind }) => targets.has(kind))
    .map((scope) => ({
      id: scope.id,
      label: scope.name,
      aside: scope.communityName ?? tk(`scopeKinds.${scope.kind}`),
    }));
  if (value !== undefined && name !== undefined && !items.some(({ id }) => id === value))
    items.unshift({ id: value, label: name });
  return (
    <Combo
      label={t('imports.scope')}
      items={items}
      value={value ?? null}
      onChange={(id) => {
        setWords('');
        onChange(id ?? undefined);
      }}
      onWords={setWords}
      placeholder={t('imports.scope.search')}
    />
  );
}
