import { Button, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { sensingApi } from '../sensing/api.ts';
import type { NewRoute } from './api.ts';
import { wholeWithin } from './numbers.ts';
import css from '../../components/matters.module.css';

export const blankPoint = {
  label: '',
  buildingId: '',
  facilityId: '',
  spot: '',
  categoryCode: 'patrol.equipment',
  minutes: '5',
  deviceId: '',
};
export type Point = typeof blankPoint;

const id = (value: string): string | null => (value === '' ? null : value);

export const isWholePoint = ({ label, buildingId, facilityId, spot, minutes }: Point): boolean =>
  label.trim() !== '' &&
  (buildingId !== '' || facilityId !== '' || spot.trim() !== '') &&
  wholeWithin(minutes, 1, 240) !== null;

export const pointBody = (point: Point): NewRoute['checkpoints'][number] => ({
  label: point.label.trim(),
  buildingId: id(point.buildingId),
  facilityId: id(point.facilityId),
  spot: point.spot.trim(),
  categoryCode: point.categoryCode,
  minutes: Number(point.minutes),
  deviceId: id(point.deviceId),
});

/** What may watch a checkpoint there. */
export function useDevices(scopeId: string) {
  return useQuery({
    queryKey: [...queryKeys.devices, 'patrol', scopeId],
    queryFn: () => sensingApi.devices({ scopeId, limit: 100 }),
  });
}

/** One checkpoint: what is looked at, where, how long it takes, who watches it besides. */
export function PointFields({
  scopeId,
  number,
  point,
  need,
  onChange,
  onRemove,
}: {
  scopeId: string;
  number: number;
  point: Point;
  need: (isWrong: boolean) => string | undefined;
  onChange: (part: Partial<Point>) => void;
  onRemove?: () => void;
}) {
  const { t, named } = useText();
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId),
    queryFn: () => api.buildings(scopeId),
  });
  const facilities = useQuery({
    queryKey: [...queryKeys.facilities(scopeId, ''), point.buildingId],
    queryFn: () =>
      api.facilities(scopeId, {
        limit: 100,
        ...(point.buildingId === '' ? {} : { buildingId: point.buildingId }),
      }),
  });
  const devices = useDevices(scopeId);
  const categories = useQuery({
    queryKey: queryKeys.catalogue(scopeId),
    queryFn: () => api.catalogue(scopeId),
  });
  const none = { value: '', label: t('patrol.new.none') };
  const isNowhere = point.buildingId === '' && point.facilityId === '' && point.spot.trim() === '';
  return (
    <fieldset className={css.point}>
      <legend>{t('patrol.new.checkpoint', { number })}</legend>
      <TextField
        label={t('patrol.new.pointLabel')}
        maxLength={60}
        value={point.label}
        onChange={(label) => {
          onChange({ label });
        }}
        error={need(point.label.trim() === '')}
      />
      <div className={css.pair}>
        <Select
          label={t('patrol.new.building')}
          value={point.buildingId}
          options={[
            none,
            ...(buildings.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={(buildingId) => {
            onChange({ buildingId, facilityId: '' });
          }}
        />
        <Select
          label={t('patrol.new.facility')}
          value={point.facilityId}
          options={[
            none,
            ...(facilities.data?.items ?? []).map((one) => ({ value: one.id, label: one.label })),
          ]}
          onChange={(facilityId) => {
            onChange({ facilityId });
          }}
        />
      </div>
      <div className={css.pair}>
        <TextField
          label={t('patrol.new.spot')}
          maxLength={100}
          value={point.spot}
          onChange={(spot) => {
            onChange({ spot });
          }}
          error={need(isNowhere)}
        />
        <TextField
          label={t('patrol.new.minutes')}
          inputMode="numeric"
          value={point.minutes}
          onChange={(minutes) => {
            onChange({ minutes });
          }}
          error={need(wholeWithin(point.minutes, 1, 240) === null)}
        />
      </div>
      <div className={css.pair}>
        <Select
          label={t('patrol.new.device')}
          value={point.deviceId}
          options={[none, ...(devices.data?.items ?? []).map((one) => ({ value: one.id, label: one.label }))]}
          onChange={(deviceId) => {
            onChange({ deviceId });
          }}
        />
        <Select
          label={t('patrol.new.category')}
          value={point.categoryCode}
          options={(categories.data?.items ?? [])
            .filter(({ place }) => place !== 'home')
            .map((one) => ({ value: one.code, label: named({ zh: one.nameZh, en: one.nameEn }) }))}
          onChange={(categoryCode) => {
            onChange({ categoryCode });
          }}
        />
      </div>
      {onRemove !== undefined && (
        <Button size="small" variant="quiet" onPress={onRemove}>
          {t('patrol.new.remove')}
        </Button>
      )}
    </fieldset>
  );
}
