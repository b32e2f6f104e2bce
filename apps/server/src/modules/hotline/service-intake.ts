import { maskName, maskPhone, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type ActorOfChange, writeChange } from './changes.ts';
import { type NewCase, type Source, startCase } from './domain.ts';
import { compoundNamed, type FoundUnit, hotlineSettings } from './facts.ts';
import { findByNumber } from './queries.ts';
import type { Case } from './tables.ts';

const HOUR = 3_600_000;

export interface IntakeInto {
  readonly cityId: string;
  /** Whose hand it begins in. */
  readonly unit: FoundUnit;
  readonly source: Source;
  readonly sourceName: string;
  readonly by: ActorOfChange;
}

export type Taken =
  | { readonly result: 'taken'; readonly id: string }
  /** The city has it already, with the same deadline: nothing happened. */
  | { readonly result: 'known'; readonly id: string }
  /** It has it with another one: which holds is not ours to choose. */
  | { readonly result: 'other_due'; readonly id: string; readonly dueAt: Date }
  | { readonly result: 'repeat_unknown' };

/** One case in, whichever way it came. The number is unique in the city; the database says so too. */
export async function takeIn(
  house: House,
  tx: Tx,
  into: IntakeInto,
  input: NewCase,
  now: Date,
): Promise<Taken> {
  const { cityId, unit } = into;
  const known = await findByNumber(tx, cityId, input.number);
  const settings = await hotlineSettings(house, tx, [unit.streetId, cityId], now);
  const dueAt = input.dueAt ?? input.receivedAt + (await deadlineHours(house, tx, cityId, input, now)) * HOUR;
  if (known !== null) {
    const isSame = input.dueAt === null || known.dueAt.getTime() === input.dueAt;
    return isSame
      ? { result: 'known', id: known.id }
      : { result: 'other_due', id: known.id, dueAt: known.dueAt };
  }
  const first = input.repeatOf === null ? null : await firstOf(tx, cityId, input.repeatOf);
  if (input.repeatOf !== null && first === null) return { result: 'repeat_unknown' };
  const placeScopeId =
    input.compound === null ? null : await compoundNamed(tx, cityId, unit.streetId, input.compound);
  const id = uuidv7(now.getTime());
  const started = startCase({
    unit: unit.unit,
    receivedAt: input.receivedAt,
    dueAt,
    now: now.getTime(),
    compoundId: null,
    settings,
    params: { source: into.source, sourceName: into.sourceName },
  });
  const row: Case = {
    id,
    wall: {
      scopeId: cityId,
      streetId: unit.streetId,
      companyId: null,
      communityId: null,
      compoundId: null,
      jointIds: [],
    },
    number: input.number,
    source: into.source,
    sourceName: into.sourceName,
    urgency: input.urgency,
    topic: input.topic,
    description: input.description,
    placeText: input.placeText === '' ? (input.compound ?? '') : input.placeText,
    placeScopeId,
    isConfidential: input.isConfidential,
    takenAt: now,
    version: 1,
    updatedAt: now,
    state: { ...started.state, repeatOfId: first?.id ?? null },
  };
  const events =
    first === null
      ? started.events
      : [
          ...started.events,
          { kind: 'hotline_case.repeat_linked' as const, params: { number: first.number } },
        ];
  writeChange(tx, null, row, events, into.by, now);
  writeCaller(house, tx, row, input);
  return { result: 'taken', id };
}

async function deadlineHours(
  house: House,
  tx: Tx,
  cityId: string,
  input: NewCase,
  now: Date,
): Promise<number> {
  const hours = await house.settings.get(tx, [cityId], 'hotline.deadline_hours', now);
  return hours[input.urgency];
}

/** One matter has one first case. */
async function firstOf(
  tx: Tx,
  cityId: string,
  number: string,
): Promise<{ id: string; number: string } | null> {
  const [row] = await tx.query<{ id: string; number: string }>(
    sql`select coalesce(c.repeat_of_id, c.case_id) as id, c.number from hotline.hotline_case c
        where c.scope_id = ${cityId} and c.number = ${number}`,
  );
  return row ?? null;
}

function writeCaller(house: House, tx: Tx, { id, wall, isConfidential }: Case, input: NewCase): void {
  const { callerName: name, callerPhone: phone } = input;
  if (name === null && phone === null) return;
  const masked = [name === null ? null : maskName(name), phone === null ? null : maskPhone(phone)]
    .filter((part) => part !== null)
    .join(' ');
  const cipher = house.crypto.seal(JSON.stringify({ name, phone }), 'hotline.caller', id);
  const index = phone === null ? null : house.crypto.scopeIndex(wall.scopeId, 'hotline.caller.phone', phone);
  tx.write(
    sql`insert into hotline.caller (scope_id, case_id, city_id, street_id, company_id, community_id, compound_id, is_confidential, caller_cipher, caller_masked, phone_index)
        values (${wall.scopeId}, ${id}, ${wall.scopeId}, ${wall.streetId}, ${wall.companyId}, ${wall.communityId}, ${wall.compoundId},
          ${isConfidential}, ${cipher}, ${masked}, ${index})`,
  );
}

/** Refusals of a single case on the page. */
export function refuseTaken(taken: Exclude<Taken, { result: 'taken' }>, number: string): Problem {
  if (taken.result === 'repeat_unknown')
    return new Problem('hotline.invalid', { reason: 'repeat_unknown' }, [
      { path: '/repeatOf', code: 'unknown', params: {} },
    ]);
  return new Problem('hotline.number_taken', { number }, [{ path: '/number', code: 'taken', params: {} }]);
}
