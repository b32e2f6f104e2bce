import { cx, EmptyState, ErrorState, Skeleton, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { type CatalogueEntry, deskApi, deskKeys } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { type RulesSearch, url } from '../../app/routes.ts';
import { type Text, useText } from '../../app/text.ts';
import { EntryEditor } from './entry-editor.tsx';
import css from './rules.module.css';

/** What can be reported here, by name; the open one beside it with its limits, its past and its preview. */
export default function CatalogueTab({ scopeId, search }: { scopeId: string; search: RulesSearch }) {
  const text = useText();
  const { t, tk, named } = text;
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim().toLowerCase());
  const entries = useQuery({ queryKey: deskKeys.entries(scopeId), queryFn: () => deskApi.entries(scopeId) });
  if (entries.isPending) return <Skeleton label={t('common.loading')} lines={12} isCard />;
  if (entries.isError)
    return <ErrorState text={problemText(entries.error, text)} onRetry={() => void entries.refetch()} />;
  const { items, mayEdit, earliest } = entries.data;
  const found = items.filter(
    ({ current }) =>
      asked === '' ||
      [current.nameZh, current.nameEn, ...current.keywordsZh, ...current.keywordsEn].some((word) =>
        word.toLowerCase().includes(asked),
      ),
  );
  const open = items.find((one) => one.code === search.code) ?? found[0];
  return (
    <div className={css.two}>
      <section className={css.side} aria-label={t('desk.catalogue.list')}>
        <TextField
          label={t('desk.catalogue.find')}
          isLabelHidden
          placeholder={t('desk.catalogue.find')}
          value={words}
          maxLength={40}
          onChange={setWords}
        />
        {found.length === 0 && <EmptyState icon={SearchX} title={t('console.noMatch')} />}
        <ul className={css.entries}>
          {found.map((entry) => (
            <li key={entry.code}>
              <Link
                {...url.rules({ ...search, code: entry.code })}
                className={cx(css.entry, entry.code === open?.code && css.chosen)}
                aria-current={entry.code === open?.code ? 'true' : undefined}
              >
                <span className={css.entryName} data-off={!entry.current.isActive}>
                  {named({ zh: entry.current.nameZh, en: entry.current.nameEn })}
                </span>
                <span className={css.meta}>
                  {limitsOf(entry, text)}
                  {entry.current.level !== 'base' && (
                    <span className={css.tag}>{tk(`desk.level.${entry.current.level}`)}</span>
                  )}
                  {entry.upcoming.length > 0 && (
                    <span className={css.tag}>{t('desk.catalogue.upcoming')}</span>
                  )}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      {open !== undefined && (
        <EntryEditor
          key={`${open.code}.${open.ownVersion}`}
          entry={open}
          scopeId={scopeId}
          mayEdit={mayEdit}
          earliest={earliest}
        />
      )}
    </div>
  );
}

export function limitsOf({ current }: CatalogueEntry, { duration }: Text): string {
  const { respondMinutes, arriveMinutes, resolveMinutes } = current;
  return [respondMinutes, arriveMinutes, resolveMinutes]
    .filter((minutes) => minutes !== null)
    .map((minutes) => duration(minutes * 60_000))
    .join(' · ');
}
