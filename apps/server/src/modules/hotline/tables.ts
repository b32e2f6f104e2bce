import { type Tx } from '../../platform/db/database.ts';
import { join, raw, sql } from '../../platform/db/sql.ts';
import {
  type CaseState,
  type Hand,
  holderOf,
  type Level,
  nextDueOf,
  type Source,
  type Urgency,
} from './domain.ts';

/** Rows of schema hotline, and the domain's state in them. */

/** Who can see a case: its city, and whoever it was given to or called in. */
export interface CaseWall {
  readonly scopeId: string;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly communityId: string | null;
  readonly compoundId: string | null;
  readonly jointIds: readonly string[];
}

/** What the row holds beside the domain's state. */
export interface Case {
  readonly id: string;
  readonly wall: CaseWall;
  readonly number: string;
  readonly source: Source;
  readonly sourceName: string;
  readonly urgency: Urgency;
  readonly topic: string;
  readonly description: string;
  readonly placeText: string;
  /** The compound it is known to lie in, before it was given to anybody there. */
  readonly placeScopeId: string | null;
  readonly isConfidential: boolean;
  readonly takenAt: Date;
  readonly version: number;
  readonly updatedAt: Date;
  readonly state: CaseState;
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));
const instant = (at: unknown): number | null => (at == null ? null : (at as Date).getTime());
const arrayOf = (ids: readonly string[]) => `{${ids.join(',')}}`;

/** What commands change; an UPDATE writes all of it. */
function changing(row: Case): Record<string, unknown> {
  const { state: s, wall } = row;
  const holder = holderOf(s);
  const lead = s.hands.find(({ no }) => no === s.leadNo);
  return {
    street_id: wall.streetId,
    company_id: wall.companyId,
    community_id: wall.communityId,
    compound_id: wall.compoundId,
    joint_ids: arrayOf(wall.jointIds),
    place_scope_id: row.placeScopeId,
    status: s.status,
    round: s.round,
    due_at: date(s.dueAt),
    late_at: date(s.lateAt),
    holder_no: s.holderNo,
    holder_level: holder.level,
    holder_unit_id: holder.unitId,
    holder_name: holder.name,
    holder_due_at: date(holder.dueAt),
    holder_late_at: date(holder.lateAt),
    lead_no: s.leadNo,
    lead_unit_id: lead?.unitId ?? null,
    lead_name: lead?.name ?? null,
    lead_level: lead?.level ?? null,
    objected_from: s.objectedFrom,
    objected_by: s.objectedBy,
    contacted_at: date(s.contactedAt),
    answered_at: date(s.answeredAt),
    answer: s.answer,
    replied_at: date(s.repliedAt),
    reply: s.reply,
    closed_at: date(s.closedAt),
    outcome: s.outcome,
    hang_reason: s.hangReason,
    hang_review_at: date(s.hangReviewAt),
    hang_reminded: s.hangReminded,
    extension_count: s.extensionCount,
    callback_count: s.callbackCount,
    exclusion: s.exclusion,
    exclusion_asked_by: s.exclusionAskedBy,
    repeat_of_id: s.repeatOfId,
    next_due_at: date(nextDueOf(s)),
    is_open: s.status !== 'closed',
    version: row.version,
    updated_at: row.updatedAt,
  };
}

/** The whole row, scope_id first. */
export function caseValues(row: Case): Record<string, unknown> {
  return {
    scope_id: row.wall.scopeId,
    case_id: row.id,
    city_id: row.wall.scopeId,
    number: row.number,
    source: row.source,
    source_name: row.sourceName,
    urgency: row.urgency,
    topic: row.topic,
    description: row.description,
    place_text: row.placeText,
    is_confidential: row.isConfidential,
    received_at: date(row.state.receivedAt),
    first_due_at: date(row.state.firstDueAt),
    taken_at: row.takenAt,
    ...changing(row),
  };
}

export function insertCase(tx: Tx, row: Case): void {
  const values = caseValues(row);
  tx.write(
    sql`insert into hotline.hotline_case (${raw(Object.keys(values).join(', '))})
        values (${join(
          Object.values(values).map((value) => sql`${value}`),
          ', ',
        )}) -- scope_id first`,
  );
  writeHands(tx, row, []);
}

export function updateCase(tx: Tx, before: Case, row: Case): void {
  const changes = Object.entries(changing(row)).map(([name, value]) => sql`${raw(name)} = ${value}`);
  tx.write(
    sql`update hotline.hotline_case set ${join(changes, ', ')} where scope_id = ${row.wall.scopeId} and case_id = ${row.id}`,
  );
  writeHands(tx, row, before.state.hands);
  if (JSON.stringify(before.wall) !== JSON.stringify(row.wall)) moveWall(tx, row);
}

