import { ErrorState, Icon } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Home, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { api } from '../../api.ts';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './household-picker.module.css';

const PAUSE_MS = 200;

/** By building, unit and room as people say them; the masked names help to know it is the right door. */
export function HouseholdPicker({
  scopeId,
  words,
  onWords,
  value,
  onChange,
  error,
}: {
  scopeId: string;
  words: string;
  onWords: (words: string) => void;
  value: string;
  onChange: (householdId: string) => void;
  error: string | undefined;
}) {
  const text = useText();
  const { t } = text;
  const [asked, setAsked] = useState(words.trim());
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(words.trim());
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [words]);
  const found = useQuery({
    queryKey: queryKeys.households(scopeId, asked, null),
    queryFn: ({ signal }) => api.households(scopeId, { q: asked, limit: 20 }, { signal }),
    enabled: asked !== '' && value === '',
    placeholderData: keepPreviousData,
  });

  if (value !== '')
    return (
      <Chosen
        scopeId={scopeId}
        id={value}
        onClear={() => {
          onChange('');
        }}
      />
    );
  return (
    <div className={css.picker}>
      <Autocomplete inputValue={words} onInputChange={onWords}>
        <SearchField className={css.field ?? ''} isInvalid={error !== undefined}>
          <Label className={css.label ?? ''}>{t('console.caller.household')}</Label>
          <Input className={css.input ?? ''} placeholder={t('console.caller.householdExample')} />
        </SearchField>
        {asked !== '' && found.data !== undefined && (
          <div className={css.list} role="group" aria-label={t('console.caller.household')} tabIndex={0}>
            <ListBox
              className={css.options ?? ''}
              aria-label={t('console.caller.household')}
              items={found.data.items}
              onAction={(id) => {
                onChange(String(id));
              }}
              renderEmptyState={() => <p className={css.none}>{t('console.caller.noHousehold')}</p>}
            >
              {(household) => (
                <ListBoxItem className={css.item ?? ''} textValue={household.label}>
                  <Icon of={Home} size={16} />
                  <span>{household.label}</span>
                  <span className={css.aside}>{t('units.squareMetres', { area: household.areaM2 })}</span>
                </ListBoxItem>
              )}
            </ListBox>
          </div>
        )}
      </Autocomplete>
      {found.isError && (
        <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />
      )}
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Chosen({ scopeId, id, onClear }: { scopeId: string; id: string; onClear: () => void }) {
  const { t, tk } = useText();
  const mayRead = useMay('household.read');
  const household = useQuery({
    queryKey: queryKeys.household(id),
    queryFn: () => api.household(scopeId, id),
    enabled: mayRead,
  });
  return (
    <div className={css.chosen}>
      <p className={css.label}>{t('console.caller.household')}</p>
      <p className={css.name}>
        <Icon of={Home} />
        {household.data?.label ?? (mayRead ? t('common.loading') : t('console.caller.householdChosen'))}
        <Button className={css.clear ?? ''} onPress={onClear}>
          <Icon of={X} size={16} />
          {t('console.caller.other')}
        </Button>
      </p>
      {household.data !== undefined && (
        <ul className={css.people}>
          {household.data.people.map((person) => (
            <li key={person.id}>
              {person.nameMasked} {person.phoneMasked}
              <span className={css.aside}>
                {tk(`console.relation.${person.relation}`, {}, 'console.relation.other')}
              </span>
            </li>
          ))}
          {household.data.grid !== null && (
            <li className={css.aside}>
              {household.data.grid.name}
              {household.data.grid.stewardName !== null &&
                ` · ${t('console.places.steward', { name: household.data.grid.stewardName })}`}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
