import { Button, RadioGroup, Segmented, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import { useDraft } from '../../components/draft.ts';
import { CategoryPicker } from '../orders/category-picker.tsx';
import { type CaseAction, type FieldName, specs } from './action-specs.ts';
import { CallbackFields } from './callback-fields.tsx';
import { empty, type Draft, lacking, paramsOf } from './action-draft.ts';
import { type HotlineCase, hotlineApi, hotlineKeys } from './api.ts';
import css from './case.module.css';
import { useCase } from './use-case.ts';
import { draftWords, wallOf } from './words.ts';

const HOW = ['phone', 'visit', 'message'] as const;
const JOINTS = ['assist', 'whistle'] as const;
const OBJECTIONS = ['not_our_area', 'not_our_duty', 'wrong_facts', 'duplicate'] as const;
const DISMISSALS = [
  'emergency_number',
  'other_procedure',
  'repeat_without_new_facts',
  'secret',
  'outside_duties',
  'illegal',
] as const;
const YES_NO = ['yes', 'no'] as const;
const DAY = 86_400_000;

/** The small form of one step, in place. What is typed is a draft: closing it, or somebody who was quicker, loses nothing. */
export function ActionForm({
  found,
  action,
  onClose,
}: {
  found: HotlineCase;
  action: CaseAction;
  onClose: () => void;
}) {
  const text = useText();
  const { t, tk } = text;
  const spec = specs[action];
  const [begin] = useState<Draft>(() => ({
    ...empty,
    text: action === 'reply' ? draftWords(found.draft, text) : '',
    until: action === 'extend' || action === 'resume' ? wallOf(Date.parse(found.dueAt) + 5 * DAY) : '',
  }));
  const [draft, change, clear] = useDraft(`hotline.${found.id}.${action}.${found.round}`, begin);
  const [isTried, setTried] = useState(false);
  const { run, isBusy, error } = useCase(found);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, []);

  const missing = lacking(spec, draft);
  const wrong = (name: FieldName): string | undefined =>
    isTried && missing.includes(name) ? t('hotline.need') : undefined;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isBusy || missing.length > 0) return;
    if (await run(action, paramsOf(action, draft))) {
      clear();
      onClose();
    }
  };

  const field = (name: FieldName): React.ReactNode => {
    const isOptional = spec.optional?.includes(name) === true;
    const label = (words: string) => (isOptional ? t('console.optional', { label: words }) : words);
    const options = <const Values extends readonly string[]>(values: Values, prefix: string) =>
      values.map((value: Values[number]) => ({ value, label: tk(`${prefix}.${value}`) }));
    switch (name) {
      case 'to':
        return (
          <UnitField
            key={name}
            found={found}
            asked={action === 'call_in' ? 'call_in' : 'pass'}
            label={t(action === 'call_in' ? 'hotline.field.who' : 'hotline.field.to')}
            value={draft.to}
            onChange={(to) => change({ to })}
            error={wrong(name)}
          />
        );
      case 'how':
        return (
          <Segmented
            key={name}
            label={t('hotline.field.how')}
            options={options(HOW, 'hotline.how')}
            value={HOW.find((value) => value === draft.how) ?? null}
            onChange={(how) => change({ how })}
            error={wrong(name)}
          />
        );
      case 'kind':
        return (
          <Segmented
            key={name}
            label={t('hotline.field.kind')}
            options={options(JOINTS, 'hotline.joint')}
            value={JOINTS.find((value) => value === draft.kind) ?? null}
            onChange={(kind) => change({ kind })}
            error={wrong(name)}
          />
        );
      case 'category':
        return found.compoundId === null ? (
          <p key={name} className={css.wrong}>
            {tk('hotlineReasons.no_place')}
          </p>
        ) : (
          <CategoryPicker
            key={name}
            scopeId={found.compoundId}
            label={t('hotline.field.category')}
            place="public"
            words={draft.categoryWords}
            hint={found.description}
            onWords={(categoryWords) => change({ categoryWords })}
            value={draft.category}
            onChange={({ code }) => change({ category: code })}
            error={wrong(name)}
          />
        );
      case 'objection':
      case 'dismissal':
      case 'exclusion': {
        const [values, prefix] =
          name === 'objection'
            ? [OBJECTIONS, 'hotline.objection']
            : [name === 'dismissal' ? DISMISSALS : found.exclusionGrounds, 'hotline.ground'];
        return (
          <Select
            key={name}
            label={t('hotline.field.ground')}
            placeholder={t('console.choose')}
            options={options(values, prefix)}
            value={draft.ground}
            onChange={(ground) => change({ ground })}
            error={wrong(name)}
          />
        );
      }
      case 'until':
      case 'review':
        return (
          <TextField
            key={name}
            type="datetime-local"
            label={t(name === 'until' ? 'hotline.field.until' : 'hotline.field.review')}
            value={draft.until}
            onChange={(until) => change({ until })}
            error={wrong(name)}
          />
        );
      case 'number':
        return (
          <TextField
            key={name}
            label={t('hotline.field.number')}
            maxLength={40}
            value={draft.number}
            onChange={(number) => change({ number })}
            error={wrong(name)}
          />
        );
      case 'approve':
        return (
          <RadioGroup
            key={name}
            label={t('hotline.field.approve')}
            options={options(YES_NO, 'hotline.field.approve')}
            value={YES_NO.find((value) => value === draft.approve) ?? null}
            onChange={(approve) => change({ approve })}
            error={wrong(name)}
          />
        );
      case 'callback':
        return <CallbackFields key={name} draft={draft} change={change} isTried={isTried} />;
      case 'note':
      case 'description':
      case 'ask':
      case 'told':
      case 'text':
      case 'reason': {
        const isReply = name === 'text' && action === 'reply';
        return (
          <TextField
            key={name}
            label={label(
              isReply
                ? t('hotline.reply.title')
                : name === 'text' && action === 'answer'
                  ? t('hotline.answer.title')
                  : tk(`hotline.field.${name}`),
            )}
            {...(isReply ? { description: t('hotline.reply.hint') } : {})}
            rows={isReply ? 10 : 3}
            maxLength={isReply ? 4_000 : name === 'told' ? 300 : name === 'note' ? 500 : 1_000}
            value={draft[name]}
            onChange={(value) => change({ [name]: value })}
            error={wrong(name)}
          />
        );
      }
    }
  };

  return (
    <form
      ref={form}
      className={css.form}
      aria-label={tk(`hotline.action.${action}`)}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
      noValidate
    >
      <h3 className={css.formTitle}>{tk(`hotline.action.${action}`)}</h3>
      {spec.isExplained === true && <p className={css.quiet}>{tk(`hotline.explain.${action}`)}</p>}
      {spec.fields.map(field)}
      {error !== null && (
        <p className={css.wrong} role="alert">
          {error}
        </p>
      )}
      <div className={css.buttons}>
        <Button onPress={onClose}>{t('common.back')}</Button>
        <Button type="submit" variant={spec.isGrave === true ? 'danger' : 'primary'} isBusy={isBusy}>
          {tk(`hotline.action.${action}`)}
        </Button>
      </div>
    </form>
  );
}

function UnitField({
  found,
  asked,
  label,
  value,
  onChange,
  error,
}: {
  found: HotlineCase;
  asked: 'pass' | 'call_in';
  label: string;
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
}) {
  const units = useQuery({
    queryKey: hotlineKeys.units(found.id, asked),
    queryFn: () => hotlineApi.units(found.id, asked),
  });
  const { t } = useText();
  return (
    <div className={css.field}>
      <Combo
        label={label}
        placeholder={t('hotline.field.unitExample')}
        items={(units.data?.items ?? []).map(({ id, name, parentName }) => ({
          id,
          label: name,
          aside: parentName,
        }))}
        value={value === '' ? null : value}
        onChange={(id) => onChange(id ?? '')}
      />
      {error !== undefined && (
        <p className={css.wrong} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
