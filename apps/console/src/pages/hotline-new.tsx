import { Button, Checkbox, Select, TextField } from '@gongzhi/ui';
import { ApiProblem, isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { problemText } from '../app/errors.ts';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { useDraft } from '../components/draft.ts';
import { hotlineApi } from '../features/hotline/api.ts';
import css from '../features/hotline/form.module.css';
import { instantOf } from '../features/hotline/words.ts';

const URGENCIES = ['danger', 'utility', 'ordinary', 'complex'] as const;
const empty = {
  number: '',
  receivedAt: '',
  dueAt: '',
  urgency: 'ordinary',
  topic: '',
  description: '',
  placeText: '',
  compound: '',
  callerName: '',
  callerPhone: '',
  isConfidential: false,
  repeatOf: '',
};
type Field = Exclude<keyof typeof empty, 'isConfidential' | 'urgency'>;
const needed = ['number', 'receivedAt', 'description'] as const;

/** A case that came by telephone or on paper; it begins in the hands of who enters it. */
export default function HotlineNewPage() {
  const text = useText();
  const { t, tk } = text;
  useTitle(t('hotline.new.title'));
  const navigate = useNavigate();
  const [draft, change, clear] = useDraft('hotline.new', empty);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [faults, setFaults] = useState<ApiProblem['fields']>([]);
  const intent = useRef<{ words: string; key: string } | null>(null);
  const lacks = (name: Field): boolean =>
    name === 'receivedAt' ? instantOf(draft.receivedAt) === null : draft[name].trim() === '';
  const isMissing = needed.some(lacks);

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const receivedAt = instantOf(draft.receivedAt);
    if (isBusy || isMissing || receivedAt === null) return;
    setBusy(true);
    setError(null);
    setFaults([]);
    const dueAt = instantOf(draft.dueAt);
    const given = Object.fromEntries(
      (['topic', 'placeText', 'compound', 'callerName', 'callerPhone', 'repeatOf'] as const)
        .map((name) => [name, draft[name].trim()] as const)
        .filter(([, value]) => value !== ''),
    );
    const body = {
      number: draft.number.trim(),
      receivedAt,
      ...(dueAt === null ? {} : { dueAt }),
      urgency: URGENCIES.find((value) => value === draft.urgency) ?? 'ordinary',
      description: draft.description.trim(),
      isConfidential: draft.isConfidential,
      ...given,
    };
    const words = JSON.stringify(body);
    if (intent.current?.words !== words) intent.current = { words, key: newKey() };
    try {
      const made = await hotlineApi.enter(body, intent.current.key);
      clear();
      void queryClient.invalidateQueries({ queryKey: ['queues'] });
      void navigate(url.hotlineCase(made.id));
    } catch (problem) {
      if (!isPassing(problem)) intent.current = null;
      setError(problemText(problem, text));
      if (problem instanceof ApiProblem) setFaults(problem.fields);
    } finally {
      setBusy(false);
    }
  };

  /** What would be right, beside the field that was refused; gone as soon as it is changed. */
  const fault = (name: Field): string | undefined => {
    const found = faults.find(({ path }) => path === `/${name}`);
    if (found === undefined) return undefined;
    if (found.code === 'pattern')
      return t(name === 'callerPhone' ? 'hotline.fault.phone_invalid' : 'hotline.fault.number_invalid');
    return tk(`fieldErrors.${found.code}`, found.params, 'fieldErrors.invalid');
  };
  const field = (name: Field, more: { rows?: number; type?: string; most?: number; hint?: string } = {}) => {
    const isNeeded = needed.some((one) => one === name);
    const label = t(`hotline.column.${name}`);
    return (
      <TextField
        label={isNeeded ? label : t('console.optional', { label })}
        value={draft[name]}
        maxLength={more.most ?? 100}
        {...(more.rows === undefined ? {} : { rows: more.rows })}
        {...(more.type === undefined ? {} : { type: more.type })}
        {...(more.hint === undefined ? {} : { description: more.hint })}
        onChange={(value) => {
          change({ [name]: value });
          setFaults(faults.filter(({ path }) => path !== `/${name}`));
        }}
        error={isTried && isNeeded && lacks(name) ? t('hotline.need') : fault(name)}
      />
    );
  };

  return (
    <form className={css.page} onSubmit={(event) => void send(event)} noValidate>
      <header>
        <h1 className={css.title}>{t('hotline.new.title')}</h1>
        <p className={css.quiet}>{t('hotline.new.hint')}</p>
      </header>
      <div className={css.pair}>
        {field('number', { most: 40 })}
        <Select
          label={t('hotline.column.urgency')}
          options={URGENCIES.map((value) => ({ value, label: t(`hotline.urgency.${value}`) }))}
          value={draft.urgency}
          onChange={(urgency) => change({ urgency })}
        />
        {field('receivedAt', { type: 'datetime-local' })}
        {field('dueAt', { type: 'datetime-local', hint: t('hotline.new.due.hint') })}
      </div>
      {field('description', { rows: 5, most: 4_000 })}
      <div className={css.pair}>
        {field('topic')}
        {field('placeText', { most: 300 })}
        {field('compound')}
        {field('repeatOf', { most: 40 })}
        {field('callerName', { most: 50 })}
        {field('callerPhone', { most: 20, type: 'tel' })}
      </div>
      <Checkbox isSelected={draft.isConfidential} onChange={(isConfidential) => change({ isConfidential })}>
        {t('hotline.new.confidential')}
      </Checkbox>
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      <div className={css.buttons}>
        <Button onPress={() => void navigate(url.hotline())}>{t('common.back')}</Button>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {t('hotline.new.send')}
        </Button>
      </div>
    </form>
  );
}
