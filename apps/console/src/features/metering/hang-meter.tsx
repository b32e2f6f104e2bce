import { figureOf } from '@gongzhi/kernel/meters.ts';
import { localDate } from '@gongzhi/kernel/time.ts';
import { notify, Segmented, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { meterKinds, type MeterKindWord } from '../../app/routes-meters.ts';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopePicker, useSeesMany } from '../../components/scope-picker.tsx';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import { again, meteringApi } from './api.ts';
import { LineFields, lineLacks, lineOf } from './line-fields.tsx';
import css from './metering.module.css';
import { useFieldSend } from './use-fields.ts';
import { useMeterWords } from './words.ts';

const places = ['home', 'building', 'common'] as const;
const digitChoices = [3, 4, 5, 6, 7, 8, 9] as const;

export function DigitsField({ value, onChange }: { value: string; onChange: (digits: string) => void }) {
  const { t } = useText();
  return (
    <Select
      label={t('metering.form.digits')}
      value={value}
      options={digitChoices.map((count) => ({ value: String(count), label: String(count) }))}
      onChange={onChange}
    />
  );
}

const empty = {
  kind: 'power' as MeterKindWord,
  serial: '',
  place: 'home' as (typeof places)[number],
  householdWords: '',
  householdId: '',
  buildingId: '',
  spot: '',
  digits: '6',
  gatewayId: '',
  address: '',
  installedOn: '',
  firstValue: '',
};

/** A meter is hung: what it is, where, how it is read, and what it showed then. What was typed is kept until it is sent. */
export function HangMeter({
  compound,
  onDone,
  onClose,
}: {
  compound: string | undefined;
  onDone: (scopeId: string, meterId: string) => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const words = useMeterWords();
  const seesMany = useSeesMany();
  const [scope, setScope] = useState(compound);
  const [typed, change, clear] = useDraft(`meter.new.${scope ?? ''}`, empty);
  const [today] = useState(() => localDate(Date.now()));
  const draft = { ...typed, installedOn: typed.installedOn || today };
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scope ?? ''),
    queryFn: () => api.buildings(scope ?? ''),
    enabled: scope !== undefined && draft.place === 'building',
  });
  const { isBusy, error, lacks, setLacks, send } = useFieldSend({
    'metering.serial_taken': 'serial',
    'metering.address_taken': 'address',
    'metering.place_unknown': 'householdId',
  });
  const hang = async (): Promise<void> => {
    const need = t('fieldErrors.required');
    const firstValue = figureOf(draft.firstValue);
    const missing: Record<string, string> = { ...lineLacks(draft, t('metering.need.address')) };
    if (!/^[0-9A-Za-z-]{3,40}$/.test(draft.serial.trim())) missing['serial'] = t('metering.need.serial');
    if (draft.place === 'home' && draft.householdId === '') missing['householdId'] = need;
    if (draft.place === 'building' && draft.buildingId === '') missing['buildingId'] = need;
    if (draft.place === 'common' && draft.spot.trim() === '') missing['spot'] = need;
    if (firstValue === null) missing['firstValue'] = t('metering.need.value');
    setLacks(missing);
    if (scope === undefined || firstValue === null || Object.keys(missing).length > 0) return;
    const body = {
      scopeId: scope,
      kind: draft.kind,
      serial: draft.serial.trim(),
      householdId: draft.place === 'home' ? draft.householdId : null,
      buildingId: draft.place === 'building' ? draft.buildingId : null,
      spot: draft.spot.trim(),
      digits: Number(draft.digits),
      line: lineOf(draft),
      installedOn: draft.installedOn,
      firstValue,
    };
    const hung = await send(body, (key) => meteringApi.hang(body, key));
    if (hung === undefined) return;
    clear();
    notify(t('metering.form.hung', { name: words.name(hung) }));
    again();
    onDone(hung.scopeId, hung.id);
  };
  return (
    <FormDialog
      title={t('metering.act.hang')}
      send={t('metering.form.save')}
      isWhole={scope !== undefined}
      isBusy={isBusy}
      error={error}
      onSend={hang}
      onClose={onClose}
    >
      {seesMany && <ScopePicker label={t('sensing.compound')} value={scope} onChange={setScope} />}
      <div className={css.two}>
        <Select
          label={t('metering.filter.kind')}
          value={draft.kind}
          options={meterKinds.map((value) => ({ value, label: t(`metering.kind.${value}`) }))}
          onChange={(next) => change({ kind: meterKinds.find((value) => value === next) ?? 'power' })}
        />
        <TextField
          label={t('metering.form.serial')}
          value={draft.serial}
          maxLength={40}
          error={lacks['serial']}
          onChange={(serial) => change({ serial })}
        />
      </div>
      <Segmented
        label={t('metering.form.place')}
        value={draft.place}
        options={places.map((value) => ({ value, label: t(`metering.place.${value}`) }))}
        onChange={(place) => change({ place })}
      />
      {draft.place === 'home' && scope !== undefined && (
        <HouseholdPicker
          scopeId={scope}
          words={draft.householdWords}
          onWords={(householdWords) => change({ householdWords })}
          value={draft.householdId}
          onChange={(householdId) => change({ householdId })}
          error={lacks['householdId']}
        />
      )}
      {draft.place === 'building' && (
        <Select
          label={t('metering.round.building')}
          value={draft.buildingId}
          placeholder={t('metering.form.choose')}
          options={(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          error={lacks['buildingId']}
          onChange={(buildingId) => change({ buildingId })}
        />
      )}
      <TextField
        label={t('metering.form.spot')}
        value={draft.spot}
        maxLength={80}
        error={lacks['spot']}
        onChange={(spot) => change({ spot })}
      />
      {scope !== undefined && <LineFields scopeId={scope} value={draft} onChange={change} lacks={lacks} />}
      <div className={css.three}>
        <DigitsField value={draft.digits} onChange={(digits) => change({ digits })} />
        <TextField
          label={t('metering.form.first', { unit: words.unit(draft.kind) })}
          inputMode="decimal"
          value={draft.firstValue}
          error={lacks['firstValue']}
          onChange={(firstValue) => change({ firstValue })}
        />
        <TextField
          label={t('metering.form.installedOn')}
          type="date"
          value={draft.installedOn}
          error={lacks['installedOn']}
          onChange={(installedOn) => change({ installedOn })}
        />
      </div>
    </FormDialog>
  );
}
