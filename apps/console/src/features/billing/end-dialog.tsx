import { TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { isDay } from './agreement-draft.ts';
import css from './css.ts';
import { useEntry } from './use-entry.ts';

export interface Ending {
  readonly endsOn: string;
  readonly expectedVersion: number;
}

/** From a day on it no longer holds; what was billed stays. */
export function EndDialog({
  name,
  version,
  end,
  onClose,
}: {
  name: string;
  version: number;
  end: (ending: Ending, key: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useText();
  const [endsOn, setEndsOn] = useState('');
  const entry = useEntry(
    { endsOn: isDay(endsOn) ? undefined : t('billing.need.day') },
    (key) => end({ endsOn, expectedVersion: version }, key),
    { said: t('billing.end.done'), onDone: onClose },
  );
  return (
    <FormDialog
      title={t('billing.end.title', { name })}
      send={t('billing.end.save')}
      isWhole
      isBusy={entry.isPending}
      error={entry.problem}
      onSend={entry.send}
      onClose={onClose}
    >
      <p className={css.note}>{t('billing.end.text')}</p>
      <TextField
        label={t('billing.end.day')}
        type="date"
        value={endsOn}
        onChange={setEndsOn}
        error={entry.beside('endsOn')}
      />
    </FormDialog>
  );
}
