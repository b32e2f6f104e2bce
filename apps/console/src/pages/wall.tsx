import { useSearch } from '@tanstack/react-router';
import { useEffect, useLayoutEffect } from 'react';
import { LiveProvider } from '../app/live.tsx';
import { queryClient, queryKeys } from '../app/query.ts';
import { SessionGate, useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { Wall } from '../features/wall/wall.tsx';
import css from '../features/wall/wall.module.css';

const RETRY_MS = 10_000;

/** The wall screen: signed in once by somebody who then leaves. */
export default function WallPage() {
  useWallTheme();
  useRetriedSession();
  return (
    <SessionGate>
      <LiveProvider>
        <Entered />
      </LiveProvider>
    </SessionGate>
  );
}

function Entered() {
  const { t } = useText();
  useTitle(t('wall.title'));
  const mayRead = useMay('overview.read');
  const { scope } = useSearch({ from: '/wall' });
  if (mayRead) return <Wall key={scope ?? ''} scopeId={scope} />;
  return (
    <main className={css.alone}>
      <h1>{t('wall.notAllowed')}</h1>
    </main>
  );
}

/** Dark whatever the machine prefers. */
function useWallTheme(): void {
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = 'wall';
    return () => {
      delete document.documentElement.dataset['theme'];
    };
  }, []);
}

/** After a power cut the screen is sooner awake than the server, and nobody presses "try again". */
function useRetriedSession(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (queryClient.getQueryState(queryKeys.me)?.status === 'error')
        void queryClient.refetchQueries({ queryKey: queryKeys.me });
    }, RETRY_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
}
