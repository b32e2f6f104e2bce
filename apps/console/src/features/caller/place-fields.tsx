import { everyPage } from '@gongzhi/ui/client/index.ts';
import { Segmented, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import { ScopePicker } from '../../components/scope-picker.tsx';
import type { CallerDraft } from './caller-draft.ts';
import { HouseholdPicker } from './household-picker.tsx';

/** Where: which compound, and in it a home or a public spot. */
export function PlaceFields({
  draft,
  change,
  seesMany,
  errors,
}: {
  draft: CallerDraft;
  change: (part: Partial<CallerDraft>) => void;
  seesMany: boolean;
  errors: { scope: string | undefined; household: string | undefined };
}) {
  const { t } = useText();
  return (
    <>
      {seesMany && (
        <div>
          <ScopePicker
            label={t('console.column.scope')}
            placeholder={t('console.caller.scopeExample')}
            value={draft.scopeId === '' ? undefined : draft.scopeId}
            onChange={(scopeId) => {
              // Another compound has other doors, other spots and its own pictures.
              change({
                scopeId: scopeId ?? '',
                householdId: '',
                buildingId: '',
                facilityId: '',
                photoIds: [],
              });
            }}
          />
          {errors.scope !== undefined && <p role="alert">{errors.scope}</p>}
        </div>
      )}
      <Segmented<'home' | 'public'>
        label={t('console.order.place')}
        isLabelHidden
        options={[
          { value: 'home', label: t('places.home') },
          { value: 'public', label: t('places.public') },
        ]}
        value={draft.place}
        onChange={(place) => {
          change({ place, categoryCode: '' });
        }}
      />
      {draft.scopeId !== '' &&
        (draft.place === 'home' ? (
          <HouseholdPicker
            scopeId={draft.scopeId}
            words={draft.householdWords}
            onWords={(householdWords) => {
              change({ householdWords });
            }}
            value={draft.householdId}
            onChange={(householdId) => {
              change({ householdId });
            }}
            error={errors.household}
          />
        ) : (
          <PublicSpot draft={draft} change={change} />
        ))}
    </>
  );
}

function PublicSpot({ draft, change }: { draft: CallerDraft; change: (part: Partial<CallerDraft>) => void }) {
  const { t } = useText();
  const buildings = useQuery({
    queryKey: queryKeys.buildings(draft.scopeId),
    queryFn: () => api.buildings(draft.scopeId),
  });
  const facilities = useQuery({
    queryKey: queryKeys.facilities(draft.scopeId, draft.buildingId),
    queryFn: () =>
      everyPage((cursor) =>
        api.facilities(draft.scopeId, {
          limit: 100,
          ...cursor,
          ...(draft.buildingId === '' ? {} : { buildingId: draft.buildingId }),
        }),
      ),
  });
  return (
    <>
      <Select
        label={t('console.optional', { label: t('console.caller.building') })}
        options={(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        placeholder={t('console.caller.noBuilding')}
        value={draft.buildingId}
        onChange={(buildingId) => {
          change({ buildingId, facilityId: '' });
        }}
      />
      <Combo
        label={t('console.optional', { label: t('console.caller.facility') })}
        items={(facilities.data?.items ?? []).map(({ id, label }) => ({ id, label }))}
        value={draft.facilityId === '' ? null : draft.facilityId}
        onChange={(facilityId) => {
          change({ facilityId: facilityId ?? '' });
        }}
        placeholder={t('console.caller.facilityExample')}
      />
      <TextField
        label={t('console.optional', { label: t('console.caller.spot') })}
        placeholder={t('console.caller.spotExample')}
        maxLength={100}
        value={draft.spot}
        onChange={(spot) => {
          change({ spot });
        }}
      />
    </>
  );
}
