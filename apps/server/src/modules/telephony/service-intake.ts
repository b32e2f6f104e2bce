import { maskPhone, SECOND, uuidv7 } from '@gongzhi/kernel';
import { type Actor, signingIn } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { isSignedBy } from '../../platform/http/signed.ts';
import { admitRequest } from '../identity/index.ts';
import { type Wall, wallOf } from '../places/index.ts';
import {
  type CallFacts,
  extensionsOf,
  type Fault,
  heard,
  type HeardEvent,
  nothingKnown,
  readEvent,
  stateOf,
} from './domain.ts';
import { findLine, lockLines } from './queries.ts';
import { tellCall } from './service.ts';
import { type CallOfTask, followCall } from './service-tasks.ts';

/**
 * What the telephone's provider tells. A request is signed with the line's own secret over its timestamp and its bytes;
 * an event has an id of the provider's, and is taken once however often it is sent.
 */
export interface SignedRequest {
  readonly line: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Buffer;
  readonly address: string;
}

export interface IntakeResult {
  readonly eventId: string;
  readonly result: 'taken' | 'known' | 'refused';
  readonly faults: readonly Fault[];
}

const requestLimit = { name: 'telephony_events', most: 1_200, within: 60_000 } as const;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const mostEvents = 100;

/** As the department whose line it claims to be; before the signature is checked that line's secret is read and nothing else. */
function asDesk(scopeId: string): Actor {
  return { ...signingIn, kind: 'scope', scopeIds: [scopeId] };
}

export async function takeEvents(house: House, request: SignedRequest): Promise<{ results: IntakeResult[] }> {
  const now = house.clock.now();
  await house.db.act(signingIn, (tx) => admitRequest(tx, house.crypto, requestLimit, request.address, now));
  const [scopeId = '', lineId = '', ...rest] = request.line.split('.');
  const unsigned = new Problem('telephony.unsigned');
  if (!uuid.test(scopeId) || !uuid.test(lineId) || rest.length > 0) throw unsigned;
  return house.db.act(asDesk(scopeId), async (tx) => {
    const line = await findLine(tx, scopeId, lineId);
    if (line === null) throw unsigned;
    const secret = house.crypto.open(line.cipher, 'telephony.line', lineId);
    if (!isSignedBy(secret, request.timestamp, request.body, request.signature)) throw unsigned;
    const wall = await wallOf(tx, scopeId);
    if (wall === null) throw unsigned;
    const chain = chainOf(wall);
    const skewSeconds = await house.settings.get(tx, chain, 'telephony.clock_skew_seconds', now);
    const at = Date.parse(request.timestamp);
    if (!Number.isFinite(at) || Math.abs(now.getTime() - at) > skewSeconds * 1_000) throw unsigned;
    const oldestHours = await house.settings.get(tx, chain, 'telephony.oldest_event_hours', now);
    const mostAttempts = await house.settings.get(tx, chain, 'telephony.most_attempts', now);
    await lockLines(tx, scopeId);
    tx.write(
      sql`update telephony.line set heard_at = ${now} where scope_id = ${scopeId} and line_id = ${lineId}`,
    );
    const taking: Taking = { house, tx, wall, lineId, mostAttempts, skew: skewSeconds * SECOND, now };
    const results: IntakeResult[] = [];
    for (const raw of eventsIn(request.body)) {
      const read = readEvent(raw, { now: now.getTime(), skewSeconds, oldestHours });
      const eventId = typeof raw['eventId'] === 'string' ? raw['eventId'].slice(0, 80) : '';
      if ('faults' in read) results.push({ eventId, result: 'refused', faults: read.faults });
      else {
        const outcome = await takeEvent(taking, read.value);
        results.push(
          typeof outcome === 'string'
            ? { eventId, result: outcome, faults: [] }
            : { eventId, result: 'refused', faults: [outcome] },
        );
      }
    }
    return { results };
  });
}

