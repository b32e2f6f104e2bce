import { firstIdOf } from '../../platform/db/actor.ts';
import type { Executor } from '../../platform/db/database.ts';
import { empty, join, raw, sql, type Statement, withIsoDates } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { QUEUE_STATUSES } from './domain.ts';
import { figureSql, isCountedSql } from './queries-figures.ts';
import { isWaitingSql } from './queries-folding.ts';
import { isOfGrid } from './queries-grid.ts';
import { inStatuses, isOfOpenIn, type ListPart, partsOf, wholeOf } from './queries-list-parts.ts';
import { fewWithWords, scopesOf, searchOf, type WordSearch, withWords } from './queries-words.ts';
import {
  heldBy,
  hidesHomes,
  type ScopeRef,
  scopesOneByOne,
  stillServed,
  visibleTo,
  withinReach,
  withinScope,
} from './reach.ts';
import type { ListFilter } from './schemas.ts';

/** Many orders at once: a page of a list, how many it holds, how many stand in each queue. */

/** Only what a row of a list shows. */
export interface ListedRow {
  readonly work_order_id: string;
  readonly scope_id: string;
  readonly number: string;
  readonly status: string;
  readonly paused_from: string | null;
  readonly is_confidential: boolean;
  readonly kind: string;
  readonly category_code: string;
  readonly is_emergency: boolean;
  readonly priority: string;
  readonly place: string;
  readonly place_label: string;
  readonly is_public: boolean;
  readonly household_id: string | null;
  readonly reporter_account_id: string | null;
  readonly company_id: string | null;
  readonly assignee_account_id: string | null;
  readonly accused_account_id: string | null;
  readonly assignee_name: string | null;
  readonly crew_account_ids: readonly string[];
  readonly contact_masked: string | null;
  readonly description: string;
  readonly created_at: string;
  readonly respond_due_at: string | null;
  readonly arrive_due_at: string | null;
  readonly resolve_due_at: string | null;
  readonly next_due_at: string | null;
  readonly is_late: boolean;
  readonly urge_count: number;
  readonly version: number;
  readonly updated_at: string;
}

const hour = 3_600_000;

/** The domain's queues (domain/view.ts: queuesOf) as conditions; `mine` and `all` are the list's own. */
function inQueue(queue: ListFilter['queue'], acting: Acting, now: Date): Statement {
  switch (queue) {
    case 'due_hour':
      return sql`o.status = any (${QUEUE_STATUSES.due_hour}) and o.is_open and o.next_due_at >= ${now} and o.next_due_at <= ${new Date(now.getTime() + hour)}`;
    case 'late':
      return sql`o.status = any (${QUEUE_STATUSES.late}) and o.is_open and o.is_late`;
    case 'callback':
      return sql`(o.callback_wanted_at is not null and ${stillServed(acting)})`;
    case 'waiting_resident':
      return sql`o.is_open and ${isWaitingSql}`;
    case 'unassigned':
    case 'disputed':
    case 'open':
      return sql`o.status = any (${QUEUE_STATUSES[queue]}) and ${isOfOpenIn(QUEUE_STATUSES[queue])}`;
    case 'mine':
      return sql`o.is_open and ${heldBy(acting)}`;
    default:
      return sql`true`;
  }
}

/** After which order a page begins; `due` counts when the list is sorted by it. */
export interface ListPosition {
  readonly due: Date | null;
  readonly id: string;
}

export interface ListInput {
  readonly filter: ListFilter;
  readonly scope: ScopeRef | null;
  readonly statuses: readonly string[];
  readonly after: ListPosition | null;
  readonly now: Date;
  readonly limit: number;
  /** By the last limit, the one that ran out first before all others; not by pages. */
  readonly isLongestOverdueFirst?: boolean;
}

/**
 * No id is older than its order. So a list up to now, which goes by ids, ends where its days begin; by the times alone all
 * that was reported then would be read and sorted for one page. `is true` keeps the times out of the choice of an index.
 */
