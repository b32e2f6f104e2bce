import { ErrorState, Segmented, Skeleton, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../../api.ts';
import type { PersonItem } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from './household.module.css';

export interface Who {
  readonly kind: 'new' | 'known';
  readonly name: string;
  readonly phone: string;
  readonly person: PersonItem | null;
}

/** Null until it is said who. */
export function whoIs(who: Who): { id: string } | { name: string; phone: string | null } | null {
  if (who.kind === 'known') return who.person === null ? null : { id: who.person.id };
  const name = who.name.trim();
  return name === '' ? null : { name, phone: who.phone.trim() === '' ? null : who.phone.trim() };
}

/** Somebody the compound knows, or somebody new. */
export function PersonField({
  scopeId,
  value,
  onChange,
  error,
}: {
  scopeId: string;
  value: Who;
  onChange: (who: Who) => void;
  error: string | undefined;
}) {
  const { t } = useText();
  return (
    <>
      <Segmented
        label={t('household.who')}
        options={[
          { value: 'new', label: t('household.whoNew') },
          { value: 'known', label: t('household.whoKnown') },
        ]}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind })}
      />
      {value.kind === 'new' ? (
        <div className={css.pair}>
          <TextField
            label={t('household.newName')}
            value={value.name}
            onChange={(name) => onChange({ ...value, name })}
            maxLength={60}
            error={error}
          />
          <TextField
            label={t('household.newPhone')}
            type="tel"
            value={value.phone}
            onChange={(phone) => onChange({ ...value, phone })}
            maxLength={24}
            description={t('household.newPhoneWords')}
          />
        </div>
      ) : (
        <Known scopeId={scopeId} value={value} onChange={onChange} error={error} />
      )}
    </>
  );
}

function Known({
  scopeId,
  value,
  onChange,
  error,
}: {
  scopeId: string;
  value: Who;
  onChange: (who: Who) => void;
  error: string | undefined;
}) {
  const text = useText();
  const { t } = text;
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: [...queryKeys.people(asked, scopeId), 'few'],
    queryFn: ({ signal }) => api.people({ q: asked, scopeId, limit: 8 }, { signal }),
    enabled: asked !== '',
    retry: false,
  });
  return (
    <div className={css.known}>
      <TextField
        label={t('household.whoSearch')}
        type="search"
        value={words}
        onChange={setWords}
        maxLength={40}
        placeholder={t('people.search')}
        error={error}
      />
      {asked !== '' && found.isPending && <Skeleton label={t('common.loading')} lines={2} />}
      {found.isError && <ErrorState text={problemText(found.error, text)} />}
      {found.data !== undefined && found.data.items.length === 0 && (
        <p className={css.aside}>{t('household.whoNone')}</p>
      )}
      {found.data !== undefined && found.data.items.length > 0 && (
        <ul className={css.found}>
          {found.data.items.map((person) => (
            <li key={person.id}>
              <label>
                <input
                  type="radio"
                  name="known"
                  checked={value.person?.id === person.id}
                  onChange={() => onChange({ ...value, person })}
                />
                <span>
                  {person.nameMasked} {person.phoneMasked}
                  <span className={css.aside}>
                    {' '}
                    {person.homes.length === 0
                      ? t('people.noHome')
                      : person.homes.map((home) => home.label).join(' · ')}
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
