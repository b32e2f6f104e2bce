import { cx, EmptyState, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { UserSearch } from 'lucide-react';
import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { dispatchApi } from '../dispatch/api.ts';
import { exclusionWords, reasonWords } from '../dispatch/reasons.ts';
import css from './staff-picker.module.css';
import { Pending } from '../../components/pending.tsx';

/** Opened by a key or a press that asked for it: the next key belongs to it. */
function takeKeyboard(field: HTMLInputElement | null): void {
  field?.focus();
}

/** Who could go, as the server ranks them, with what speaks for each, and why others are left out. */
export function StaffPicker({
  scopeId,
  orderId,
  exceptId,
  value,
  onChange,
}: {
  scopeId: string;
  orderId: string;
  /** Who has it now. */
  exceptId: string | null;
  value: string | null;
  onChange: (accountId: string) => void;
}) {
  const text = useText();
  const { t, tk } = text;
  const [words, setWords] = useState('');
  const now = useNow();
  const staff = useQuery({
    queryKey: queryKeys.candidates(orderId),
    queryFn: () => dispatchApi.candidates(scopeId, orderId),
    // Loads and places change with every assignment.
    staleTime: 0,
  });
  if (!staff.isSuccess) return <Pending of={staff} lines={4} />;

  const others = staff.data.items.filter((member) => member.accountId !== exceptId);
  const asked = words.trim();
  const found = others.filter(
    (member) =>
      member.displayName.includes(asked) || member.skills.some((own) => tk(`skills.${own}`).includes(asked)),
  );
  if (others.length === 0) return <EmptyState icon={UserSearch} title={t('console.staff.none')} />;

  return (
    <div className={css.picker}>
      <Autocomplete inputValue={words} onInputChange={setWords}>
        <SearchField className={css.field ?? ''} aria-label={t('console.staff.search')}>
          <Input ref={takeKeyboard} className={css.search ?? ''} placeholder={t('console.staff.search')} />
        </SearchField>
        {/* It scrolls, and the keyboard stays in the field: so the box itself can be reached. */}
        <div className={css.list} role="group" aria-label={t('console.staff.label')} tabIndex={0}>
          <ListBox
            className={css.options ?? ''}
            aria-label={t('console.staff.label')}
            selectionMode="single"
            selectedKeys={value === null ? [] : [value]}
            onSelectionChange={(keys) => {
              const [key] = keys === 'all' ? [] : [...keys];
              // Enter on who is chosen already means the same as choosing: it must not take the choice away.
              const chosen = key === undefined ? value : String(key);
              if (chosen !== null) onChange(chosen);
            }}
            renderEmptyState={() => <p className={css.none}>{t('console.staff.noMatch')}</p>}
          >
            {found.map((member) => {
              return (
                <ListBoxItem
                  key={member.accountId}
                  id={member.accountId}
                  className={cx(css.member, member.rank === null && css.leftOut)}
                  textValue={member.displayName}
                  // The order's own rules would refuse them.
                  isDisabled={!member.mayBeSent}
                >
                  <span className={css.words}>
                    <span className={css.name}>
                      <span>{member.displayName}</span>
                      <span className={css.title}>{member.title}</span>
                      {member.rank !== null && (
                        <span className={cx(css.fit, member.rank > 1 && css.later)}>
                          {member.rank === 1
                            ? t('candidates.best')
                            : t('candidates.rank', { count: member.rank })}
                        </span>
                      )}
                    </span>
                    {member.exclusions.length > 0 && (
                      <span className={css.why}>
                        {member.exclusions.map((one) => exclusionWords(text, one, now)).join(' · ')}
                      </span>
                    )}
                    <span className={css.skills}>
                      {member.reasons.map((one) => reasonWords(text, one, now)).join(' · ')}
                    </span>
                  </span>
                </ListBoxItem>
              );
            })}
          </ListBox>
        </div>
      </Autocomplete>
    </div>
  );
}
