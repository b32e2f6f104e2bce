import { Dialog, EmptyState, ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { api } from '../../api.ts';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './household-dialog.module.css';

/** Who lives there, masked, for those who may know it at all. */
export function HouseholdDialog({
  scopeId,
  id,
  onClose,
}: {
  scopeId: string;
  id: string | null;
  onClose: () => void;
}) {
  const text = useText();
  const { t, tk } = text;
  const mayRead = useMay('household.read');
  const household = useQuery({
    queryKey: queryKeys.household(id ?? ''),
    queryFn: () => api.household(scopeId, id ?? ''),
    enabled: id !== null && mayRead,
  });
  return (
    <Dialog
      title={household.data?.label ?? t('console.places.household')}
      isOpen={id !== null}
      onOpenChange={onClose}
    >
      {!mayRead && <EmptyState icon={Lock} title={t('console.places.notYours')} />}
      {mayRead && household.isPending && <Skeleton label={t('common.loading')} lines={3} />}
      {household.isError && (
        <ErrorState text={problemText(household.error, text)} onRetry={() => void household.refetch()} />
      )}
      {household.data !== undefined && (
        <>
          <ul className={css.people}>
            {household.data.people.length === 0 && <li>{t('console.places.nobody')}</li>}
            {household.data.people.map((person) => (
              <li key={person.id}>
                <span className={css.name}>{person.nameMasked}</span>
                <span>{person.phoneMasked}</span>
                <span className={css.aside}>
                  {tk(`console.relation.${person.relation}`, {}, 'console.relation.other')} ·{' '}
                  {t('console.places.since', { date: person.since })}
                </span>
              </li>
            ))}
          </ul>
          <p>
            <Link {...url.household(scopeId, household.data.id)}>{t('household.open')}</Link>
          </p>
          {household.data.grid !== null && (
            <p className={css.aside}>
              {[
                household.data.grid.name,
                household.data.grid.stewardName === null
                  ? ''
                  : t('console.places.steward', { name: household.data.grid.stewardName }),
                household.data.grid.socialWorkerName === null
                  ? ''
                  : t('console.places.socialWorker', { name: household.data.grid.socialWorkerName }),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}
