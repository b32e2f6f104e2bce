import { sql, type Statement } from '../../platform/db/sql.ts';
import { ENDED, type Status, UNHELD, WITH_WORKER } from './domain.ts';

/**
 * Of what statuses a list is, in parts that share no order and of which each has an index that holds it, in the order asked
 * for where that is needed. As one, what is partly cancelled or partly ended was read whole and sorted: 22 seconds of a city
 * with eleven million orders.
 */
export interface ListPart {
  /** None: of whatever status. */
  readonly statuses: readonly string[];
  /** What tells it beside them. */
  readonly where: readonly Statement[];
  /** None of it has a deadline, so that it goes by ids whatever the list goes by. */
  readonly isById: boolean;
  /** So few that they are looked up by this alone, before all else: whoever plans takes them for a hundred thousand. */
  readonly few: Statement | null;
}

/** All of it in one. */
export const wholeOf = (statuses: readonly string[]): ListPart => ({
  statuses,
  where: [],
  isById: false,
  few: null,
});

const unheld: ReadonlySet<string> = new Set<Status>(UNHELD);
const withWorker: ReadonlySet<string> = new Set<Status>(WITH_WORKER);
const ended: ReadonlySet<string> = new Set<Status>(ENDED);

/**
 * What is open, for statuses that are all of it. What nobody has been given and what somebody is still to finish are little
 * of that, and told by who has it and when it was finished (constraints work_order_unheld, work_order_with_worker), not by
 * the status.
 */
export function isOfOpenIn(statuses: readonly string[]): Statement {
  if (statuses.every((status) => unheld.has(status))) return sql`o.is_open and o.assignee_account_id is null`;
  if (statuses.every((status) => withWorker.has(status)))
    return sql`o.is_open and o.assignee_account_id is not null and o.finished_at is null`;
  return sql`o.is_open`;
}

/**
 * No index holds the status, which moves with every step. What is open has indexes of its own, and so has what was
 * cancelled, by its outcome (constraint work_order_is_cancelled); what has closed is nearly all there is.
 */
export function inStatuses(statuses: readonly string[]): Statement[] {
  if (statuses.length === 0) return [];
  const is = statuses.length === 1 ? sql`o.status = ${statuses[0]}` : sql`o.status = any (${statuses})`;
  if (statuses.includes('closed')) return [is];
  if (!statuses.includes('cancelled')) return [is, isOfOpenIn(statuses)];
  const ofOpen = statuses.filter((status) => !ended.has(status));
  return [
    is,
    ofOpen.length === 0
      ? sql`o.outcome = 'cancelled'`
      : sql`(${isOfOpenIn(ofOpen)} or o.outcome = 'cancelled')`,
  ];
}

/** `byDue`: by what presses most, what has no deadline last; `isPastDues`: from there on where nothing has one. */
export function partsOf(
  statuses: readonly string[],
  { byDue, isPastDues }: { readonly byDue: boolean; readonly isPastDues: boolean },
): ListPart[] {
  const ofEnded = statuses.filter((status) => ended.has(status));
  const ofOpen = statuses.filter((status) => !ended.has(status));
  const isOfAny = statuses.length === 0;
  if (!byDue) {
    const isSplit = ofOpen.length > 0 && ofEnded.length > 0 && !ofEnded.includes('closed');
    return isSplit ? [wholeOf(ofOpen), wholeOf(ofEnded)] : [wholeOf(statuses)];
  }
  const parts: ListPart[] = [];
  if (isOfAny) parts.push({ ...wholeOf([]), where: [sql`o.is_open`] });
  else if (ofOpen.length > 0) parts.push(wholeOf(ofOpen));
  if (isOfAny || ofEnded.length > 0) {
    const of = wholeOf(ofEnded);
    // About what has ended somebody may still be to be called: those few alone have a deadline.
    if (!isPastDues) parts.push({ ...of, few: sql`not o.is_open and o.next_due_at is not null` });
    parts.push({ ...of, where: [sql`not o.is_open and o.next_due_at is null`], isById: true });
  }
  return parts;
}
