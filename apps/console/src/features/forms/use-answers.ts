import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { type InfiniteData } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Answer } from '../../api-types.ts';
import { isCode, problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { type Cell, formKeys, formsApi, type TaskDetail } from './api.ts';

type Pages = InfiniteData<Answer<'listFormRows'>>;
const place = (subjectId: string, key: string): string => `${subjectId} ${key}`;

/** What somebody else answered in the meantime; null: they took it away. */
export interface Changed {
  readonly value: string | null;
  readonly since: string;
  /** Named within one's own office only. */
  readonly by: string | null;
  readonly role: string | null;
}
export type Outcome = 'taken' | 'refused' | Changed;

/** What stands there now, if that is why it was refused. */
function changedOf(error: unknown): Changed | null {
  if (!isCode(error, 'forms.answer_changed')) return null;
  const { value, since, by, role } = error.fields[0]?.params ?? {};
  if (typeof since !== 'string') return null;
  return {
    value: typeof value === 'string' ? value : null,
    since,
    by: typeof by === 'string' ? by : null,
    role: typeof role === 'string' ? role : null,
  };
}

function useByPlace<Value>() {
  const [all, setAll] = useState<ReadonlyMap<string, Value>>(new Map());
  const put = (at: string, value: Value | undefined): void => {
    setAll((before) => {
      const next = new Map(before);
      if (value === undefined) next.delete(at);
      else next.set(at, value);
      return next;
    });
  };
  return [all, put] as const;
}

/**
 * Answers go one after the other, each shown at once; what is refused is said beside its cell and stays typed. Each carries
 * what it was typed over: somebody else's answer is not overwritten unseen.
 */
export function useAnswers({ scopeId, formId, columns }: TaskDetail) {
  const text = useText();
  const [waiting, setWaiting] = useState(0);
  const [errors, say] = useByPlace<string>();
  const [changes, sayChanged] = useByPlace<Changed>();
  const last = useRef<Promise<unknown>>(Promise.resolve());

  const show = (subjectId: string, key: string, part: Partial<Cell>): void => {
    const at = columns.findIndex((column) => column.kind === 'question' && column.key === key);
    queryClient.setQueryData<Pages>(formKeys.rows(scopeId, formId), (data) =>
      data === undefined
        ? data
        : {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.map((row) =>
                row.id === subjectId
                  ? { ...row, cells: row.cells.map((cell, i) => (i === at ? { ...cell, ...part } : cell)) }
                  : row,
              ),
            })),
          },
    );
  };
  const reasonOf = (error: unknown): string => {
    const [field] = error instanceof ApiProblem ? error.fields : [];
    return field === undefined
      ? problemText(error, text)
      : text.tk(`fieldErrors.${field.code}`, field.params, 'fieldErrors.invalid');
  };

  const answer = (
    subjectId: string,
    key: string,
    value: string | null,
    replaces: string | null,
    isCorrection = false,
  ): Promise<Outcome> => {
    const at = place(subjectId, key);
    setWaiting((count) => count + 1);
    const sent = last.current.then(async (): Promise<Outcome> => {
      try {
        const task = await formsApi.answer(scopeId, formId, {
          answers: [{ subjectId, key, value, replaces }],
          isCorrection,
        });
        queryClient.setQueryData(formKeys.task(scopeId, formId), task);
        show(subjectId, key, { value, state: value === null ? 'open' : 'own' });
        say(at, undefined);
        sayChanged(at, undefined);
        return 'taken';
      } catch (error) {
        say(at, reasonOf(error));
        const changed = changedOf(error);
        sayChanged(at, changed ?? undefined);
        if (changed !== null) show(subjectId, key, { value: changed.value });
        // Perhaps another form was answered meanwhile, or this one handed over.
        if (error instanceof ApiProblem && error.status === 409)
          void queryClient.invalidateQueries({ queryKey: formKeys.all });
        return changed ?? 'refused';
      } finally {
        setWaiting((count) => count - 1);
      }
    });
    last.current = sent;
    return sent;
  };
  return {
    answer,
    /** What stands there is left as it is. */
    leave: (subjectId: string, key: string): void => {
      say(place(subjectId, key), undefined);
      sayChanged(place(subjectId, key), undefined);
    },
    isSaving: waiting > 0,
    errorOf: (subjectId: string, key: string) => errors.get(place(subjectId, key)),
    changedOf: (subjectId: string, key: string) => changes.get(place(subjectId, key)),
    hasErrors: errors.size > 0,
  };
}
