import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { type KeptCheck, type KeptChecks, keptChecksOf } from './kept.ts';
import { ownRounds } from './queries.ts';

/** The account's checkpoints that wait; what goes out is read anew in its round. */
export function useKept(accountId: string): { kept: KeptChecks; checks: readonly KeptCheck[] } {
  const client = useQueryClient();
  const kept = keptChecksOf(accountId);
  const checks = useSyncExternalStore(kept.subscribe, kept.read, kept.read);
  const { length } = checks;
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ownRounds.queryKey });
  }, [client, length]);
  return { kept, checks };
}
