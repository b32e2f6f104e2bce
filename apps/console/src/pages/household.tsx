import { EmptyState, ErrorState, Icon, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { DoorClosed, Lock } from 'lucide-react';
import { Suspense } from 'react';
import { api } from '../api.ts';
import type { HouseholdDetail } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { parts } from '../features/household/parts.ts';
import css from './household.module.css';

/** One dwelling: where it lies, who belongs to it, what was reported about it. */
export default function HouseholdPage() {
  const text = useText();
  const { t } = text;
  const { scopeId, householdId } = useParams({ from: '/shell/households/$scopeId/$householdId' });
  const mayRead = useMay('household.read');
  const household = useQuery({
    queryKey: queryKeys.household(householdId),
    queryFn: () => api.household(scopeId, householdId),
    enabled: mayRead,
  });
  useTitle(household.data?.label ?? t('household.title'));
  if (!mayRead)
    return (
      <div className={css.page}>
        <EmptyState icon={Lock} title={t('console.places.notYours')} />
      </div>
    );
  return (
    <div className={css.page}>
      {household.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {household.isError && (
        <ErrorState text={problemText(household.error, text)} onRetry={() => void household.refetch()} />
      )}
      {household.data !== undefined && (
        <>
          <Head household={household.data} />
          <div className={css.parts}>
            {parts.map(({ id, Body }) => (
              <Suspense key={id} fallback={<Skeleton label={t('common.loading')} lines={3} isCard />}>
                <Body household={household.data} />
              </Suspense>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function Head({ household }: { household: HouseholdDetail }) {
  const { t } = useText();
  const { grid } = household;
  return (
    <header className={css.head}>
      <div>
        <p>
          <Link {...url.places({ scope: household.scopeId, building: household.buildingId })}>
            {household.scopeName} · {household.buildingName}
          </Link>
        </p>
        <h1 className={css.label}>
          <Icon of={DoorClosed} size={22} />
          {household.label}
        </h1>
      </div>
      <dl className={css.facts}>
        <div>
          <dt>{t('household.area')}</dt>
          <dd>{t('units.squareMetres', { area: household.areaM2 })}</dd>
        </div>
        <div>
          <dt>{t('console.places.floor')}</dt>
          <dd>{t('household.floor', { floor: household.floor })}</dd>
        </div>
        {grid !== null && (
          <>
            <div>
              <dt>{t('household.grid')}</dt>
              <dd>{grid.name}</dd>
            </div>
            <div>
              <dt>{t('household.steward')}</dt>
              <dd>{grid.stewardName ?? t('household.vacant')}</dd>
            </div>
            <div>
              <dt>{t('household.socialWorker')}</dt>
              <dd>{grid.socialWorkerName ?? t('household.vacant')}</dd>
            </div>
          </>
        )}
      </dl>
    </header>
  );
}
