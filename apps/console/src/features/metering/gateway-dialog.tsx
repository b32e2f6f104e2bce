import { Button, Dialog, notify, Segmented, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopePicker, useSeesMany } from '../../components/scope-picker.tsx';
import { again, type MeterGateway, meteringApi } from './api.ts';
import css from './metering.module.css';
import { useFieldSend } from './use-fields.ts';

const transports = ['dial', 'listen', 'mqtt'] as const;

/** A concentrator: called by us at its address, or calling us with a secret that is shown this once. */
export function GatewayDialog({ compound, onClose }: { compound: string | undefined; onClose: () => void }) {
  const { t } = useText();
  const seesMany = useSeesMany();
  const [scope, setScope] = useState(compound);
  const [draft, change, clear] = useDraft(`meter.gateway.${scope ?? ''}`, {
    label: '',
    transport: 'dial' as (typeof transports)[number],
    host: '',
    port: '',
  });
  // A password is kept in no store of the browser.
  const [password, setPassword] = useState('');
  const [issued, setIssued] = useState<{ gateway: MeterGateway; secret: string } | null>(null);
  const { isBusy, error, lacks, setLacks, send } = useFieldSend({ 'metering.host_refused': 'host' });
  const add = async (): Promise<void> => {
    const missing: Record<string, string> = {};
    const port = Number(draft.port);
    if (draft.label.trim() === '') missing['label'] = t('fieldErrors.required');
    if (draft.transport === 'dial' && !/^[0-9A-Za-z.:-]{1,120}$/.test(draft.host.trim()))
      missing['host'] = t('metering.need.host');
    if (draft.transport === 'dial' && !(Number.isInteger(port) && port > 0 && port < 65_536))
      missing['port'] = t('metering.need.port');
    if (password !== '' && !/^\d{6}$/.test(password)) missing['password'] = t('metering.need.password');
    setLacks(missing);
    if (scope === undefined || Object.keys(missing).length > 0) return;
    const body = {
      scopeId: scope,
      label: draft.label.trim(),
      transport: draft.transport,
      ...(draft.transport === 'dial' ? { dial: { host: draft.host.trim(), port } } : {}),
      ...(password === '' ? {} : { password }),
    };
    const done = await send(body, (key) => meteringApi.addGateway(body, key));
    if (done === undefined) return;
    clear();
    again();
    if (done.secret === null) {
      notify(t('metering.form.saved'));
      onClose();
    } else setIssued({ gateway: done.gateway, secret: done.secret });
  };
  if (issued !== null)
    return (
      <Dialog
        title={issued.gateway.label}
        isOpen
        isAlert
        onOpenChange={onClose}
        footer={
          <Button variant="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        }
      >
        <div className={css.part}>
          <p>{t('metering.gateway.secret')}</p>
          <p className={css.secret}>{issued.secret}</p>
          {issued.gateway.transport === 'mqtt' ? (
            <>
              <p>{t('metering.gateway.user')}</p>
              <p className={css.secret}>{`meters.${issued.gateway.scopeId}.${issued.gateway.id}`}</p>
            </>
          ) : (
            <>
              <p>{t('metering.gateway.first')}</p>
              <p className={css.secret}>{`${issued.gateway.id}.${issued.secret}`}</p>
            </>
          )}
        </div>
      </Dialog>
    );
  return (
    <FormDialog
      title={t('metering.gateway.add')}
      send={t('metering.form.save')}
      isWhole={scope !== undefined}
      isBusy={isBusy}
      error={error}
      onSend={add}
      onClose={onClose}
    >
      {seesMany && <ScopePicker label={t('sensing.compound')} value={scope} onChange={setScope} />}
      <TextField
        label={t('metering.gateway.label')}
        value={draft.label}
        maxLength={40}
        error={lacks['label']}
        onChange={(label) => change({ label })}
      />
      <Segmented
        label={t('metering.gateway.transport')}
        value={draft.transport}
        options={transports.map((value) => ({ value, label: t(`metering.transport.${value}`) }))}
        onChange={(transport) => change({ transport })}
      />
      {draft.transport === 'dial' ? (
        <div className={css.two}>
          <TextField
            label={t('metering.gateway.host')}
            value={draft.host}
            maxLength={120}
            error={lacks['host'] ?? lacks['dial']}
            onChange={(host) => change({ host })}
          />
          <TextField
            label={t('metering.gateway.port')}
            inputMode="numeric"
            maxLength={5}
            value={draft.port}
            error={lacks['port']}
            onChange={(port) => change({ port })}
          />
        </div>
      ) : (
        <p className={css.quiet}>{t(`metering.gateway.${draft.transport}Hint`)}</p>
      )}
      <TextField
        label={t('metering.gateway.password')}
        type="password"
        autoComplete="off"
        inputMode="numeric"
        maxLength={6}
        value={password}
        error={lacks['password']}
        onChange={setPassword}
      />
    </FormDialog>
  );
}
