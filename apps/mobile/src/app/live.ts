import { connectLive } from '@gongzhi/ui/client/live.ts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Changes that come in a burst move the lists once. */
const GATHER_MS = 250;

/** Whatever somebody asks the gate from home. */
const ofPassage = /^(?:pass|parcel|goods_slip|gate_opening)\./;

/** The home's money. */
const ofMoney = /^(?:payment|invoice_request|billing|bill)\./;

/** What a phone at a gate decides by: told to its post, which keeps a list of its own. */
const ofGateList = /^(?:gate\.(?:recounted|changed|retired)|measure\..*)$/;
export const GATE_LIST_MOVED = 'gongzhi:gate-list';

/** The home's meters, and what was bought for them. */
const ofMeters = /^meter\./;

/** Keeps what is shown true: the server says which id changed, and what shows it is read again. */
export function useLive(actingId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    // Another membership hears other events, so it opens another connection.
    const live = connectLive();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listsSoon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ['orders'] });
      }, GATHER_MS);
    };
    const stop = live.subscribe((message) => {
      if (message.type === 'resync')
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      else if (message.type === 'inbox') readInbox(client);
      else if (message.change.kind.startsWith('ledger.'))
        void client.invalidateQueries({ queryKey: ['accounts'] });
      else if (ofPassage.test(message.change.kind)) readPassage(client);
      else if (ofGateList.test(message.change.kind)) window.dispatchEvent(new Event(GATE_LIST_MOVED));
      else if (ofMoney.test(message.change.kind)) void client.invalidateQueries({ queryKey: ['pay'] });
      else if (ofMeters.test(message.change.kind)) {
        void client.invalidateQueries({ queryKey: ['meters'] });
        void client.invalidateQueries({ queryKey: ['pay'] });
      } else {
        readOrder(client, message.change.id);
        listsSoon();
      }
    });
    return () => {
      clearTimeout(timer);
      stop();
      live.close();
    };
  }, [client, actingId]);
}

export function readOrder(client: QueryClient, id: string): void {
  void client.invalidateQueries({ queryKey: ['order', id] });
  void client.invalidateQueries({ queryKey: ['timeline', id] });
}

function readPassage(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['passage'] });
}

function readInbox(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['inbox'] });
  void client.invalidateQueries({ queryKey: ['unread'] });
}
