import { Button, RadioGroup, Segmented, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { useCommand } from '../orders/use-command.ts';
import css from './callbacks.module.css';

const RESULTS = ['satisfied_done', 'not_done', 'unreachable'] as const;
const SCORES = ['satisfied', 'basically_satisfied', 'unsatisfied'] as const;
const ASPECTS = ['speed', 'manner', 'quality'] as const;
const YES_NO = ['yes', 'no'] as const;

const empty = {
  result: '',
  contacted: '',
  score: '',
  aspects: {} as Record<string, string>,
  answers: {} as Record<string, string>,
  note: '',
};

/** What is asked, beside the order: the three questions of every call, the script's own, and what was said. */
export function CallForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const { t, named } = useText();
  const script = useQuery({
    queryKey: queryKeys.script(order.scopeId),
    queryFn: () => api.script(order.scopeId),
  });
  const [draft, change, clear] = useDraft(`call.${order.id}`, empty);
  const [isTried, setTried] = useState(false);
  const command = useCommand(order, () => {});
  const isReached = draft.result === 'satisfied_done' || draft.result === 'not_done';
  const isDone = draft.result === 'satisfied_done';
  const questions = script.data?.questions ?? [];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (command.isBusy || draft.result === '') return;
    const given = questions.flatMap(({ key, kind }): [string, string | boolean][] => {
      const answer = draft.answers[key]?.trim() ?? '';
      if (answer === '') return [];
      return [[key, kind === 'yes_no' ? answer === 'yes' : answer]];
    });
    const aspects = Object.fromEntries(Object.entries(draft.aspects).filter(([, score]) => score !== ''));
    const params = {
      result: draft.result,
      ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
      ...(isReached && draft.contacted !== '' ? { wasContacted: draft.contacted === 'yes' } : {}),
      ...(isDone && draft.score !== '' ? { score: draft.score, aspects } : {}),
      ...(isReached && given.length > 0 ? { answers: Object.fromEntries(given) } : {}),
    };
    if (await command.run('record_callback', params)) {
      clear();
      onDone();
    }
  };

  return (
    <form
      className={css.form}
      aria-label={t('actions.record_callback')}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
      noValidate
    >
      <RadioGroup
        label={t('console.field.result')}
        options={RESULTS.map((value) => ({ value, label: t(`callbackResults.${value}`) }))}
        value={RESULTS.find((value) => value === draft.result) ?? null}
        onChange={(result) => {
          change({ result });
        }}
        error={isTried && draft.result === '' ? t('console.need.result') : undefined}
      />
      {isReached && (
        <Segmented
          label={t('console.call.contacted')}
          options={YES_NO.map((value) => ({ value, label: t(`console.call.${value}`) }))}
          value={YES_NO.find((value) => value === draft.contacted) ?? null}
          onChange={(contacted) => {
            change({ contacted });
          }}
        />
      )}
      {isDone && (
        <Segmented
          label={t('console.call.satisfied')}
          options={SCORES.map((value) => ({ value, label: t(`ratings.${value}`) }))}
          value={SCORES.find((value) => value === draft.score) ?? null}
          onChange={(score) => {
            change({ score });
          }}
        />
      )}
      {isDone &&
        draft.score !== '' &&
        ASPECTS.map((aspect) => (
          <Segmented
            key={aspect}
            label={t(`aspects.${aspect}`)}
            options={SCORES.map((value) => ({ value, label: t(`ratings.${value}`) }))}
            value={SCORES.find((value) => value === draft.aspects[aspect]) ?? null}
            onChange={(score) => {
              change({ aspects: { ...draft.aspects, [aspect]: score } });
            }}
          />
        ))}
      {isReached &&
        questions.map((question) => {
          const label = named({ zh: question.textZh, en: question.textEn });
          const answer = draft.answers[question.key] ?? '';
          const put = (value: string): void => {
            change({ answers: { ...draft.answers, [question.key]: value } });
          };
          if (question.kind === 'text') {
            return (
              <TextField
                key={question.key}
                label={label}
                rows={2}
                maxLength={500}
                value={answer}
                onChange={put}
              />
            );
          }
          const options =
            question.kind === 'yes_no'
              ? YES_NO.map((value) => ({ value: value as string, label: t(`console.call.${value}`) }))
              : (question.options ?? []).map(({ key, textZh, textEn }) => ({
                  value: key,
                  label: named({ zh: textZh, en: textEn }),
                }));
          return (
            <RadioGroup
              key={question.key}
              label={label}
              options={options}
              value={options.some(({ value }) => value === answer) ? answer : null}
              onChange={put}
            />
          );
        })}
      <TextField
        label={t('console.call.note')}
        rows={2}
        maxLength={1000}
        value={draft.note}
        onChange={(note) => {
          change({ note });
        }}
      />
      {command.changed !== null && (
        <p className={css.error} role="alert">
          {command.changed.join(' ')}
        </p>
      )}
      {command.error !== null && (
        <p className={css.error} role="alert">
          {command.error}
        </p>
      )}
      <div className={css.buttons}>
        <Button type="submit" variant="primary" isBusy={command.isBusy}>
          {t('console.call.record')}
        </Button>
      </div>
    </form>
  );
}
