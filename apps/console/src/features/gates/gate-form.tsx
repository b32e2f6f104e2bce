import { Button, Checkbox, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type Gate, gatesApi } from './api.ts';
import css from './css.ts';

const kinds = ['pedestrian', 'vehicle', 'both'] as const;
const directions = ['in', 'out', 'both'] as const;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export const again = (): void => {
  void queryClient.invalidateQueries({ queryKey: queryKeys.gates });
};

/** A new gate, or one that changes. */
export function GateForm({
  gate,
  scopeId: begin,
  onClose,
}: {
  gate?: Gate;
  scopeId: string | undefined;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [scopeId, setScope] = useState(gate?.scopeId ?? begin);
  const [isSure, setSure] = useState(false);
  const first = gate?.hours[0];
  const [draft, setDraft] = useState({
    code: gate?.code ?? '',
    name: gate?.name ?? '',
    kind: gate?.kind ?? ('pedestrian' as (typeof kinds)[number]),
    direction: gate?.direction ?? ('both' as (typeof directions)[number]),
    buildingId: gate?.buildingId ?? '',
    isAlways: first === undefined,
    from: timeOf(first?.fromMinute ?? 360),
    to: first === undefined || first.toMinute === 1_440 ? '23:59' : timeOf(first.toMinute),
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId ?? ''),
    queryFn: () => api.buildings(scopeId ?? ''),
    enabled: scopeId !== undefined,
  });
  const isWhole =
    scopeId !== undefined &&
    /^[A-Za-z0-9-]{1,20}$/.test(draft.code) &&
    draft.name.trim() !== '' &&
    (draft.isAlways || minutesOf(draft.to) > minutesOf(draft.from));
  const facts = () => ({
    code: draft.code,
    name: draft.name.trim(),
    kind: draft.kind,
    direction: draft.direction,
    buildingId: draft.buildingId === '' ? null : draft.buildingId,
    hours: draft.isAlways
      ? []
      : [{ days: everyDay, fromMinute: minutesOf(draft.from), toMinute: minutesOf(draft.to) }],
  });
  const save = async (): Promise<void> => {
    if (scopeId === undefined) return;
    const body = facts();
    const done =
      gate === undefined
        ? await send({ scopeId, ...body }, (key) => gatesApi.setUp({ scopeId, ...body }, key))
        : await send({ ...body, id: gate.id }, (key) =>
            gatesApi.command(
              scopeId,
              gate.id,
              { action: 'change', expectedVersion: gate.version, ...body },
              key,
            ),
          );
    if (done === undefined) return;
    notify(t('gates.saved'));
    again();
    onClose();
  };
  const retire = async (): Promise<void> => {
    if (gate === undefined) return;
    const body = { action: 'retire' as const, expectedVersion: gate.version };
    const done = await send(body, (key) => gatesApi.command(gate.scopeId, gate.id, body, key));
    if (done === undefined) return;
    notify(t('gates.retired'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={gate?.name ?? t('gates.new')}
      send={t('gates.save')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={save}
      onClose={onClose}
      more={
        gate !== undefined && (
          <Button
            variant="quiet"
            isBusy={isBusy}
            onPress={() => {
              if (isSure) void retire();
              else setSure(true);
            }}
          >
            {t('gates.retire')}
          </Button>
        )
      }
    >
      {gate === undefined && (
        <ScopePicker
          label={t('gates.compound')}
          placeholder={t('gates.compound')}
          value={scopeId}
          onChange={(next) => {
            setScope(next);
            change({ buildingId: '' });
          }}
        />
      )}
      <TextField
        label={t('gates.code')}
        description={t('gates.codeWords')}
        value={draft.code}
        maxLength={20}
        isRequired
        onChange={(code) => {
          change({ code });
        }}
      />
      <TextField
        label={t('gates.name')}
        value={draft.name}
        maxLength={40}
        isRequired
        onChange={(name) => {
          change({ name });
        }}
      />
      <Select
        label={t('gates.kind')}
        value={draft.kind}
        options={kinds.map((value) => ({ value, label: t(`gates.kinds.${value}`) }))}
        onChange={(next) => {
          change({ kind: kinds.find((value) => value === next) ?? 'both' });
        }}
      />
      <Select
        label={t('gates.direction')}
        value={draft.direction}
        options={directions.map((value) => ({ value, label: t(`gates.directions.${value}`) }))}
        onChange={(next) => {
          change({ direction: directions.find((value) => value === next) ?? 'both' });
        }}
      />
      <Select
        label={t('gates.building')}
        value={draft.buildingId}
        options={[
          { value: '', label: t('gates.wholeCompound') },
          ...(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(buildingId) => {
          change({ buildingId });
        }}
      />
      <Checkbox
        isSelected={!draft.isAlways}
        onChange={(isBetween) => {
          change({ isAlways: !isBetween });
        }}
      >
        {t('gates.onlyBetween')}
      </Checkbox>
      {!draft.isAlways && (
        <div className={css.line}>
          <TextField
            label={t('gates.from')}
            type="time"
            value={draft.from}
            onChange={(from) => {
              change({ from });
            }}
          />
          <TextField
            label={t('gates.to')}
            type="time"
            value={draft.to}
            onChange={(to) => {
              change({ to });
            }}
          />
        </div>
      )}
      {isSure && (
        <p className={css.warning} role="alert">
          {t('gates.retireWords')}
        </p>
      )}
    </FormDialog>
  );
}
