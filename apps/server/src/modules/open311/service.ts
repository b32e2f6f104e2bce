import { type Locale, t } from '@gongzhi/i18n';
import { maskName, maskPhone, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { type Category, catalogueOf, findOrder } from '../work-orders/index.ts';
import { type Attribute, definitionFault, isPublishable, nameOfSender, type Sender, SPOT } from './domain.ts';
import { publishedEvent } from './events.ts';
import { type ServiceRow, servicesOf } from './queries.ts';
import { clientUpdatesOf, lockPublication, publicationOf, submissionOf } from './queries-staff.ts';
import { hashOfKey, newKey } from './service-clients.ts';

/** What a street decides about outsiders: which matters it tells of, who may report, which words are public. */

/** A street of one's own; whatever else is not found. */
export async function accessStreet(q: Executor, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(q, acting, scopeId);
  if (wall.kind !== 'street') throw new Problem('not_found');
  return wall;
}

/** What every category asks until a street says otherwise: where exactly, in one's own words. */
export function usualAttributes(): Attribute[] {
  const text = (locale: Locale, key: 'open311.spot' | 'open311.spot.hint') => t(locale, key);
  return [
    {
      code: SPOT,
      isInput: true,
      datatype: 'string',
      isRequired: false,
      zh: text('zh-CN', 'open311.spot'),
      en: text('en', 'open311.spot'),
      hintZh: text('zh-CN', 'open311.spot.hint'),
      hintEn: text('en', 'open311.spot.hint'),
      values: [],
    },
  ];
}

/** Every category that could be offered, with what the street says of it. */
export async function listServices(q: Executor, wall: Wall) {
  const [rows, catalogue] = await Promise.all([servicesOf(q, wall.scopeId), catalogueOf(q)]);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return [...catalogue.values()]
    .filter((category) => isPublishable(category, wall.cityId))
    .map((category) => serviceView(category, byCode.get(category.code) ?? null));
}

export function serviceView(category: Category, row: ServiceRow | null) {
  return {
    code: category.code,
    nameZh: category.nameZh,
    nameEn: category.nameEn,
    group: category.group,
    isPublished: row?.isPublished ?? false,
    descriptionZh: row?.descriptionZh ?? '',
    descriptionEn: row?.descriptionEn ?? '',
    attributes: [...(row?.attributes ?? usualAttributes())].map((one) => ({
      ...one,
      values: [...one.values],
    })),
    version: row?.version ?? 0,
    changedByName: row?.changedByName ?? null,
    changedAt: row?.changedAt.toISOString() ?? null,
  };
}

export interface ServiceChange {
  readonly isPublished: boolean;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly attributes: readonly Attribute[];
  readonly expectedVersion: number;
}

export async function saveService(
  acting: Acting,
  tx: Tx,
  wall: Wall,
  code: string,
  change: ServiceChange,
  now: Date,
) {
  const category = (await catalogueOf(tx, [code])).get(code);
  if (category === undefined) throw new Problem('not_found');
  if (!isPublishable(category, wall.cityId)) throw new Problem('open311.category_not_publishable');
  const wrong = definitionFault(change.attributes);
  if (wrong !== null) {
    const params = { fault: wrong.fault };
    throw new Problem('open311.attribute_invalid', params, [
      { path: `/attributes/${wrong.at}`, code: wrong.fault, params: {} },
    ]);
  }
  const { scopeId, cityId } = wall;
  const version = change.expectedVersion + 1;
  const attributes = JSON.stringify(change.attributes);
  const [zh, en] = [change.descriptionZh.trim(), change.descriptionEn.trim()];
  const before = (await servicesOf(tx, scopeId)).find((row) => row.code === code) ?? null;
  if ((before?.version ?? 0) !== change.expectedVersion)
    throw new Problem('open311.stale', { version: before?.version ?? 0 });
  // Of two at once the second writes no row: its version is no longer the one it saw.
  const written = await tx.query(
    sql`insert into open311.service as s (scope_id, category_code, city_id, street_id, is_published, description_zh, description_en, attributes,
          version, changed_by_name, changed_at)
        values (${scopeId}, ${code}, ${cityId}, ${scopeId}, ${change.isPublished}, ${zh}, ${en}, ${attributes}, ${version}, ${acting.displayName}, ${now})
        on conflict (scope_id, category_code) do update set is_published = excluded.is_published, description_zh = excluded.description_zh,
          description_en = excluded.description_en, attributes = excluded.attributes, version = excluded.version,
          changed_by_name = excluded.changed_by_name, changed_at = excluded.changed_at
        where s.version = ${change.expectedVersion} returning s.version`,
  );
  if (written.length === 0) throw new Problem('open311.stale', { version });
  if (change.isPublished && before?.isPublished !== true) tellPublished(tx, wall, code, now);
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId: scopeId, companyId: null },
    accountId: acting.accountId,
    action: 'open311.service_changed',
    objectType: 'open311_service',
    objectId: null,
    detail: { categoryCode: code, isPublished: change.isPublished, version },
    at: now,
  });
  return serviceView(category, {
    code,
    isPublished: change.isPublished,
    descriptionZh: zh,
    descriptionEn: en,
    attributes: change.attributes,
    version,
    changedByName: acting.displayName,
    changedAt: now,
  });
}