function writeHands(tx: Tx, { id, wall, state }: Case, before: readonly Hand[]): void {
  for (const hand of state.hands) {
    const old = before.find(({ no }) => no === hand.no);
    if (old === undefined) {
      tx.write(
        sql`insert into hotline.hand (scope_id, case_id, hand_no, city_id, street_id, company_id, community_id, compound_id, joint_ids,
              level, unit_id, unit_name, received_at, due_at, signed_at, ended_at, end_reason, late_at, joint_kind)
            values (${wall.scopeId}, ${id}, ${hand.no}, ${wall.scopeId}, ${wall.streetId}, ${wall.companyId}, ${wall.communityId},
              ${wall.compoundId}, ${arrayOf(wall.jointIds)}, ${hand.level}, ${hand.unitId}, ${hand.name}, ${date(hand.receivedAt)},
              ${date(hand.dueAt)}, ${date(hand.signedAt)}, ${date(hand.endedAt)}, ${hand.endReason}, ${date(hand.lateAt)}, ${hand.joint})`,
      );
    } else if (JSON.stringify(old) !== JSON.stringify(hand)) {
      tx.write(
        sql`update hotline.hand set due_at = ${date(hand.dueAt)}, signed_at = ${date(hand.signedAt)}, ended_at = ${date(hand.endedAt)},
              end_reason = ${hand.endReason}, late_at = ${date(hand.lateAt)}
            where scope_id = ${wall.scopeId} and case_id = ${id} and hand_no = ${hand.no}`,
      );
    }
  }
}

const walled = ['hand', 'event', 'case_order', 'callback', 'exclusion'] as const;

/** Given to somebody else, the whole story goes along. */
function moveWall(tx: Tx, { id, wall }: Case): void {
  for (const table of walled)
    tx.write(
      sql`update hotline.${raw(table)} set street_id = ${wall.streetId}, company_id = ${wall.companyId}, community_id = ${wall.communityId},
            compound_id = ${wall.compoundId}, joint_ids = ${arrayOf(wall.jointIds)}
          where scope_id = ${wall.scopeId} and case_id = ${id}`,
    );
  tx.write(
    sql`update hotline.caller set street_id = ${wall.streetId}, company_id = ${wall.companyId}, community_id = ${wall.communityId},
          compound_id = ${wall.compoundId} where scope_id = ${wall.scopeId} and case_id = ${id}`,
  );
}

export interface HandRow {
  hand_no: number;
  level: Level;
  unit_id: string;
  unit_name: string;
  received_at: Date;
  due_at: Date;
  signed_at: Date | null;
  ended_at: Date | null;
  end_reason: Hand['endReason'];
  late_at: Date | null;
  joint_kind: Hand['joint'];
}

export function handOf(row: HandRow): Hand {
  return {
    no: row.hand_no,
    level: row.level,
    unitId: row.unit_id,
    name: row.unit_name,
    receivedAt: row.received_at.getTime(),
    dueAt: row.due_at.getTime(),
    signedAt: instant(row.signed_at),
    endedAt: instant(row.ended_at),
    endReason: row.end_reason,
    lateAt: instant(row.late_at),
    joint: row.joint_kind,
  };
}

/** A row of `select hotline_case.*` and its hands as the domain knows them. */
export function caseOf(row: Readonly<Record<string, unknown>>, hands: readonly Hand[]): Case {
  const r = row as Record<string, never>;
  return {
    id: r['case_id']!,
    wall: {
      scopeId: r['scope_id']!,
      streetId: r['street_id'] ?? null,
      companyId: r['company_id'] ?? null,
      communityId: r['community_id'] ?? null,
      compoundId: r['compound_id'] ?? null,
      jointIds: r['joint_ids']!,
    },
    number: r['number']!,
    source: r['source']!,
    sourceName: r['source_name']!,
    urgency: r['urgency']!,
    topic: r['topic']!,
    description: r['description']!,
    placeText: r['place_text']!,
    placeScopeId: r['place_scope_id'] ?? null,
    isConfidential: r['is_confidential']!,
    takenAt: r['taken_at']!,
    version: r['version']!,
    updatedAt: r['updated_at']!,
    state: {
      status: r['status']!,
      round: r['round']!,
      receivedAt: instant(row['received_at'])!,
      firstDueAt: instant(row['first_due_at'])!,
      dueAt: instant(row['due_at'])!,
      lateAt: instant(row['late_at']),
      hands,
      holderNo: r['holder_no']!,
      leadNo: r['lead_no'] ?? null,
      objectedFrom: r['objected_from'] ?? null,
      objectedBy: r['objected_by'] ?? null,
      contactedAt: instant(row['contacted_at']),
      answeredAt: instant(row['answered_at']),
      answer: r['answer'] ?? null,
      repliedAt: instant(row['replied_at']),
      reply: r['reply'] ?? null,
      closedAt: instant(row['closed_at']),
      outcome: r['outcome'] ?? null,
      hangReason: r['hang_reason'] ?? null,
      hangReviewAt: instant(row['hang_review_at']),
      hangReminded: r['hang_reminded']!,
      extensionCount: r['extension_count']!,
      callbackCount: r['callback_count']!,
      exclusion: r['exclusion']!,
      exclusionAskedBy: r['exclusion_asked_by'] ?? null,
      repeatOfId: r['repeat_of_id'] ?? null,
      compoundId: r['compound_id'] ?? null,
    },
  };
}
