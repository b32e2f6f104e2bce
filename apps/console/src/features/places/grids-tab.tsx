import { EmptyState, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import { api } from '../../api.ts';
import type { Grid } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { GridName, GridNew } from '../organisation/grid-plan.tsx';
import { GridPair } from '../organisation/grid-pair.tsx';
import css from './cards.module.css';
import { Pending } from '../../components/pending.tsx';

/** Grids with their pair; one that is too small or too large by the standard says so. */
export function GridsTab({ scopeId }: { scopeId: string }) {
  const { t, number } = useText();
  const grids = useQuery({ queryKey: queryKeys.grids(scopeId), queryFn: () => api.grids(scopeId) });
  if (!grids.isSuccess) return <Pending of={grids} lines={4} />;
  return (
    <>
      <GridNew scopeId={scopeId} />
      {grids.data.items.length === 0 && <EmptyState icon={Grid3x3} title={t('console.places.noGrids')} />}
      <ul className={css.cards}>
        {grids.data.items.map((grid) => (
          <li key={grid.id} className={css.card}>
            <p className={css.name}>
              {grid.name} <span className={css.meta}>{grid.code}</span>
            </p>
            <p className={css.meta}>
              {t('units.households', { count: number(grid.householdCount) })}
              {grid.size !== 'fit' && (
                <StatusChip tone="waiting" word={t(`console.places.grid.${grid.size}`)} />
              )}
            </p>
            <dl className={css.pair}>
              <dt>{t('roles.steward')}</dt>
              <dd>
                {grid.stewardName ?? t('console.places.vacant')} <Since grid={grid} half="steward" />
              </dd>
              <dt>{t('roles.social_worker')}</dt>
              <dd>
                {grid.socialWorkerName ?? t('console.places.vacant')}{' '}
                <Since grid={grid} half="social_worker" />
              </dd>
            </dl>
            <Before grid={grid} />
            <GridName scopeId={scopeId} grid={grid} />
            <GridPair scopeId={scopeId} grid={grid} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Since({ grid, half }: { grid: Grid; half: 'steward' | 'social_worker' }) {
  const { t } = useText();
  const now = grid.keepers.find((keeper) => keeper.half === half && keeper.lastDay === null);
  return now === undefined ? null : (
    <span className={css.meta}>{t('gridPlan.since', { date: now.startsOn })}</span>
  );
}

/** Who kept it before: the last few, with their days. */
function Before({ grid }: { grid: Grid }) {
  const { t } = useText();
  const before = grid.keepers.filter(({ lastDay }) => lastDay !== null).slice(0, 5);
  if (before.length === 0) return null;
  return (
    <details className={css.meta}>
      <summary>{t('gridPlan.before')}</summary>
      <ul>
        {before.map(({ half, name, startsOn: from, lastDay: to }) => (
          <li key={`${half}.${from}.${name}`}>
            {t(`roles.${half}`)} {t('service.period', { name, from, to: to ?? '' })}
          </li>
        ))}
      </ul>
    </details>
  );
}
