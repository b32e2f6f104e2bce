import { Notices, WordsProvider } from '@gongzhi/ui';
import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router';
import { overlayRootId } from '../components/overlay-root.ts';
import { useChosenLocale } from './locale.ts';
import { NotFound } from './not-found.tsx';
import { PageFailed } from './page-failed.tsx';
import { Shell } from './shell.tsx';
import { useText } from './text.ts';

function Root() {
  return (
    <WordsProvider locale={useChosenLocale()}>
      <Outlet />
      <Overlays />
    </WordsProvider>
  );
}

/** What floats: menus, choices, and what is said in passing. */
function Overlays() {
  const { t } = useText();
  return (
    <section id={overlayRootId} aria-label={t('console.overlays')}>
      <Notices />
    </section>
  );
}

export const root = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
});

/** What stands around every page of who is signed in. */
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
