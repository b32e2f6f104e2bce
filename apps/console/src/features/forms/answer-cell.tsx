import { Button } from '@gongzhi/ui';
import { type KeyboardEvent, useState } from 'react';
import { useText } from '../../app/text.ts';
import type { Cell, Question } from './api.ts';
import css from './forms.module.css';
import { begun, clean, stood, taken, type Typed, typedOver, typing } from './typed.ts';
import type { Changed, Outcome } from './use-answers.ts';
import { cellWords } from './words.ts';

/** Enter goes to the same question of the next row, and back with the shift key: as in a table on paper. */
function toNextRow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  const field = event.currentTarget;
  const cells = [...document.querySelectorAll<HTMLElement>('[data-question]')].filter(
    (one) => one.dataset['question'] === field.dataset['question'],
  );
  cells[cells.indexOf(field) + (event.shiftKey ? -1 : 1)]?.focus();
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

/**
 * One question about one subject. What is typed is sent when it is left, with what it was typed over; what was refused stays,
 * with the reason beside it, and what somebody else put there meanwhile.
 */
export function AnswerCell({
  label,
  question,
  cell,
  error,
  changed,
  isSentAsTyped = false,
  onAnswer,
  onLeave,
}: {
  label: string;
  question: Question;
  cell: Cell;
  error: string | undefined;
  /** Somebody else's answer stands there now. */
  changed?: Changed | undefined;
  /** In a dialog, whose button sends: every key counts. */
  isSentAsTyped?: boolean;
  onAnswer: (value: string | null, replaces: string | null) => Promise<Outcome> | undefined;
  /** Theirs is left as it is. */
  onLeave?: () => void;
}) {
  const { t } = useText();
  const kept = cell.value === null ? '' : String(cell.value);
  const [typed, setTyped] = useState<Typed>(clean(kept));
  const value = typing(typed, kept);
  const send = async (next: string): Promise<void> => {
    const outcome = await onAnswer(orNull(next), orNull(typedOver(typed, kept)));
    if (outcome === 'taken') setTyped((now) => taken(now, next));
    else if (outcome !== undefined && outcome !== 'refused')
      setTyped((now) => stood(now, next, outcome.value ?? ''));
  };
  const leave = (next: string): void => {
    if (next.trim() !== kept.trim()) {
      if (next !== typed.refused) void send(next);
    } else if (changed !== undefined) onLeave?.();
  };
  const shared = {
    className: css.input,
    'aria-label': label,
    'aria-invalid': error !== undefined || changed !== undefined,
    'data-question': question.key,
    onKeyDown: toNextRow,
  };
  const choices =
    question.type === 'yes_no'
      ? (['yes', 'no'] as const).map((one) => ({ value: one, label: t(`forms.answer.${one}`) }))
      : question.options.map((one) => ({ value: one, label: one }));
  return (
    <>
      {question.type === 'choice' || question.type === 'yes_no' ? (
        <select
          {...shared}
          value={value}
          onChange={(event) => {
            setTyped(begun(typed, kept, event.target.value));
            leave(event.target.value);
          }}
        >
          <option value="">{t('forms.unanswered')}</option>
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type={question.type === 'date' ? 'date' : 'text'}
          inputMode={question.type === 'number' ? 'decimal' : undefined}
          maxLength={500}
          value={value}
          onChange={(event) => {
            setTyped(begun(typed, kept, event.target.value));
            if (isSentAsTyped) leave(event.target.value);
          }}
          onBlur={() => {
            leave(value);
          }}
        />
      )}
      {error !== undefined && changed === undefined && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
      {changed !== undefined && (
        <Theirs
          question={question}
          changed={changed}
          onPut={() => void send(value)}
          onLeave={() => {
            setTyped(clean(kept));
            onLeave?.();
          }}
        />
      )}
    </>
  );
}

/** What somebody else answered while this one was typing: theirs in words, one's own still in the field. */
function Theirs({
  question,
  changed,
  onPut,
  onLeave,
}: {
  question: Question;
  changed: Changed;
  onPut: () => void;
  onLeave: () => void;
}) {
  const text = useText();
  const { t } = text;
  return (
    <div className={css.theirs} role="alert">
      <span className={css.error}>{changedWords(question, changed, text)}</span>
      <span className={css.line}>
        <Button size="small" onPress={onPut}>
          {t('forms.putMine')}
        </Button>
        <Button size="small" onPress={onLeave}>
          {t('forms.leaveTheirs')}
        </Button>
      </span>
    </div>
  );
}

/** Who put there what, and when. */
export function changedWords(
  question: Question,
  { value, since, by, role }: Changed,
  text: ReturnType<typeof useText>,
): string {
  const name = by ?? (role === null ? text.t('forms.somebody') : text.tk(`roles.${role}`));
  const said = { name, at: text.exact(since) };
  if (value === null) return text.t('forms.clearedBy', said);
  const cell = { state: 'own', value, asOf: null, validUntil: null } as const;
  return text.t('forms.changedBy', { ...said, value: cellWords(question, cell, text) });
}
