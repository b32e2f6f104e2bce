import { Button, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { deviceKinds } from '../../app/routes-devices.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { IssueSecret } from '../../components/issue-secret.tsx';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type Device, sensingApi } from './api.ts';
import css from './sensing.module.css';

const again = (): void => {
  void queryClient.invalidateQueries({ queryKey: queryKeys.devices });
};

interface PlaceDraft {
  readonly label: string;
  readonly buildingId: string;
  readonly facilityId: string;
  readonly spot: string;
  readonly gatewayId: string;
}
const blank: PlaceDraft = { label: '', buildingId: '', facilityId: '', spot: '', gatewayId: '' };

const isWhole = ({ label, buildingId, facilityId, spot }: PlaceDraft): boolean =>
  label.trim() !== '' && (buildingId !== '' || facilityId !== '' || spot.trim() !== '');
const bodyOf = ({ label, buildingId, facilityId, spot, gatewayId }: PlaceDraft) => ({
  label: label.trim(),
  buildingId: buildingId === '' ? null : buildingId,
  facilityId: facilityId === '' ? null : facilityId,
  spot: spot.trim(),
  gatewayId: gatewayId === '' ? null : gatewayId,
});

function PlaceFields({
  scopeId,
  kind,
  draft,
  onChange,
}: {
  scopeId: string;
  kind: Device['kind'];
  draft: PlaceDraft;
  onChange: (part: Partial<PlaceDraft>) => void;
}) {
  const { t } = useText();
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId),
    queryFn: () => api.buildings(scopeId),
  });
  const facilities = useQuery({
    queryKey: [...queryKeys.facilities(scopeId, ''), draft.buildingId],
    queryFn: () =>
      api.facilities(scopeId, {
        limit: 100,
        ...(draft.buildingId === '' ? {} : { buildingId: draft.buildingId }),
      }),
  });
  const gateways = useQuery({
    queryKey: [...queryKeys.devices, 'gateways', scopeId],
    queryFn: () => sensingApi.devices({ scopeId, kind: 'gateway', limit: 100 }),
  });
  const none = { value: '', label: t('sensing.none') };
  return (
    <>
      <TextField
        label={t('sensing.label')}
        value={draft.label}
        maxLength={60}
        isRequired
        onChange={(label) => {
          onChange({ label });
        }}
      />
      <Select
        label={t('sensing.building')}
        value={draft.buildingId}
        options={[none, ...(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(buildingId) => {
          onChange({ buildingId, facilityId: '' });
        }}
      />
      <Select
        label={t('sensing.facility')}
        value={draft.facilityId}
        options={[none, ...(facilities.data?.items ?? []).map(({ id, label }) => ({ value: id, label }))]}
        onChange={(facilityId) => {
          onChange({ facilityId });
        }}
      />
      <TextField
        label={t('sensing.spot')}
        description={t('sensing.spotWords')}
        value={draft.spot}
        maxLength={100}
        onChange={(spot) => {
          onChange({ spot });
        }}
      />
      {kind !== 'gateway' && (
        <Select
          label={t('sensing.gateway')}
          value={draft.gatewayId}
          options={[none, ...(gateways.data?.items ?? []).map(({ id, label }) => ({ value: id, label }))]}
          onChange={(gatewayId) => {
            onChange({ gatewayId });
          }}
        />
      )}
    </>
  );
}

export function RegisterDevice({
  scopeId: begin,
  onDone,
  onClose,
}: {
  scopeId: string | undefined;
  onDone: (device: Device) => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [scopeId, setScope] = useState(begin);
  const [kind, setKind] = useState<Device['kind']>('water');
  const [draft, setDraft] = useState(blank);
  const register = async (): Promise<void> => {
    if (scopeId === undefined) return;
    const place = bodyOf(draft);
    const body = { scopeId, kind, ...place, gatewayId: kind === 'gateway' ? null : place.gatewayId };
    const device = await send(body, (key) => sensingApi.register(body, key));
    if (device === undefined) return;
    notify(t('sensing.registered'));
    again();
    onDone(device);
  };
  return (
    <FormDialog
      title={t('sensing.register')}
      send={t('sensing.save')}
      isWhole={scopeId !== undefined && isWhole(draft)}
      isBusy={isBusy}
      error={error}
      onSend={register}
      onClose={onClose}
    >
      <ScopePicker
        label={t('sensing.compound')}
        placeholder={t('sensing.compound')}
        value={scopeId}
        onChange={(next) => {
          setScope(next);
          setDraft((before) => ({ ...blank, label: before.label, spot: before.spot }));
        }}
      />
      <Select
        label={t('sensing.kind')}
        value={kind}
        options={deviceKinds.map((value) => ({ value, label: t(`sensing.kinds.${value}`) }))}
        onChange={(next) => {
          setKind(deviceKinds.find((one) => one === next) ?? 'water');
        }}
      />
      {scopeId !== undefined && (
        <PlaceFields
          scopeId={scopeId}
          kind={kind}
          draft={draft}
          onChange={(part) => {
            setDraft((before) => ({ ...before, ...part }));
          }}
        />
      )}
    </FormDialog>
  );
}

export function ChangeDevice({ device }: { device: Device }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [isOpen, setOpen] = useState(false);
  const [isSure, setSure] = useState(false);
  const [draft, setDraft] = useState<PlaceDraft>({
    label: device.label,
    buildingId: device.buildingId ?? '',
    facilityId: device.facilityId ?? '',
    spot: device.spot,
    gatewayId: device.gatewayId ?? '',
  });
  const close = (): void => {
    setOpen(false);
    setSure(false);
  };
  const command = async (action: 'change' | 'retire'): Promise<void> => {
    const expectedVersion = device.version;
    const body =
      action === 'retire' ? { action, expectedVersion } : { action, expectedVersion, ...bodyOf(draft) };
    const done = await send(body, (key) => sensingApi.command(device.scopeId, device.id, body, key));
    if (done === undefined) return;
    notify(t(action === 'retire' ? 'sensing.retired' : 'sensing.saved'));
    close();
    again();
  };
  return (
    <>
      <Button
        size="small"
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('sensing.change')}
      </Button>
      {isOpen && (
        <FormDialog
          title={device.label}
          send={t('sensing.save')}
          isWhole={isWhole(draft)}
          isBusy={isBusy}
          error={error}
          onSend={() => command('change')}
          onClose={close}
          more={
            <Button
              variant="quiet"
              isBusy={isBusy}
              onPress={() => {
                if (isSure) void command('retire');
                else setSure(true);
              }}
            >
              {t('sensing.retire')}
            </Button>
          }
        >
          <PlaceFields
            scopeId={device.scopeId}
            kind={device.kind}
            draft={draft}
            onChange={(part) => {
              setDraft((before) => ({ ...before, ...part }));
            }}
          />
          {isSure && (
            <p className={css.warning} role="alert">
              {t('sensing.retireWords')}
            </p>
          )}
        </FormDialog>
      )}
    </>
  );
}

const parts = ['userName', 'password', 'readingsTopic', 'stateTopic', 'commandsTopic', 'httpPath'] as const;

/** What the device signs in with. */
export function DeviceSecret({ device }: { device: Device }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  return (
    <IssueSecret
      of={device.label}
      hasSecret={device.hasSecret}
      words={{
        issue: t('sensing.secret'),
        again: t('sensing.secretAgain'),
        ask: t('sensing.secretAsk'),
        once: t('sensing.secretWords'),
        kept: t('sensing.kept'),
      }}
      isBusy={isBusy}
      error={error}
      onIssue={async () => {
        const issued = await send(null, () => sensingApi.issueSecret(device.scopeId, device.id));
        return issued && parts.map((part) => [t(`sensing.${part}`), issued[part]] as const);
      }}
      onClose={again}
    />
  );
}
