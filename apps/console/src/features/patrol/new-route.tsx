import { localDate } from '@gongzhi/kernel';
import { Button, Dialog, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { api } from '../../api.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { useSend } from '../organisation/use-send.ts';
import { sensingApi } from '../sensing/api.ts';
import { type NewRoute, patrolApi } from './api.ts';
import css from './patrol.module.css';
import { timesOf } from './times.ts';

const MOST_POINTS = 60;
const blank = {
  label: '',
  buildingId: '',
  facilityId: '',
  spot: '',
  categoryCode: 'patrol.equipment',
  minutes: '5',
  deviceId: '',
};
type Point = typeof blank;

const within = (text: string, least: number, most: number): number | null => {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most ? number : null;
};
const id = (value: string): string | null => (value === '' ? null : value);

const isWhole = ({ label, buildingId, facilityId, spot, minutes }: Point): boolean =>
  label.trim() !== '' &&
  (buildingId !== '' || facilityId !== '' || spot.trim() !== '') &&
  within(minutes, 1, 240) !== null;

/** A route, its times and its checkpoints in the order in which they are walked. */
export function NewRouteDialog({
  scopeId: given,
  onClose,
}: {
  scopeId: string | undefined;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const formId = useId();
  const [scopeId, setScope] = useState(given);
  const [draft, setDraft] = useState(() => ({
    label: '',
    times: '08:00 20:00',
    everyDays: '1',
    within: '60',
    validFrom: localDate(Date.now()),
    reason: '',
  }));
  const [points, setPoints] = useState<readonly Point[]>([blank]);
  const [isTried, setTried] = useState(false);
  const set = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const times = timesOf(draft.times);
  const everyDays = within(draft.everyDays, 1, 31);
  const withinMinutes = within(draft.within, 5, 1_440);
  const need = (isWrong: boolean) => (isTried && isWrong ? t('patrol.lower.need') : undefined);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const { label, reason, validFrom } = draft;
    if (isBusy || scopeId === undefined || times === null || everyDays === null || withinMinutes === null)
      return;
    if (label.trim() === '' || reason.trim() === '' || validFrom === '' || !points.every(isWhole)) return;
    const body: NewRoute = {
      scopeId,
      label: label.trim(),
      reason: reason.trim(),
      timetable: { validFrom, everyDays, times, withinMinutes },
      checkpoints: points.map((point) => ({
        label: point.label.trim(),
        buildingId: id(point.buildingId),
        facilityId: id(point.facilityId),
        spot: point.spot.trim(),
        categoryCode: point.categoryCode,
        minutes: Number(point.minutes),
        deviceId: id(point.deviceId),
      })),
    };
    const made = await send(body, (key) => patrolApi.layOut(body, key));
    if (made === undefined) return;
    notify(t('patrol.new.saved'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.patrols });
    onClose();
  };
  return (
    <Dialog
      title={t('patrol.new.title')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {t('patrol.new.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        {given === undefined && (
          <ScopePicker label={t('patrol.new.compound')} value={scopeId} onChange={setScope} />
        )}
        <TextField
          label={t('patrol.new.label')}
          maxLength={60}
          value={draft.label}
          onChange={(label) => {
            set({ label });
          }}
          error={need(draft.label.trim() === '')}
        />
        <TextField
          label={t('patrol.new.times')}
          description={t('patrol.new.timesWords')}
          value={draft.times}
          onChange={(next) => {
            set({ times: next });
          }}
          error={isTried && times === null ? t('patrol.new.wrongTimes') : undefined}
        />
        <div className={css.pair}>
          <TextField
            label={t('patrol.new.everyDays')}
            inputMode="numeric"
            value={draft.everyDays}
            onChange={(next) => {
              set({ everyDays: next });
            }}
            error={need(everyDays === null)}
          />
          <TextField
            label={t('patrol.new.within')}
            inputMode="numeric"
            value={draft.within}
            onChange={(next) => {
              set({ within: next });
            }}
            error={need(withinMinutes === null)}
          />
          <TextField
            label={t('patrol.new.from')}
            type="date"
            value={draft.validFrom}
            onChange={(validFrom) => {
              set({ validFrom });
            }}
            error={need(draft.validFrom === '')}
          />
        </div>
        <TextField
          label={t('patrol.new.reason')}
          description={t('patrol.new.reasonWords')}
          maxLength={200}
          value={draft.reason}
          onChange={(reason) => {
            set({ reason });
          }}
          error={need(draft.reason.trim() === '')}
        />
        {scopeId !== undefined &&
          points.map((point, at) => (
            <PointFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a checkpoint has no name of its own before it is sent
              key={at}
              scopeId={scopeId}
              number={at + 1}
              point={point}
              need={need}
              onChange={(part) => {
                setPoints(points.map((one, index) => (index === at ? { ...one, ...part } : one)));
              }}
              {...(points.length === 1
                ? {}
                : {
                    onRemove: () => {
                      setPoints(points.filter((_, index) => index !== at));
                    },
                  })}
            />
          ))}
        {points.length < MOST_POINTS && (
          <Button
            onPress={() => {
              setPoints([...points, blank]);
            }}
          >
            {t('patrol.new.add')}
          </Button>
        )}
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function PointFields({
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
  const devices = useQuery({
    queryKey: [...queryKeys.devices, 'patrol', scopeId],
    queryFn: () => sensingApi.devices({ scopeId, limit: 100 }),
  });
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
          error={need(within(point.minutes, 1, 240) === null)}
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