function tellPublished(tx: Tx, { scopeId, cityId }: Wall, categoryCode: string, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId: scopeId,
      companyId: null,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: publishedEvent,
    version: 1,
    objectId: scopeId,
    payload: { categoryCode },
    occurredAt: now,
  });
}

export interface ClientChange {
  readonly name: string;
  readonly mayReport: boolean;
  readonly mayUpdate: boolean;
  readonly perMinute: number;
}

export function createClient(acting: Acting, tx: Tx, wall: Wall, change: ClientChange, now: Date) {
  const { scopeId, cityId } = wall;
  const id = uuidv7(now.getTime());
  const key = newKey();
  const name = change.name.trim();
  tx.write(
    sql`insert into open311.client (scope_id, client_id, city_id, street_id, name, key_hash, may_report, may_update, per_minute, created_by_name, created_at)
        values (${scopeId}, ${id}, ${cityId}, ${scopeId}, ${name}, ${hashOfKey(key)}, ${change.mayReport}, ${change.mayUpdate},
          ${change.perMinute}, ${acting.displayName}, ${now})`,
  );
  auditClient(acting, tx, wall, id, 'open311.client_created', now);
  return {
    ...change,
    id,
    name,
    key,
    createdByName: acting.displayName,
    createdAt: now.toISOString(),
    revokedAt: null,
  };
}

export async function revokeClient(acting: Acting, tx: Tx, wall: Wall, id: string, now: Date): Promise<void> {
  const rows = await tx.query(
    sql`update open311.client set revoked_at = coalesce(revoked_at, ${now}) where scope_id = ${wall.scopeId} and client_id = ${id} returning client_id`,
  );
  if (rows.length === 0) throw new Problem('not_found');
  auditClient(acting, tx, wall, id, 'open311.client_revoked', now);
}

function auditClient(acting: Acting, tx: Tx, wall: Wall, id: string, action: string, now: Date): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: { cityId: wall.cityId, streetId: wall.scopeId, companyId: null },
    accountId: acting.accountId,
    action,
    objectType: 'open311_client',
    objectId: id,
    detail: {},
    at: now,
  });
}

