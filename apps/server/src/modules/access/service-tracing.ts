import { addDays, DAY, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, disclose, openPerson, sealedPeople, type Wall } from '../places/index.ts';
import {
  decisionFault,
  measureFault,
  type TracedMeasure,
  type TracingFault,
  type TracingLimits,
  wishFault,
} from './domain/tracing.ts';
import { measureInForce } from './queries-measures.ts';
import {
  findTracing,
  findTracingList,
  type KnownPass,
  knownPasses,
  lockTracing,
  passOfPassage,
  type TracingRow,
} from './queries-tracing.ts';
import type { TracingBody } from './schemas-tracing.ts';
import { type SealedContact, type SealedList, trace } from './service-contacts.ts';
import { keep, tellOfGate } from './service-gates.ts';
import { chainOf } from './service-parcels.ts';
import { passFields } from './tables-passes.ts';

/** Asked for by one, authorised by another, made then and there, opened by the two alone, gone on its date. */

export const tracingFields = { matter: 'access.tracing.matter', list: 'access.tracing.list' } as const;

export function limitsOf(house: House, q: Executor, wall: Wall, now: Date): Promise<TracingLimits> {
  return house.settings.get(q, chainOf(wall), 'access.tracing', now);
}

async function tracedMeasure(q: Executor, wall: Wall, policyId: string) {
  const measure = await measureInForce(q, wall, policyId);
  const facts: TracedMeasure =
    measure === null
      ? null
      : {
          from: measure.startsAt.getTime(),
          to: measure.endsAt.getTime(),
          allowsTracing: measure.content.allows?.tracing ?? false,
        };
  return { measure, facts };
}

/** The measure of a request, as it is now. */
export const measureOf = ({ measureFrom, measureTo, allowsTracing }: TracingRow): TracedMeasure =>
  measureFrom === null || measureTo === null
    ? null
    : { from: measureFrom.getTime(), to: measureTo.getTime(), allowsTracing };

const paths: Readonly<Record<TracingFault, string>> = {
  no_measure: '/policyId',
  not_allowed: '/policyId',
  measure_over: '/policyId',
  window: '/windowMinutes',
  span: '/to',
  outside: '/from',
  future: '/to',
  keep: '/destroyOn',
};

export async function askTracing(
  house: House,
  acting: Acting,
  tx: Tx,
  body: TracingBody,
  now: Date,
): Promise<string> {
  const { scopeId } = body;
  const wall = await accessScope(tx, acting, scopeId);
  if (wall.kind !== 'compound')
    throw new Problem('access.not_here', {}, [{ path: '/scopeId', code: 'unknown', params: {} }]);
  const [{ measure, facts }, limits] = await Promise.all([
    tracedMeasure(tx, wall, body.policyId),
    limitsOf(house, tx, wall, now),
  ]);
  const [from, to] = [new Date(body.from), new Date(body.to)];
  const destroyAt = new Date(startOfDay(addDays(body.destroyOn, 1), wall.timeZone));
  const fault = wishFault(
    {
      from: from.getTime(),
      to: to.getTime(),
      windowMinutes: body.windowMinutes,
      destroyAt: destroyAt.getTime(),
    },
    facts,
    // Kept until the end of the last day.
    { ...limits, keepDays: limits.keepDays + 1 },
    now.getTime(),
  );
  if (fault !== null || measure === null) {
    const why = fault ?? 'no_measure';
    throw new Problem('access.tracing_refused', { reason: why }, [
      { path: paths[why], code: why, params: { ...limits } },
    ]);
  }
  const since = new Date(from.getTime() - DAY);
  const passId = await passOfPassage(tx, scopeId, body.gateId, body.passageId, since);
  if (passId === null)
    throw new Problem('access.tracing_refused', { reason: 'nobody' }, [
      { path: '/passageId', code: 'nobody', params: {} },
    ]);
  const id = uuidv7(now.getTime());
  const { cityId, streetId } = wall;
  tx.write(
    sql`insert into access.tracing (scope_id, tracing_id, city_id, street_id, company_id, policy_scope_id, policy_id, request_no, authority, document_ref,
          requested_on, matter_cipher, pass_id, gate_id, from_at, to_at, window_minutes, destroy_at, state, asked_by, asked_by_name, asked_role, asked_at,
          copies, version)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, null, ${measure.scopeId}, ${body.policyId}, ${body.requestNo.trim()}, ${body.authority.trim()},
          ${body.documentRef.trim()}, ${body.requestedOn}, ${house.crypto.seal(body.matter.trim(), tracingFields.matter, id)}, ${passId}, ${body.gateId},
          ${from}, ${to}, ${body.windowMinutes}, ${destroyAt}, 'asked', ${acting.accountId}, ${acting.displayName}, ${acting.role}, ${now}, 0, 1)`,
  );
  note(
    tx,
    acting,
    wall,
    'tracing.asked',
    id,
    { requestNo: body.requestNo.trim(), policyId: body.policyId },
    now,
  );
  return id;
}

