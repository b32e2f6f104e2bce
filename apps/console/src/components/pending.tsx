import { ErrorState, Skeleton } from '@gongzhi/ui';
import { problemText } from '../app/errors.ts';
import { useText } from '../app/text.ts';

interface Asked {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly refetch: () => Promise<unknown>;
}

/** What stands where an answer will: waiting, or what went wrong and how to ask again; nothing once it is there. */
export function Pending({ of, lines = 8 }: { of: Asked; lines?: number }) {
  const text = useText();
  if (of.isPending) return <Skeleton label={text.t('common.loading')} lines={lines} />;
  return of.error === null ? null : (
    <ErrorState text={problemText(of.error, text)} onRetry={() => void of.refetch()} />
  );
}
