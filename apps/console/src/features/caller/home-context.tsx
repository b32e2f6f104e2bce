import { Icon } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { HeartHandshake, StickyNote } from 'lucide-react';
import { addDays } from '@gongzhi/kernel/time.ts';
import { api } from '../../api.ts';
import { deskApi, deskKeys } from '../../api-desk.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from '../family/family.module.css';

/** More nobody reads while somebody is speaking; the household's page has them all. */
const MOST = 3;

/** What the desk wants to know of a home while somebody from it is on the line: its notes, and who may speak for it. */
export function HomeContext({ scopeId, householdId }: { scopeId: string; householdId: string }) {
  const { t } = useText();
  const notes = useQuery({
    queryKey: deskKeys.notes(householdId),
    queryFn: () => deskApi.notes({ scopeId, householdId }),
    enabled: useMay('note.use'),
    staleTime: 10_000,
  });
  const consents = useQuery({
    queryKey: ['consents', scopeId, householdId],
    queryFn: () => api.consents(scopeId, householdId),
    enabled: useMay('consent.list'),
    staleTime: 10_000,
  });
  const written = notes.data?.items.slice(0, MOST) ?? [];
  const standing = consents.data?.items.filter(({ state }) => state === 'standing').slice(0, MOST) ?? [];
  return (
    <>
      {written.length > 0 && (
        <ul className={css.context} aria-label={t('caller.context')}>
          {written.map((note) => (
            <li key={note.id}>
              <Icon of={StickyNote} size={14} /> {note.text}
            </li>
          ))}
        </ul>
      )}
      {standing.length > 0 && (
        <ul className={css.context} aria-label={t('caller.helpers')}>
          {standing.map((consent) => (
            <li key={consent.id}>
              <Icon of={HeartHandshake} size={14} />{' '}
              {[
                t('family.desk.one', {
                  delegate: consent.delegateName,
                  phone: consent.delegatePhone,
                  grantor: consent.grantorName,
                }),
                consent.purposes
                  .map((purpose) => t(`family.purpose.${purpose}`))
                  .join(t('common.listSeparator')),
                t('family.until', { date: addDays(consent.endsOn, -1) }),
              ].join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
