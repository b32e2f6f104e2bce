import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { AnswerCell } from './answer-cell.tsx';
import type { Cell, Question, Row } from './api.ts';
import css from './forms.module.css';
import { cellWords } from './words.ts';

/** Another form's answer is wrong: it is said once, and counts for all. */
export function Correct({
  row,
  question,
  cell,
  error,
  onCorrect,
  onClose,
}: {
  row: Row;
  question: Question;
  cell: Cell;
  error: string | undefined;
  onCorrect: (value: string) => Promise<boolean>;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [value, setValue] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const label = t('forms.cell', { row: row.label, question: question.label });
  return (
    <FormDialog
      title={t('forms.correctTitle')}
      send={t('forms.correctSave')}
      isWhole={value !== null}
      isBusy={isBusy}
      error={error}
      onSend={async () => {
        if (value === null) return;
        setBusy(true);
        const isTaken = await onCorrect(value);
        setBusy(false);
        if (isTaken) onClose();
      }}
      onClose={onClose}
    >
      <p className={css.words}>{t('forms.correctWords')}</p>
      <p>
        {label}: {cellWords(question, cell, text)}
      </p>
      <AnswerCell
        label={label}
        question={question}
        cell={{ state: 'open', value, asOf: null, validUntil: null }}
        error={undefined}
        isSentAsTyped
        onAnswer={(next) => {
          setValue(next);
          return undefined;
        }}
      />
    </FormDialog>
  );
}
