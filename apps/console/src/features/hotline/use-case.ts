import { isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui';
import { useRef, useState } from 'react';
import { isCode, problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { type Command, type HotlineCase, hotlineApi, hotlineKeys } from './api.ts';

/**
 * Sends one step on the version the person had before their eyes when they began. Where somebody was quicker, the case
 * is shown as it is now and what was typed stays: acting on it needs to be meant once more.
 */
export function useCase(found: HotlineCase) {
  const text = useText();
  const [seen, setSeen] = useState(found.version);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const intent = useRef<{ words: string; key: string } | null>(null);

  const show = (next: HotlineCase): void => {
    setSeen(next.version);
    queryClient.setQueryData(hotlineKeys.case(found.id), next);
    void queryClient.invalidateQueries({ queryKey: ['queues'] });
  };

  const run = async (action: string, params: Record<string, unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    const command = { ...params, action, expectedVersion: seen } as Command;
    const words = JSON.stringify(command);
    if (intent.current?.words !== words) intent.current = { words, key: newKey() };
    try {
      show(await hotlineApi.command(found.id, command, intent.current.key));
      intent.current = null;
      notify(text.t('console.done', { action: text.tk(`hotline.action.${action}`), number: found.number }));
      return true;
    } catch (problem) {
      if (!isPassing(problem)) intent.current = null;
      setError(problemText(problem, text));
      // The page offered what is no longer so: it shows the case as it is, and that explains the rest.
      if (isCode(problem, 'hotline.stale') || isCode(problem, 'hotline.not_allowed'))
        await hotlineApi.case(found.id).then(show, () => undefined);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, isBusy, error };
}
