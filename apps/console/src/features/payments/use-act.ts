import { notify } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { PAYMENTS } from './api.ts';

/**
 * Something a person does about money: one key an intent, kept while the answer is lost, made anew once it is known to be
 * refused or done.
 */
export function useAct<Input>(
  act: (input: Input, key: string) => Promise<unknown>,
  said: string | null,
  done?: () => void,
) {
  const text = useText();
  const key = useRef(newKey());
  return useMutation({
    mutationFn: (input: Input) => act(input, key.current),
    onSuccess: () => {
      key.current = newKey();
      if (said !== null) notify(said);
      done?.();
    },
    onError: (problem) => {
      if (problem.name !== 'Unreachable') key.current = newKey();
      notify(problemText(problem, text), { tone: 'late' });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [PAYMENTS] }),
  });
}
