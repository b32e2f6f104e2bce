import { Button, EmptyState, ErrorState, RelativeTime, Skeleton, StatusChip, type Tone } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Gate, type GateDevice, gatesApi } from './api.ts';
import { BarrierLine, LaneOf } from './barriers.tsx';
import { ChainCheck } from './chain-check.tsx';
import { AddDevice, DeviceKey, RevokeDevice } from './device-forms.tsx';
import { GateForm, timeOf } from './gate-form.tsx';
import css from './css.ts';

const toneOf: Readonly<Record<GateDevice['standing'], Tone>> = {
  well: 'done',
  silent: 'late',
  clock_off: 'due',
  never: 'waiting',
  no_secret: 'waiting',
  revoked: 'waiting',
};

/** Each gate with its devices: who is heard of, who is not. */
export function GatesPanel({ scopeId, showsScope }: { scopeId: string | undefined; showsScope: boolean }) {
  const text = useText();
  const { t } = text;
  const gates = useQuery({
    queryKey: [...queryKeys.gates, 'list', scopeId ?? null],
    queryFn: () => gatesApi.gates(scopeId),
    placeholderData: keepPreviousData,
  });
  if (gates.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  if (gates.isError)
    return <ErrorState text={problemText(gates.error, text)} onRetry={() => void gates.refetch()} />;
  const { items, mayManage } = gates.data;
  if (items.length === 0)
    return (
      <EmptyState
        icon={DoorOpen}
        title={t('gates.none')}
        {...(mayManage ? { text: t('gates.noneWords') } : {})}
      />
    );
  return (
    <div className={css.scroll} role="group" aria-label={t('gates.title')} tabIndex={0}>
      <table className={css.table}>
        <caption className="gz-hidden">{t('gates.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('gates.gate')}</th>
            <th scope="col">{t('gates.hours')}</th>
            <th scope="col">{t('gates.today')}</th>
            <th scope="col">{t('gates.devices')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((gate) => (
            <GateRow key={gate.id} gate={gate} mayManage={mayManage} showsScope={showsScope} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GateRow({ gate, mayManage, showsScope }: { gate: Gate; mayManage: boolean; showsScope: boolean }) {
  const { t, number } = useText();
  const mayVerify = useMay('passage.search');
  const [isChanging, setChanging] = useState(false);
  const [hours] = gate.hours;
  const what = [
    t(`gates.kinds.${gate.kind}`),
    t(`gates.directions.${gate.direction}`),
    gate.buildingName ?? t('gates.wholeCompound'),
  ];
  return (
    <tr>
      <th scope="row">
        {gate.name} <span className={css.code}>{gate.code}</span>
        <span className={css.below}>{what.join(' · ')}</span>
        {showsScope && <span className={css.below}>{gate.scopeName}</span>}
        <span className={css.acts}>
          {mayManage && (
            <Button
              size="small"
              aria-label={`${t('gates.change')} ${gate.name}`}
              onPress={() => {
                setChanging(true);
              }}
            >
              {t('gates.change')}
            </Button>
          )}
          {mayVerify && <ChainCheck gate={gate} />}
        </span>
        {isChanging && (
          <GateForm
            gate={gate}
            scopeId={gate.scopeId}
            onClose={() => {
              setChanging(false);
            }}
          />
        )}
      </th>
      <td>
        {hours === undefined
          ? t('gates.always')
          : t('gates.between', { from: timeOf(hours.fromMinute), to: timeOf(hours.toMinute) })}
      </td>
      <td>
        {t('gates.flowToday', { entries: number(gate.entries), exits: number(gate.exits) })}
        <span className={css.below}>
          {gate.lastAt === null ? (
            t('gates.neverUsed')
          ) : (
            <>
              {t('gates.last')} <RelativeTime at={gate.lastAt} />
            </>
          )}
        </span>
        {gate.isOutOfProportion && <StatusChip tone="due" word={t('gates.outOfProportion')} />}
      </td>
      <td>
        <ul className={css.devices}>
          {gate.devices
            .filter(({ standing }) => standing !== 'revoked')
            .map((device) => (
              <DeviceLine key={device.id} gate={gate} device={device} mayManage={mayManage} />
            ))}
        </ul>
        {gate.devices.every(({ standing }) => standing === 'revoked') && (
          <span className={css.quiet}>{t('gates.noDevices')}</span>
        )}
        {mayManage && <AddDevice gate={gate} />}
      </td>
    </tr>
  );
}

function DeviceLine({ gate, device, mayManage }: { gate: Gate; device: GateDevice; mayManage: boolean }) {
  const { t } = useText();
  return (
    <li className={css.device}>
      <span>
        {device.label}
        <span className={css.below}>
          {t(`gates.deviceKinds.${device.kind}`)}
          {device.lastSeenAt !== null && (
            <>
              {' · '}
              <RelativeTime at={device.lastSeenAt} />
            </>
          )}
          {device.standing === 'clock_off' && device.clockSkewMs !== null && (
            <> · {t('gates.skew', { seconds: Math.round(device.clockSkewMs / 1_000) })}</>
          )}
        </span>
      </span>
      <StatusChip tone={toneOf[device.standing]} word={t(`gates.standing.${device.standing}`)} />
      {device.kind === 'barrier' && <BarrierLine gate={gate} device={device} />}
      {mayManage && <LaneOf gate={gate} device={device} />}
      {mayManage && device.kind !== 'guard_phone' && <DeviceKey gate={gate} device={device} />}
      {mayManage && <RevokeDevice gate={gate} device={device} />}
    </li>
  );
}
