import { Button, TextField } from '@gongzhi/ui';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import type { Me } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import css from './sign-in-form.module.css';

/** The first factor was right: now the code on the telephone, or one of the recovery codes. */
export function SecondStep({
  ticket,
  onSignedIn,
  onBack,
}: {
  ticket: string;
  onSignedIn: (me: Me) => void;
  onBack: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [isRecovery, setRecovery] = useState(false);
  const [value, setValue] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (value.trim() === '' || isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      const answer = await api.signIn(
        isRecovery ? { ticket, recoveryCode: value.trim() } : { ticket, totp: value.trim() },
      );
      if (!('ticket' in answer)) onSignedIn(answer);
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <p>
        <strong>{t('secondStep.title')}</strong>{' '}
        {t(isRecovery ? 'secondStep.recoveryWords' : 'secondStep.words')}
      </p>
      <TextField
        key={isRecovery ? 'recovery' : 'code'}
        label={t(isRecovery ? 'secondStep.recovery' : 'secondStep.code')}
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        maxLength={20}
        value={value}
        onChange={setValue}
        error={error}
      />
      <Button type="submit" variant="primary" isWide isBusy={isBusy}>
        {t('secondStep.submit')}
      </Button>
      <Button
        variant="quiet"
        onPress={() => {
          setRecovery(!isRecovery);
          setValue('');
          setError(undefined);
        }}
      >
        {t(isRecovery ? 'secondStep.useCode' : 'secondStep.useRecovery')}
      </Button>
      <Button variant="quiet" onPress={onBack}>
        {t('secondStep.back')}
      </Button>
    </form>
  );
}
