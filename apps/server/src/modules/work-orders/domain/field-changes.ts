import type { OrderState } from './types.ts';

/** Fields whose past the desk can ask for: what somebody decided, and by when. */
export const TRACKED = [
  'categoryCode',
  'kind',
  'priority',
  'assigneeAccountId',
  'isPublic',
  'isConfidential',
  'isEmergency',
  'neededBy',
  'respondDueAt',
  'arriveDueAt',
  'resolveDueAt',
  'pausedUntil',
  'referredTo',
  'referredReference',
  'workDone',
  'outcome',
  'rating',
] as const satisfies readonly (keyof OrderState)[];
export type TrackedField = (typeof TRACKED)[number];

export interface FieldDifference {
  readonly field: TrackedField;
  readonly was: string | number | boolean | null;
  readonly became: string | number | boolean | null;
}

const INSTANTS: ReadonlySet<TrackedField> = new Set([
  'neededBy',
  'respondDueAt',
  'arriveDueAt',
  'resolveDueAt',
  'pausedUntil',
]);

const plain = (field: TrackedField, value: string | number | boolean | null) =>
  INSTANTS.has(field) && typeof value === 'number' ? new Date(value).toISOString() : value;

/** In the order of the list; instants as ISO 8601. */
export function differencesBetween(before: OrderState, after: OrderState): FieldDifference[] {
  return TRACKED.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    was: plain(field, before[field]),
    became: plain(field, after[field]),
  }));
}
