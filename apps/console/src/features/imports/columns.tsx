import { Button, Checkbox, Select } from '@gongzhi/ui';
import { isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../api.ts';
import type { ImportColumns, ImportRun } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { type Choice, choiceOf, lacksOf } from './choice.ts';
import css from './columns.module.css';
import { Pending } from '../../components/pending.tsx';

/** Which column of the file is what: asked when it could not be found, and to be looked at when it was. */
export function Columns({ run, onTold }: { run: ImportRun; onTold: () => void }) {
  const { t } = useText();
  const columns = useQuery({
    queryKey: queryKeys.importColumns(run.id),
    queryFn: () => api.importColumns(run.scopeId, run.id),
    staleTime: 0,
  });
  if (!columns.isSuccess) return <Pending of={columns} lines={4} />;
  const { data } = columns;
  const form = <Form key={JSON.stringify(data)} run={run} layout={data} onTold={onTold} />;
  if (run.state === 'mapping')
    return (
      <section className={css.part} aria-labelledby={`columns-${run.id}`}>
        <h3 id={`columns-${run.id}`} className={css.heading}>
          {t('imports.columns.title')}
        </h3>
        <p>{t('imports.columns.lead')}</p>
        {form}
      </section>
    );
  return (
    <details className={css.part}>
      <summary className={css.heading}>{t('imports.columns.title')}</summary>
      <p className={css.note}>{t('imports.columns.checked')}</p>
      {form}
    </details>
  );
}

function Form({ run, layout, onTold }: { run: ImportRun; layout: ImportColumns; onTold: () => void }) {
  const text = useText();
  const { t, tk } = text;
  const client = useQueryClient();
  const [choice, setChoice] = useState<Choice>(() => choiceOf(layout));
  const [sheet, setSheet] = useState(layout.sheet);
  const [remembers, setRemembers] = useState(run.state === 'mapping');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const key = useRef<string | null>(null);
  const nameOf = (field: string) => tk(`imports.column.${field}`);
  const list = (fields: readonly string[]) => fields.map(nameOf).join(t('common.listSeparator'));
  // Of another sheet nobody knows the columns yet: it is looked at as it is.
  const isOther = sheet !== layout.sheet;
  const { missing, twice } = lacksOf(layout, choice);
  const options = [
    { value: '', label: t('imports.columns.leftOut') },
    ...layout.fields.map((field) => ({
      value: field.key,
      label: field.isRequired
        ? t('imports.columns.required', { name: nameOf(field.key) })
        : nameOf(field.key),
    })),
  ];
  const check = async () => {
    setTried(true);
    if (isBusy || (!isOther && missing.length + twice.length > 0)) return;
    setBusy(true);
    setError(null);
    key.current ??= newKey();
    try {
      await api.tellImportColumns(
        run.scopeId,
        run.id,
        {
          sheet: layout.sheets.length > 1 ? sheet : null,
          mapping: isOther ? {} : choice,
          remember: remembers && !isOther,
        },
        key.current,
      );
      client.removeQueries({ queryKey: queryKeys.importFaults(run.id) });
      client.removeQueries({ queryKey: queryKeys.importColumns(run.id) });
      onTold();
    } catch (problem) {
      if (!isPassing(problem)) key.current = null;
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.form}>
      {layout.sheets.length > 1 && (
        <Select
          label={t('imports.columns.sheet')}
          options={layout.sheets.map((name) => ({ value: name, label: name }))}
          value={sheet}
          onChange={setSheet}
        />
      )}
      {!isOther && (
        <>
          <p className={css.note}>{t('imports.columns.line', { line: layout.line })}</p>
          <ul className={css.list}>
            {layout.columns.map(({ title, isSure, samples, field }) => {
              const isGuess = !isSure && choice[title] === field;
              return (
                <li key={title} className={css.row} data-guess={isGuess}>
                  <span className={css.title}>
                    {title}
                    {samples.length > 0 && <span className={css.samples}>{samples.join(' · ')}</span>}
                  </span>
                  <Select
                    label={t('imports.columns.is', { title })}
                    isLabelHidden
                    options={options}
                    value={choice[title] ?? ''}
                    onChange={(value) => {
                      key.current = null;
                      setChoice({ ...choice, [title]: value });
                    }}
                    {...(isGuess ? { description: t('imports.columns.guess') } : {})}
                  />
                </li>
              );
            })}
          </ul>
          {missing.length > 0 && (
            <p className={isTried ? css.error : css.note} role={isTried ? 'alert' : undefined}>
              {t('imports.columns.missing', { columns: list(missing) })}
            </p>
          )}
          {twice.length > 0 && (
            <p className={css.error} role="alert">
              {t('imports.columns.twice', { column: list(twice) })}
            </p>
          )}
          <Checkbox isSelected={remembers} onChange={setRemembers}>
            {t('imports.columns.remember')}
          </Checkbox>
        </>
      )}
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      <Button
        variant={run.state === 'mapping' ? 'primary' : 'secondary'}
        isBusy={isBusy}
        onPress={() => void check()}
      >
        {t('imports.columns.check')}
      </Button>
    </div>
  );
}
