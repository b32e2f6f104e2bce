import { type KeyboardEvent, useState } from 'react';
import { useText } from '../../app/text.ts';
import type { Cell, Question } from './api.ts';
import css from './forms.module.css';

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

/** One question about one subject. What is typed is sent when it is left; what was refused stays, with the reason beside it. */
export function AnswerCell({
  label,
  question,
  cell,
  error,
  isSentAsTyped = false,
  onAnswer,
}: {
  label: string;
  question: Question;
  cell: Cell;
  error: string | undefined;
  /** In a dialog, whose button sends: every key counts. */
  isSentAsTyped?: boolean;
  onAnswer: (value: string | null) => void;
}) {
  const { t } = useText();
  const kept = cell.value === null ? '' : String(cell.value);
  const [typed, setTyped] = useState<{ of: string; text: string }>({ of: kept, text: kept });
  // Answered elsewhere meanwhile, or taken as the server writes it: that is shown, unless something else is being typed.
  const value = typed.of === kept || typed.text !== typed.of ? typed.text : kept;
  const send = (next: string): void => {
    if (next.trim() !== kept) onAnswer(next.trim() === '' ? null : next);
  };
  const shared = {
    className: css.input,
    'aria-label': label,
    'aria-invalid': error !== undefined,
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
            setTyped({ of: kept, text: event.target.value });
            send(event.target.value);
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
            setTyped({ of: kept, text: event.target.value });
            if (isSentAsTyped) send(event.target.value);
          }}
          onBlur={() => {
            send(value);
          }}
        />
      )}
      {error !== undefined && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
    </>
  );
}
