import { useEffect } from 'react';
import { useText } from './text.ts';

/** The browser tab's title: what is open first, so that ten tabs can be told apart. */
export function useTitle(title: string): void {
  const { t } = useText();
  const app = t('console.appName');
  useEffect(() => {
    document.title = title === '' ? app : `${title} · ${app}`;
  }, [title, app]);
}
