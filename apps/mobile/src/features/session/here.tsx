import { Select } from '@gongzhi/ui/Select.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '../../api.ts';
import type { HouseholdRef, Me } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import { takeMe } from './me.ts';

/** Which home is meant, when somebody has several: the one chosen last on this phone. */
const KEY = 'gongzhi.household';
let chosen: string | null = ((): string | null => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden: then the first home is meant.
    return null;
  }
})();
const listeners = new Set<() => void>();

export function chooseHousehold(id: string): void {
  chosen = id;
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // As above: then it holds as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface Here {
  scopeId: string;
  scopeName: string;
  household: HouseholdRef | null;
  households: readonly HouseholdRef[];
}

export function useHere(me: Me): Here {
  const wanted = useSyncExternalStore(
    subscribe,
    () => chosen,
    () => null,
  );
  const { households, scopes, scopeId, scopeName } = me.acting;
  const household = households.find(({ id }) => id === wanted) ?? households[0] ?? null;
  const at = household?.scopeId ?? scopeId;
  return {
    scopeId: at,
    scopeName: scopes.find(({ id }) => id === at)?.name ?? scopeName,
    household,
    households,
  };
}

/** Shown only to who has several homes: in this compound, or memberships in others. */
export function PlaceSwitch({ me, here }: { me: Me; here: Here }) {
  const { t } = useWords();
  const client = useQueryClient();
  const switchTo = useMutation({
    mutationFn: (membershipId: string) => api.act(membershipId),
    onSuccess: (next) => {
      takeMe(client, next);
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    },
  });
  const homes = here.households.map(({ id, label }) => ({ value: `h:${id}`, label }));
  const others = me.memberships
    .filter(({ id, role }) => role === 'resident' && id !== me.acting.id)
    .map(({ id, scopeName }) => ({ value: `m:${id}`, label: scopeName }));
  if (homes.length + others.length <= 1) return null;
  return (
    <Select
      label={t('mobile.home.whichHome')}
      isLabelHidden
      isDisabled={switchTo.isPending}
      value={here.household === null ? '' : `h:${here.household.id}`}
      options={[...homes, ...others]}
      {...(here.household === null ? { placeholder: here.scopeName } : {})}
      onChange={(value) => {
        const id = value.slice(2);
        if (value.startsWith('m:')) switchTo.mutate(id);
        else if (value.startsWith('h:')) chooseHousehold(id);
      }}
    />
  );
}