function reportedWithin({ from, to }: Pick<ListFilter, 'from' | 'to'>, now: Date): Statement[] {
  const isUntilNow = from !== undefined && (to === undefined || Date.parse(to) >= now.getTime());
  if (isUntilNow)
    return [
      sql`o.work_order_id >= ${firstIdOf(Date.parse(from))} and (o.created_at >= ${from}) is true`,
      ...(to === undefined ? [] : [sql`(o.created_at < ${to}) is true`]),
    ];
  return [
    ...(from === undefined ? [] : [sql`o.created_at >= ${from}`]),
    ...(to === undefined ? [] : [sql`o.created_at < ${to}`]),
  ];
}

/** What narrows a list or a count down, beyond where one looks and the words looked for. */
function conditionsOf(acting: Acting, input: Pick<ListInput, 'filter' | 'statuses' | 'now'>): Statement[] {
  const { filter, statuses } = input;
  const { actor, accountId } = acting;
  const where: Statement[] = [visibleTo(acting)];
  where.push(...inStatuses(statuses));
  if (filter.queue !== undefined) where.push(inQueue(filter.queue, acting, input.now));
  if (filter.assignee === 'me') where.push(heldBy(acting));
  if (filter.reporter === 'me') {
    where.push(
      sql`(o.reporter_account_id = ${accountId} ${join(
        actor.households.map(
          ({ id, since }) => sql` or (o.household_id = ${id} and o.work_order_id >= ${firstIdOf(since)})`,
        ),
        '',
      )})`,
      // One report, one story: its parts are read on its page.
      sql`o.parent_id is null`,
    );
  }
  if (filter.follower === 'me')
    where.push(
      sql`exists (select from work_orders.follower f where f.scope_id = o.scope_id and f.work_order_id = o.work_order_id and f.account_id = ${accountId} and f.left_at is null)`,
    );
  if (filter.householdId !== undefined) {
    where.push(sql`o.household_id = ${filter.householdId}`);
    // To ask by the home would tell whose a confidential matter is, where the matter itself does not say it.
    if (hidesHomes(acting)) where.push(sql`not o.is_confidential`);
  }
  if (filter.category !== undefined) where.push(sql`o.category_code = ${filter.category}`);
  where.push(...reportedWithin(filter, input.now));
  if (filter.late !== undefined) where.push(filter.late ? sql`o.is_late` : sql`not o.is_late`);
  if (filter.kind !== undefined) where.push(sql`o.kind = ${filter.kind}`);
  if (filter.priority !== undefined) where.push(sql`o.priority = ${filter.priority}`);
  if (filter.assigneeId !== undefined) where.push(sql`o.assignee_account_id = ${filter.assigneeId}`);
  if (filter.building !== undefined) where.push(sql`o.building_id = ${filter.building}`);
  if (filter.grid !== undefined) where.push(...isOfGrid(acting, filter.grid));
  // The list behind a figure of a comparison holds what the figure counted.
  if (filter.figure !== undefined) where.push(isCountedSql, figureSql(filter.figure, input.now));
  return where;
}

/** A prefix as a range: LIKE is not leakproof and would not use the index under row-level security. */
const numbered = ({ q }: ListFilter): Statement[] =>
  q === undefined ? [] : [sql`o.number >= ${q} and o.number < ${`${q}\u{10ffff}`}`];

/** How many a list would hold, counted up to a limit: a number beside a saved queue. */
export async function countListed(
  q: Executor,
  acting: Acting,
  input: Pick<ListInput, 'filter' | 'scope' | 'statuses' | 'now'>,
  limit: number,
): Promise<number> {
  const sought = [...numbered(input.filter)];
  if (input.filter.words !== undefined) {
    const found = await searchOf(q, acting, input.scope, input.filter.words);
    if (found === null) return 0;
    sought.push(...withWords(found));
  }
  const pieces = partsOfList(input, false, null).map((part) => {
    const where = [...conditionsOf(acting, { ...input, statuses: part.statuses }), ...part.where, ...sought];
    return sql`(select 1 from work_orders.work_order o
      where ${input.scope === null ? withinReach(acting.actor) : withinScope(input.scope)} and ${join(where, ' and ')} limit ${limit})`;
  });
  const rows = await q.query<{ count: number }>(
    sql`select count(*) as count from (select 1 from (${join(pieces, ' union all ')}) found limit ${limit}) counted`,
  );
  return rows[0]?.count ?? 0;
}

