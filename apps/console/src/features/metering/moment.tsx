import { useNow } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';

/** A moment as people say it, and exactly on asking. */
export function Moment({ at }: { at: string }) {
  const { when, exact } = useText();
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at)}>
      {when(at, now)}
    </time>
  );
}
