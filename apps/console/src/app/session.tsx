import { ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useRouterState } from '@tanstack/react-router';
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect } from 'react';
import { api, http } from '../api.ts';
import type { Me } from '../api-types.ts';
import { isStatus, problemText } from './errors.ts';
import { setLocale } from './locale.ts';
import { queryClient, queryKeys } from './query.ts';
import { BASE, paths, url } from './routes.ts';
import { useText } from './text.ts';
import css from './session.module.css';

const EnrolGate = lazy(() => import('../features/session/enrol-gate.tsx'));

const MeContext = createContext<Me | null>(null);

/** Who is signed in; only within SessionGate. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('useMe outside SessionGate');
  return me;
}

/** Whether one's role may attempt something at all; whether this very order allows it, its `actions` say. */
export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission);
}

/** Takes over a fresh `Me`: its token goes with every write from now on. */
export function adopt(me: Me): Me {
  http.setCsrfToken(me.csrfToken);
  setLocale(me.account.locale);
  queryClient.setQueryData(queryKeys.me, me);
  return me;
}

/** After a change of who acts, nothing read before may be shown: it belongs to another view of the street. */
export function startOver(address: string): void {
  window.location.assign(address);
}

const LONG_MS = 10 * 60_000;

export function SessionGate({ children }: { children: ReactNode }) {
  const text = useText();
  const location = useRouterState({ select: (state) => state.location });
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.me,
    queryFn: async ({ signal }) => {
      const me = await api.me({ signal });
      http.setCsrfToken(me.csrfToken);
      return me;
    },
    staleTime: LONG_MS,
  });
  const locale = data?.account.locale;
  useEffect(() => {
    if (locale !== undefined) setLocale(locale);
  }, [locale]);

  if (data?.mustEnrol === true)
    return (
      <MeContext value={data}>
        <Suspense fallback={<Skeleton label={text.t('common.loading')} lines={4} />}>
          <EnrolGate />
        </Suspense>
      </MeContext>
    );
  if (data !== undefined) return <MeContext value={data}>{children}</MeContext>;
  // While the sign-in page is being fetched this one still stands, at the new address already.
  if (isStatus(error, 401) && location.pathname !== paths.signIn) {
    const here = `${BASE}${location.pathname}${location.searchStr}`;
    return <Navigate {...url.signIn(here === `${BASE}/` ? {} : { next: here })} replace />;
  }
  return (
    <main className={css.splash}>
      {error === null || isStatus(error, 401) ? (
        <Skeleton label={text.t('common.loading')} lines={4} />
      ) : (
        <ErrorState text={problemText(error, text)} onRetry={() => void refetch()} />
      )}
    </main>
  );
}
