import { ApiProblem, isPassing, Unreachable } from '@gongzhi/ui/client/index.ts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { api, http } from '../../api.ts';
import type { Me, Role } from '../../api-types.ts';
import { setPreferences } from '../../app/preferences.ts';
import { url } from '../../app/routes.ts';
import { keepMe, recallMe } from '../../app/seen.ts';

let token: string | null = null;

export const csrfToken = (): string | null => token;

function adopt(me: Me): Me {
  token = me.csrfToken;
  http.setCsrfToken(me.csrfToken);
  keepMe(me);
  setPreferences({ locale: me.account.locale, isLargeType: me.account.isLargeType });
  return me;
}

/** A page opened without a network has no token; a write asks for it anew. */
export async function renewToken(): Promise<void> {
  adopt(await api.me());
}

async function readMe({ client }: { client: QueryClient }): Promise<Me> {
  try {
    return adopt(await api.me());
  } catch (error) {
    // What the page has is newer than what the phone kept.
    const isFirst = client.getQueryData(['me']) === undefined;
    const kept = isFirst && error instanceof Unreachable ? await recallMe() : undefined;
    if (kept === undefined) throw error;
    return kept;
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: readMe,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: (count, error) => isPassing(error) && count < 1,
});

/** After signing in, switching or preferring: what the server answered is who one is now. */
export function takeMe(client: QueryClient, me: Me): void {
  client.setQueryData(meQuery.queryKey, adopt(me));
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** Where a role begins its day; the desks are another app. */
export function homeOf(role: Role): string {
  if (role === 'resident') return url.home();
  if (role === 'guard') return url.gate();
  if (role === 'worker') return url.work();
  return '/desk/';
}

export const MeContext = createContext<Me | null>(null);

/** Who is signed in. Only below the pages that ask for a session. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('useMe needs a session');
  return me;
}
