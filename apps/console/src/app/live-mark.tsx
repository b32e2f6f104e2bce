import { Icon } from '@gongzhi/ui';
import { Radio, RefreshCw } from 'lucide-react';
import { useLineLost } from './live.tsx';
import { useText } from './text.ts';
import css from './live-mark.module.css';

/** Whether the page moves by itself; if it doesn't, the reader must know. */
export function LiveMark() {
  const { t } = useText();
  const isLost = useLineLost();
  return (
    <span className={css.mark} data-lost={isLost} role="status">
      <Icon of={isLost ? RefreshCw : Radio} size={16} />
      <span className={css.word}>{isLost ? t('console.live.lost') : t('console.live.open')}</span>
    </span>
  );
}
