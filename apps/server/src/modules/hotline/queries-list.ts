import type { Executor } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Level, Satisfaction, Status, Urgency } from './domain.ts';
import { reachesOf } from './queries-reach.ts';
import type { QUEUES } from './schemas.ts';

export type Queue = (typeof QUEUES)[number];

export interface CaseFilter {
  readonly queue?: Queue | undefined;
  readonly number?: string | undefined;
  /** The beginning of a number, as one types. */
  readonly begins?: string | undefined;
  readonly streetId?: string | undefined;
  readonly unitId?: string | undefined;
  readonly topic?: string | undefined;
  readonly compoundId?: string | undefined;
  readonly withoutStreet?: boolean | undefined;
  readonly withoutTopic?: boolean | undefined;
  /** A figure of the rates: which cases of the period it counted. */
  readonly figure?: CaseFigure | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Figures of cases; those of callbacks are in queries-rates.ts. */
export const CASE_FIGURES = ['received', 'replied'] as const;
export type CaseFigure = (typeof CASE_FIGURES)[number];

export interface ListRow {
  readonly id: string;
  readonly scopeId: string;
  readonly number: string;
  readonly urgency: Urgency;
  readonly topic: string;
  readonly description: string;
  readonly placeText: string;
  readonly status: Status;
  readonly isConfidential: boolean;
  readonly isRepeat: boolean;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly lateAt: Date | null;
  readonly holderLevel: Level;
  readonly holderUnitId: string;
  readonly holderName: string;
  readonly holderDueAt: Date;
  readonly holderLateAt: Date | null;
  readonly leadName: string | null;
  readonly exclusion: 'none' | 'asked' | 'approved' | 'refused';
  readonly repliedAt: Date | null;
  readonly round: number;
  readonly compoundId: string | null;
  readonly streetName: string | null;
  readonly calledAt: Date | null;
  readonly calledUnit: string | null;
  readonly isValid: boolean | null;
  readonly isExcluded: boolean | null;
  readonly wasContacted: boolean | null;
  readonly isSolved: boolean | null;
  readonly satisfaction: Satisfaction | null;
}

/** Whose hands are mine: the scopes and the company or street I act for. */
function isMine(acting: Acting): Statement {
  const { actor, role } = acting;
  if (role === 'city') return sql`c.holder_level in ('city', 'district')`;
  if (actor.regionId !== null) return sql`c.holder_unit_id = ${actor.regionId}::uuid`;
  return sql`c.holder_unit_id = any (${actor.scopeIds}::uuid[])`;
}

const open = sql`c.is_open and c.status <> 'replied'`;

export function ofQueue(queue: Queue, acting: Acting): Statement {
  switch (queue) {
    case 'mine':
      return sql`${open} and ${isMine(acting)}`;
    case 'unsigned':
      return sql`c.is_open and c.status = 'received'`;
    case 'late':
      return sql`${open} and (c.late_at is not null or c.holder_late_at is not null)`;
    case 'objected':
      return sql`c.is_open and c.status = 'objected'`;
    case 'hanging':
      return sql`c.is_open and c.status = 'hanging'`;
    case 'to_reply':
      return sql`c.is_open and c.status = 'answered'`;
    case 'to_call':
      return sql`c.is_open and c.status = 'replied'`;
    case 'exclusion':
      return sql`c.exclusion = 'asked'`;
    case 'open':
      return open;
    case 'all':
      return sql`true`;
  }
}

/** As the rates count them (queries-rates.ts). */
function figureOf(figure: CaseFigure, from: Date | undefined, to: Date | undefined): Statement {
  const within = (column: Statement) =>
    sql`${from === undefined ? sql`true` : sql`${column} >= ${from}`} and ${to === undefined ? sql`true` : sql`${column} < ${to}`}`;
  return figure === 'received'
    ? sql`${within(sql`c.received_at`)} and c.outcome is distinct from 'not_dispatched'`
    : within(sql`c.replied_at`);
}

/**
 * A city's, or those of a number. These are looked up first (`offset 0`): to whoever makes a plan before the number is known it
 * looks quicker to walk through all cases, the latest first, until a page of them begins with it.
 */
function casesOf(cityId: string, { number, begins }: CaseFilter): Statement {
  if (number === undefined && begins === undefined)
    return sql`(select c.* from hotline.hotline_case c where c.scope_id = ${cityId})`;
  const is = number === undefined ? empty : sql`and c.number = ${number}`;
  const begun =
    begins === undefined ? empty : sql`and c.number >= ${begins} and c.number < ${`${begins}\u{10ffff}`}`;
  return sql`(select c.* from hotline.hotline_case c where c.scope_id = ${cityId} ${is} ${begun} offset 0)`;
}

export function listCases(
  q: Executor,
  acting: Acting,
  cityId: string,
  filter: CaseFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<ListRow[]> {
  const where: Statement[] = [];
  if (filter.queue !== undefined) where.push(ofQueue(filter.queue, acting));
  if (filter.streetId !== undefined) where.push(sql`c.street_id = ${filter.streetId}::uuid`);
  if (filter.unitId !== undefined)
    where.push(sql`coalesce(c.lead_unit_id, c.holder_unit_id) = ${filter.unitId}::uuid`);
  if (filter.topic !== undefined) where.push(sql`c.topic = ${filter.topic}`);
  if (filter.withoutStreet === true) where.push(sql`c.street_id is null`);
  if (filter.withoutTopic === true) where.push(sql`c.topic = ''`);
  if (filter.compoundId !== undefined) where.push(sql`c.compound_id = ${filter.compoundId}::uuid`);
  if (filter.figure !== undefined) where.push(figureOf(filter.figure, filter.from, filter.to));
  // Open ones by whose share runs out first; the past by the latest first.
  const isPast =
    filter.queue === 'all' ||
    filter.figure !== undefined ||
    filter.number !== undefined ||
    filter.begins !== undefined;
  if (after !== null) {
    const [at, id] = after;
    where.push(
      isPast
        ? sql`(c.received_at, c.case_id) < (${at}::timestamptz, ${id}::uuid)`
        : sql`(c.holder_due_at, c.case_id) > (${at}::timestamptz, ${id}::uuid)`,
    );
  }
  const order = isPast
    ? sql`order by c.received_at desc, c.case_id desc`
    : sql`order by c.holder_due_at, c.case_id`;
  const cases = casesOf(cityId, filter);
  // Each piece stops when it has a page of its own. Without a queue open and closed ones are two: is_open begins the index.
  const isOfEither = !isPast && filter.queue === undefined;
  const pieces = reachesOf(acting.actor, 'c').flatMap((reach) =>
    (isOfEither ? [sql`c.is_open`, sql`not c.is_open`] : [sql`true`]).map(
      (state) =>
        sql`(select c.* from ${cases} c where ${join([...where, reach, state], ' and ')} ${order} limit ${limit})`,
    ),
  );
  // The page first: what became of a case is looked up for those on it.
  return q.query(
    sql`select c.case_id as id, c.scope_id as "scopeId", c.number, c.urgency, c.topic, c.description, c.place_text as "placeText", c.status,
          c.is_confidential as "isConfidential", c.repeat_of_id is not null as "isRepeat", c.received_at as "receivedAt", c.due_at as "dueAt",
          c.late_at as "lateAt", c.holder_level as "holderLevel", c.holder_unit_id as "holderUnitId", c.holder_name as "holderName",
          c.holder_due_at as "holderDueAt", c.holder_late_at as "holderLateAt", c.lead_name as "leadName", c.exclusion,
          c.replied_at as "repliedAt", c.round, c.compound_id as "compoundId", s.name as "streetName", b.called_at as "calledAt",
          b.unit_name as "calledUnit", b.is_valid as "isValid", b.is_excluded as "isExcluded", b.was_contacted as "wasContacted",
          b.is_solved as "isSolved", b.satisfaction
        from (select c.* from (${join(pieces, ' union all ')}) c ${order} limit ${limit}) c
          left join places.scope s on s.scope_id = c.street_id
          left join lateral (select l.* from hotline.callback l where l.scope_id = c.scope_id and l.case_id = c.case_id
            order by l.round desc limit 1) b on true
        ${order}`,
  );
}

export async function countQueues(
  q: Executor,
  acting: Acting,
  cityId: string,
  queues: readonly Queue[],
): Promise<{ queue: Queue; count: number }[]> {
  const counts = queues.map(
    (queue, i) => sql`count(*) filter (where ${ofQueue(queue, acting)})::int as ${name(i)}`,
  );
  const ofCity = sql`select c.* from hotline.hotline_case c where c.scope_id = ${cityId}`;
  const pieces = [
    ...reachesOf(acting.actor, 'c').map((reach) => sql`${ofCity} and c.is_open and ${reach}`),
    sql`${ofCity} and not c.is_open and c.exclusion = 'asked'`,
  ];
  const [row] = await q.query<Record<string, number>>(
    sql`select ${join(counts, ', ')} from (${join(pieces, ' union all ')}) c`,
  );
  return queues.map((queue, i) => ({ queue, count: row?.[`n${i}`] ?? 0 }));
}

const names = Array.from({ length: 12 }, (_, i): Statement => ({ text: `n${i}`, values: [], name: '' }));
const name = (i: number): Statement => names[i] ?? empty;
