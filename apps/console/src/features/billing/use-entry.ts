import { notify } from '@gongzhi/ui';
import { ApiProblem, newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { billingKeys } from './api.ts';

/** What is said beside a field that is not right yet. */
export const need = (isRight: boolean, said: string): string | undefined => (isRight ? undefined : said);

/**
 * One thing that is entered: faults are said beside their field once sending was tried, the server's as well as the page's
 * own; what was typed stays. One key an intent, kept while the answer is lost.
 */
export function useEntry<Field extends string>(
  wrong: Readonly<Record<Field, string | undefined>>,
  send: (key: string) => Promise<unknown>,
  { said, onDone }: { said: string; onDone: () => void },
) {
  const text = useText();
  const [isTried, setTried] = useState(false);
  const [key, setKey] = useState(newKey);
  const entry = useMutation({
    mutationFn: () => send(key),
    onSuccess: () => {
      notify(said);
      onDone();
    },
    onError: (error) => {
      if (error instanceof ApiProblem) setKey(newKey());
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: billingKeys.all }),
  });
  const refused = entry.error instanceof ApiProblem ? entry.error.fields : [];
  const refusal = (field: string): string | undefined => {
    const found = refused.find(({ path }) => path === `/${field}` || path.startsWith(`/${field}/`));
    return found === undefined
      ? undefined
      : text.tk(`fieldErrors.${found.code}`, found.params, 'fieldErrors.invalid');
  };
  const isWhole = Object.values(wrong).every((one) => one === undefined);
  return {
    isPending: entry.isPending,
    /** What stands beside a field. */
    beside: (field: Field): string | undefined => (isTried ? (wrong[field] ?? refusal(field)) : undefined),
    /** Why it was refused, where no field says so. */
    problem:
      entry.error === null || refused.some(({ path }) => path.split('/')[1]! in wrong)
        ? undefined
        : problemText(entry.error, text),
    send: async (): Promise<void> => {
      setTried(true);
      if (isWhole) await entry.mutateAsync().catch(() => {});
    },
  };
}
