import { Notices } from '@gongzhi/ui/Notices.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { Button } from '@gongzhi/ui/Button.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { LocaleProvider } from '@gongzhi/ui/words.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { DoorOpen, House, MapPinOff, Wrench } from 'lucide-react';
import { Component, lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react';
import { api, http } from '../api.ts';
import type { Me } from '../api-types.ts';
import { askAgain, isAsking, subscribeAsking } from '../features/session/again.ts';
import { homeOf, isSignedOut, MeContext, meQuery, takeMe } from '../features/session/me.ts';
import css from './App.module.css';
import { useLive } from './live.ts';
import { readPreferences, subscribePreferences } from './preferences.ts';
import { problemSentence, traceOf } from './problems.ts';
import { navigate, pages, type Place, useArrival, usePlace, useTitle } from './router.tsx';
import { type RouteName, routes, url } from './routes.ts';
import { Shell } from './Shell.tsx';
import { useWords } from './words.ts';

const SignInSheet = lazy(async () => ({
  default: (await import('../features/session/SignInSheet.tsx')).SignInSheet,
}));

/** Pages of people at work: a resident would see an empty one and wonder. */
const STAFF_PAGES: Partial<Record<RouteName, 'workers' | 'guards'>> = {
  work: 'workers',
  job: 'workers',
  gate: 'guards',
};

/** The first page has the line to itself. */
const BACKGROUND_AFTER_MS = 2000;

export function App() {
  const { locale } = useSyncExternalStore(subscribePreferences, readPreferences, readPreferences);
  const place = usePlace();
  return (
    <LocaleProvider locale={locale}>
      {place === null ? (
        <Nowhere />
      ) : routes[place.name].isPublic ? (
        <Public place={place} />
      ) : (
        <Private place={place} />
      )}
      <Notices />
    </LocaleProvider>
  );
}

function Public({ place }: { place: Place }) {
  return (
    <main className={css.public}>
      <Page place={place} />
    </main>
  );
}

function Private({ place }: { place: Place }) {
  const words = useWords();
  const me = useQuery(meQuery);
  const isOut = me.data === undefined && isSignedOut(me.error);
  useEffect(() => {
    if (isOut) navigate(url.signIn({ next: place.href }), { isReplacing: true });
  }, [isOut, place.href]);
  if (me.data !== undefined) return <SignedIn me={me.data} place={place} />;
  if (me.error !== null && !isOut)
    return (
      <main className={css.public}>
        <ErrorState
          text={problemSentence(words, me.error)}
          {...traceOf(me.error)}
          onRetry={() => {
            void me.refetch();
          }}
        />
      </main>
    );
  return <Waiting />;
}

function SignedIn({ me, place }: { me: Me; place: Place }) {
  useLive(me.acting.id);
  useEffect(() => {
    // Only over a page is there somebody to ask; before that, 401 leads to the sign-in page.
    http.setReauthenticate(askAgain);
    return () => {
      http.setReauthenticate(null);
    };
  }, []);
  const words = useWords();
  const client = useQueryClient();
  const accountId = me.account.id;
  const isResident = me.acting.role === 'resident';
  useEffect(() => {
    if (!isResident) return;
    let isGone = false;
    let stop: (() => void) | undefined;
    const start = (): void => {
      import('../features/report/background.ts').then(
        ({ sendKeptReports }) => {
          if (!isGone) stop = sendKeptReports(accountId, client, words);
        },
        () => {
          // Its code did not come: the line is what one waits for anyway.
          if (!isGone) window.addEventListener('online', start, { once: true });
        },
      );
    };
    // After the page: what waits has waited, and mostly nothing does.
    const timer = setTimeout(start, BACKGROUND_AFTER_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
      window.removeEventListener('online', start);
      stop?.();
    };
  }, [isResident, accountId, client, words]);
  const isSwitching = useCapacity(me, place);
  const isAskingAgain = useSyncExternalStore(subscribeAsking, isAsking, () => false);
  const home = homeOf(me.acting.role);
  // Home is another page for a worker, and another app for a desk.
  const isElsewhere = place.name === 'home' && home !== url.home();
  useEffect(() => {
    if (isElsewhere) navigate(home, { isReplacing: true });
  }, [isElsewhere, home]);
  if (isElsewhere || isSwitching) return <Waiting />;
  const ofStaff = STAFF_PAGES[place.name];
  return (
    <MeContext value={me}>
      <Shell at={place.name}>
        {isResident && ofStaff !== undefined ? <OfStaff who={ofStaff} /> : <Page place={place} />}
      </Shell>
      {isAskingAgain && (
        <Suspense fallback={null}>
          <SignInSheet />
        </Suspense>
      )}
    </MeContext>
  );
}

/** A message about somebody one acts for is opened in that capacity: true while it changes. */
function useCapacity(me: Me, place: Place): boolean {
  const client = useQueryClient();
  const wanted = place.search.get('as');
  const isOther =
    wanted !== null && wanted !== me.acting.id && me.memberships.some(({ id }) => id === wanted);
  useEffect(() => {
    if (!isOther || wanted === null) return;
    api.act(wanted).then(
      (next) => {
        takeMe(client, next);
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      },
      // It ended meanwhile: who one is now is asked anew, and the page says what it can.
      () => {
        void client.invalidateQueries({ queryKey: ['me'] });
      },
    );
  }, [client, isOther, wanted]);
  return isOther;
}

function Page({ place }: { place: Place }) {
  const Shown = pages[place.name];
  useArrival(place.href);
  return (
    <Catch key={place.name + JSON.stringify(place.params)}>
      <Suspense fallback={<Loading />}>
        <Shown params={place.params} />
      </Suspense>
    </Catch>
  );
}

/** The frame while it is not known who this is: nothing jumps when the page comes. */
function Waiting() {
  return (
    <main className={css.public}>
      <Loading />
    </main>
  );
}

function Loading() {
  const { t } = useWords();
  return (
    <div className={css.loading}>
      <Skeleton lines={2} label={t('mobile.page.loading')} />
      <Skeleton lines={4} isCard label={t('mobile.page.loading')} />
    </div>
  );
}

function Nowhere() {
  const { t } = useWords();
  useTitle(t('mobile.page.title', { title: t('mobile.page.nowhere') }));
  return (
    <main className={css.public}>
      <EmptyState
        isPage
        icon={MapPinOff}
        title={t('mobile.page.nowhere')}
        text={t('mobile.page.nowhereText')}
        action={<GoHome />}
      />
    </main>
  );
}

function OfStaff({ who }: { who: 'workers' | 'guards' }) {
  const { t } = useWords();
  const title = t(`mobile.page.of.${who}`);
  useTitle(t('mobile.page.title', { title }));
  return (
    <EmptyState
      isPage
      icon={who === 'guards' ? DoorOpen : Wrench}
      title={title}
      text={t('mobile.page.ofText')}
      action={<GoHome />}
    />
  );
}

function GoHome() {
  const { t } = useWords();
  return (
    <Button
      icon={House}
      onPress={() => {
        navigate(url.home());
      }}
    >
      {t('mobile.page.goHome')}
    </Button>
  );
}

/** A page that fell over, or whose code did not arrive: said, with a way on. */
class Catch extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Fallen />;
  }
}

function Fallen() {
  const { t } = useWords();
  // Without a network its code could not come; with one it can.
  useEffect(() => {
    const again = (): void => {
      window.location.reload();
    };
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
    };
  }, []);
  return (
    <ErrorState
      text={t('mobile.page.fallen')}
      onRetry={() => {
        window.location.reload();
      }}
    />
  );
}
