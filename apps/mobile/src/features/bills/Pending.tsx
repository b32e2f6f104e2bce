import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { problemSentence, traceOf } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';

/** Waiting, or what went wrong and how to ask again. */
export function Pending({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const words = useWords();
  return error === null ? (
    <Skeleton lines={4} isCard label={words.t('mobile.page.loading')} />
  ) : (
    <ErrorState text={problemSentence(words, error)} {...traceOf(error)} onRetry={onRetry} />
  );
}
