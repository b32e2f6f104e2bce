import { Button, Dialog, notify, Select, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { IssueSecret } from '../../components/issue-secret.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type Gate, type GateDevice, gatesApi } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';

const parts = ['userName', 'password', 'httpPath', 'mqttTopic'] as const;
/** A guard's phone pairs by itself; what hangs at the gate is put up here. */
const kinds = ['barrier', 'reader'] as const;

export function AddDevice({ gate }: { gate: Gate }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [isOpen, setOpen] = useState(false);
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<(typeof kinds)[number]>('reader');
  const add = async (): Promise<void> => {
    const body = { kind, label: label.trim() };
    const done = await send({ ...body, gate: gate.id }, (key) =>
      gatesApi.addDevice(gate.scopeId, gate.id, body, key),
    );
    if (done === undefined) return;
    notify(t('gates.saved'));
    again();
    setOpen(false);
    setLabel('');
  };
  return (
    <>
      <Button
        size="small"
        aria-label={`${t('gates.addDevice')} ${gate.name}`}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('gates.addDevice')}
      </Button>
      {isOpen && (
        <FormDialog
          title={`${gate.name} · ${t('gates.addDevice')}`}
          send={t('gates.save')}
          isWhole={label.trim() !== ''}
          isBusy={isBusy}
          error={error}
          onSend={add}
          onClose={() => {
            setOpen(false);
          }}
        >
          <Select
            label={t('gates.deviceKind')}
            value={kind}
            options={kinds.map((value) => ({ value, label: t(`gates.deviceKinds.${value}`) }))}
            onChange={(next) => {
              setKind(kinds.find((value) => value === next) ?? 'reader');
            }}
          />
          <TextField label={t('gates.label')} value={label} maxLength={60} isRequired onChange={setLabel} />
        </FormDialog>
      )}
    </>
  );
}

export function RevokeDevice({ gate, device }: { gate: Gate; device: GateDevice }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [isAsking, setAsking] = useState(false);
  const revoke = async (): Promise<void> => {
    const body = { action: 'revoke' as const, expectedVersion: device.version };
    const done = await send(body, (key) => gatesApi.commandDevice(gate.scopeId, device.id, body, key));
    if (done === undefined) return;
    setAsking(false);
    again();
  };
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-label={`${t('gates.revoke')} ${device.label}`}
        onPress={() => {
          setAsking(true);
        }}
      >
        {t('gates.revoke')}
      </Button>
      {isAsking && (
        <Dialog
          title={`${t('gates.revoke')} ${device.label}`}
          isOpen
          isAlert
          onOpenChange={setAsking}
          footer={
            <>
              <Button
                onPress={() => {
                  setAsking(false);
                }}
              >
                {t('common.cancel')}
              </Button>
              <Button variant="primary" isBusy={isBusy} onPress={() => void revoke()}>
                {t('gates.revoke')}
              </Button>
            </>
          }
        >
          <p>{t('gates.revokeWords')}</p>
          {error !== undefined && <p className={css.error}>{error}</p>}
        </Dialog>
      )}
    </>
  );
}

/** What the device signs in with. */
export function DeviceKey({ gate, device }: { gate: Gate; device: GateDevice }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  return (
    <IssueSecret
      of={device.label}
      hasSecret={device.hasSecret}
      words={{
        issue: t('gates.key'),
        again: t('gates.keyAgain'),
        ask: t('gates.keyAsk'),
        once: t('gates.keyWords'),
        kept: t('gates.keyKept'),
      }}
      isBusy={isBusy}
      error={error}
      onIssue={async () => {
        const issued = await send(null, () => gatesApi.issueKey(gate.scopeId, device.id));
        if (issued === undefined) return undefined;
        return [
          ...parts.map((part) => [t(`gates.${part}`), issued[part]] as const),
          [t('gates.publicKey'), JSON.stringify(issued.publicKey)] as const,
        ];
      }}
      onClose={again}
    />
  );
}
