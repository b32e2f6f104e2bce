import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { lockOrder } from './queries.ts';
import { commandOrder } from './service.ts';

/**
 * A word about an order from another system. It never saw a page, so it is said about the order as it stands now; for
 * the staff alone, because whoever reported the matter here did not ask for strangers' words.
 */
export async function commentFromOutside(
  house: House,
  acting: Acting,
  tx: Tx,
  order: { readonly scopeId: string; readonly id: string },
  text: string,
  now: Date,
): Promise<void> {
  const locked = await lockOrder(tx, acting, order.scopeId, order.id);
  if (locked === null) throw new Problem('not_found');
  const body = { action: 'comment', expectedVersion: locked.version, text, isInternal: true } as const;
  await commandOrder(house, acting, tx, order.scopeId, order.id, body, now);
}
