import { useEffect, useState, useSyncExternalStore } from 'react';
import { GATE_LIST_MOVED } from '../../app/live.ts';
import { digests } from './digests.ts';
import { gateServer } from './gate-server.ts';
import { GatePost } from './post.ts';
import type { PostView } from './post-types.ts';
import { Vault } from './vault.ts';

/** While the line stands a stopped pass is gone from the phone's own list this soon; the server itself knows at once. */
const SYNC_MS = 10_000;

let shared: { accountId: string; post: Promise<GatePost> } | null = null;

/** One for the page however often it is drawn: two would each send the same queue. */
function postOf(accountId: string): Promise<GatePost> {
  if (shared?.accountId !== accountId) {
    const open = async (): Promise<GatePost> => {
      const vault = await Vault.open();
      const ticks = { wall: () => Date.now(), steady: () => performance.now() };
      const post = new GatePost({ vault, server: gateServer, digests, ticks, accountId });
      await post.restore();
      return post;
    };
    shared = { accountId, post: open() };
  }
  return shared.post;
}

const never = (): (() => void) => () => undefined;
const nothing = (): null => null;

export function usePost(accountId: string): { post: GatePost; view: PostView } | null {
  const [post, setPost] = useState<GatePost | null>(null);
  useEffect(() => {
    let isGone = false;
    void postOf(accountId).then((opened) => {
      if (!isGone) setPost(opened);
    });
    return () => {
      isGone = true;
    };
  }, [accountId]);
  useEffect(() => {
    if (post === null) return;
    const sync = (): void => {
      void post.sync();
    };
    sync();
    const timer = setInterval(sync, SYNC_MS);
    window.addEventListener('online', sync);
    window.addEventListener(GATE_LIST_MOVED, sync);
    document.addEventListener('visibilitychange', sync);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', sync);
      window.removeEventListener(GATE_LIST_MOVED, sync);
      document.removeEventListener('visibilitychange', sync);
    };
  }, [post]);
  const view = useSyncExternalStore<PostView | null>(
    post?.subscribe ?? never,
    post?.read ?? nothing,
    nothing,
  );
  return post === null || view === null ? null : { post, view };
}
