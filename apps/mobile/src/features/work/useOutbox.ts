import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { WaitingAct } from '../../app/store.ts';
import { takeOrder } from '../work-orders/queries.ts';
import { Outbox } from './outbox.ts';

const AGAIN_MS = 30_000;

/** The account's outbox. One tab sends at a time; the others see what is left when it is their turn. */
export function useOutbox(
  accountId: string,
  actingId: string,
): { outbox: Outbox; acts: readonly WaitingAct[] } {
  const client = useQueryClient();
  const outbox = useMemo(
    () =>
      new Outbox({ accountId, actingId }, (order) => {
        takeOrder(client, order);
      }),
    [accountId, actingId, client],
  );
  useEffect(() => {
    const send = (): void => {
      if (outbox.read().length > 0) void outbox.send(true);
    };
    void outbox.restore().then(send);
    const timer = setInterval(send, AGAIN_MS);
    window.addEventListener('online', send);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', send);
    };
  }, [outbox]);
  return { outbox, acts: useSyncExternalStore(outbox.subscribe, outbox.read, outbox.read) };
}
