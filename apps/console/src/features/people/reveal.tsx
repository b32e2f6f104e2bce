import { Button, Icon, Select, TextField } from '@gongzhi/ui';
import { Eye, EyeOff, PhoneCall } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './reveal.module.css';
import { useBriefLook } from './use-brief-look.ts';

const purposes = [
  'callback',
  'visit',
  'verify_identity',
  'correct_record',
  'emergency',
  'authority',
  'other',
] as const satisfies readonly Body<'revealPerson'>['purpose'][];
type Purpose = (typeof purposes)[number];

/**
 * Name and phone in plain text, for a purpose that their owner will read. They stand in this component's memory only,
 * and go after a minute, when the tab is left, or when another person is opened.
 */
export function Reveal({ scopeId, personId }: { scopeId: string; personId: string }) {
  const text = useText();
  const { t } = text;
  const may = useMay('person.reveal');
  const [isAsking, setAsking] = useState(false);
  const [purpose, setPurpose] = useState<Purpose | ''>('');
  const [words, setWords] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const { shown, left, show, hide } = useBriefLook<Answer<'revealPerson'>>(() => setAsking(false));

  if (!may) return null;
  if (shown !== null) {
    return (
      <div className={css.shown} role="status">
        <p className={css.name}>{shown.name}</p>
        {shown.phone === null ? (
          <p>{t('people.noPhone')}</p>
        ) : (
          <a className={css.phone} href={`tel:${shown.phone}`}>
            <Icon of={PhoneCall} />
            {shown.phone}
          </a>
        )}
        <p className={css.left}>
          <span aria-hidden>{t('people.reveal.left', { seconds: left })}</span>
          <Button size="small" variant="quiet" icon={EyeOff} onPress={hide}>
            {t('people.reveal.hide')}
          </Button>
        </p>
      </div>
    );
  }
  if (!isAsking) {
    return (
      <Button size="small" icon={Eye} onPress={() => setAsking(true)}>
        {t('people.reveal')}
      </Button>
    );
  }
  const reveal = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isLacking = purpose === '' || (purpose === 'other' && words.trim() === '');
    setMissing(isLacking);
    if (isLacking || isBusy) return;
    setBusy(true);
    setError(null);
    try {
      const said = words.trim();
      show(await api.reveal(scopeId, personId, { purpose, ...(said === '' ? {} : { words: said }) }));
      setWords('');
    } catch (failure) {
      setError(problemText(failure, text));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={css.ask}
      aria-label={t('people.reveal')}
      onSubmit={(event) => void reveal(event)}
      noValidate
    >
      <Select
        label={t('people.reveal.why')}
        options={purposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
        placeholder={t('console.choose')}
        value={purpose}
        onChange={(value) => setPurpose(value as Purpose)}
        error={isMissing && purpose === '' ? t('people.reveal.missing') : undefined}
      />
      <TextField
        label={t(purpose === 'other' ? 'people.reveal.wordsNeeded' : 'people.reveal.words')}
        value={words}
        onChange={setWords}
        maxLength={200}
        error={isMissing && purpose === 'other' ? t('household.need.reason') : undefined}
      />
      <p className={css.told}>{t('people.reveal.told')}</p>
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      <p className={css.buttons}>
        <Button variant="quiet" size="small" onPress={() => setAsking(false)}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" variant="primary" size="small" isBusy={isBusy}>
          {t('people.reveal.do')}
        </Button>
      </p>
    </form>
  );
}
