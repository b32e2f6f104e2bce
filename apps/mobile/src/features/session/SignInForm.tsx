import { Button } from '@gongzhi/ui/Button.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import type { Me } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import { SecondStep } from './SecondStep.tsx';
import css from './SignInForm.module.css';

/** Phone and code; for staff also phone and password. Used by the page and by the sheet over a page. */
export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const words = useWords();
  const { t } = words;
  const [way, setWay] = useState<'code' | 'password'>('code');
  const [phone, setPhone] = useState('');
  const [secret, setSecret] = useState('');
  const [missing, setMissing] = useState<'phone' | 'secret' | null>(null);
  const [ticket, setTicket] = useState<string | null>(null);
  const [wait, startWait] = useCountdown();

  const send = useMutation({
    mutationFn: () => api.sendCode(phone.trim()),
    onSuccess: (sent) => {
      startWait(sent.resendInSeconds);
    },
  });
  const enter = useMutation({
    mutationFn: () =>
      api.signIn(
        way === 'code'
          ? { phone: phone.trim(), code: secret.trim() }
          : { phone: phone.trim(), password: secret },
      ),
    onSuccess: (answer) => {
      if ('ticket' in answer) setTicket(answer.ticket);
      else onSignedIn(answer);
    },
  });

  const askForCode = (): void => {
    setMissing(phone.trim() === '' ? 'phone' : null);
    if (phone.trim() !== '') send.mutate();
  };
  const submit = (): void => {
    const lacks = phone.trim() === '' ? 'phone' : secret.trim() === '' ? 'secret' : null;
    setMissing(lacks);
    if (lacks === null) enter.mutate();
  };
  const phoneError =
    missing === 'phone'
      ? t('mobile.signIn.phoneMissing')
      : send.error !== null
        ? problemSentence(words, send.error)
        : undefined;
  const secretError =
    missing === 'secret'
      ? t(way === 'code' ? 'mobile.signIn.codeMissing' : 'mobile.signIn.passwordMissing')
      : enter.error !== null
        ? problemSentence(words, enter.error)
        : undefined;

  if (ticket !== null)
    return (
      <SecondStep
        ticket={ticket}
        onSignedIn={onSignedIn}
        onBack={() => {
          setTicket(null);
          setSecret('');
          enter.reset();
        }}
      />
    );
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t('mobile.signIn.phone')}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        value={phone}
        onChange={setPhone}
        error={phoneError}
      />
      {way === 'code' ? (
        <>
          <TextField
            label={t('mobile.signIn.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={secret}
            onChange={setSecret}
            error={secretError}
            after={
              <Button onPress={askForCode} isBusy={send.isPending} isDisabled={wait > 0}>
                {wait > 0 ? t('mobile.signIn.sendAgainIn', { seconds: wait }) : t('mobile.signIn.sendCode')}
              </Button>
            }
          />
          {send.data !== undefined && (
            <p className={css.sent} role="status">
              {send.data.demoCode === undefined
                ? t('mobile.signIn.codeSent', { minutes: Math.round(send.data.expiresInSeconds / 60) })
                : t('mobile.signIn.demoCode', { code: send.data.demoCode })}
            </p>
          )}
        </>
      ) : (
        <TextField
          label={t('mobile.signIn.password')}
          type="password"
          autoComplete="current-password"
          value={secret}
          onChange={setSecret}
          error={secretError}
        />
      )}
      <Button variant="primary" size="large" isWide type="submit" isBusy={enter.isPending}>
        {t('mobile.signIn.enter')}
      </Button>
      <Button
        variant="quiet"
        onPress={() => {
          setWay(way === 'code' ? 'password' : 'code');
          setSecret('');
          setMissing(null);
          enter.reset();
        }}
      >
        {t(way === 'code' ? 'mobile.signIn.byPassword' : 'mobile.signIn.byCode')}
      </Button>
    </form>
  );
}

/** Seconds left, counted down to nothing. */
function useCountdown(): [left: number, start: (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => {
      setLeft(left - 1);
    }, 1000);
    return () => {
      clearTimeout(timer);
    };
  }, [left]);
  return [left, setLeft];
}
