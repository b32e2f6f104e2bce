import { Button, ErrorState, IconButton, Skeleton } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { AnswerCell, changedWords } from './answer-cell.tsx';
import {
  type Cell,
  type Column,
  formKeys,
  formsApi,
  type Question,
  type Row,
  type TaskDetail,
} from './api.ts';
import { Correct } from './correct.tsx';
import css from './forms.module.css';
import { useAnswers } from './use-answers.ts';
import { cellWords, columnName } from './words.ts';

interface Correcting {
  readonly row: Row;
  readonly question: Question;
  readonly cell: Cell;
}

/** The form as a table: known fields to read, own questions to answer. */
export function Sheet({ task }: { task: TaskDetail }) {
  const text = useText();
  const { t } = text;
  const rows = useInfiniteQuery({
    queryKey: formKeys.rows(task.scopeId, task.formId),
    queryFn: ({ pageParam }) =>
      formsApi.rows(task.formId, {
        scopeId: task.scopeId,
        limit: 50,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const answers = useAnswers(task);
  const [correcting, setCorrecting] = useState<Correcting | null>(null);
  const wrongOf = ({ row, question }: Correcting): string | undefined => {
    const changed = answers.changedOf(row.id, question.key);
    return changed === undefined
      ? answers.errorOf(row.id, question.key)
      : changedWords(question, changed, text);
  };
  const correct = async (at: Correcting, value: string): Promise<boolean> => {
    const seen = at.cell.value === null ? null : String(at.cell.value);
    const outcome = await answers.answer(at.row.id, at.question.key, value, seen, true);
    // Corrected by somebody else meanwhile: said in the dialog, and what is sent next is sent over that.
    if (typeof outcome === 'object') setCorrecting({ ...at, cell: { ...at.cell, value: outcome.value } });
    return outcome === 'taken';
  };
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className={css.line}>
        {task.mayFill && <span className={css.words}>{t('forms.keys')}</span>}
        {task.mayFill && (
          <output className={css.meta}>
            {answers.isSaving ? t('forms.saving') : answers.hasErrors ? '' : t('forms.savedAt')}
          </output>
        )}
      </p>
      {rows.isPending && <Skeleton label={t('common.loading')} lines={12} isCard />}
      {rows.isError && (
        <ErrorState text={problemText(rows.error, text)} onRetry={() => void rows.refetch()} />
      )}
      {rows.isSuccess && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <div className={css.scroll} role="group" aria-label={task.title} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('forms.label')}</th>
                {task.columns.map((column, at) => (
                  <Heading key={column.key} column={column} asOf={items[0]?.cells[at]?.asOf ?? null} />
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((row, i) => (
                <tr key={row.id}>
                  <th scope="row" className={css.known}>
                    {row.label || i + 1}
                  </th>
                  {row.cells.map((cell, at) => {
                    const column = task.columns[at];
                    if (column === undefined) return null;
                    if (column.kind === 'known' || !task.mayFill || cell.state === 'known')
                      return (
                        <Shown
                          key={column.key}
                          column={column}
                          cell={cell}
                          error={correcting === null ? answers.errorOf(row.id, column.key) : undefined}
                          onCorrect={
                            column.kind === 'question' && task.mayFill && cell.state === 'known'
                              ? () => {
                                  setCorrecting({ row, question: column, cell });
                                }
                              : null
                          }
                        />
                      );
                    return (
                      <td key={column.key} className={css.ask}>
                        <AnswerCell
                          label={t('forms.cell', { row: row.label || i + 1, question: column.label })}
                          question={column}
                          cell={cell}
                          error={answers.errorOf(row.id, column.key)}
                          changed={answers.changedOf(row.id, column.key)}
                          onAnswer={(value, replaces) => answers.answer(row.id, column.key, value, replaces)}
                          onLeave={() => {
                            answers.leave(row.id, column.key);
                          }}
                        />
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.hasNextPage && (
        <Button isBusy={rows.isFetchingNextPage} onPress={() => void rows.fetchNextPage()}>
          {t('forms.more')}
        </Button>
      )}
      {correcting !== null && (
        <Correct
          {...correcting}
          error={wrongOf(correcting)}
          onCorrect={(value) => correct(correcting, value)}
          onClose={() => {
            answers.leave(correcting.row.id, correcting.question.key);
            setCorrecting(null);
          }}
        />
      )}
    </>
  );
}

/** Over what is known stands where it comes from, and of which day it is. */
function Heading({ column, asOf }: { column: Column; asOf: string | null }) {
  const text = useText();
  const { t } = text;
  return (
    <th scope="col" className={column.kind === 'question' ? css.asks : undefined}>
      {columnName(column, text)}
      {column.kind === 'question' && column.isRequired && ` · ${t('forms.required')}`}
      {column.kind === 'known' && asOf !== null && (
        <span className={css.source}>
          {t('forms.asOf', { source: t(`forms.sources.${column.source}`), date: asOf })}
        </span>
      )}
    </th>
  );
}

function Shown({
  column,
  cell,
  error,
  onCorrect,
}: {
  column: Column;
  cell: Cell;
  /** What was typed here was refused: another form answered it meanwhile. */
  error: string | undefined;
  onCorrect: (() => void) | null;
}) {
  const text = useText();
  const { t } = text;
  const words = cellWords(column, cell, text);
  const source =
    cell.state === 'known' && cell.asOf !== null && cell.validUntil !== null
      ? t('forms.fromEarlier', { date: cell.asOf, until: cell.validUntil })
      : null;
  return (
    <td className={typeof cell.value === 'number' ? css.number : css.known}>
      {cell.state === 'hidden' ? <span className={css.meta}>{words}</span> : words}
      {source !== null && (
        <span className={css.earlier}>
          {source}
          {onCorrect !== null && (
            <IconButton
              icon={Pencil}
              label={t('forms.correct', { question: columnName(column, text) })}
              onPress={onCorrect}
            />
          )}
        </span>
      )}
      {error !== undefined && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
    </td>
  );
}
