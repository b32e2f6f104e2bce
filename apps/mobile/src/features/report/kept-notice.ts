import { dismissNotice, notify } from '@gongzhi/ui/notices.ts';

let standing: { what: 'kept' | 'sent'; ids: readonly number[] } = { what: 'kept', ids: [] };

/** "No network, it is kept" is true until something goes out: it and "sent" never stand beside each other. */
export function sayOutcome(what: 'kept' | 'sent', text: string): void {
  const same = standing.what === what ? standing.ids : [];
  if (standing.what !== what) for (const id of standing.ids) dismissNotice(id);
  standing = { what, ids: [...same, notify(text, { tone: what === 'kept' ? 'due' : 'done' })] };
}
