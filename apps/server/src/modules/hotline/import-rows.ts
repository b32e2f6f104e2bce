import { maskName, maskPhone } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Batch } from '../../platform/db/copy.ts';
import type { CaseEvent, InvalidReason, Satisfaction } from './domain.ts';
import { type Case, caseValues } from './tables.ts';

/** Cases with their whole story as rows for the bulk loader, as the service would have written them one by one. */

export interface LoadedEvent extends CaseEvent {
  readonly eventId: string;
  readonly by: { readonly accountId: string | null; readonly name: string | null; readonly role: string };
  readonly at: Date;
}

export interface LoadedCallback {
  readonly round: number;
  readonly unitId: string;
  readonly unitName: string;
  readonly isValid: boolean;
  readonly invalidReason: InvalidReason | null;
  readonly wasContacted: boolean | null;
  readonly isSolved: boolean | null;
  readonly satisfaction: Satisfaction | null;
  readonly at: Date;
  readonly by: { readonly accountId: string; readonly name: string };
}

export interface LoadedCase {
  readonly row: Case;
  readonly caller: { readonly name: string; readonly phone: string };
  readonly events: readonly LoadedEvent[];
  readonly callbacks: readonly LoadedCallback[];
}

type Values = Readonly<Record<string, unknown>>;

/** Parents before children; nothing when there is no case. */
export function caseBatches(cases: readonly LoadedCase[], crypto: Crypto): Batch[] {
  const tables: readonly (readonly [table: string, rows: (one: LoadedCase) => readonly Values[]])[] = [
    ['hotline.hotline_case', ({ row }) => [caseValues(row)]],
    ['hotline.caller', (one) => [callerValues(one, crypto)]],
    ['hotline.hand', handValues],
    ['hotline.event', eventValues],
    ['hotline.callback', callbackValues],
  ];
  return tables.flatMap(([table, make]) => {
    const rows = cases.flatMap(make);
    const [first] = rows;
    if (first === undefined) return [];
    const columns = Object.keys(first);
    return [{ table, columns, rows: rows.map((row) => columns.map((column) => row[column])) }];
  });
}

function keyOf({ id, wall }: Case): Values {
  return {
    scope_id: wall.scopeId,
    case_id: id,
    city_id: wall.scopeId,
    street_id: wall.streetId,
    company_id: wall.companyId,
    community_id: wall.communityId,
    compound_id: wall.compoundId,
  };
}

const wallOf = (row: Case): Values => ({ ...keyOf(row), joint_ids: row.wall.jointIds });

function callerValues({ row, caller: { name, phone } }: LoadedCase, crypto: Crypto): Values {
  return {
    ...keyOf(row),
    is_confidential: row.isConfidential,
    caller_cipher: crypto.seal(JSON.stringify({ name, phone }), 'hotline.caller', row.id),
    caller_masked: `${maskName(name)} ${maskPhone(phone)}`,
    phone_index: crypto.scopeIndex(row.wall.scopeId, 'hotline.caller.phone', phone),
  };
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

function handValues({ row }: LoadedCase): Values[] {
  return row.state.hands.map((hand) => ({
    ...wallOf(row),
    hand_no: hand.no,
    level: hand.level,
    unit_id: hand.unitId,
    unit_name: hand.name,
    received_at: date(hand.receivedAt),
    due_at: date(hand.dueAt),
    signed_at: date(hand.signedAt),
    ended_at: date(hand.endedAt),
    end_reason: hand.endReason,
    late_at: date(hand.lateAt),
    joint_kind: hand.joint,
  }));
}

function eventValues({ row, events }: LoadedCase): Values[] {
  return events.map(({ eventId, kind, params, by, at }) => ({
    ...wallOf(row),
    event_id: eventId,
    kind,
    actor_account_id: by.accountId,
    actor_name: by.name,
    actor_role: by.role,
    params: JSON.stringify(params),
    at,
  }));
}

function callbackValues({ row, callbacks }: LoadedCase): Values[] {
  return callbacks.map((call) => ({
    ...wallOf(row),
    round: call.round,
    unit_id: call.unitId,
    unit_name: call.unitName,
    is_valid: call.isValid,
    invalid_reason: call.invalidReason,
    was_contacted: call.wasContacted,
    is_solved: call.isSolved,
    satisfaction: call.satisfaction,
    note: null,
    is_excluded: row.state.exclusion === 'approved',
    called_at: call.at,
    recorded_by: call.by.accountId,
    recorded_name: call.by.name,
  }));
}
