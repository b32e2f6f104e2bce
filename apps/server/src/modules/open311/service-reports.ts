import { createHash } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { tKey } from '@gongzhi/i18n';
import type { Database, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { catalogueOf, commentFromOutside, createOrder } from '../work-orders/index.ts';
import {
  type Answer,
  answersOf,
  callableOf,
  type Fault,
  fault,
  type Form,
  hasSender,
  isPublishable,
  type Report,
  reportOf,
  requestIdOf,
  type Sender,
  type SentUpdate,
  SPOT,
} from './domain.ts';
import { type ClientRow, findRequests, type ServiceRow } from './queries.ts';
import { insertRequest } from './queries-projection.ts';
import { actingOf } from './service-clients.ts';
import type { Jurisdiction } from './service-jurisdictions.ts';
import { placeOf } from './service-places.ts';
import { projectionOfNew } from './service-projection.ts';

/** What comes from outside becomes an order, or a word about one, by the same services that everybody's does. */

/** On the test endpoint all is done and nothing kept. */
export type Mode = 'production' | 'test';

export interface Refused {
  readonly faults: readonly Fault[];
}
const refused = (...faults: Fault[]): Refused => ({ faults });
export const isRefused = (answer: object): answer is Refused => 'faults' in answer;

export interface Taken {
  /** Null when it was a test. */
  readonly requestId: string | null;
  /** What is said on the phone. */
  readonly number: string | null;
  readonly accountId: string | null;
}

/** Carries an answer out of a transaction that is to leave nothing behind. */
class Undone<T> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super('done for a test');
    this.answer = answer;
  }
}

/** A refusal keeps nothing, a test neither. */
async function acted<T extends object>(
  db: Database,
  acting: Acting,
  mode: Mode,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.act(acting.actor, async (tx) => {
        const answer = await run(tx);
        if (mode === 'test' || isRefused(answer)) {
          // What was written has to have gone well; a constraint is asked when its statement is answered.
          await tx.query(sql`select 1`);
          throw new Undone(answer);
        }
        return answer;
      });
    } catch (error) {
      if (error instanceof Undone) return error.answer as T;
      const { code, constraint } = error as { code?: string; constraint?: string };
      // A number drawn twice, a deadlock: nothing was changed, and it may simply be done again.
      const isBadLuck = code === '40001' || code === '40P01' || constraint === 'work_order_number';
      if (!isBadLuck || attempt === 4) throw error;
    }
  }
}

/** The same words from the same client: all that was sent but the key. */
function hashOfForm(form: Form): Buffer {
  const fields = [...form].filter(([name]) => name !== 'api_key').sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest();
}

/** One at a time, so that of two identical requests at the same instant the second finds the first. */
async function queueUp(tx: Tx, name: string): Promise<void> {
  await tx.query(sql`select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(${name}, 311))`);
}

interface Twin {
  readonly number: string;
  readonly scopeId: string;
  readonly accountId: string | null;
}

async function twinOf(
  tx: Tx,
  streetId: string,
  clientId: string,
  hash: Buffer,
  since: Date,
): Promise<Twin | null> {
  const [row] = await tx.query<Twin>(
    sql`select m.number, m.scope_id as "scopeId", m.account_id as "accountId" from open311.submission m
        where m.street_id = ${streetId} and m.client_id = ${clientId} and m.body_hash = ${hash} and m.received_at > ${since}
        order by m.received_at desc limit 1`,
  );
  return row ?? null;
}

export async function takeReport(
  house: House,
  mode: Mode,
  at: Jurisdiction,
  client: ClientRow,
  service: ServiceRow,
  form: Form,
): Promise<Taken | Refused> {
  const read = reportOf(form);
  const report = read.ok ? read.value : null;
  const answered = answersOf(service.attributes, report?.answers ?? new Map());
  const faults = [...(read.ok ? [] : read.error), ...(answered.ok || report === null ? [] : answered.error)];
  if (report === null || !answered.ok || faults.length > 0) return { faults };
  const acting = actingOf(client, at, house.clock.now());
  const hash = hashOfForm(form);
  return acted(house.db, acting, mode, async (tx) => {
    if (mode === 'production') await queueUp(tx, `${client.id} ${hash.toString('hex')}`);
    // After the wait: whoever waited comes later than who was waited for.
    const now = house.clock.now();
    const chain = [at.streetId, at.cityId].filter((id) => id !== null);
    const minutes = await house.settings.get(tx, chain, 'open311.same_minutes', now);
    const since = new Date(now.getTime() - minutes * 60_000);
    const twin = mode === 'test' ? null : await twinOf(tx, at.streetId, client.id, hash, since);
    if (twin !== null)
      return { requestId: requestIdOf(twin), number: twin.number, accountId: twin.accountId };
    return file(house, tx, { acting, at, client, service, report, answers: answered.value, hash, mode, now });
  });
}

interface Filing {
  readonly acting: Acting;
  readonly at: Jurisdiction;
  readonly client: ClientRow;
  readonly service: ServiceRow;
  readonly report: Report;
  readonly answers: readonly Answer[];
  readonly hash: Buffer;
  readonly mode: Mode;
  readonly now: Date;
}

