import { randomInt } from 'node:crypto';
import { idBeside, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { variants } from '../../platform/files/store.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { findContact, findOrganisation, openContact, ownerOfBuilding, wallOf } from '../places/index.ts';
import { writeChange } from './changes.ts';
import { type Command, type EventKind, movedIn, numberOf } from './domain.ts';
import { categoryAt } from './facts.ts';
import type { CommandBody } from './schemas.ts';
import { lockAny } from './queries-any.ts';
import { insertEvent } from './tables.ts';
import { orderOf } from './tables-reading.ts';
import type { Order } from './tables.ts';

/**
 * A matter that is another company's: closed here and reopened there, on the decision of the property-right unit or of
 * the street. The deadline goes on, the two are linked both ways, and the first one's timeline goes on telling how the
 * second fares: whoever reported it reads one story. The other side is written by the worker, for no desk writes behind
 * another company's wall.
 */
type MoveBody = Extract<CommandBody, { action: 'move' }>;
type MoveCommand = Extract<Command, { action: 'move' }>;

const field = (path: string, code = 'unknown') => [{ path, code, params: {} }];

export async function moveCommandOf(tx: Tx, order: Order, body: MoveBody, now: Date): Promise<MoveCommand> {
  const to = await wallOf(tx, body.toScopeId);
  if (to === null || to.kind !== 'compound' || to.cityId !== order.wall.cityId || to.companyId === null)
    throw new Problem('work_order.move_unknown', {}, field('/toScopeId'));
  if (to.companyId === order.wall.companyId)
    throw new Problem('work_order.move_same_company', {}, field('/toScopeId', 'invalid'));
  const company = await wallOf(tx, to.companyId);
  return {
    action: 'move',
    toScopeId: to.scopeId,
    toOrderId: uuidv7(now.getTime()),
    toScopeName: to.name,
    receiver: `${company?.name ?? ''} ${to.name}`.trim(),
    decidedBy: body.decidedBy,
    decider: await deciderOf(tx, order, body, now),
    reference: body.documentNumber,
    reason: body.reason,
  };
}

/** Who decided, by name: the street of the place, or the unit that owns the building. */
async function deciderOf(tx: Tx, order: Order, body: MoveBody, now: Date): Promise<string> {
  const here = await wallOf(tx, order.wall.scopeId);
  if (body.decidedBy === 'street') {
    const street = here?.streetId == null ? null : await wallOf(tx, here.streetId);
    if (street === null) throw new Problem('work_order.move_decider', {}, field('/decidedBy', 'invalid'));
    return street.name;
  }
  const unit =
    body.organisationId === undefined
      ? null
      : await findOrganisation(tx, order.wall.cityId, body.organisationId);
  if (unit === null || unit.kind !== 'property_right_unit')
    throw new Problem('work_order.move_decider', {}, field('/organisationId'));
  const today = localDate(now.getTime(), here?.timeZone);
  const owner =
    order.buildingId === null ? null : await ownerOfBuilding(tx, order.wall.scopeId, order.buildingId, today);
  // Where it is on record whose building it is, no other unit decides over it.
  if (owner !== null && owner.organisationId !== body.organisationId)
    throw new Problem('work_order.move_not_owner', {}, field('/organisationId', 'invalid'));
  return unit.name;
}

export function linkMoved(tx: Tx, order: Order, command: MoveCommand, now: Date): void {
  const { wall } = order;
  tx.write(
    sql`insert into work_orders.link (scope_id, work_order_id, other_scope_id, other_work_order_id, city_id, street_id, company_id, kind, created_at)
        values (${wall.scopeId}, ${order.id}, ${command.toScopeId}, ${command.toOrderId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, 'moved_to', ${now})`,
  );
}

async function findAny(q: Executor, scopeId: string, id: string): Promise<Order | null> {
  const [row] = await q.query<Record<string, unknown>>(
    sql`select o.* from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id}`,
  );
  return row === undefined ? null : orderOf(row);
}

async function freeNumber(tx: Tx, scopeId: string, at: number, zone: string): Promise<string> {
  for (;;) {
    const number = numberOf(at, randomInt(2 ** 32), zone);
    const taken = await tx.query(
      sql`select 1 from work_orders.work_order o where o.scope_id = ${scopeId} and o.number = ${number}`,
    );
    if (taken.length === 0) return number;
  }
}

/** Whom the new desk can call: the first place's people are behind another wall. */
async function contactOf(tx: Tx, house: House, from: Order, at: Date, zone: string) {
  const { wall } = from;
  if (from.contactCipher !== null)
    return house.crypto.open(from.contactCipher, 'work_orders.work_order', from.id);
  const sealed = await findContact(
    tx,
    wall.scopeId,
    { accountId: wall.reporterAccountId, householdId: wall.householdId },
    localDate(at.getTime(), zone),
  );
  return sealed === null ? null : JSON.stringify(openContact(house.crypto, sealed));
}

/** What the report shows and says: its pictures, and the voice that may be all of its words. */
async function copyReport(tx: Tx, house: House, from: Order, to: Order, at: Date): Promise<void> {
  const files = await tx.query<{ file_id: string }>(
    sql`select f.file_id from platform.file f where f.scope_id = ${from.wall.scopeId} and f.attached_id = ${from.id}
        and f.attached_type in ('work_order.report', 'work_order.report_voice') and not f.is_internal order by f.file_id`,
  );
  for (const { file_id } of files) {
    const id = uuidv7(at.getTime());
    for (const variant of variants) {
      const bytes = await house.files.read(file_id, variant);
      if (bytes !== null) await house.files.put(id, variant, bytes);
    }
    const { wall } = to;
    tx.write(
      sql`insert into platform.file (scope_id, file_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, uploaded_by,
            media_type, bytes, width, height, sha256, created_at, attached_type, attached_id, attached_at)
          select ${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, null, ${wall.reporterAccountId}, f.is_public,
            f.uploaded_by, f.media_type, f.bytes, f.width, f.height, f.sha256, f.created_at, f.attached_type, ${to.id}, ${at}
          from platform.file f where f.scope_id = ${from.wall.scopeId} and f.file_id = ${file_id}`,
    );
  }
}

/** The counterpart in the other company's compound, from the closed order and the event that says where to. */
async function reopenThere(tx: Tx, house: House, event: DispatchedEvent): Promise<void> {
  const [told] = await tx.query<{ params: Record<string, string> }>(
    sql`select e.params from work_orders.event e
        where e.scope_id = ${event.scopeId} and e.work_order_id = ${event.objectId} and e.event_id = ${event.eventId}`,
  );
  const from = await lockAny(tx, event.scopeId, event.objectId);
  if (told === undefined || from === null) return;
  const { toScopeId = '', toOrderId = '', decidedBy, decider, reference, reason } = told.params;
  const [to, here, existing, category] = await Promise.all([
    wallOf(tx, toScopeId),
    wallOf(tx, event.scopeId),
    findAny(tx, toScopeId, toOrderId),
    categoryAt(tx, from.state.categoryCode, from.wall, from.state.clockStartAt),
  ]);
  if (to === null || category === null || existing !== null) return;
  const at = event.occurredAt;
  const contact = await contactOf(tx, house, from, at, to.timeZone);
  const decision = movedIn(
    from.state,
    category,
    {
      fromScopeId: from.wall.scopeId,
      fromOrderId: from.id,
      fromNumber: from.number,
      fromScopeName: here?.name ?? '',
      decidedBy: decidedBy ?? '',
      decider: decider ?? '',
      reference: reference ?? '',
      reason: reason ?? '',
    },
    at.getTime(),
  );
  const order: Order = {
    ...from,
    id: toOrderId,
    wall: {
      scopeId: to.scopeId,
      cityId: to.cityId,
      streetId: to.streetId,
      companyId: to.companyId,
      householdId: null,
      reporterAccountId: from.wall.reporterAccountId,
      isPublic: decision.order.isPublic,
    },
    number: await freeNumber(tx, to.scopeId, at.getTime(), to.timeZone),
    placeLabel: `${here?.name ?? ''} ${from.placeLabel}`.trim(),
    buildingId: null,
    facilityId: null,
    contactCipher: contact === null ? null : house.crypto.seal(contact, 'work_orders.work_order', toOrderId),
    assigneeName: null,
    assigneeTitle: null,
    version: 1,
    updatedAt: at,
    state: decision.order,
  };
  writeChange(tx, {
    before: null,
    after: order,
    decision,
    steps: [],
    by: { accountId: null, name: null, role: 'system' },
    now: at,
  });
  await copyReport(tx, house, from, order, at);
  tx.write(
    sql`insert into work_orders.link (scope_id, work_order_id, other_scope_id, other_work_order_id, city_id, street_id, company_id, kind, created_at)
        values (${to.scopeId}, ${order.id}, ${from.wall.scopeId}, ${from.id}, ${to.cityId}, ${to.streetId}, ${to.companyId}, 'moved_from', ${at})`,
  );
  goOn(tx, from, order, to.name, 'opened', event);
}

/** One more line in the first order's timeline; of what matters most the reporter is told, too. */
function goOn(
  tx: Tx,
  first: Order,
  there: Order,
  scopeName: string,
  result: string,
  event: DispatchedEvent,
): void {
  const at = event.occurredAt;
  // Arrived and started in one instant: told in that order here too.
  const eventId = idBeside(event.eventId);
  const params = { result, number: there.number, scopeName, place: scopeName };
  tx.write(
    insertEvent(first.id, first.wall, {
      eventId,
      kind: 'work_order.moved_progress',
      actorAccountId: null,
      actorName: null,
      actorRole: 'system',
      isInternal: false,
      params,
      photoIds: [],
      at,
    }),
  );
  const isNews = result === 'opened' || result === 'accepted' || result === 'finished';
  recordEvent(tx, {
    eventId,
    scopeId: first.wall.scopeId,
    wall: { ...first.wall, isInternal: false },
    kind: 'work_order.moved_progress',
    version: 1,
    objectId: first.id,
    payload: {
      number: first.number,
      categoryCode: first.state.categoryCode,
      status: first.state.status,
      byAccountId: null,
      notifications: isNews
        ? [
            {
              template: 'work_order.moved_progress',
              to: 'reporter',
              accountId: null,
              params: { number: first.number, scopeName },
            },
          ]
        : [],
    },
    occurredAt: at,
  });
}

/** What of the counterpart's life the first order tells. */
const progress: Partial<Record<string, string>> = {
  'work_order.accepted': 'accepted',
  'work_order.departed': 'departed',
  'work_order.arrived': 'arrived',
  'work_order.started': 'started',
  'work_order.paused': 'paused',
  'work_order.resumed': 'resumed',
  'work_order.finished': 'finished',
  'work_order.disputed': 'disputed',
  'work_order.closed': 'closed',
  'work_order.force_closed': 'closed',
  'work_order.cancelled': 'closed',
  'work_order.referred': 'closed',
} satisfies Partial<Record<EventKind, string>>;

async function tellOfProgress(tx: Tx, event: DispatchedEvent): Promise<void> {
  const result = progress[event.kind];
  if (result === undefined) return;
  const [link] = await tx.query<{ scopeId: string; id: string }>(
    sql`select l.other_scope_id as "scopeId", l.other_work_order_id as id from work_orders.link l
        where l.scope_id = ${event.scopeId} and l.work_order_id = ${event.objectId} and l.kind = 'moved_from'`,
  );
  if (link === undefined) return;
  const [first, there, place] = await Promise.all([
    // Locked: hidden from the neighbours meanwhile, its story is written as hidden.
    lockAny(tx, link.scopeId, link.id),
    findAny(tx, event.scopeId, event.objectId),
    wallOf(tx, event.scopeId),
  ]);
  if (first !== null && there !== null) goOn(tx, first, there, place?.name ?? '', result, event);
}

export const moves: Consumer = {
  name: 'work_orders.moves',
  kinds: ['work_order.moved', ...Object.keys(progress)],
  async handle(events, tx, house) {
    for (const event of events) {
      if (event.kind === 'work_order.moved') await reopenThere(tx, house, event);
      else await tellOfProgress(tx, event);
    }
  },
};
