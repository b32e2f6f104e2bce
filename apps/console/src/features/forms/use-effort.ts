import { newKey } from '@gongzhi/ui/client/index.ts';
import { useEffect } from 'react';
import { formsApi } from './api.ts';
import { type Effort, noEffort, SAY_SECONDS, said, touched } from './effort.ts';

/** Says how long the page of a task is worked on, in sums; one key a sum, so that a lost answer counts nothing twice. */
export function useEffort(scopeId: string, formId: string, isCounted: boolean): void {
  useEffect(() => {
    if (!isCounted) return undefined;
    let effort: Effort = noEffort;
    let waiting: { seconds: number; key: string } | null = null;
    const say = (least: number): void => {
      if (waiting !== null) return;
      const { seconds, rest } = said(effort, least);
      if (seconds === 0) return;
      effort = rest;
      const sum = { seconds, key: newKey() };
      waiting = sum;
      formsApi.effort(scopeId, formId, sum.seconds, sum.key).then(
        () => {
          waiting = null;
        },
        () => {
          // Sent again with the next sum; what was counted already is not counted twice.
          effort = { ...effort, milliseconds: effort.milliseconds + sum.seconds * 1_000 };
          waiting = null;
        },
      );
    };
    const onTouch = (): void => {
      effort = touched(effort, performance.now());
      say(SAY_SECONDS);
    };
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') say(0);
    };
    document.addEventListener('keydown', onTouch);
    document.addEventListener('pointerdown', onTouch);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('keydown', onTouch);
      document.removeEventListener('pointerdown', onTouch);
      document.removeEventListener('visibilitychange', onHide);
      say(0);
    };
  }, [scopeId, formId, isCounted]);
}
