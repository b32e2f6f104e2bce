import { Button, notify, Select } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Body, Grid } from '../../api-types.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useMay, useMe } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './organisation.module.css';
import { useSend } from './use-send.ts';

const halfOf: Partial<Record<string, 'steward' | 'social_worker'>> = {
  manager: 'steward',
  company: 'steward',
  committee: 'social_worker',
  street: 'social_worker',
};

/** The own half of a grid's pair, and which buildings belong to it. */
export function GridPair({ scopeId, grid }: { scopeId: string; grid: Grid }) {
  const { t, number } = useText();
  const { acting } = useMe();
  const half = useMay('grid.manage') ? halfOf[acting.role] : undefined;
  const scope = useQuery({ queryKey: queryKeys.scope(scopeId), queryFn: () => api.scope(scopeId) });
  const employer = half === 'steward' ? scope.data?.department?.id : scope.data?.community?.id;
  const staff = useQuery({
    queryKey: queryKeys.staff(employer ?? ''),
    queryFn: () => api.staff(employer ?? ''),
    enabled: half !== undefined && employer !== undefined,
  });
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId),
    queryFn: () => api.buildings(scopeId),
    enabled: half !== undefined,
  });
  const [buildingId, setBuildingId] = useState('');
  const [unitId, setUnitId] = useState('');
  const { isBusy, error, send } = useSend();
  if (half === undefined) return null;
  const act = async (body: Body<'commandGrid'>) => {
    const answer = await send(body, (key) => api.commandGrid(scopeId, grid.id, body, key));
    void queryClient.invalidateQueries({ queryKey: queryKeys.grids(scopeId) });
    return answer;
  };
  const units = buildings.data?.items.find(({ id }) => id === buildingId)?.units ?? [];
  const holder = (half === 'steward' ? grid.stewardAccountId : grid.socialWorkerAccountId) ?? '';
  const colleagues = (staff.data?.items ?? []).filter(({ role }) => role === half);
  return (
    <div className={css.part}>
      <Select
        label={t(half === 'steward' ? 'grids.setSteward' : 'grids.setSocialWorker')}
        isDisabled={isBusy}
        options={[
          { value: '', label: t('grids.nobody') },
          ...colleagues.map(({ accountId, displayName }) => ({ value: accountId, label: displayName })),
        ]}
        value={colleagues.some(({ accountId }) => accountId === holder) ? holder : ''}
        onChange={(accountId) =>
          void act({
            action: 'set_half',
            expectedVersion: grid.version,
            half,
            accountId: accountId === '' ? null : accountId,
          })
        }
      />
      <div className={css.line}>
        <Select
          label={t('grids.building')}
          placeholder={t('console.choose')}
          options={(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={buildingId}
          onChange={(value) => {
            setBuildingId(value);
            setUnitId('');
          }}
        />
        {units.length > 1 && (
          <Select
            label={t('gridPlan.unit')}
            options={[
              { value: '', label: t('gridPlan.wholeBuilding') },
              ...units.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={unitId}
            onChange={setUnitId}
          />
        )}
        <Button
          aria-label={t('gridPlan.assignTo', { name: grid.name })}
          isBusy={isBusy}
          isDisabled={buildingId === ''}
          onPress={() =>
            void act({
              action: 'assign',
              expectedVersion: grid.version,
              buildingId,
              ...(unitId === '' ? {} : { unitId }),
            }).then((answer) => {
              if (answer === undefined) return;
              notify(t('grids.assigned', { count: number(answer.movedHouseholds), name: grid.name }));
              setBuildingId('');
              setUnitId('');
            })
          }
        >
          {t('gridPlan.assign')}
        </Button>
      </div>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
