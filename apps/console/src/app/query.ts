import { isPassing } from '@gongzhi/ui/client/index.ts';
import { QueryClient } from '@tanstack/react-query';

/** The live connection says when something changed, so what was read stays good for a while. */
const STALE_MS = 30_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      retry: (failures, error) => failures < 2 && isPassing(error),
      refetchOnWindowFocus: true,
    },
  },
});

/** Keys of what is read from the server, in one place, so that what is written can name what it made old. */
export const queryKeys = {
  me: ['me'] as const,
  authOptions: ['auth-options'] as const,
  queues: (scopeId: string | undefined) => ['queues', scopeId ?? null] as const,
  allQueues: ['queues'] as const,
  order: (id: string) => ['order', id] as const,
  timeline: (id: string) => ['timeline', id] as const,
  candidates: (id: string) => ['candidates', id] as const,
  catalogue: (scopeId: string) => ['catalogue', scopeId] as const,
  hotlineCase: (id: string) => ['hotline-case', id] as const,
  household: (id: string) => ['household', id] as const,
  people: (q: string, scopeId: string | null) => ['people', q, scopeId] as const,
  allPeople: ['people'] as const,
  erasure: (id: string) => ['erasure', id] as const,
  person: (id: string) => ['person', id] as const,
  householdOrders: (id: string) => ['household-orders', id] as const,
  householdBills: (id: string) => ['household-bills', id] as const,
  staff: (scopeId: string) => ['staff', scopeId] as const,
  scopes: (kind: string | null, q: string) => ['scopes', kind, q] as const,
  scope: (id: string) => ['scope', id] as const,
  buildings: (scopeId: string) => ['buildings', scopeId] as const,
  households: (scopeId: string, q: string, buildingId: string | null) =>
    ['households', scopeId, q, buildingId] as const,
  facilities: (scopeId: string, q: string) => ['facilities', scopeId, q] as const,
  grids: (scopeId: string) => ['grids', scopeId] as const,
  report: (by: string, scopeId: string | null, from: string | null, to: string | null) =>
    ['report', by, scopeId, from, to] as const,
  ownGrids: ['own-grids'] as const,
  gridDay: ['queues', 'grid-day'] as const,
  buildingPlan: (id: string) => ['building-plan', id] as const,
  openPlaces: (scopeId: string) => ['queues', 'open-places', scopeId] as const,
  organisations: ['organisations'] as const,
  tree: (by: string, under: string | null, q: string) => ['tree', by, under, q] as const,
  servedByOthers: (scopeId: string, q: string) => ['served-by-others', scopeId, q] as const,
  servicePeriods: (scopeId: string) => ['service-periods', scopeId] as const,
  owners: (scopeId: string) => ['owners', scopeId] as const,
  owned: (organisationId: string) => ['organisations', 'owned', organisationId] as const,
  staffEntries: (scopeId: string) => ['staff-entries', scopeId] as const,
  takeovers: ['takeovers'] as const,
  roster: ['roster'] as const,
  departments: ['departments'] as const,
  leftOrders: ['left-orders'] as const,
  secondFactor: ['second-factor'] as const,
  compare: (by: string, scopeId: string | null, from: string, to: string) =>
    ['compare', by, scopeId, from, to] as const,
  calls: (id: string) => ['calls', id] as const,
  callbacks: ['callbacks'] as const,
  callbackRates: ['callback-rates'] as const,
  script: (scopeId: string) => ['callback-script', scopeId] as const,
  imports: (scopeId: string) => ['imports', scopeId] as const,
  importRun: (id: string) => ['import', id] as const,
  importColumns: (id: string) => ['import-columns', id] as const,
  importFaults: (id: string) => ['import-faults', id] as const,
  inbox: ['inbox'] as const,
  unread: ['unread'] as const,
  messageSettings: ['message-settings'] as const,
  devices: ['devices'] as const,
  patrols: ['patrols'] as const,
  gatePhones: ['gate-phones'] as const,
  gates: ['gates'] as const,
  deliveries: (scopeId: string, objectId: string | null, state: string | null) =>
    ['deliveries', scopeId, objectId, state] as const,
};
