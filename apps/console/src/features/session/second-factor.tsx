import { Button, Dialog, notify, Skeleton, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { encode } from 'uqr';
import { api } from '../../api.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from '../organisation/organisation.module.css';

export function SecondFactorDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useText();
  return (
    <Dialog title={t('factor.title')} isOpen={isOpen} onOpenChange={onClose}>
      {isOpen && <SecondFactor onDone={onClose} />}
    </Dialog>
  );
}

/** On, off, new codes: everything is proved by a code of the moment. */
export function SecondFactor({ onDone }: { onDone: () => void }) {
  const text = useText();
  const { t } = text;
  const state = useQuery({ queryKey: queryKeys.secondFactor, queryFn: api.secondFactor });
  const [secret, setSecret] = useState<{ secret: string; uri: string } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
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
  const showCodes = (next: string[]): void => {
    setCodes(next);
    setSecret(null);
    setCode('');
    void queryClient.invalidateQueries({ queryKey: queryKeys.secondFactor });
  };

  if (codes !== null)
    return (
      <div className={css.form}>
        <h3 className={css.heading}>{t('factor.codes')}</h3>
        <p>{t('factor.codesWords')}</p>
        <ul className={css.codes}>
          {codes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <Button variant="primary" onPress={onDone}>
          {t('factor.kept')}
        </Button>
      </div>
    );
  if (state.data === undefined)
    return state.isError ? (
      <p role="alert">{problemText(state.error, text)}</p>
    ) : (
      <Skeleton label={t('common.loading')} lines={3} />
    );

  const codeField = (
    <TextField
      label={t('secondStep.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={10}
      value={code}
      onChange={setCode}
      error={error}
    />
  );
  if (state.data.isEnrolled)
    return (
      <div className={css.form}>
        <p>{t('factor.words')}</p>
        <p>{t('factor.on', { count: state.data.recoveryCodesLeft })}</p>
        {codeField}
        <div className={css.line}>
          <Button
            isBusy={isBusy}
            isDisabled={code.trim() === ''}
            onPress={() =>
              void attempt(async () => {
                showCodes((await api.renewRecoveryCodes({ totp: code.trim() })).recoveryCodes);
              })
            }
          >
            {t('factor.renew')}
          </Button>
          {!state.data.isRequired && (
            <Button
              variant="danger"
              isBusy={isBusy}
              isDisabled={code.trim() === ''}
              onPress={() =>
                void attempt(async () => {
                  await api.removeSecondFactor({ totp: code.trim() });
                  notify(t('factor.removed'));
                  void queryClient.invalidateQueries({ queryKey: queryKeys.secondFactor });
                  onDone();
                })
              }
            >
              {t('factor.remove')}
            </Button>
          )}
        </div>
      </div>
    );
  if (secret === null)
    return (
      <div className={css.form}>
        <p>{t('factor.words')}</p>
        {state.data.requiredFrom !== null && <p>{t('factor.required', { date: state.data.requiredFrom })}</p>}
        {error !== undefined && <p role="alert">{error}</p>}
        <Button
          variant="primary"
          isBusy={isBusy}
          onPress={() =>
            void attempt(async () => {
              setSecret(await api.beginSecondFactor());
            })
          }
        >
          {t('factor.begin')}
        </Button>
      </div>
    );
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() === '' || isBusy) return;
    void attempt(async () => {
      showCodes((await api.confirmSecondFactor(code.trim())).recoveryCodes);
    });
  };
  return (
    <form className={css.form} onSubmit={confirm} noValidate>
      <p>{t('factor.scan')}</p>
      <QrPicture text={secret.uri} label={t('factor.qr')} />
      <p className={css.meta}>{t('factor.secret', { secret: secret.secret })}</p>
      {codeField}
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('factor.confirm')}
      </Button>
    </form>
  );
}

function QrPicture({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className={css.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000000" />
    </svg>
  );
}
