import { Button, Checkbox, IconButton, Select, TextField } from '@gongzhi/ui';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useText } from '../../app/text.ts';
import type { Catalogue, Question } from './api.ts';
import { type ColumnDraft, type Draft, moved, newQuestion, type QuestionDraft } from './draft.ts';
import css from './forms.module.css';

const types: readonly Question['type'][] = ['yes_no', 'choice', 'number', 'date', 'text'];

interface Judged {
  beside: (path: string) => string | undefined;
  knownAt: (path: string) => string | null;
}

/** The columns of a form in their order: what is known is chosen, what is not is asked. */
export function Columns({
  draft,
  catalogue,
  judged,
  onChange,
}: {
  draft: Draft;
  catalogue: Catalogue;
  judged: Judged;
  onChange: (columns: readonly ColumnDraft[]) => void;
}) {
  const { t, tk } = useText();
  const { columns, subject } = draft;
  const chosen = new Set(columns.map((column) => (column.kind === 'known' ? column.key : '')));
  const free = catalogue.fields.filter((field) => field.within.includes(subject) && !chosen.has(field.key));
  const put = (at: number, column: ColumnDraft): void => {
    onChange(columns.map((one, i) => (i === at ? column : one)));
  };
  const nothing = judged.beside('/columns');
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{t('forms.columns')}</h2>
      {columns.length === 0 && nothing !== undefined && (
        <p className={css.error} role="alert">
          {nothing}
        </p>
      )}
      {columns.map((column, i) => (
        <ColumnCard
          key={column.kind === 'known' ? column.key : `?${column.id}`}
          at={i}
          column={column}
          judged={judged}
          onPut={(next) => {
            put(i, next);
          }}
          onMove={(by) => {
            onChange(moved(columns, i, by));
          }}
          onRemove={() => {
            onChange(columns.filter((_, other) => other !== i));
          }}
        />
      ))}
      <div className={css.fields}>
        <Select
          label={t('forms.addKnown')}
          description={t('forms.knownWords')}
          placeholder={t('forms.choose')}
          value=""
          options={free.map(({ key }) => ({ value: key, label: tk(`forms.field.${key}`) }))}
          onChange={(key) => {
            if (key !== '') onChange([...columns, { kind: 'known', key }]);
          }}
        />
        {catalogue.questions.length > 0 && (
          <Select
            label={t('forms.addAsked')}
            description={t('forms.askedWords')}
            placeholder={t('forms.choose')}
            value=""
            options={catalogue.questions.map(({ key, label }) => ({ value: key, label }))}
            onChange={(key) => {
              const asked = catalogue.questions.find((one) => one.key === key);
              if (asked !== undefined)
                onChange([
                  ...columns,
                  newQuestion(columns, {
                    label: asked.label,
                    type: asked.type,
                    options: asked.options.join('\n'),
                  }),
                ]);
            }}
          />
        )}
      </div>
      <div className={css.line}>
        <Button icon={Plus} onPress={() => onChange([...columns, newQuestion(columns)])}>
          {t('forms.addQuestion')}
        </Button>
      </div>
    </section>
  );
}

function ColumnCard({
  at,
  column,
  judged,
  onPut,
  onMove,
  onRemove,
}: {
  at: number;
  column: ColumnDraft;
  judged: Judged;
  onPut: (column: ColumnDraft) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t, tk } = useText();
  const name =
    column.kind === 'known'
      ? tk(`forms.field.${column.key}`)
      : column.label.trim() === ''
        ? t('forms.question')
        : column.label;
  const wrong = column.kind === 'known' ? judged.beside(`/columns/${at}`) : undefined;
  return (
    <div className={css.card}>
      <div className={css.line}>
        <strong>{name}</strong>
        {column.kind === 'known' && <span className={css.meta}>{t('forms.knownColumns')}</span>}
        <span className={css.end}>
          <IconButton
            icon={ArrowUp}
            label={t('forms.columnUp', { name })}
            onPress={() => {
              onMove(-1);
            }}
          />
          <IconButton
            icon={ArrowDown}
            label={t('forms.columnDown', { name })}
            onPress={() => {
              onMove(1);
            }}
          />
          <IconButton icon={X} label={t('forms.removeColumn', { name })} onPress={onRemove} />
        </span>
      </div>
      {wrong !== undefined && (
        <p className={css.error} role="alert">
          {wrong}
        </p>
      )}
      {column.kind === 'question' && (
        <QuestionFields at={`/columns/${at}`} question={column} judged={judged} onPut={onPut} />
      )}
    </div>
  );
}

function QuestionFields({
  at,
  question,
  judged,
  onPut,
}: {
  at: string;
  question: QuestionDraft;
  judged: Judged;
  onPut: (column: ColumnDraft) => void;
}) {
  const { t, tk } = useText();
  const change = (part: Partial<QuestionDraft>): void => {
    onPut({ ...question, ...part });
  };
  const known = judged.knownAt(`${at}/label`);
  return (
    <>
      <div className={css.fields}>
        <TextField
          label={t('forms.question')}
          value={question.label}
          maxLength={80}
          error={
            known === null
              ? judged.beside(`${at}/label`)
              : t('forms.knownAlready', { field: tk(`forms.field.${known}`) })
          }
          onChange={(label) => {
            change({ label });
          }}
        />
        <Select
          label={t('forms.type')}
          value={question.type}
          error={judged.beside(`${at}/type`)}
          options={types.map((value) => ({ value, label: t(`forms.types.${value}`) }))}
          onChange={(type) => {
            change({ type: type as Question['type'] });
          }}
        />
        <TextField
          label={t('forms.validMonths')}
          inputMode="numeric"
          maxLength={2}
          value={question.validMonths}
          error={judged.beside(`${at}/validMonths`)}
          onChange={(validMonths) => {
            change({ validMonths });
          }}
        />
      </div>
      {question.type === 'choice' && (
        <TextField
          label={t('forms.options')}
          rows={3}
          value={question.options}
          error={judged.beside(`${at}/options`)}
          onChange={(options) => {
            change({ options });
          }}
        />
      )}
      <Checkbox
        isSelected={question.isRequired}
        onChange={(isRequired) => {
          change({ isRequired });
        }}
      >
        {t('forms.required')}
      </Checkbox>
      {known !== null && (
        <div className={css.line}>
          <Button
            onPress={() => {
              onPut({ kind: 'known', key: known });
            }}
          >
            {t('forms.useKnown', { field: tk(`forms.field.${known}`) })}
          </Button>
        </div>
      )}
    </>
  );
}
