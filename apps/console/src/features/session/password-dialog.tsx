import { Button, Dialog, notify, TextField } from '@gongzhi/ui';
import { type FormEvent, useId, useState } from 'react';
import { api } from '../../api.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import css from './sign-in-form.module.css';

const SHORTEST = 10;

/** The present password may be empty: who has only ever signed in by code sets a first one. */
export function PasswordDialog({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const text = useText();
  const { t } = text;
  const formId = useId();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const isShort = password.length > 0 && password.length < SHORTEST;
  const differs = again.length > 0 && again !== password;

  const close = (): void => {
    setCurrent('');
    setPassword('');
    setAgain('');
    setError(undefined);
    onOpenChange(false);
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (password.length < SHORTEST || again !== password) return;
    setBusy(true);
    setError(undefined);
    try {
      await api.setPassword({ ...(current === '' ? {} : { current }), password });
      notify(t('console.password.changed'));
      close();
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('console.password.title')}
      isOpen={isOpen}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      footer={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {t('console.password.change')}
          </Button>
        </>
      }
    >
      <form id={formId} className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={t('console.password.current')}
          description={t('console.password.currentHelp')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label={t('console.password.new')}
          description={t('console.password.rule', { count: SHORTEST })}
          error={isShort ? t('console.password.short', { count: SHORTEST }) : undefined}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        <TextField
          label={t('console.password.again')}
          error={differs ? t('console.password.differs') : undefined}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
        />
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
