import { EmptyState } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { Signpost } from 'lucide-react';
import { url } from './routes.ts';
import { useText } from './text.ts';
import { useTitle } from './title.ts';

export function NotFound() {
  const { t } = useText();
  useTitle(t('console.notFound.title'));
  return (
    <main>
      <EmptyState
        isPage
        icon={Signpost}
        title={t('console.notFound.title')}
        text={t('console.notFound.words')}
        action={<Link {...url.desk()}>{t('console.notFound.go')}</Link>}
      />
    </main>
  );
}
