import { Icon } from '@gongzhi/ui';
import { Radio, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLiveState } from './live.tsx';
import { useOnline } from '@gongzhi/ui/client/online.ts';
import { useText } from './text.ts';
import css from './live-mark.module.css';

/** A short gap, such as a change of networks, isn't worth a word. */
const PATIENCE_MS = 4000;

/** Whether the page moves by itself; if it doesn't, the reader must know. */
export function LiveMark() {
  const { t } = useText();
  const isOnline = useOnline();
  const isOpen = useLiveState() === 'open' && isOnline;
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (isOpen) {
      setLost(false);
      return;
    }
    const timer = setTimeout(() => {
      setLost(true);
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isOpen]);
  return (
    <span className={css.mark} data-lost={isLost} role="status">
      <Icon of={isLost ? RefreshCw : Radio} size={16} />
      <span className={css.word}>{isLost ? t('console.live.lost') : t('console.live.open')}</span>
    </span>
  );
}
