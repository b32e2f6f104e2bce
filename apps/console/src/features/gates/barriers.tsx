import { Button, notify, RelativeTime, Select, StatusChip, type Tone } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type Barrier, barriersApi, type OpenReason } from './barriers-api.ts';
import { type Gate, type GateDevice, gatesApi } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';

const reasons: readonly OpenReason[] = ['let_through', 'urgent', 'stuck', 'test'];
type State = Barrier['commands'][number]['state'];
const toneOf: Readonly<Record<State, Tone>> = {
  waiting: 'due',
  opened: 'done',
  refused: 'late',
  failed: 'late',
  unanswered: 'late',
};

/** What this barrier was told last and what it did; and to tell it. */
export function BarrierLine({ gate, device }: { gate: Gate; device: GateDevice }) {
  const { t } = useText();
  const mayOpen = useMay('barrier.open');
  const { isBusy, error, send } = useSend();
  const [isOpening, setOpening] = useState(false);
  const [reason, setReason] = useState<OpenReason>('let_through');
  const found = useQuery({
    queryKey: [...queryKeys.gates, 'barriers', gate.scopeId, gate.id],
    queryFn: () => barriersApi.list(gate.scopeId, gate.id),
    // That nobody answered, nobody tells: it is time that says so.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ commands }) => commands[0]?.state === 'waiting') === true ? 2_000 : false,
  });
  const command = found.data?.items.find(({ id }) => id === device.id)?.commands[0];
  const open = async (): Promise<void> => {
    const done = await send({ id: device.id, reason }, (key) =>
      barriersApi.open(gate.scopeId, device.id, reason, key),
    );
    if (done === undefined) return;
    notify(t('barrier.ordered'));
    again();
    setOpening(false);
  };
  const isBad = command !== undefined && toneOf[command.state] === 'late';
  return (
    <>
      {command !== undefined && (
        <span>
          <StatusChip tone={toneOf[command.state]} word={t(`barrier.state.${command.state}`)} />
          <span className={css.below}>
            {[t(`barrier.cause.${command.cause}`), command.orderedByName]
              .filter((word) => word !== null)
              .join(' · ')}
            {' · '}
            <RelativeTime at={command.createdAt} />
          </span>
          {isBad && <span className={css.below}>{t('barrier.byHand')}</span>}
        </span>
      )}
      {mayOpen && device.hasSecret && (
        <Button
          size="small"
          aria-label={`${t('barrier.open')} ${device.label}`}
          onPress={() => {
            setOpening(true);
          }}
        >
          {t('barrier.open')}
        </Button>
      )}
      {isOpening && (
        <FormDialog
          title={t('barrier.openTitle', { label: device.label })}
          send={t('barrier.open')}
          isWhole
          isBusy={isBusy}
          error={error}
          onSend={open}
          onClose={() => {
            setOpening(false);
          }}
        >
          <Select
            label={t('barrier.reason')}
            value={reason}
            options={reasons.map((value) => ({ value, label: t(`barrier.reason.${value}`) }))}
            onChange={(next) => {
              setReason(reasons.find((one) => one === next) ?? 'let_through');
            }}
          />
        </FormDialog>
      )}
    </>
  );
}

/** Which barrier is of this device's lane. */
export function LaneOf({ gate, device }: { gate: Gate; device: GateDevice }) {
  const { t } = useText();
  const { error, send } = useSend();
  const barriers = gate.devices.filter(({ kind, standing }) => kind === 'barrier' && standing !== 'revoked');
  if (device.kind === 'barrier' || barriers.length === 0) return null;
  const change = async (next: string): Promise<void> => {
    const body = {
      action: 'link' as const,
      expectedVersion: device.version,
      opensDeviceId: next === '' ? null : next,
    };
    await send(body, (key) => gatesApi.commandDevice(gate.scopeId, device.id, body, key));
    again();
  };
  return (
    <>
      <Select
        label={t('barrier.opensOf', { label: device.label })}
        isLabelHidden
        className={css.pick ?? ''}
        value={device.opensDeviceId ?? ''}
        options={[
          { value: '', label: t('barrier.opensNone') },
          ...barriers.map(({ id, label }) => ({ value: id, label: `${t('barrier.opens')} ${label}` })),
        ]}
        onChange={(next) => void change(next)}
      />
      {error !== undefined && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
    </>
  );
}