export function chainOf(wall: Wall): string[] {
  return [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
}

export interface Taking {
  readonly house: House;
  readonly tx: Tx;
  readonly wall: Wall;
  readonly lineId: string;
  readonly mostAttempts: number;
  /** How far the provider's clock may be from ours. */
  readonly skew: number;
  readonly now: Date;
}

interface KnownCall {
  readonly id: string;
  readonly direction: string;
  readonly index: Buffer | null;
  readonly facts: CallFacts;
  readonly state: string;
  readonly taskId: string | null;
}

async function takeEvent(taking: Taking, event: HeardEvent): Promise<'taken' | 'known' | Fault> {
  const { house, tx, wall, lineId, now } = taking;
  const { scopeId } = wall;
  const index =
    event.number === null ? null : house.crypto.scopeIndex(scopeId, 'telephony.number', event.number);
  const seen = await tx.query(
    sql`select 1 as seen from telephony.event e where e.scope_id = ${scopeId} and e.line_id = ${lineId} and e.event_key = ${event.key}`,
  );
  if (seen.length > 0) return 'known';
  const before = await findCall(tx, scopeId, lineId, event.providerId);
  if (before !== null && before.direction !== event.direction)
    return { field: 'direction', code: 'other_direction' };
  if (before !== null && !isSameNumber(before.index, index))
    return { field: event.direction === 'in' ? 'from' : 'to', code: 'other_number' };
  const id = before?.id ?? uuidv7(now.getTime());
  const facts = heard(before?.facts ?? nothingKnown(event.at), event);
  const state = stateOf(facts);
  const columns = {
    began: new Date(facts.beganAt),
    answered: dateOf(facts.firstAnsweredAt),
    ended: dateOf(facts.endedAt),
    extension: facts.answered?.value ?? null,
  };
  if (before === null) {
    const cipher = event.number === null ? null : house.crypto.seal(event.number, 'telephony.call', id);
    const masked = event.number === null ? null : maskPhone(event.number);
    tx.write(
      sql`insert into telephony.call (scope_id, call_id, city_id, street_id, company_id, line_id, provider_id, direction, number_cipher,
            number_index, number_masked, facts, state, extension, began_at, answered_at, ended_at, heard_at)
          values (${scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${lineId}, ${event.providerId}, ${event.direction},
            ${cipher}, ${index}, ${masked}, ${JSON.stringify(facts)}, ${state}, ${columns.extension}, ${columns.began}, ${columns.answered},
            ${columns.ended}, ${now})`,
    );
  } else {
    tx.write(
      sql`update telephony.call set facts = ${JSON.stringify(facts)}, state = ${state}, extension = ${columns.extension},
            began_at = ${columns.began}, answered_at = ${columns.answered}, ended_at = ${columns.ended}, heard_at = ${now}
          where scope_id = ${scopeId} and call_id = ${id}`,
    );
  }
  tx.write(
    sql`insert into telephony.event (scope_id, line_id, event_key, city_id, street_id, company_id, call_id, kind, at, heard_at)
        values (${scopeId}, ${lineId}, ${event.key}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${id}, ${event.kind},
          ${new Date(event.at)}, ${now})`,
  );
  if (index !== null) {
    const call: CallOfTask = {
      id,
      direction: event.direction,
      number: event.number!,
      index,
      state,
      beganAt: facts.beganAt,
      answeredAt: facts.firstAnsweredAt,
      endedAt: facts.endedAt,
      taskId: before?.taskId ?? null,
    };
    await followCall(taking, call);
  }
  tellCall(tx, wall, id, state, extensionsOf(facts), now);
  return 'taken';
}

async function findCall(
  tx: Tx,
  scopeId: string,
  lineId: string,
  providerId: string,
): Promise<KnownCall | null> {
  const rows = await tx.query<KnownCall>(
    sql`select c.call_id as id, c.direction, c.number_index as index, c.facts, c.state, c.task_id as "taskId" from telephony.call c
        where c.scope_id = ${scopeId} and c.line_id = ${lineId} and c.provider_id = ${providerId}`,
  );
  return rows[0] ?? null;
}

const isSameNumber = (a: Buffer | null, b: Buffer | null): boolean =>
  a === null || b === null ? a === b : a.equals(b);

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** `{"events": [{…}]}`: what is no such thing is refused whole, before anything is written. */
function eventsIn(body: Buffer): Record<string, unknown>[] {
  const malformed = (path: string, code: string) =>
    new Problem('validation.failed', {}, [{ path, code, params: { limit: mostEvents } }]);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Problem('request.malformed');
  }
  const events = (parsed as { events?: unknown } | null)?.events;
  if (!Array.isArray(events) || events.length === 0) throw malformed('/events', 'required');
  if (events.length > mostEvents) throw malformed('/events', 'maxItems');
  return events.map((one: unknown, i) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one))
      throw malformed(`/events/${i}`, 'type');
    return one as Record<string, unknown>;
  });
}
