import { type Effort, noEffort, SAY_SECONDS, said, touched } from './effort.ts';

export interface Sum {
  readonly seconds: number;
  readonly key: string;
}

/**
 * Sums of the time a page is worked on, said one after the other, each under a key of its own. Where an answer was lost
 * nobody knows whether the sum was counted: the very same goes again, before the next one.
 */
export function effortSums(send: (sum: Sum) => Promise<unknown>, newKey: () => string) {
  let effort: Effort = noEffort;
  let lost: Sum | null = null;
  let isSending = false;
  /** The page goes away, or into the background, while a sum is under way: what is left follows it. */
  let isRestWanted = false;
  const say = async (least: number): Promise<void> => {
    if (isSending) {
      if (least === 0) isRestWanted = true;
      return;
    }
    const next = said(effort, least);
    if (next.seconds === 0 && (lost === null || least > 0)) return;
    isSending = true;
    let sum = lost;
    if (sum === null) {
      effort = next.rest;
      sum = { seconds: next.seconds, key: newKey() };
    }
    let isCounted = true;
    try {
      await send(sum);
    } catch {
      isCounted = false;
    }
    const wasLost = lost !== null;
    lost = isCounted ? null : sum;
    isSending = false;
    const isRest = isRestWanted;
    isRestWanted = false;
    if (isRest) await say(0);
    else if (isCounted && wasLost) await say(least);
  };
  return {
    touch: (now: number): Promise<void> => {
      effort = touched(effort, now);
      return say(SAY_SECONDS);
    },
    /** Whatever there is: nobody may come back to it. */
    sayAll: (): Promise<void> => say(0),
  };
}