/** No company's to see, in the log as little as on the page. */
function note(
  tx: Tx,
  acting: Acting,
  { scopeId, cityId, streetId }: Pick<Wall, 'scopeId' | 'cityId' | 'streetId'>,
  action: string,
  id: string,
  detail: Record<string, unknown>,
  now: Date,
): void {
  const row = { scopeId, cityId, streetId, companyId: null };
  keep(tx, acting, row, action, { type: 'tracing', id }, detail, now);
  tellOfGate(tx, row, action, id, now);
}

async function held(tx: Tx, acting: Acting, scopeId: string, id: string, expectedVersion: number) {
  const wall = await accessScope(tx, acting, scopeId);
  const row = await lockTracing(tx, scopeId, id);
  if (row === null) throw new Problem('not_found');
  if (row.version !== expectedVersion) throw new Problem('access.stale', { version: row.version });
  return { wall, row };
}

const decisionCodes = {
  own: 'access.tracing_second_person',
  same_office: 'access.tracing_second_person',
  closed: 'access.tracing_closed',
  over: 'access.tracing_over',
} as const;

function assertUnderMeasure(row: TracingRow, now: Date): void {
  const fault = measureFault(measureOf(row), now.getTime());
  if (fault !== null)
    throw new Problem('access.tracing_refused', { reason: fault }, [
      { path: paths[fault], code: fault, params: {} },
    ]);
}

export async function decideTracing(
  house: House,
  acting: Acting,
  tx: Tx,
  which: { readonly scopeId: string; readonly id: string; readonly expectedVersion: number },
  decision: { readonly isAuthorised: boolean; readonly reason: string },
  now: Date,
): Promise<void> {
  const { wall, row } = await held(tx, acting, which.scopeId, which.id, which.expectedVersion);
  const fault = decisionFault({ ...row, destroyAt: row.destroyAt.getTime() }, acting, now.getTime());
  if (fault !== null) throw new Problem(decisionCodes[fault], { reason: fault });
  const { scopeId, id } = row;
  let found: number | null = null;
  if (decision.isAuthorised) {
    assertUnderMeasure(row, now);
    const list = await trace(house, tx, acting, wall, row);
    found = list.contacts.length;
    tx.write(
      sql`insert into access.tracing_list (scope_id, tracing_id, city_id, street_id, company_id, asked_by, authorised_by, list_cipher, made_at)
          values (${scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, null, ${row.askedBy}, ${acting.accountId},
            ${house.crypto.seal(JSON.stringify(list), tracingFields.list, id)}, ${now})`,
    );
  }
  const state = decision.isAuthorised ? 'authorised' : 'declined';
  tx.write(
    sql`update access.tracing set state = ${state}, decided_by = ${acting.accountId}, decided_by_name = ${acting.displayName}, decided_role = ${acting.role},
          decided_at = ${now}, decision_reason = ${decision.reason.trim()}, found = ${found}, version = version + 1
        where scope_id = ${scopeId} and tracing_id = ${id}`,
  );
  note(tx, acting, wall, `tracing.${state}`, id, { requestNo: row.requestNo }, now);
}