/** What a row of a list shows of `o`. */
const shown = sql`o.work_order_id, o.scope_id, o.number, o.status, o.paused_from, o.is_confidential, o.kind, o.category_code, o.is_emergency, o.priority, o.place, o.place_label,
        o.is_public, o.household_id, o.reporter_account_id, o.company_id, o.assignee_account_id, o.accused_account_id, o.assignee_name, o.crew_account_ids, o.contact_masked,
        left(o.description, 80) as description, o.created_at, o.respond_due_at, o.arrive_due_at, o.resolve_due_at, o.next_due_at,
        o.is_late, o.urge_count, o.version, o.updated_at`;

/** So many of a region's newest orders are looked through before each of its places is asked; more where that promises enough. */
const NEWEST = [raw('2000'), raw('8000')];
/** Fewer places are asked at once. */
const MANY_SCOPES = 50;
/** The beginning of a number that thousands have: no more than its day. */
const COMMON_NUMBER = 8;

const byId = sql`o.work_order_id desc`;

/** What stands in a queue lies in one index already, and so does what is one person's. */
function partsOfList(
  { filter, statuses }: Pick<ListInput, 'filter' | 'statuses'>,
  byDue: boolean,
  after: ListPosition | null,
): ListPart[] {
  const isOfOneIndex = (filter.queue !== undefined && filter.queue !== 'all') || isOfOnePerson(filter);
  if (isOfOneIndex) return [wholeOf(statuses)];
  return partsOf(statuses, { byDue, isPastDues: after !== null && after.due === null });
}

/** What comes after the last order of the page before. */
function followsOn(after: ListPosition | null, byDue: boolean): Statement[] {
  if (after === null) return [];
  const { due, id } = after;
  if (!byDue) return [sql`o.work_order_id < ${id}`];
  if (due === null) return [sql`o.next_due_at is null and o.work_order_id < ${id}`];
  return [
    sql`(o.next_due_at > ${due} or (o.next_due_at = ${due} and o.work_order_id < ${id}) or o.next_due_at is null)`,
  ];
}

