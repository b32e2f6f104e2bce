import { formatExact } from '@gongzhi/i18n/console-app.ts';
import { Button, Dialog, TextField } from '@gongzhi/ui';
import { type FormEvent, useId, useState } from 'react';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type Gate, gatePhonesApi, type Pairing } from './api.ts';
import css from './gate-phones.module.css';

/** A name for the phone, and then the eight digits that make it the gate's; shown once. */
export function RegisterPhone({ gate, onClose }: { gate: Gate; onClose: () => void }) {
  const { t, locale } = useText();
  const formId = useId();
  const [label, setLabel] = useState('');
  const [pairing, setPairing] = useState<Pairing | null>(null);
  const { isBusy, error, send } = useSend();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = { scopeId: gate.scopeId, label: label.trim() };
    const given = await send({ gate: gate.id, ...body }, (key) => gatePhonesApi.register(gate.id, body, key));
    if (given === undefined) return;
    setPairing(given);
    void queryClient.invalidateQueries({ queryKey: queryKeys.gatePhones });
  };
  return (
    <Dialog
      title={t('gatePhones.registerAt', { gate: gate.name })}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        pairing === null ? (
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isBusy={isBusy}
            isDisabled={label.trim() === ''}
          >
            {t('gatePhones.submit')}
          </Button>
        ) : (
          <Button variant="primary" onPress={onClose}>
            {t('gatePhones.done')}
          </Button>
        )
      }
    >
      {pairing === null ? (
        <form
          id={formId}
          onSubmit={(event) => {
            void submit(event);
          }}
        >
          <TextField
            label={t('gatePhones.label')}
            description={t('gatePhones.labelText')}
            value={label}
            maxLength={60}
            isRequired
            onChange={setLabel}
            error={error}
          />
        </form>
      ) : (
        <div className={css.part}>
          <output className={css.code} aria-label={t('gatePhones.code')}>
            {pairing.code}
          </output>
          <p>{t('gatePhones.codeText', { when: formatExact(locale, pairing.expiresAt) })}</p>
        </div>
      )}
    </Dialog>
  );
}
