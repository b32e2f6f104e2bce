import { newKey } from '@gongzhi/ui/client/index.ts';
import { useRef, useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';

/** Sends one intent with a key of its own, kept while the same words are sent again: a lost answer is found, not repeated. */
export function useSend() {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const intent = useRef<{ words: string; key: string } | null>(null);
  const send = async <Answer>(
    body: unknown,
    call: (key: string) => Promise<Answer>,
  ): Promise<Answer | undefined> => {
    const words = JSON.stringify(body);
    if (intent.current?.words !== words) intent.current = { words, key: newKey() };
    setBusy(true);
    setError(undefined);
    try {
      const answer = await call(intent.current.key);
      intent.current = null;
      return answer;
    } catch (problem) {
      setError(problemText(problem, text));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, send };
}
