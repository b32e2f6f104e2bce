import { localDate, uuidv7 } from '@gongzhi/kernel';
import { timingSafeEqual } from 'node:crypto';
import { audit } from '../../../platform/audit/audit.ts';
import { type Actor, signingIn } from '../../../platform/db/actor.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { House } from '../../../platform/house.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { admit, type Counter, throttleKey } from '../../identity/index.ts';
import { disclose, wallOf } from '../../places/index.ts';
import { writeChange } from '../changes.ts';
import { ENDED, type EventKind, type Notification, type OrderEvent, UNFINISHED } from '../domain.ts';
import { type Category, categoryOf } from '../facts.ts';
import { aroundOf, findOrder, lockOrder } from '../queries.ts';
import { nextOrder } from '../service.ts';
import { contactOfOrder } from '../service-contact.ts';
import { attachPhotos } from '../service-photos.ts';
import type { Order } from '../tables.ts';
import { hashOf, readToken } from './service-links.ts';

/**
 * Somebody from outside with a link for one order. No account: the link is who they are. Until it is known they are
 * nobody and see that one row; then they act within its one scope, and every query here names its one order.
 */
export interface OpenLink {
  readonly scopeId: string;
  readonly linkId: string;
  readonly orderId: string;
  readonly contractor: string;
  readonly task: string;
  readonly dueAt: Date | null;
  readonly contactPurpose: string | null;
  readonly expiresAt: Date;
  readonly state: LinkState;
  /** As the pipelines know an actor; there is no session behind it. */
  readonly acting: Acting;
}
export type LinkState = 'invited' | 'accepted' | 'arrived' | 'done' | 'declined';

/** A site's phones may share one address; guessing 32 bytes at this rate takes longer than there are stars. */
const requestsPerAddress: Counter['limit'] = { name: 'job.address', most: 120, within: 60_000 };
const failuresPerAddress: Counter['limit'] = { name: 'job.failures', most: 20, within: 60 * 60_000 };

interface LinkRow {
  work_order_id: string;
  secret_hash: Buffer;
  contractor: string;
  task: string;
  due_at: Date | null;
  contact_purpose: string | null;
  expires_at: Date;
  revoked_at: Date | null;
  state: LinkState;
}

/** Guessed, run out, revoked, of another installation: all the same to who asks. */
export async function openLink(house: House, token: string, address: string): Promise<OpenLink> {
  const now = house.clock.now();
  const counted = (limit: Counter['limit']) =>
    house.db.act(signingIn, (tx) =>
      admit(tx, [{ key: throttleKey(house.crypto, limit.name, address), limit }], now),
    );
  await counted(requestsPerAddress);
  const read = readToken(token);
  const row = read === null ? undefined : await find(house, read.scopeId, read.linkId);
  if (
    read === null ||
    row === undefined ||
    !timingSafeEqual(hashOf(read.secret), row.secret_hash) ||
    row.revoked_at !== null ||
    row.expires_at <= now
  ) {
    await counted(failuresPerAddress);
    throw new Problem('job.link_invalid');
  }
  const { scopeId, linkId } = read;
  const actor: Actor = { ...signingIn, kind: 'scope', accountId: linkId, scopeIds: [scopeId] };
  return {
    scopeId,
    linkId,
    orderId: row.work_order_id,
    contractor: row.contractor,
    task: row.task,
    dueAt: row.due_at,
    contactPurpose: row.contact_purpose,
    expiresAt: row.expires_at,
    state: row.state,
    acting: {
      sessionHash: row.secret_hash,
      csrfToken: '',
      accountId: linkId,
      displayName: row.contractor,
      membershipId: linkId,
      role: 'desk',
      homeScopeId: scopeId,
      actor,
      expiresAt: row.expires_at,
      onBehalf: null,
    },
  };
}

