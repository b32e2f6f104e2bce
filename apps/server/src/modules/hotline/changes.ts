import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { aboveOf, type CaseEvent, type EventKind, holderOf, openJoints } from './domain.ts';
import { type Case, insertCase, updateCase } from './tables.ts';

export interface ActorOfChange {
  readonly accountId: string | null;
  readonly name: string | null;
  readonly role: string;
}

export const system: ActorOfChange = { accountId: null, name: null, role: 'system' };

/** What time brought is nobody's deed, though somebody's command brought it to light. */
const ofTime: ReadonlySet<EventKind> = new Set([
  'hotline_case.hand_late',
  'hotline_case.late',
  'hotline_case.review_due',
]);

/** Whom a notice is for: the unit of a hand. */
export interface ToldUnit {
  readonly level: string;
  readonly unitId: string;
  readonly compoundId: string | null;
}

function toldOf(kind: EventKind, row: Case): ToldUnit[] {
  const { state, wall } = row;
  const holder = holderOf(state);
  const told = (unit: { level: string; unitId: string }) => ({
    level: unit.level,
    unitId: unit.unitId,
    compoundId: unit.level === 'company' ? wall.compoundId : null,
  });
  const street = state.hands.findLast(({ level, joint }) => level === 'street' && joint === null);
  switch (kind) {
    case 'hotline_case.received':
    case 'hotline_case.passed':
    case 'hotline_case.upheld':
    case 'hotline_case.overruled':
    case 'hotline_case.answered':
    case 'hotline_case.sent_back':
    case 'hotline_case.redone':
    case 'hotline_case.resumed':
      return [told(holder)];
    case 'hotline_case.objected': {
      const above = aboveOf(state);
      return above === null ? [] : [told(above)];
    }
    case 'hotline_case.called_in': {
      const joint = openJoints(state).at(-1);
      return joint === undefined ? [] : [{ level: joint.level, unitId: joint.unitId, compoundId: null }];
    }
    case 'hotline_case.hand_late':
    case 'hotline_case.late':
      return street === undefined || street.unitId === holder.unitId
        ? [told(holder)]
        : [told(holder), told(street)];
    case 'hotline_case.review_due':
    case 'hotline_case.joint_done':
      return [told(street ?? holder)];
    case 'hotline_case.exclusion_asked':
      return street === undefined ? [] : [told(street)];
    default:
      return [];
  }
}

/** The deepest place that was given it: every hand's wall reaches that. */
function eventScope({ wall }: Case): string {
  return (
    (wall.companyId === null ? null : wall.compoundId) ?? wall.communityId ?? wall.streetId ?? wall.scopeId
  );
}

/**
 * Writes a decision: the row and its hands, the timeline, and the outbox. `outside` is who was called in from elsewhere:
 * their event lies in their own place, for the wall lets them write no other.
 */
export function writeChange(
  tx: Tx,
  before: Case | null,
  after: Case,
  events: readonly CaseEvent[],
  by: ActorOfChange,
  now: Date,
  outside: Acting | null = null,
): void {
  if (before === null) insertCase(tx, after);
  else updateCase(tx, before, after);
  const { wall } = after;
  for (const { kind, params } of events) {
    const eventId = uuidv7(now.getTime());
    const actor = ofTime.has(kind) ? system : by;
    tx.write(
      sql`insert into hotline.event (scope_id, case_id, event_id, city_id, street_id, company_id, community_id, compound_id, joint_ids, kind,
            actor_account_id, actor_name, actor_role, params, at)
          values (${wall.scopeId}, ${after.id}, ${eventId}, ${wall.scopeId}, ${wall.streetId}, ${wall.companyId}, ${wall.communityId},
            ${wall.compoundId}, ${`{${wall.jointIds.join(',')}}`}, ${kind}, ${actor.accountId}, ${actor.name}, ${actor.role},
            ${JSON.stringify(params)}, ${now})`,
    );
    const { actor: who = null } = outside ?? {};
    recordEvent(tx, {
      eventId,
      scopeId: outside === null ? eventScope(after) : outside.homeScopeId,
      wall: {
        cityId: wall.scopeId,
        streetId: who === null ? wall.streetId : who.kind === 'street' ? who.regionId : null,
        companyId: who === null ? wall.companyId : who.kind === 'street' ? null : who.regionId,
        householdId: null,
        reporterAccountId: null,
        isPublic: false,
        isInternal: true,
      },
      kind,
      version: 1,
      objectId: after.id,
      payload: {
        number: after.number,
        status: after.state.status,
        citySource: wall.scopeId,
        byAccountId: actor.accountId,
        tell: toldOf(kind, after),
        due: holderOf(after.state).dueAt,
      },
      occurredAt: now,
    });
  }
}