/** As it may be seen by everybody who works with it. */
function masked(house: House, table: string, id: string, cipher: Buffer | null): string | null {
  if (cipher === null) return null;
  const sender = JSON.parse(house.crypto.open(cipher, table, id)) as Sender;
  const name = nameOfSender(sender);
  const email = sender.email?.replace(/^(.).*?(@|$)/, '$1***$2') ?? null;
  const parts = [
    name === null ? null : maskName(name),
    sender.phone === null ? null : maskPhone(sender.phone),
    email,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

export async function publication(
  house: House,
  acting: Acting,
  q: Executor,
  scopeId: string,
  orderId: string,
) {
  const order = await findOrder(q, acting, scopeId, orderId);
  if (order === null) throw new Problem('not_found');
  const { streetId } = order.wall;
  const [row, submission, updates, services] = await Promise.all([
    publicationOf(q, scopeId, orderId),
    submissionOf(q, scopeId, orderId),
    streetId === null ? [] : clientUpdatesOf(q, streetId, scopeId, orderId),
    streetId === null ? [] : servicesOf(q, streetId),
  ]);
  const isOffered = services.some(
    ({ code, isPublished }) => isPublished && code === order.state.categoryCode,
  );
  const isShared = order.state.place === 'public' && order.state.isPublic && !order.state.isConfidential;
  const hiddenBecause = !isShared
    ? 'not_shared'
    : !isOffered
      ? 'not_offered'
      : row === null
        ? 'pending'
        : null;
  return {
    isPublic: hiddenBecause === null,
    hiddenBecause: hiddenBecause as 'not_shared' | 'not_offered' | 'pending' | null,
    requestId: row?.requestId ?? null,
    status: row?.status ?? null,
    word: row?.word ?? null,
    address: row?.address ?? null,
    publicText: row?.publicText ?? null,
    approvedByName: row?.approvedByName ?? null,
    approvedAt: row?.approvedAt?.toISOString() ?? null,
    version: row?.version ?? 0,
    submission:
      submission === null
        ? null
        : {
            clientName: submission.clientName,
            receivedAt: submission.receivedAt.toISOString(),
            latitude: submission.latitude,
            longitude: submission.longitude,
            addressString: submission.addressString,
            addressId: submission.addressId,
            mediaUrls: submission.mediaUrls,
            sender: masked(house, 'open311.submission', submission.id, submission.contactCipher),
          },
    updates: updates.map((update) => ({
      clientName: update.clientName,
      receivedAt: update.receivedAt.toISOString(),
      status: update.status,
      mediaUrls: update.mediaUrls,
      sender: masked(house, 'open311.client_update', update.id, update.contactCipher),
    })),
  };
}

/** The words strangers read. Only what is public has any; none is taken over from the reporter by itself. */
export async function approveText(
  house: House,
  acting: Acting,
  tx: Tx,
  key: { readonly scopeId: string; readonly id: string },
  change: { readonly publicText: string | null; readonly expectedVersion: number },
  now: Date,
) {
  const order = await findOrder(tx, acting, key.scopeId, key.id);
  if (order === null) throw new Problem('not_found');
  const row = await lockPublication(tx, key.scopeId, key.id);
  if (row === null) throw new Problem('open311.not_published');
  if (row.version !== change.expectedVersion) throw new Problem('open311.stale', { version: row.version });
  const text = change.publicText?.trim() ?? null;
  const [by, at] = text === null ? [null, null] : [acting.displayName, now];
  await tx.query(
    sql`update open311.request set public_text = ${text}, approved_by_name = ${by}, approved_at = ${at}, version = version + 1
        where scope_id = ${key.scopeId} and work_order_id = ${key.id} returning version`,
  );
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: key.scopeId,
    wall: order.wall,
    accountId: acting.accountId,
    action: text === null ? 'open311.text_withdrawn' : 'open311.text_approved',
    objectType: 'work_order',
    objectId: key.id,
    detail: { version: row.version + 1 },
    at: now,
  });
  return publication(house, acting, tx, key.scopeId, key.id);
}

/** Who reported it outside, in plain text for a purpose; the look is recorded in the same transaction. */
export async function revealSender(
  house: House,
  acting: Acting,
  tx: Tx,
  key: { readonly scopeId: string; readonly id: string },
  purpose: string,
  now: Date,
) {
  const [order, submission] = await Promise.all([
    findOrder(tx, acting, key.scopeId, key.id),
    submissionOf(tx, key.scopeId, key.id),
  ]);
  if (order === null) throw new Problem('not_found');
  if (submission?.contactCipher == null) throw new Problem('open311.sender_unknown');
  const sender = JSON.parse(
    house.crypto.open(submission.contactCipher, 'open311.submission', submission.id),
  ) as Sender;
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: key.scopeId,
    wall: order.wall,
    accountId: acting.accountId,
    action: 'open311.sender_revealed',
    objectType: 'work_order',
    objectId: key.id,
    detail: { purpose, role: acting.role },
    at: now,
  });
  return { name: nameOfSender(sender), email: sender.email, phone: sender.phone };
}
