import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { type InfiniteData } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Answer } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { type Cell, formKeys, formsApi, type TaskDetail } from './api.ts';

type Pages = InfiniteData<Answer<'listFormRows'>>;
const place = (subjectId: string, key: string): string => `${subjectId} ${key}`;

/** Answers go one after the other, each shown at once; what is refused is said beside its cell and stays typed. */
export function useAnswers({ scopeId, formId, columns }: TaskDetail) {
  const text = useText();
  const [waiting, setWaiting] = useState(0);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const last = useRef<Promise<unknown>>(Promise.resolve());

  const say = (at: string, error: string | undefined): void => {
    setErrors((before) => {
      const next = new Map(before);
      if (error === undefined) next.delete(at);
      else next.set(at, error);
      return next;
    });
  };
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

  const answer = (subjectId: string, key: string, value: string | null, isCorrection = false) => {
    const at = place(subjectId, key);
    setWaiting((count) => count + 1);
    const sent = last.current.then(async () => {
      try {
        const task = await formsApi.answer(scopeId, formId, {
          answers: [{ subjectId, key, value }],
          isCorrection,
        });
        queryClient.setQueryData(formKeys.task(scopeId, formId), task);
        show(subjectId, key, { value, state: value === null ? 'open' : 'own' });
        say(at, undefined);
        return true;
      } catch (error) {
        say(at, reasonOf(error));
        // Perhaps another form was answered meanwhile, or this one handed over.
        if (error instanceof ApiProblem && error.status === 409)
          void queryClient.invalidateQueries({ queryKey: formKeys.all });
        return false;
      } finally {
        setWaiting((count) => count - 1);
      }
    });
    last.current = sent;
    return sent;
  };
  return {
    answer,
    isSaving: waiting > 0,
    errorOf: (subjectId: string, key: string) => errors.get(place(subjectId, key)),
    hasErrors: errors.size > 0,
  };
}
