import { Button } from '@gongzhi/ui/Button.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Me } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import css from './SignInForm.module.css';

/** The first factor was right: now the code of the authenticator, or one of the recovery codes. */
export function SecondStep({
  ticket,
  onSignedIn,
  onBack,
}: {
  ticket: string;
  onSignedIn: (me: Me) => void;
  onBack: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [isRecovery, setRecovery] = useState(false);
  const [value, setValue] = useState('');
  const enter = useMutation({
    mutationFn: () =>
      api.signIn(isRecovery ? { ticket, recoveryCode: value.trim() } : { ticket, totp: value.trim() }),
    onSuccess: (answer) => {
      if (!('ticket' in answer)) onSignedIn(answer);
    },
  });
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== '') enter.mutate();
      }}
    >
      <p>{t(isRecovery ? 'secondStep.recoveryWords' : 'secondStep.words')}</p>
      <TextField
        key={isRecovery ? 'recovery' : 'code'}
        label={t(isRecovery ? 'secondStep.recovery' : 'secondStep.code')}
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        maxLength={20}
        value={value}
        onChange={setValue}
        error={enter.error === null ? undefined : problemSentence(words, enter.error)}
      />
      <Button variant="primary" size="large" isWide type="submit" isBusy={enter.isPending}>
        {t('secondStep.submit')}
      </Button>
      <Button
        variant="quiet"
        onPress={() => {
          setRecovery(!isRecovery);
          setValue('');
          enter.reset();
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
