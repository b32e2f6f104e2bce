import { announce, notify } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { isCode, problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { type Text, useText } from '../../app/text.ts';

export interface CommandState {
  isBusy: boolean;
  /** What went wrong, in words; the form stays open with all that was typed. */
  error: string | null;
  /** What is different from what the person saw when they began. */
  changed: string[] | null;
  /** True once it is done. */
  run(action: string, params: Record<string, unknown>): Promise<boolean>;
}

/**
 * Sends one command on the version the person had before their eyes when they began: what came in meanwhile by the
 * live connection is said in the form, and acting on it needs to be meant. The key is made when the intent is formed
 * and kept while only the line fails, so a retry after a lost answer finds the first try's result.
 */
export function useCommand(order: Order, onDone: (order: Order) => void): CommandState {
  const text = useText();
  const [seen, setSeen] = useState(order);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [told, setTold] = useState<string[] | null>(null);
  const [intent] = useState(() => new Intent<{ action: string; expectedVersion: number }>());
  // A word among people stands whatever the order's state; only a deed depends on it.
  const isBehind = order.version > seen.version;

  const send = (command: { action: string; expectedVersion: number }): Promise<Order> =>
    intent.send(
      // Another wording, or another version, is another intent; a word is the same on any.
      command.action === 'comment' ? { ...command, expectedVersion: 0 } : command,
      () => command,
      (same, key) => api.command(order.scopeId, order.id, same, key),
    );

  const run = async (action: string, params: Record<string, unknown>): Promise<boolean> => {
    const isWord = action === 'comment';
    setBusy(true);
    setError(null);
    setTold(null);
    try {
      const begun = send({ ...params, action, expectedVersion: isWord ? order.version : seen.version });
      const next = await (isWord
        ? begun.catch(async (problem: unknown) => {
            if (!isCode(problem, 'work_order.stale')) throw problem;
            return send({ ...params, action, expectedVersion: (await fetchNow()).version });
          })
        : begun);
      setSeen(next);
      // The answer to what had arrived long ago is as old as that.
      queryClient.setQueryData<Order>(queryKeys.order(order.id), (known) =>
        known !== undefined && known.version > next.version ? known : next,
      );
      void queryClient.invalidateQueries({ queryKey: queryKeys.timeline(order.id) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.allQueues });
      notify(text.t('console.done', { action: text.tk(`actions.${action}`), number: order.number }));
      onDone(next);
      return true;
    } catch (problem) {
      if (!isWord && isCode(problem, 'work_order.stale')) await reload(problem);
      else setError(await refusal(problem));
      return false;
    } finally {
      setBusy(false);
    }
  };

  const fetchNow = async (): Promise<Order> => {
    const next = await api.order(order.scopeId, order.id);
    queryClient.setQueryData(queryKeys.order(order.id), next);
    void queryClient.invalidateQueries({ queryKey: queryKeys.timeline(order.id) });
    onDone(next);
    return next;
  };

  const reload = async (problem: unknown): Promise<void> => {
    try {
      const next = await fetchNow();
      const differences = differencesOf(seen, next, text);
      setSeen(next);
      setTold(differences);
      announce([text.t('console.stale.title'), ...differences].join(' '), 'assertive');
    } catch {
      setError(problemText(problem, text));
    }
  };

  const refusal = async (problem: unknown): Promise<string> => {
    // The page offered what is no longer allowed: it is behind. Showing the order as it is explains the rest.
    if (isCode(problem, 'work_order.not_allowed')) await fetchNow().catch(() => undefined);
    return problemText(problem, text);
  };

  return { isBusy, error, changed: isBehind ? differencesOf(seen, order, text) : told, run };
}

/** What somebody else did meanwhile, field by field, in words. */
export function differencesOf(before: Order, after: Order, { t, tk, named }: Text): string[] {
  const found: string[] = [];
  if (before.status !== after.status)
    found.push(
      t('console.stale.status', {
        from: tk(`console.status.${before.status}`),
        to: tk(`console.status.${after.status}`),
      }),
    );
  if (before.assigneeAccountId !== after.assigneeAccountId)
    found.push(t('console.stale.assignee', { name: after.assigneeName ?? t('console.nobody') }));
  if (before.categoryCode !== after.categoryCode)
    found.push(
      t('console.stale.category', { name: named({ zh: after.categoryNameZh, en: after.categoryNameEn }) }),
    );
  if (before.urgeCount !== after.urgeCount) found.push(t('console.stale.urged', { count: after.urgeCount }));
  // A comment or a note: nothing of the above, but the timeline shows it.
  if (found.length === 0) found.push(t('console.stale.other'));
  return found;
}
