import { Button, Dialog, TextField } from '@gongzhi/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { type PhoneDesk, telephonyApi, telephonyKeys } from './api.ts';
import css from './telephony.module.css';

const EXTENSION = /^\d{1,10}$/;

/** At which telephone one sits; who sits there already learns it from the dialog before they are sent away. */
export function SeatDialog({
  extension,
  seats,
  onClose,
}: {
  extension: string | null;
  seats: PhoneDesk['seats'];
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const client = useQueryClient();
  const [value, setValue] = useState(extension ?? '');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const sitting = seats.find((seat) => seat.extension === value.trim() && !seat.isMine);
  const sit = async (at: string | null): Promise<void> => {
    setBusy(true);
    try {
      await telephonyApi.sit(at);
      void client.invalidateQueries({ queryKey: telephonyKeys.desk });
      onClose();
    } catch (problem) {
      setError(problemText(problem, text));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (EXTENSION.test(value.trim())) void sit(value.trim());
    else setError(t('telephony.extensionWrong'));
  };
  return (
    <Dialog
      title={t('telephony.sit')}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          {extension !== null && (
            <Button isBusy={isBusy} onPress={() => void sit(null)}>
              {t('telephony.getUp')}
            </Button>
          )}
          <Button type="submit" form="phone-seat" variant="primary" isBusy={isBusy}>
            {t('telephony.sitDown')}
          </Button>
        </>
      }
    >
      <form id="phone-seat" onSubmit={submit} noValidate>
        <TextField
          label={t('telephony.extension')}
          description={t('telephony.extensionHelp')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          value={value}
          onChange={(next) => {
            setValue(next);
            setError(undefined);
          }}
          error={error}
        />
        {sitting !== undefined && <p className={css.quiet}>{t('telephony.taken', { name: sitting.name })}</p>}
      </form>
    </Dialog>
  );
}
