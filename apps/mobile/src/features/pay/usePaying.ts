import { newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { problemSentence } from '../../app/problems.ts';
import { navigate } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import { type Offer, PAY, payApi } from './api.ts';
import { goOnToPay } from './wechat.ts';

export type Way = Offer['ways'][number];
export type Target =
  | { kind: 'bill_line' | 'meter_topup'; id: string; amountFen: number }
  | { kind: 'prepay'; amountFen: number };

/** Creates and orders. One key a content: pressed again after a lost answer, it is the same payment. */
export function usePaying(scopeId: string, householdId: string) {
  const words = useWords();
  const client = useQueryClient();
  const keys = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: async ({ way, targets }: { way: Way; targets: Target[] }) => {
      const content = JSON.stringify([way, targets]);
      const key = keys.current.get(content) ?? newKey();
      keys.current.set(content, key);
      const payment = await payApi.create({ scopeId, householdId, way, targets }, key);
      // What cannot be ordered now is gone on with from its own page; why, is said at once.
      const ordered = await payApi.order(scopeId, payment.id, way).catch((error: Error) => {
        notify(problemSentence(words, error), { tone: 'late' });
        return null;
      });
      return { payment, next: ordered?.next ?? null };
    },
    onSuccess: ({ payment, next }) => {
      keys.current.clear();
      // Whatever happens at the provider, coming back leads to this payment's own page.
      navigate(url.payment({ scopeId, id: payment.id }));
      void goOnToPay(next).then(() => client.invalidateQueries({ queryKey: [PAY] }));
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
      void client.invalidateQueries({ queryKey: [PAY] });
    },
  });
}