async function find(house: House, scopeId: string, linkId: string): Promise<LinkRow | undefined> {
  const asking: Actor = { ...signingIn, accountId: linkId };
  const rows = await house.db.read(asking, (q) =>
    q.query<LinkRow>(
      sql`select l.work_order_id, l.secret_hash, l.contractor, l.task, l.due_at, l.contact_purpose, l.expires_at, l.revoked_at, l.state
        from work_orders.contractor_link l where l.scope_id = ${scopeId} and l.link_id = ${linkId}`,
    ),
  );
  return rows[0];
}

export interface Job {
  readonly link: OpenLink;
  readonly order: Order;
  readonly category: Category;
  readonly scopeName: string;
}

export async function jobOf(house: House, link: OpenLink): Promise<Job> {
  return house.db.read(link.acting.actor, async (q) => {
    const [order, wall] = await Promise.all([
      findOrder(q, link.acting, link.scopeId, link.orderId),
      wallOf(q, link.scopeId),
    ]);
    const category = order === null ? null : await categoryOf(q, order.state.categoryCode);
    if (order === null || category === null) throw new Problem('job.link_invalid');
    return { link, order, category, scopeName: wall?.name ?? '' };
  });
}

export type JobAction = 'accept' | 'decline' | 'arrive' | 'say' | 'done';

const NEXT: Readonly<
  Record<
    JobAction,
    { readonly from: readonly LinkState[]; readonly to: LinkState | null; readonly event: EventKind }
  >
> = {
  accept: { from: ['invited'], to: 'accepted', event: 'work_order.contractor_accepted' },
  decline: { from: ['invited', 'accepted'], to: 'declined', event: 'work_order.contractor_declined' },
  arrive: { from: ['accepted'], to: 'arrived', event: 'work_order.contractor_arrived' },
  say: { from: ['accepted', 'arrived'], to: null, event: 'work_order.contractor_said' },
  // The one responsible finishes the order; who came from outside says that their part is done.
  done: { from: ['accepted', 'arrived'], to: 'done', event: 'work_order.contractor_done' },
};

export interface JobSaying {
  readonly action: JobAction;
  readonly text?: string | undefined;
  readonly photoIds?: readonly string[] | undefined;
}

export async function actOnJob(tx: Tx, link: OpenLink, saying: JobSaying, now: Date): Promise<Job> {
  const { scopeId, linkId, orderId, acting } = link;
  const [locked, around, wall] = await Promise.all([
    lockOrder(tx, acting, scopeId, orderId),
    aroundOf(tx, acting, scopeId, orderId),
    wallOf(tx, scopeId),
  ]);
  // Revoked while they wrote, or answered on another phone: what the row says under the order's lock counts.
  const [row] = await tx.query<{ state: LinkState; revoked_at: Date | null }>(
    sql`select l.state, l.revoked_at from work_orders.contractor_link l
      where l.scope_id = ${scopeId} and l.link_id = ${linkId} for no key update`,
  );
  if (locked === null || row === undefined || row.revoked_at !== null) throw new Problem('job.link_invalid');
  const rule = NEXT[saying.action];
  const text = saying.text?.trim() || null;
  if (!rule.from.includes(row.state) || ENDED.includes(locked.state.status))
    throw new Problem('job.not_now', { action: saying.action, state: row.state });
  if (text === null && (saying.action === 'say' || saying.action === 'done' || saying.action === 'decline'))
    throw new Problem('validation.failed', {}, [{ path: '/text', code: 'required', params: {} }]);
  const category = await categoryOf(tx, locked.state.categoryCode);
  if (category === null) throw new Problem('job.link_invalid');

  const photoIds = saying.photoIds ?? [];
  const event: OrderEvent = {
    kind: rule.event,
    isInternal: false,
    params: { contractor: link.contractor, text },
    photoIds,
  };
  const decision = {
    order: locked.state,
    events: [event],
    stepChanges: [],
    notifications: noticesOf(rule.event, locked, category),
    call: null,
  };
  const after = nextOrder(locked, decision, null, now);
  const by = { accountId: null, name: link.contractor, role: 'contractor' };
  writeChange(tx, { before: locked, after, decision, steps: around.steps, by, now });
  if (photoIds.length > 0)
    await attachPhotos(tx, acting, after, { type: 'work_order.work', fileIds: photoIds }, now);
  const { to } = rule;
  if (to !== null) {
    tx.write(
      sql`update work_orders.contractor_link set state = ${to},
          accepted_at = case when ${to} = 'accepted' then ${now} else accepted_at end,
          arrived_at = case when ${to} = 'arrived' then ${now} else arrived_at end,
          ended_at = case when ${to} = any (array['done', 'declined']) then ${now} else ended_at end
        where scope_id = ${scopeId} and link_id = ${linkId}`,
    );
  }
  return {
    link: { ...link, state: to ?? row.state },
    order: after,
    category,
    scopeName: wall?.name ?? '',
  };
}

