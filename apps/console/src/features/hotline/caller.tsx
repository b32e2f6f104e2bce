import { Button, TextField } from '@gongzhi/ui';
import { type FormEvent, useEffect, useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type HotlineCase, hotlineApi } from './api.ts';
import css from './case.module.css';

/** Long enough to dial, and not to be read over the shoulder by the next in the queue. */
const SHOWN_MS = 60_000;

/** Who called: masked, and in plain words for a purpose that is recorded; gone again after a minute. */
export function Caller({ found }: { found: HotlineCase }) {
  const text = useText();
  const { t } = text;
  const may = useMay('hotline.caller');
  const [isAsking, setAsking] = useState(false);
  const [purpose, setPurpose] = useState('');
  const [shown, setShown] = useState<{ name: string | null; phone: string | null } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    if (purpose.trim() === '') {
      setError(t('hotline.need'));
      return;
    }
    setBusy(true);
    setError(null);
    try {
      setShown(await hotlineApi.caller(found.id, purpose.trim()));
      setAsking(false);
      setPurpose('');
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };
  if (found.caller === null)
    return <>{t(found.isConfidential ? 'hotline.caller.hidden' : 'hotline.caller.none')}</>;
  if (shown !== null)
    return (
      <output className={css.plain}>
        <span>{shown.name}</span>
        {shown.phone !== null && <a href={`tel:${shown.phone}`}>{shown.phone}</a>}
      </output>
    );
  return (
    <span className={css.callerLine}>
      <span>{found.caller}</span>
      {may && !isAsking && (
        <Button size="small" variant="quiet" onPress={() => setAsking(true)}>
          {t('hotline.caller.reveal')}
        </Button>
      )}
      {isAsking && (
        <form
          className={css.form}
          aria-label={t('hotline.caller.reveal')}
          onSubmit={(event) => void ask(event)}
          noValidate
        >
          <TextField
            label={t('hotline.caller.purpose')}
            maxLength={200}
            value={purpose}
            onChange={setPurpose}
            error={error ?? undefined}
          />
          <span className={css.buttons}>
            <Button size="small" variant="quiet" onPress={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button size="small" type="submit" variant="primary" isBusy={isBusy}>
              {t('hotline.caller.reveal')}
            </Button>
          </span>
        </form>
      )}
    </span>
  );
}
