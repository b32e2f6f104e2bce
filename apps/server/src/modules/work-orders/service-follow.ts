import { uuidv7 } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { wallOf } from '../places/index.ts';
import { ENDED } from './domain.ts';
import { categoryAt, relationsTo, settingsOf, standingOf } from './facts.ts';
import { aroundOf, findOrder } from './queries.ts';
import { writeFollowing } from './queries-followers.ts';
import type { Done } from './service.ts';

/** A neighbour waits for the same thing, or no longer. Changes nothing of the order itself. */
export async function followOrder(
  house: House,
  acting: Acting,
  tx: Tx,
  at: { readonly scopeId: string; readonly id: string; readonly isFollowing: boolean },
  now: Date,
): Promise<Done> {
  const { scopeId, id, isFollowing } = at;
  // Who follows is told by name of account: in one's own name, or it would go on when the consent is over.
  if (acting.onBehalf !== null) throw new Problem('consent.not_for_this', { purpose: 'report' });
  const [before, around, wall] = await Promise.all([
    findOrder(tx, acting, scopeId, id),
    aroundOf(tx, acting, scopeId, id),
    wallOf(tx, scopeId),
  ]);
  if (before === null) throw new Problem('not_found');
  // Who reported it is a party, and is told without following.
  const isParty = relationsTo(acting, before).includes('reporter');
  if (isFollowing && (isParty || !before.wall.isPublic || ENDED.includes(before.state.status)))
    throw new Problem('work_order.not_followable');
  const [category, settings] = await Promise.all([
    categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt),
    settingsOf(house, tx, before.wall, now, before.state.categoryCode),
  ]);
  if (category === null)
    throw new Error(`order ${id} bears the unknown category ${before.state.categoryCode}`);
  const was = before.isFollowed === true;
  if (was !== isFollowing) {
    writeFollowing(tx, before, acting.accountId, isFollowing, now);
    recordEvent(tx, {
      eventId: uuidv7(now.getTime()),
      scopeId,
      wall: { ...before.wall, isInternal: false },
      kind: isFollowing ? 'work_order.followed' : 'work_order.unfollowed',
      version: 1,
      objectId: id,
      // Not who: nobody needs to know.
      payload: { number: before.number },
      occurredAt: now,
    });
  }
  const order = { ...before, isFollowed: isFollowing };
  const followers = around.followers + Number(isFollowing) - Number(was);
  return {
    order,
    around: { ...around, followers, scopeName: wall?.name ?? '' },
    category,
    who: relationsTo(acting, order),
    settings,
    standing: standingOf(acting, order),
  };
}

/**
 * Residents change no row of a matter that is not theirs: the wall sees to it. Urging by who follows is the one
 * exception, so it is written as the house's own act, for one who was found to follow, and in this scope only; the
 * domain still decides by what they are (a follower). Null: nobody who follows.
 */
export async function actorForUrging(
  house: House,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<Actor | null> {
  if (acting.role !== 'resident') return null;
  const order = await house.db.read(acting.actor, (q) => findOrder(q, acting, scopeId, id));
  if (order === null || !relationsTo(acting, order).includes('follower')) return null;
  return { ...acting.actor, kind: 'scope', scopeIds: [scopeId], households: [] };
}
