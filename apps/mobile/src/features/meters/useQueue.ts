import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { countInRounds, METERS } from './api.ts';
import { type ReadingQueue, readingQueueOf, type WaitingReading } from './queue.ts';

/** The account's readings that wait; what goes out moves whatever shows meters. */
export function useQueue(accountId: string): {
  queue: ReadingQueue;
  readings: readonly WaitingReading[];
} {
  const client = useQueryClient();
  const queue = readingQueueOf(accountId);
  useEffect(
    () =>
      queue.onSent((reading) => {
        countInRounds(client, reading);
        void client.invalidateQueries({ queryKey: METERS });
      }),
    [queue, client],
  );
  return { queue, readings: useSyncExternalStore(queue.subscribe, queue.read, queue.read) };
}
