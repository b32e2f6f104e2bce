import { ErrorState } from '@gongzhi/ui';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useText } from './text.ts';

/** A page that could not even start: mostly a chunk from before an update. Loading afresh mends that. */
export function PageFailed({ reset }: ErrorComponentProps) {
  const { t } = useText();
  return (
    <ErrorState
      text={t('console.error.page')}
      onRetry={() => {
        reset();
        window.location.reload();
      }}
    />
  );
}
