import type { Instant } from '@gongzhi/kernel';
import { settle } from '../domain/clocks.ts';
import { submitOrder } from '../domain/submit.ts';
import { type CategoryFacts, defaultSettings, type OrderState } from '../domain/types.ts';
import type { EventRow, Order, StepRow, Wall } from '../tables.ts';
import { timedId } from './ids.ts';
import type { RequestRow } from './rows.ts';

/** What a request of the history becomes: an order that looks like one of ours, with a life of two moments. */
export interface ImportedOrder {
  readonly order: Order;
  readonly step: StepRow;
  readonly events: readonly EventRow[];
}

export interface ImportTarget {
  readonly wall: Wall;
  readonly cityCode: string;
  readonly source: string;
  readonly placeName: string;
  readonly categoryCode: string;
  readonly numberPrefix: string;
}

/** The first state of any order, from the domain itself, so that a new field of it is never forgotten here. */
function blankState(): OrderState {
  const category: CategoryFacts = {
    code: 'import',
    kind: 'complaint',
    nameZh: '',
    nameEn: '',
    skill: 'office',
    place: 'public',
    isEmergency: false,
    isConfidential: false,
    photosRequired: false,
    respondMinutes: 1,
    arriveMinutes: null,
    resolveMinutes: 1,
    calendar: 'always',
  };
  const submitted = submitOrder(
    { category, place: 'public', isPublic: true, neededBy: null },
    { who: ['system'], now: 0, accountId: null, settings: defaultSettings },
  );
  if (!submitted.ok) throw new Error(`an imported order cannot be submitted: ${submitted.error.reason}`);
  return submitted.value.order;
}

const blank = blankState();

/**
 * Late or not is decided by settle(), the very function that marks live orders. The source knows one limit only,
 * to resolve; so nobody is late in answering or coming.
 */
function stateOf(row: RequestRow, categoryCode: string, now: Instant): OrderState {
  const isClosed = row.closedAt !== null;
  const state: OrderState = {
    ...blank,
    status: isClosed ? 'closed' : 'submitted',
    kind: row.kind,
    categoryCode,
    createdAt: row.openedAt,
    clockStartAt: row.openedAt,
    respondDueAt: null,
    arriveDueAt: null,
    resolveDueAt: row.dueAt,
    resolveRemainingMs: null,
    finishedAt: row.closedAt,
    closedAt: row.closedAt,
    workDone: row.outcomeText,
    outcome: isClosed ? 'imported' : null,
  };
  return settle(state, now).order;
}

export function orderOfRow(row: RequestRow, target: ImportTarget, now: Instant): ImportedOrder {
  const { wall, cityCode, source } = target;
  const key = [cityCode, source, row.externalId] as const;
  const state = stateOf(row, target.categoryCode, now);
  const openedAt = new Date(row.openedAt);
  const closedAt = row.closedAt === null ? null : new Date(row.closedAt);
  const order: Order = {
    id: timedId(row.openedAt, 'order', ...key),
    wall,
    number: `${target.numberPrefix}${row.externalId}`,
    description: row.description,
    placeLabel: row.address ?? target.placeName,
    buildingId: null,
    facilityId: null,
    contactCipher: null,
    contactMasked: null,
    onBehalfOf: null,
    assigneeName: null,
    assigneeTitle: null,
    hasSeveral: false,
    accusedName: null,
    aboutOrderId: null,
    source: 'import',
    version: 1,
    updatedAt: closedAt ?? openedAt,
    state,
  };
  const step: StepRow = {
    stepId: timedId(row.openedAt, 'step', ...key),
    position: 1,
    handlerAccountId: null,
    handlerName: row.handler,
    handlerTitle: null,
    role: 'desk',
    state: closedAt === null ? 'open' : 'finished',
    openedAt,
    acceptedAt: null,
    departedAt: null,
    arrivedAt: null,
    startedAt: null,
    endedAt: closedAt,
    endReason: null,
    visit: 1,
    workDone: row.outcomeText,
  };
  const event = {
    actorAccountId: null,
    actorName: null,
    actorRole: 'system',
    isInternal: false,
    photoIds: [],
  };
  const events: EventRow[] = [
    {
      ...event,
      eventId: timedId(row.openedAt, 'submitted', ...key),
      kind: 'work_order.submitted',
      params: {
        categoryCode: target.categoryCode,
        source,
        ...(row.channel === null ? {} : { channel: row.channel }),
      },
      at: openedAt,
    },
  ];
  if (closedAt !== null && row.closedAt !== null) {
    events.push({
      ...event,
      // The timeline is read in the order of ids: closing comes after opening, also within one second.
      eventId: timedId(Math.max(row.closedAt, row.openedAt + 1), 'closed', ...key),
      kind: 'work_order.closed',
      params: { outcome: 'imported', note: row.outcomeText },
      at: closedAt,
    });
  }
  return { order, step, events };
}
