import { newKey } from '@gongzhi/ui/client/index.ts';
import { useEffect } from 'react';
import { formsApi } from './api.ts';
import { effortSums } from './effort-sums.ts';

/** Says how long the page of a task is worked on, in sums; one key a sum, so that a lost answer counts nothing twice. */
export function useEffort(scopeId: string, formId: string, isCounted: boolean): void {
  useEffect(() => {
    if (!isCounted) return undefined;
    const sums = effortSums(({ seconds, key }) => formsApi.effort(scopeId, formId, seconds, key), newKey);
    const onTouch = (): void => {
      void sums.touch(performance.now());
    };
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') void sums.sayAll();
    };
    document.addEventListener('keydown', onTouch);
    document.addEventListener('pointerdown', onTouch);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('keydown', onTouch);
      document.removeEventListener('pointerdown', onTouch);
      document.removeEventListener('visibilitychange', onHide);
      void sums.sayAll();
    };
  }, [scopeId, formId, isCounted]);
}
