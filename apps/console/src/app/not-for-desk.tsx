import { buttonClass, EmptyState } from '@gongzhi/ui';
import { Smartphone } from 'lucide-react';
import { useText } from './text.ts';
import { useTitle } from './title.ts';

/** A resident or a worker who came to the wrong door is shown the right one. */
export function NotForDesk() {
  const { t } = useText();
  useTitle(t('console.notForDesk.title'));
  return (
    <EmptyState
      isPage
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
