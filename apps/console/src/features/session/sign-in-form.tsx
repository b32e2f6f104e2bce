import { Button, Segmented, TextField } from '@gongzhi/ui';
import { type FormEvent, useEffect, useState } from 'react';
import { api, type Credentials } from '../../api.ts';
import type { CodeSent, Me } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { SecondStep } from './second-step.tsx';
import css from './sign-in-form.module.css';

type Way = 'code' | 'password';

const PHONE = /^1\d{10}$/;

/** Phone and one-time code, or phone and password. Used on its page and over a page whose session ran out. */
export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const text = useText();
  const { t } = text;
  const [way, setWay] = useState<Way>('code');
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [sent, setSent] = useState<CodeSent | null>(null);
  const [wait, setWait] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [phoneError, setPhoneError] = useState<string>();
  const [error, setError] = useState<string>();
  const [ticket, setTicket] = useState<string | null>(null);

  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => {
      setWait(wait - 1);
    }, 1000);
    return () => {
      clearTimeout(timer);
    };
  }, [wait]);

  const checkPhone = (): boolean => {
    const isRight = PHONE.test(phone.replaceAll(' ', ''));
    setPhoneError(isRight ? undefined : t('console.signIn.phoneWrong'));
    return isRight;
  };

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };

  const sendCode = (): void => {
    if (!checkPhone()) return;
    void attempt(async () => {
      const answer = await api.sendCode(phone.replaceAll(' ', ''));
      setSent(answer);
      setWait(answer.resendInSeconds);
    });
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isBusy || !checkPhone()) return;
    const bare = phone.replaceAll(' ', '');
    const credentials: Credentials =
      way === 'code' ? { phone: bare, code: code.trim() } : { phone: bare, password };
    void attempt(async () => {
      const answer = await api.signIn(credentials);
      if ('ticket' in answer) setTicket(answer.ticket);
      else onSignedIn(answer);
    });
  };

  if (ticket !== null)
    return (
      <SecondStep
        ticket={ticket}
        onSignedIn={onSignedIn}
        onBack={() => {
          setTicket(null);
          setCode('');
          setPassword('');
        }}
      />
    );

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <Segmented<Way>
        label={t('console.signIn.way')}
        isLabelHidden
        options={[
          { value: 'code', label: t('console.signIn.byCode') },
          { value: 'password', label: t('console.signIn.byPassword') },
        ]}
        value={way}
        onChange={setWay}
      />
      <TextField
        label={t('console.signIn.phone')}
        type="tel"
        autoComplete="username"
        inputMode="tel"
        value={phone}
        onChange={setPhone}
        error={phoneError}
        isRequired
      />
      {way === 'code' ? (
        <TextField
          label={t('console.signIn.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          value={code}
          onChange={setCode}
          description={
            sent?.demoCode === undefined
              ? sent === null
                ? undefined
                : t('console.signIn.codeSent')
              : t('console.signIn.demoCode', { code: sent.demoCode })
          }
          after={
            <Button onPress={sendCode} isDisabled={wait > 0 || isBusy}>
              {wait > 0 ? t('console.signIn.resendIn', { seconds: wait }) : t('console.signIn.sendCode')}
            </Button>
          }
        />
      ) : (
        <TextField
          label={t('console.signIn.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
      )}
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      <Button type="submit" variant="primary" isWide isBusy={isBusy}>
        {t('console.signIn.submit')}
      </Button>
    </form>
  );
}
