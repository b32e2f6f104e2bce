import { type IdSource, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { recordFields } from './desk/changes-fields.ts';
import type { Decision, OrderEvent, StepChange } from './domain.ts';
import {
  insertEvent,
  insertOrder,
  insertStep,
  type Order,
  type StepRow,
  updateOrder,
  updateStep,
  type Wall,
} from './tables.ts';
import { writeFigures } from './tables-figures.ts';

/** Writes what the domain decided: the order, its steps, the timeline and the outbox, all in the caller's transaction. */

export interface ActorOfChange {
  readonly accountId: string | null;
  /** As the other parties are told it: a worker's display name, a resident's masked one. */
  readonly name: string | null;
  readonly role: string;
  /** For whom, by consent. */
  readonly onBehalf?: { readonly name: string; readonly consentId: string } | null;
}

export interface HandlerName {
  readonly name: string;
  readonly title: string;
}

export interface Change {
  readonly before: Order | null;
  readonly after: Order;
  readonly decision: Decision;
  readonly steps: readonly StepRow[];
  readonly by: ActorOfChange;
  readonly now: Date;
  /** Of people who are neither the assignee before nor after. */
  readonly names?: ReadonlyMap<string, string>;
}

const stepStates: Record<string, string> = {
  accept: 'accepted',
  depart: 'departed',
  arrive: 'arrived',
  start: 'in_progress',
  pause: 'paused',
  resume: 'in_progress',
};
const stepMarks: Partial<
  Record<StepChange['type'], 'acceptedAt' | 'departedAt' | 'arrivedAt' | 'startedAt'>
> = {
  accept: 'acceptedAt',
  depart: 'departedAt',
  arrive: 'arrivedAt',
  start: 'startedAt',
};

/** Pure: which step rows are new or changed, from the last open step and what was decided. */
export function applySteps(
  last: StepRow | null,
  changes: readonly StepChange[],
  by: ActorOfChange,
  nameOf: (accountId: string) => HandlerName | null,
  newId: IdSource = uuidv7,
): { inserted: StepRow[]; updated: StepRow[] } {
  const inserted: StepRow[] = [];
  const updated = new Map<string, StepRow>();
  let current = last;
  const replace = (next: StepRow) => {
    const fresh = inserted.findIndex((step) => step.stepId === next.stepId);
    if (fresh >= 0) inserted[fresh] = next;
    else updated.set(next.stepId, next);
    current = next;
  };
  for (const change of changes) {
    const at = new Date(change.at);
    if (change.type === 'open') {
      const handler = change.accountId === null ? null : nameOf(change.accountId);
      current = {
        stepId: newId(change.at),
        position: (current?.position ?? 0) + 1,
        handlerAccountId: change.accountId,
        handlerName: handler?.name ?? null,
        handlerTitle: handler?.title ?? null,
        role: change.role,
        state: 'open',
        openedAt: at,
        acceptedAt: null,
        departedAt: null,
        arrivedAt: null,
        startedAt: null,
        endedAt: null,
        endReason: null,
        visit: change.visit,
        workDone: null,
      };
      inserted.push(current);
    } else if (current !== null && current.endedAt === null) {
      if (change.type === 'close') {
        // A desk's turn is anybody's until somebody ends it; a reporter who cancels took no turn.
        const isDesk = current.role === 'desk' && by.role !== 'resident';
        replace({
          ...current,
          handlerAccountId: isDesk ? change.accountId : current.handlerAccountId,
          handlerName: isDesk ? by.name : current.handlerName,
          state: change.result,
          endedAt: at,
          endReason: change.reason,
          workDone: change.workDone,
        });
      } else {
        const mark = stepMarks[change.type];
        replace({
          ...current,
          state: stepStates[change.type] ?? current.state,
          ...(mark === undefined ? {} : { [mark]: current[mark] ?? at }),
        });
      }
    }
  }
  return { inserted, updated: [...updated.values()] };
}

/** Ids get the names that were true when it happened. */
function namedParams(
  event: OrderEvent,
  before: Order | null,
  after: Order,
  names: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const params: Record<string, unknown> = { ...event.params };
  const nameOf = (id: unknown) =>
    id === after.state.assigneeAccountId
      ? after.assigneeName
      : id === before?.state.assigneeAccountId
        ? before?.assigneeName
        : null;
  if (typeof params['assigneeAccountId'] === 'string')
    params['assigneeName'] = nameOf(params['assigneeAccountId']) ?? null;
  if (typeof params['fromAccountId'] === 'string')
    params['fromName'] = nameOf(params['fromAccountId']) ?? null;
  if (typeof params['helperAccountId'] === 'string')
    params['helperName'] = names.get(params['helperAccountId']) ?? null;
  return params;
}

const systemEvents = new Set([
  'work_order.respond_overdue',
  'work_order.arrive_overdue',
  'work_order.resolve_overdue',
  'work_order.callback_wanted',
  'work_order.pause_ended',
]);

/** The order's steps as they are then. */
export function writeChange(tx: Tx, change: Change): StepRow[] {
  const { before, after, decision, by, now } = change;
  const { wall, id } = after;
  tx.write(before === null ? insertOrder(after) : updateOrder(after));
  writeFigures(tx, before, after, now);
  const steps = applySteps(change.steps.at(-1) ?? null, decision.stepChanges, by, (accountId) =>
    accountId === after.state.assigneeAccountId && after.assigneeName !== null
      ? { name: after.assigneeName, title: after.assigneeTitle ?? '' }
      : null,
  );
  for (const step of steps.updated) tx.write(updateStep(id, wall, step));
  for (const step of steps.inserted) tx.write(insertStep(id, wall, step));
  if (before !== null) {
    if (before.wall.isPublic && !wall.isPublic) hideFromNeighbours(tx, wall, id);
    // The last event is the deed itself; what time brought comes before it.
    recordFields(tx, before, after, decision.events.at(-1)?.kind ?? '', by, now);
  }

  const left = [...decision.notifications];
  decision.events.forEach((event, i) => {
    // What time brought is nobody's deed, though somebody's command brought it to light.
    const isSystem = systemEvents.has(event.kind) || event.params['isBySystem'] === true;
    const eventId = uuidv7(now.getTime());
    const params = namedParams(event, before, after, change.names ?? new Map());
    if (!isSystem && by.onBehalf != null) {
      params['onBehalfOf'] = by.onBehalf.name;
      params['consentId'] = by.onBehalf.consentId;
    }
    tx.write(
      insertEvent(id, wall, {
        eventId,
        kind: event.kind,
        actorAccountId: isSystem ? null : by.accountId,
        actorName: isSystem ? null : by.name,
        actorRole: isSystem ? 'system' : by.role,
        isInternal: event.isInternal,
        params,
        photoIds: event.photoIds,
        at: now,
      }),
    );
    // Every notice travels with the event it tells of; what belongs to none goes with the last.
    const isLast = i === decision.events.length - 1;
    const notices = isLast ? [...left] : left.filter((notice) => notice.template === event.kind);
    recordEvent(tx, {
      eventId,
      scopeId: wall.scopeId,
      wall: { ...wall, isInternal: event.isInternal },
      kind: event.kind,
      version: 1,
      objectId: id,
      payload: {
        number: after.number,
        categoryCode: after.state.categoryCode,
        status: after.state.status,
        /** Nobody is told of their own deed; what time brought is nobody's. */
        byAccountId: isSystem ? null : by.accountId,
        isEmergency: after.state.isEmergency,
        isStaffReport: after.source === 'staff',
        notifications: notices,
        ...event.facts,
      },
      occurredAt: now,
    });
    for (const notice of notices) left.splice(left.indexOf(notice), 1);
  });
  const changed = new Map(steps.updated.map((step) => [step.stepId, step]));
  return [...change.steps.map((step) => changed.get(step.stepId) ?? step), ...steps.inserted];
}

function hideFromNeighbours(tx: Tx, wall: Wall, id: string): void {
  tx.write(
    sql`update work_orders.event set is_public = false where scope_id = ${wall.scopeId} and work_order_id = ${id}`,
  );
  tx.write(
    sql`update work_orders.step set is_public = false where scope_id = ${wall.scopeId} and work_order_id = ${id}`,
  );
  tx.write(
    sql`update platform.file set is_public = false where scope_id = ${wall.scopeId} and attached_id = ${id}`,
  );
}
