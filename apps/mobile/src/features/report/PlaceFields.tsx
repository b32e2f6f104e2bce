import { TextField } from '@gongzhi/ui/Field.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { useQuery } from '@tanstack/react-query';
import { House, Trees } from 'lucide-react';
import { api } from '../../api.ts';
import { useWords } from '../../app/words.ts';
import { chooseHousehold, type Here } from '../session/here.tsx';
import type { ReportDraft } from './draft.ts';
import type { FacilityCode } from './facility.ts';
import { ScanButton } from './ScanButton.tsx';
import css from './PlaceFields.module.css';

/** At home (which one), or somewhere that is everybody's: a building, a facility, or a spot in one's own words. */
export function PlaceFields({
  draft,
  change,
  here,
  allowed,
  error,
  onScanned,
}: {
  draft: ReportDraft;
  change: (part: Partial<ReportDraft>) => void;
  here: Here;
  /** What the category allows. */
  allowed: 'home' | 'public' | 'both';
  error: string | undefined;
  onScanned: (code: FacilityCode) => void;
}) {
  const { t } = useWords();
  const hasHome = here.household !== null;
  return (
    <div className={css.fields}>
      <Segmented
        label={t('mobile.report.where')}
        value={draft.place}
        error={error}
        options={[
          {
            value: 'home',
            label: t('mobile.report.atHome'),
            icon: House,
            isDisabled: !hasHome || allowed === 'public',
          },
          {
            value: 'public',
            label: t('mobile.report.inPublic'),
            icon: Trees,
            isDisabled: allowed === 'home',
          },
        ]}
        onChange={(place) => {
          change({ place });
        }}
      />
      {draft.place === 'home' && here.household !== null && here.households.length === 1 && (
        <p className={css.home}>{here.household.label}</p>
      )}
      {draft.place === 'home' && here.household !== null && here.households.length > 1 && (
        <Select
          label={t('mobile.home.whichHome')}
          value={here.household.id}
          options={here.households.map(({ id, label }) => ({ value: id, label }))}
          onChange={chooseHousehold}
        />
      )}
      {allowed !== 'home' && draft.place !== 'home' && <ScanButton onFound={onScanned} />}
      {draft.place === 'public' && <PublicPlace draft={draft} change={change} scopeId={here.scopeId} />}
    </div>
  );
}

function PublicPlace({
  draft,
  change,
  scopeId,
}: {
  draft: ReportDraft;
  change: (part: Partial<ReportDraft>) => void;
  scopeId: string;
}) {
  const { t } = useWords();
  const buildings = useQuery({ queryKey: ['buildings', scopeId], queryFn: () => api.buildings(scopeId) });
  const facilities = useQuery({ queryKey: ['facilities', scopeId], queryFn: () => api.facilities(scopeId) });
  const near = (facilities.data?.items ?? []).filter(
    ({ buildingId }) => draft.buildingId === '' || buildingId === null || buildingId === draft.buildingId,
  );
  return (
    <>
      <Select
        label={t('mobile.report.building')}
        placeholder={t('mobile.report.noBuilding')}
        value={draft.buildingId}
        options={(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(buildingId) => {
          change({ buildingId, facilityId: '' });
        }}
      />
      {near.length > 0 && (
        <Select
          label={t('mobile.report.facility')}
          placeholder={t('mobile.report.noFacility')}
          value={draft.facilityId}
          options={near.map(({ id, label }) => ({ value: id, label }))}
          onChange={(facilityId) => {
            change({ facilityId });
          }}
        />
      )}
      <TextField
        label={t('mobile.report.spot')}
        placeholder={t('mobile.report.spotExample')}
        maxLength={100}
        value={draft.spot}
        onChange={(spot) => {
          change({ spot });
        }}
      />
    </>
  );
}
