import { useEffect } from 'react';
import { useText } from '../../app/text.ts';

const PATIENCE_MS = 30_000;

/** A page that stopped, or could not be loaded from a server that was just updated: nobody is there to press anything. */
export function WallFailed() {
  const { t } = useText();
  useEffect(() => {
    const timer = setTimeout(() => {
      window.location.reload();
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <main>
      <h1>{t('wall.failed')}</h1>
    </main>
  );
}