export async function withdrawTracing(
  acting: Acting,
  tx: Tx,
  which: { readonly scopeId: string; readonly id: string; readonly expectedVersion: number },
  now: Date,
): Promise<void> {
  const { wall, row } = await held(tx, acting, which.scopeId, which.id, which.expectedVersion);
  if (row.state !== 'asked' || row.askedBy !== acting.accountId) throw new Problem('access.tracing_closed');
  tx.write(
    sql`update access.tracing set state = 'withdrawn', version = version + 1 where scope_id = ${row.scopeId} and tracing_id = ${row.id}`,
  );
  note(tx, acting, wall, 'tracing.withdrawn', row.id, { requestNo: row.requestNo }, now);
}

/** The list, for one of the two while it is there and the measure stands; that it was opened is on record. */
export async function openTracing(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  id: string,
  how: 'opened' | 'exported',
  now: Date,
): Promise<{ wall: Wall; row: TracingRow; list: SealedList; known: ReadonlyMap<string, KnownPass> }> {
  const wall = await accessScope(tx, acting, scopeId);
  const row = how === 'exported' ? await lockTracing(tx, scopeId, id) : await findTracing(tx, scopeId, id);
  if (row === null) throw new Problem('not_found');
  if (row.destroyAt <= now || row.state === 'destroyed') throw new Problem('access.tracing_over');
  if (row.state !== 'authorised') throw new Problem('access.tracing_closed');
  assertUnderMeasure(row, now);
  // The wall of the table says the same: for a third person there is no such list.
  const cipher = await findTracingList(tx, scopeId, id);
  if (cipher === null) throw new Problem('not_found');
  const list = JSON.parse(house.crypto.open(cipher, tracingFields.list, id)) as SealedList;
  const known = new Map(
    (
      await knownPasses(
        tx,
        scopeId,
        list.contacts.map(({ passId }) => passId),
      )
    ).map((pass) => [pass.id, pass]),
  );
  note(tx, acting, wall, `tracing.${how}`, id, { requestNo: row.requestNo, copy: row.copies + 1 }, now);
  return { wall, row, list, known };
}

export interface PlainContact extends SealedContact {
  readonly name: string | null;
  readonly phone: string | null;
  readonly home: string | null;
}

/**
 * Names and phones, for the authority. Each of them who has an account or a record finds in their own data that it was given
 * away, to whom and on which request; nobody finds another's name there.
 */
export async function exportTracing(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  id: string,
  now: Date,
): Promise<{ wall: Wall; row: TracingRow; copy: number; unknown: number; contacts: PlainContact[] }> {
  const { wall, row, list, known } = await openTracing(house, acting, tx, scopeId, id, 'exported', now);
  const { crypto } = house;
  const personIds = [...known.values()].flatMap(({ personId }) => personId ?? []);
  const people = await sealedPeople(tx, scopeId, personIds);
  const contacts: PlainContact[] = [];
  const told = new Set<string>();
  for (const contact of list.contacts) {
    const pass = known.get(contact.passId);
    const person = (pass?.personId == null ? undefined : people.get(pass.personId)) ?? null;
    const plain =
      // A child's pass names its guardian's record, and its own name.
      person?.name_cipher == null || pass?.kind === 'minor'
        ? {
            name: pass?.nameCipher == null ? null : crypto.open(pass.nameCipher, passFields.name, pass.id),
            phone:
              pass?.phoneCipher == null ? null : crypto.open(pass.phoneCipher, passFields.phone, pass.id),
          }
        : openPerson(crypto, { ...person, name_cipher: person.name_cipher });
    contacts.push({ ...contact, ...plain, home: pass?.home ?? null });
    // An erased record is nobody's any more; a child's guardian is told, by the account that asked for the pass.
    const personId = person === null ? null : (pass?.personId ?? null);
    const subjectAccountId = pass?.accountId ?? person?.account_id ?? null;
    const subject = personId ?? subjectAccountId;
    if (row.copies > 0 || subject === null || told.has(subject)) continue;
    told.add(subject);
    await disclose(
      tx,
      acting,
      {
        wall,
        personId,
        subjectAccountId,
        purpose: 'authority',
        words: `${row.authority} ${row.requestNo}`,
        workOrderId: null,
      },
      now,
    );
  }
  tx.write(
    sql`update access.tracing set copies = copies + 1 where scope_id = ${scopeId} and tracing_id = ${id}`,
  );
  return { wall, row, copy: row.copies + 1, unknown: list.unknown, contacts };
}