export async function listOrders(q: Executor, acting: Acting, input: ListInput): Promise<ListedRow[]> {
  const { filter, scope, after } = input;
  const words = filter.words === undefined ? undefined : await searchOf(q, acting, scope, filter.words);
  if (words === null) return [];
  // Common words in what is open: fewer are open than hold the words.
  const led = words === undefined || (words.isCommon && isOfOpen(filter)) ? null : words;
  // Numbers lie by scope; without them a region would be read whole for the one.
  const byNumber = filter.q === undefined ? null : await scopesOf(q, acting, scope);
  const byDue = filter.sort === 'due';
  const follows = followsOn(after, byDue);
  const narrowed = [...conditionsOf(acting, input), ...follows];
  const sought = [...numbered(filter), ...(words?.texts ?? [])];
  const order = input.isLongestOverdueFirst
    ? sql`o.resolve_due_at nulls last, o.work_order_id`
    : byDue
      ? sql`o.next_due_at nulls last, ${byId}`
      : byId;
  // Postings lie by id, and a page of them ends where it is full.
  const postedOrder = led !== null && order === byId ? sql`g.work_order_id desc` : order;
  const scopes =
    led !== null
      ? sql`(${led.scopes})`
      : isOfOnePerson(filter)
        ? null
        : byNumber !== null
          ? sql`unnest(${byNumber}::uuid[])`
          : scopesOneByOne(acting.actor, scope);
  const within = scope === null ? withinReach(acting.actor) : withinScope(scope);
  const most = input.limit + 1;
  const few =
    led === null || led.isCommon
      ? null
      : await fewWithWords<ListedRow>(
          q,
          led,
          { shown, where: join([within, ...narrowed, ...numbered(filter)], ' and '), order },
          most,
        );
  if (few !== null) return few;
  // What many orders have some of the newest have, too, where an index holds the newest of all those places.
  const isCommon = led?.isCommon ?? (filter.q !== undefined && filter.q.length <= COMMON_NUMBER);
  const areMany = (led?.scopeCount ?? byNumber?.length ?? 0) > MANY_SCOPES;
  if (isCommon && !byDue && areMany && scopesOneByOne(acting.actor, scope) === null) {
    const found = join(sought, ' and ');
    for (const newest of NEWEST) {
      const rows = await q.query<ListedRow>(
        withIsoDates(
          sql`select ${shown} from (select o.* from work_orders.work_order o where ${scope === null ? withinReach(acting.actor) : withinScope(scope)} and ${join(narrowed, ' and ')}
                order by o.work_order_id desc limit ${newest}) o
              where ${found} order by o.work_order_id desc limit ${most}`,
        ),
      );
      if (rows.length === most) return rows;
      if (rows.length < most / 4) break;
    }
  }
  const isWhole = led !== null || byNumber !== null || input.isLongestOverdueFirst === true;
  const parts: readonly ListPart[] = isWhole ? [wholeOf(input.statuses)] : partsOfList(input, byDue, after);
  const tableOf = ({ few: is }: ListPart): Statement =>
    is === null
      ? sql`work_orders.work_order o`
      : sql`(select o.* from work_orders.work_order o where ${is} ${scopes === null ? empty : sql`and o.scope_id = one.scope_id`} offset 0) o`;
  const pageOf = (part: ListPart, rows: number) => sql`select ${shown}
      from ${led === null ? tableOf(part) : postingsOf(led)}
      where ${scopes === null ? within : sql`o.scope_id = one.scope_id`} ${led === null && byNumber === null ? empty : sql`and ${within}`}
        and ${join([...conditionsOf(acting, { ...input, statuses: part.statuses }), ...part.where, ...follows, ...sought], ' and ')}
      order by ${part.isById ? byId : postedOrder} limit ${rows}`;
  const page = (rows: number) => {
    const [one, ...others] = parts.map((part) => pageOf(part, rows)) as [Statement, ...Statement[]];
    if (others.length === 0) return one;
    const all = [one, ...others].map((piece) => sql`(${piece})`);
    return sql`select o.* from (${join(all, ' union all ')}) o order by ${order} limit ${rows}`;
  };
  if (scopes === null) return q.query<ListedRow>(withIsoDates(page(most)));
  const firstOfEach = (rows: number) =>
    q.query<ListedRow>(
      withIsoDates(
        sql`select o.* from ${scopes} as one (scope_id) cross join lateral (${page(rows)}) o order by ${order} limit ${most}`,
      ),
    );
  // Of fifty scopes hardly one fills the page: a few of each are enough unless one's few are all on it.
  const fewOfEach = fewOf(
    most,
    led?.scopeCount ?? byNumber?.length ?? (scope === null ? acting.actor.scopeIds.length : 10),
  );
  const rows = await firstOfEach(fewOfEach);
  const ofEach = new Map<string, number>();
  for (const { scope_id: id } of rows) ofEach.set(id, (ofEach.get(id) ?? 0) + 1);
  return fewOfEach < most && Math.max(0, ...ofEach.values()) >= fewOfEach ? firstOfEach(most) : rows;
}

/** Order by order as the rarest pair leads to them; joined otherwise, all of a place would be read for each. */
const postingsOf = ({ rarest, also }: WordSearch): Statement =>
  sql`(select g.work_order_id from work_orders.gram g where g.scope_id = one.scope_id and ${join([sql`g.gram = ${rarest}`, ...also], ' and ')}) g
        cross join lateral (select o.* from work_orders.work_order o
          where o.scope_id = one.scope_id and o.work_order_id = g.work_order_id offset 0) o`;

/** How many of each of so many scopes are asked for at first, for a page of so many. */
const fewOf = (most: number, scopes: number): number => Math.min(most, 4 + Math.ceil((4 * most) / scopes));

const openQueues = new Set([
  'unassigned',
  'due_hour',
  'late',
  'disputed',
  'waiting_resident',
  'open',
  'mine',
]);
const isOfOpen = ({ queue }: ListFilter): boolean => queue !== undefined && openQueues.has(queue);

/** Whose orders an index over all scopes already holds together, in order. */
const isOfOnePerson = ({ assignee, assigneeId, reporter, follower, queue }: ListFilter): boolean =>
  assignee !== undefined ||
  assigneeId !== undefined ||
  reporter !== undefined ||
  follower !== undefined ||
  queue === 'mine';