/** The desk that asked them, and who is responsible for the job. */
function noticesOf(kind: EventKind, order: Order, category: Category): Notification[] {
  if (kind === 'work_order.contractor_said' || kind === 'work_order.contractor_arrived') return [];
  const notice = { template: kind, params: { titleZh: category.nameZh, titleEn: category.nameEn } };
  const { assigneeAccountId } = order.state;
  return [
    { ...notice, to: 'desk', accountId: null },
    ...(assigneeAccountId === null
      ? []
      : [{ ...notice, to: 'assignee' as const, accountId: assigneeAccountId }]),
  ];
}

/** While they are at it: there is nothing to arrange any more about work that is done. */
function mayCall(link: OpenLink, order: Order): boolean {
  const { contactPurpose, state } = link;
  return (
    contactPurpose !== null &&
    (state === 'accepted' || state === 'arrived') &&
    UNFINISHED.includes(order.state.status)
  );
}

/** Only for the purpose the desk stated, only while they are at it; and whose number it is reads who looked. */
export async function contactForJob(
  house: House,
  link: OpenLink,
  now: Date,
): Promise<{ name: string; phone: string }> {
  const { acting, scopeId, orderId, linkId, contractor, contactPurpose } = link;
  return house.db.act(acting.actor, async (tx) => {
    // Under the order's lock nobody finishes it or takes the link back meanwhile.
    const [order, wall] = await Promise.all([lockOrder(tx, acting, scopeId, orderId), wallOf(tx, scopeId)]);
    const [row] = await tx.query<{ state: LinkState; revoked_at: Date | null }>(
      sql`select l.state, l.revoked_at from work_orders.contractor_link l
        where l.scope_id = ${scopeId} and l.link_id = ${linkId}`,
    );
    if (order === null || wall === null || row === undefined || row.revoked_at !== null)
      throw new Problem('job.link_invalid');
    if (!mayCall({ ...link, state: row.state }, order))
      throw new Problem('job.not_now', { action: 'contact', state: row.state });
    const found = await contactOfOrder(tx, house.crypto, order, localDate(now.getTime(), wall.timeZone));
    if (found === null) throw new Problem('work_order.contact_unknown');
    if (found.subject !== null) {
      const { personId, accountId: subjectAccountId } = found.subject;
      const as = { role: 'contractor', organisationName: contractor };
      const looked = { wall: order.wall, personId, subjectAccountId, workOrderId: order.id };
      await disclose(tx, acting, { ...looked, purpose: 'visit', words: contactPurpose, as }, now);
    }
    audit(tx, {
      auditId: uuidv7(now.getTime()),
      scopeId,
      wall: order.wall,
      accountId: linkId,
      action: 'work_order.contact_revealed',
      objectType: 'work_order',
      objectId: order.id,
      detail: { purpose: 'contractor', linkId, role: 'contractor' },
      at: now,
    });
    return found.contact;
  });
}