async function file(house: House, tx: Tx, filing: Filing): Promise<Taken | Refused> {
  const { acting, at, client, service, report, answers, hash, mode, now } = filing;
  const [place, catalogue] = await Promise.all([
    placeOf(house, tx, at, report.location, now),
    catalogueOf(tx, [service.code]),
  ]);
  if ('code' in place) return refused(place);
  const category = catalogue.get(service.code);
  if (category === undefined || !isPublishable(category, at.cityId)) return refused(fault('service_unknown'));
  const spot = answers.find(({ code }) => code === SPOT)?.answer;
  const words = [
    report.description ?? category.nameZh,
    ...answers.filter(({ code }) => code !== SPOT).map(({ question, answer }) => `${question}: ${answer}`),
  ].join('\n');
  const contact = callableOf(report.sender);
  const { order } = await createOrder(
    house,
    acting,
    tx,
    {
      scopeId: place.scopeId,
      categoryCode: service.code,
      description: words,
      place: {
        type: 'public',
        ...(place.buildingId === null ? {} : { buildingId: place.buildingId }),
        ...(spot === undefined ? {} : { spot }),
      },
      ...(contact === null ? {} : { contact }),
    },
    now,
  );
  const { wall } = order;
  const submissionId = uuidv7(now.getTime());
  const sealed = seal(house, 'open311.submission', submissionId, report.sender);
  tx.write(
    sql`insert into open311.submission (scope_id, submission_id, work_order_id, number, city_id, street_id, company_id, client_id, client_name, body_hash,
          received_at, latitude, longitude, address_id, address_string, device_id, account_id, media_urls, contact_cipher)
        values (${wall.scopeId}, ${submissionId}, ${order.id}, ${order.number}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${client.id}, ${client.name},
          ${hash}, ${now}, ${report.point?.latitude ?? null}, ${report.point?.longitude ?? null}, ${report.addressId}, ${report.addressString},
          ${report.deviceId}, ${report.accountId}, ${[...report.mediaUrls]}, ${sealed})`,
  );
  const facts = {
    ...wall,
    id: order.id,
    number: order.number,
    categoryCode: order.state.categoryCode,
    status: order.state.status,
    outcome: null,
    buildingId: order.buildingId,
    createdAt: now,
    endedAt: null,
    resolveDueAt: order.state.resolveDueAt === null ? null : new Date(order.state.resolveDueAt),
    isShared: wall.isPublic,
  };
  if (facts.isShared) insertRequest(tx, await projectionOfNew(tx, facts));
  const isTest = mode === 'test';
  return {
    requestId: isTest ? null : requestIdOf(facts),
    number: isTest ? null : order.number,
    accountId: report.accountId,
  };
}

export function seal(house: House, table: string, rowId: string, sender: Sender): Buffer | null {
  return hasSender(sender) ? house.crypto.seal(JSON.stringify(sender), table, rowId) : null;
}

export interface Noted {
  /** Ours; null when it was a test. */
  readonly updateId: string | null;
}

/** A word about something that is public here. It becomes a comment for the staff, and never a change of status. */
export function takeUpdate(
  house: House,
  mode: Mode,
  at: Jurisdiction,
  client: ClientRow,
  update: SentUpdate,
): Promise<Noted | Refused> {
  const acting = actingOf(client, at, house.clock.now());
  return acted(house.db, acting, mode, async (tx) => {
    const [request] = await findRequests(tx, at.streetId, {
      ids: [update.requestId],
      page: { size: 1, skipped: 0 },
    });
    if (request === undefined) return refused(fault('request_unknown'));
    const now = house.clock.now();
    const id = uuidv7(now.getTime());
    // Without an id of the client's own there is nothing to know it again by.
    const theirs = update.updateId ?? id;
    const sealed = seal(house, 'open311.client_update', id, update.sender);
    const { orderId, scopeId } = request;
    const [fresh] = await tx.query<{ id: string }>(
      sql`insert into open311.client_update (scope_id, client_update_id, city_id, street_id, client_id, client_name, update_id, place_id,
            work_order_id, status, said_at, received_at, media_urls, contact_cipher)
          values (${at.streetId}, ${id}, ${at.cityId}, ${at.streetId}, ${client.id}, ${client.name}, ${theirs}, ${scopeId}, ${orderId},
            ${update.status}, ${update.saidAt}, ${now}, ${[...update.mediaUrls]}, ${sealed})
          on conflict (scope_id, client_id, update_id) do nothing returning client_update_id as id`,
    );
    if (fresh === undefined) {
      const [known] = await tx.query<{ id: string }>(
        sql`select u.client_update_id as id from open311.client_update u
            where u.scope_id = ${at.streetId} and u.client_id = ${client.id} and u.update_id = ${theirs}`,
      );
      return { updateId: mode === 'test' ? null : (known?.id ?? null) };
    }
    const text = [
      update.text,
      update.status === null ? '' : tKey('zh-CN', 'open311.says', { status: update.status }),
      ...update.mediaUrls,
    ].filter((part) => part !== '');
    await commentFromOutside(house, acting, tx, { scopeId, id: orderId }, text.join('\n'), now);
    return { updateId: mode === 'test' ? null : id };
  });
}
