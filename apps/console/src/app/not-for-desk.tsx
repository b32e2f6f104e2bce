import { buttonClass, EmptyState } from '@gongzhi/ui';
import { Smartphone } from 'lucide-react';
import { useText } from './text.ts';

/** A resident or a worker who came to the wrong door is shown the right one. */
export function NotForDesk() {
  const { t } = useText();
  return (
    <EmptyState
      icon={Smartphone}
      title={t('console.notForDesk.title')}
      text={t('console.notForDesk.words')}
      action={
        <a className={buttonClass('primary')} href="/m/">
          {t('console.notForDesk.go')}
        </a>
      }
    />
  );
}
