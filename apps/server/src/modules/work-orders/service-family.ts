import { randomInt } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type ActorOfChange, writeChange } from './changes.ts';
import {
  type Command,
  type Context,
  type EventKind,
  type LinkKind,
  type MergeTarget,
  numberOf,
  readNumber,
  submitPart,
} from './domain.ts';
import type { Category } from './facts.ts';
import { lockOrder } from './queries.ts';
import { addLink, findByNumber, movePhotos, removeLink } from './queries-family.ts';
import { insertEvent, type Order } from './tables.ts';

/** What a command on one order does to others: told in another one, split into several, linked. */

export interface OtherOrder {
  readonly order: Order;
  readonly target: MergeTarget;
}

/** The order somebody named by its number. */
export async function otherOrder(
  tx: Tx,
  acting: Acting,
  order: Order,
  number: string,
  isLocked: boolean,
): Promise<OtherOrder> {
  const found = await findByNumber(tx, acting, order.wall.scopeId, readNumber(number) ?? number.trim());
  // What is merged into must not end, nor be merged itself, at the same moment.
  const other =
    found === null || !isLocked || found.id === order.id
      ? found
      : await lockOrder(tx, acting, found.wall.scopeId, found.id);
  if (other === null) {
    throw new Problem('work_order.number_unknown', {}, [{ path: '/number', code: 'unknown', params: {} }]);
  }
  return {
    order: other,
    target: {
      id: other.id,
      number: other.number,
      isSame: other.id === order.id,
      isSameScope: other.wall.scopeId === order.wall.scopeId,
      isEnded: other.state.status === 'closed' || other.state.status === 'cancelled',
    },
  };
}

/** A line in the timeline of an order that somebody's deed on another one concerns; its own state stays. */
function tellOther(
  tx: Tx,
  order: Order,
  kind: EventKind,
  params: Record<string, string | null>,
  isInternal: boolean,
  by: ActorOfChange,
  now: Date,
): void {
  const eventId = uuidv7(now.getTime());
  tx.write(
    insertEvent(order.id, order.wall, {
      eventId,
      kind,
      actorAccountId: by.accountId,
      actorName: by.name,
      actorRole: by.role,
      isInternal,
      params,
      photoIds: [],
      at: now,
    }),
  );
  recordEvent(tx, {
    eventId,
    scopeId: order.wall.scopeId,
    wall: { ...order.wall, isInternal },
    kind,
    version: 1,
    objectId: order.id,
    payload: {
      number: order.number,
      categoryCode: order.state.categoryCode,
      status: order.state.status,
      byAccountId: by.accountId,
      notifications: [],
    },
    occurredAt: now,
  });
}

const linkKind: LinkKind = 'relates_to';

export interface PartInput {
  readonly category: Category;
  readonly description: string;
  readonly photoIds: readonly string[];
}

export interface FamilyChange {
  readonly after: Order;
  readonly command: Command;
  readonly other: OtherOrder | null;
  readonly parts: readonly PartInput[];
  readonly by: ActorOfChange;
  readonly timeZone: string;
  readonly now: Date;
}

export function writeFamily(
  house: House,
  tx: Tx,
  change: FamilyChange,
  ctx: Omit<Context, 'category'>,
): void {
  const { after, command, other, by, now } = change;
  switch (command.action) {
    case 'merge':
      if (other === null) return;
      tellOther(
        tx,
        other.order,
        'work_order.linked',
        { number: after.number, otherId: after.id, because: 'duplicated_by' },
        true,
        by,
        now,
      );
      return;
    case 'link':
    case 'unlink': {
      if (other === null) return;
      const change = command.action === 'link' ? addLink : removeLink;
      tx.write(change(after, other.order, linkKind, now));
      tx.write(change(other.order, after, linkKind, now));
      tellOther(
        tx,
        other.order,
        command.action === 'link' ? 'work_order.linked' : 'work_order.unlinked',
        { number: after.number, otherId: after.id, because: linkKind },
        true,
        by,
        now,
      );
      return;
    }
    case 'split':
      for (const part of change.parts) writePart(house, tx, change, part, ctx);
      return;
    default:
  }
}

/** The part is the household's as the report was: same wall, same contact, and the time when it was told. */
function writePart(
  house: House,
  tx: Tx,
  { after: parent, by, timeZone, now }: FamilyChange,
  { category, description, photoIds }: PartInput,
  ctx: Omit<Context, 'category'>,
): void {
  const submitted = submitPart(parent.state, parent.id, { category, photoIds }, ctx);
  // Each was judged with the split itself.
  if (!submitted.ok) throw new Error(`a part was refused: ${submitted.error.reason}`);
  // Of the moment it was told, like the report: who reads it, and where it stands in a list, follows from its id.
  const id = uuidv7(parent.state.createdAt);
  const part: Order = {
    id,
    wall: { ...parent.wall, isPublic: submitted.value.order.isPublic },
    number: numberOf(now.getTime(), randomInt(2 ** 32), timeZone),
    description: description.trim(),
    placeLabel: parent.placeLabel,
    buildingId: parent.buildingId,
    facilityId: parent.facilityId,
    // Sealed to its row, so it is sealed anew for this one.
    contactCipher:
      parent.contactCipher === null
        ? null
        : house.crypto.seal(
            house.crypto.open(parent.contactCipher, 'work_orders.work_order', parent.id),
            'work_orders.work_order',
            id,
          ),
    contactMasked: parent.contactMasked,
    onBehalfOf: parent.onBehalfOf,
    assigneeName: null,
    assigneeTitle: null,
    hasSeveral: false,
    accusedName: submitted.value.order.accusedAccountId === null ? null : parent.accusedName,
    aboutOrderId: submitted.value.order.accusedAccountId === null ? null : parent.aboutOrderId,
    source: parent.source,
    version: 1,
    updatedAt: now,
    state: submitted.value.order,
  };
  writeChange(tx, { before: null, after: part, decision: submitted.value, steps: [], by, now });
  if (photoIds.length > 0) tx.write(movePhotos(parent, part, photoIds, now));
}
