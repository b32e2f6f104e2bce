import { type PatrolsSearch, readPatrolsSearch } from './routes-patrols.ts';
import { type FormSearch, type FormsSearch, readForm, readForms } from './routes-forms.ts';
import { type GatesSearch, readGatesSearch } from './routes-gates.ts';
import { type MetersSearch, readMetersSearch } from './routes-meters.ts';
import { type DevicesSearch, readDevicesSearch } from './routes-devices.ts';
import type { ImportKind, Query, ReportBy } from '../api-types.ts';
import { type BillingSearch, readBilling } from './routes-billing.ts';
import { type BoardSearch, boardViews } from './routes-board.ts';
import {
  type HeatingSearch,
  heatingViews,
  hotlineFigures,
  hotlineGroups,
  hotlineQueues,
  type HotlineRatesSearch,
  type HotlineSearch,
} from './routes-hotline.ts';
import { type DeskSearch, readDesk } from './routes-desk.ts';

export * from './routes-billing.ts';
export * from './routes-desk.ts';
export * from './routes-hotline.ts';
export * from './routes-ledger.ts';
export * from './routes-organisation.ts';
export type * from './routes-roster.ts';
import {
  type AccountsSearch,
  type LedgerSearch,
  readAccountsSearch,
  readLedgerSearch,
} from './routes-ledger.ts';
import { type OverviewSearch, readOverview } from './routes-overview.ts';
import { type OrganisationSearch, organisationViews } from './routes-organisation.ts';
import { type PassesSearch, readPassesSearch } from './routes-passes.ts';
import { type PaymentsSearch, readPaymentsSearch } from './routes-payments.ts';
import { type PreventionSearch, readPrevention } from './routes-prevention.ts';
import type { RosterFileSearch, RosterSearch } from './routes-roster.ts';
import { readWallSearch, type WallSearch } from './routes-wall.ts';
import { compact, date, month, one, text } from './search-words.ts';

/**
 * The one table of the console's addresses: what is in the path, what is in the query, and a builder for each.
 * Filters live in the address, so that a queue can be bookmarked, sent to a colleague, and come back after sign-in.
 * router.tsx hangs pages on it; routes.test.ts holds the golden copy.
 */
export const BASE = '/desk';

export const paths = {
  signIn: '/sign-in',
  desk: '/',
  order: '/orders/$scopeId/$orderId',
  newOrder: '/new',
  report: '/report',
  compare: '/compare',
  callbacks: '/callbacks',
  places: '/places',
  myGrid: '/my-grid',
  takeovers: '/takeovers',
  roster: '/roster',
  rosterFile: '/roster/file',
  board: '/board',
  reports: '/reports',
  savedReport: '/reports/$reportId',
  overview: '/overview',
  prevention: '/prevention',
  preventionProject: '/prevention/$scopeId/$projectId',
  organisation: '/organisation',
  labels: '/places/labels',
  inbox: '/inbox',
  imports: '/imports',
  people: '/people',
  household: '/households/$scopeId/$householdId',
  print: '/print',
  rules: '/rules',
  messageSettings: '/me/messages',
  deliveries: '/deliveries',
  open311: '/open311',
  heating: '/heating',
  billing: '/billing',
  account: '/billing/$scopeId/$householdId',
  billLine: '/billing/lines/$scopeId/$lineId',
  hotline: '/hotline',
  hotlineCase: '/hotline/$caseId',
  hotlineNew: '/hotline/new',
  hotlineFile: '/hotline/file',
  hotlineClients: '/hotline/clients',
  hotlineRates: '/hotline-rates',
  meters: '/meters',
  devices: '/devices',
  phone: '/phone',
  patrols: '/patrols',
  passes: '/passes',
  payments: '/payments',
  gatePhones: '/gate-phones',
  gates: '/gates',
  forms: '/forms',
  form: '/forms/$formId',
  formTask: '/forms/tasks/$scopeId/$formId',
  ledger: '/ledger',
  accounts: '/accounts',
  wall: '/wall',
} as const;

export type CompareBy = Query<'compareWork'>['by'];
export const reportGroups = ['category', 'month', 'place'] as const satisfies readonly ReportBy[];

export const rulesTabs = [
  'catalogue',
  'calendar',
  'duties',
  'dispatch',
  'prices',
  'callbacks',
  'templates',
] as const;
export type RulesTab = (typeof rulesTabs)[number];

export const importKindWords = [
  'areas',
  'compounds',
  'buildings',
  'households',
  'people',
] as const satisfies readonly ImportKind[];

export const placeTabs = ['buildings', 'grids', 'staff', 'service'] as const;
export type PlaceTab = (typeof placeTabs)[number];

export interface SignInSearch {
  /** Where to go afterwards: a path within the console. */
  next?: string | undefined;
}

export interface PrintSearch {
  /** `scope:order` for each sheet, separated by commas. */
  ids?: string | undefined;
}

export interface RulesSearch {
  tab?: RulesTab | undefined;
  /** The entry of the catalogue that is open. */
  code?: string | undefined;
  scope?: string | undefined;
}

export const compareGroups = [
  'category',
  'worker',
  'building',
  'place',
  'department',
] as const satisfies readonly CompareBy[];

export interface CompareSearch {
  by?: CompareBy | undefined;
  from?: string | undefined;
  to?: string | undefined;
  scope?: string | undefined;
}

export interface CallbacksSearch {
  /** The order somebody is being called about, and the scope that holds it. */
  order?: string | undefined;
  in?: string | undefined;
}

export interface ReportSearch {
  by?: ReportBy | undefined;
  from?: string | undefined;
  to?: string | undefined;
  scope?: string | undefined;
}

export interface PeopleSearch {
  q?: string | undefined;
  scope?: string | undefined;
  /** The person shown beside the list, and the scope that holds them. */
  person?: string | undefined;
  in?: string | undefined;
}

export interface ImportsSearch {
  scope?: string | undefined;
  kind?: ImportKind | undefined;
  /** The import that is looked at. */
  run?: string | undefined;
}

/** Of which compound the labels are. */
export interface LabelsSearch {
  scope?: string | undefined;
}

export interface PlacesSearch {
  scope?: string | undefined;
  tab?: PlaceTab | undefined;
  building?: string | undefined;
  q?: string | undefined;
}

export const deliveryStates = ['waiting', 'sent', 'delivered', 'failed', 'none'] as const;
export interface DeliveriesSearch {
  scope?: string | undefined;
  state?: (typeof deliveryStates)[number] | undefined;
}

/** Of which street; one's own where left out. */
export interface Open311Search {
  scope?: string | undefined;
}

export type RawSearch = Record<string, string>;

/** An address is input from outside: what isn't understood is dropped, never passed on. */
export const readSearch = {
  signIn: (raw: RawSearch): SignInSearch => {
    const next = text(raw['next']);
    // Only a path of our own: `//elsewhere` and `/\elsewhere` leave the site.
    return compact({ next: next !== undefined && /^\/(?![/\\])/.test(next) ? next : undefined });
  },
  desk: readDesk,
  billing: readBilling,
  heating: (raw: Record<string, unknown>): HeatingSearch =>
    compact({ view: one(raw['view'], heatingViews), scope: text(raw['scope']) }),
  hotline: (raw: Record<string, unknown>): HotlineSearch =>
    compact({
      queue: one(raw['queue'], hotlineQueues),
      number: text(raw['number']),
      figure: one(raw['figure'], hotlineFigures),
      month: month(raw['month']),
      unit: text(raw['unit']),
      street: text(raw['street']),
      topic: text(raw['topic']),
    }),
  hotlineRates: (raw: Record<string, unknown>): HotlineRatesSearch =>
    compact({ by: one(raw['by'], hotlineGroups), month: month(raw['month']) }),
  labels: (raw: Record<string, unknown>): LabelsSearch => compact({ scope: text(raw['scope']) }),
  print: (raw: Record<string, unknown>): PrintSearch => compact({ ids: text(raw['ids']) }),
  rules: (raw: Record<string, unknown>): RulesSearch =>
    compact({ tab: one(raw['tab'], rulesTabs), code: text(raw['code']), scope: text(raw['scope']) }),
  compare: (raw: Record<string, unknown>): CompareSearch =>
    compact({
      by: one(raw['by'], compareGroups),
      from: date(raw['from']),
      to: date(raw['to']),
      scope: text(raw['scope']),
    }),
  callbacks: (raw: Record<string, unknown>): CallbacksSearch =>
    compact({ order: text(raw['order']), in: text(raw['in']) }),
  report: (raw: Record<string, unknown>): ReportSearch =>
    compact({
      by: one(raw['by'], reportGroups),
      from: date(raw['from']),
      to: date(raw['to']),
      scope: text(raw['scope']),
    }),
  board: (raw: Record<string, unknown>): BoardSearch =>
    compact({ view: one(raw['view'], boardViews), scope: text(raw['scope']) }),
  forms: readForms,
  form: readForm,
  prevention: readPrevention,
  overview: readOverview,
  rosterFile: (raw: Record<string, unknown>): RosterFileSearch => compact({ scope: text(raw['scope']) }),
  roster: (raw: Record<string, unknown>): RosterSearch =>
    compact({ from: date(raw['from']), scope: text(raw['scope']) }),
  deliveries: (raw: Record<string, unknown>): DeliveriesSearch =>
    compact({ scope: text(raw['scope']), state: one(raw['state'], deliveryStates) }),
  open311: (raw: Record<string, unknown>): Open311Search => compact({ scope: text(raw['scope']) }),
  meters: readMetersSearch,
  devices: readDevicesSearch,
  ledger: readLedgerSearch,
  wall: readWallSearch,
  accounts: readAccountsSearch,
  patrols: readPatrolsSearch,
  passes: readPassesSearch,
  payments: readPaymentsSearch,
  gates: readGatesSearch,
  organisation: (raw: Record<string, unknown>): OrganisationSearch =>
    compact({ view: one(raw['view'], organisationViews), q: text(raw['q']), kind: text(raw['kind']) }),
  people: (raw: Record<string, unknown>): PeopleSearch =>
    compact({
      q: text(raw['q']),
      scope: text(raw['scope']),
      person: text(raw['person']),
      in: text(raw['in']),
    }),
  imports: (raw: Record<string, unknown>): ImportsSearch =>
    compact({
      scope: text(raw['scope']),
      kind: one(raw['kind'], importKindWords),
      run: text(raw['run']),
    }),
  places: (raw: Record<string, unknown>): PlacesSearch =>
    compact({
      scope: text(raw['scope']),
      tab: one(raw['tab'], placeTabs),
      building: text(raw['building']),
      q: text(raw['q']),
    }),
};

/** Builders: what a `<Link>` or `navigate` takes. */
export const url = {
  signIn: (search: SignInSearch = {}) => ({ to: paths.signIn, search }) as const,
  desk: (search: DeskSearch = {}) => ({ to: paths.desk, search }) as const,
  order: (scopeId: string, orderId: string) => ({ to: paths.order, params: { scopeId, orderId } }) as const,
  newOrder: () => ({ to: paths.newOrder }) as const,
  compare: (search: CompareSearch = {}) => ({ to: paths.compare, search }) as const,
  callbacks: (search: CallbacksSearch = {}) => ({ to: paths.callbacks, search }) as const,
  report: (search: ReportSearch = {}) => ({ to: paths.report, search }) as const,
  places: (search: PlacesSearch = {}) => ({ to: paths.places, search }) as const,
  myGrid: () => ({ to: paths.myGrid }) as const,
  takeovers: () => ({ to: paths.takeovers }) as const,
  board: (search: BoardSearch = {}) => ({ to: paths.board, search }) as const,
  overview: (search: OverviewSearch = {}) => ({ to: paths.overview, search }) as const,
  reports: () => ({ to: paths.reports }) as const,
  savedReport: (reportId: string) => ({ to: paths.savedReport, params: { reportId } }) as const,
  forms: (search: FormsSearch = {}) => ({ to: paths.forms, search }) as const,
  form: (formId: string, search: FormSearch = {}) =>
    ({ to: paths.form, params: { formId }, search }) as const,
  formTask: (scopeId: string, formId: string) =>
    ({ to: paths.formTask, params: { scopeId, formId } }) as const,
  prevention: (search: PreventionSearch = {}) => ({ to: paths.prevention, search }) as const,
  preventionProject: (scopeId: string, projectId: string) =>
    ({ to: paths.preventionProject, params: { scopeId, projectId } }) as const,
  roster: (search: RosterSearch = {}) => ({ to: paths.roster, search }) as const,
  rosterFile: (search: RosterFileSearch = {}) => ({ to: paths.rosterFile, search }) as const,
  organisation: (search: OrganisationSearch = {}) => ({ to: paths.organisation, search }) as const,
  labels: (search: LabelsSearch = {}) => ({ to: paths.labels, search }) as const,
  inbox: () => ({ to: paths.inbox }) as const,
  imports: (search: ImportsSearch = {}) => ({ to: paths.imports, search }) as const,
  people: (search: PeopleSearch = {}) => ({ to: paths.people, search }) as const,
  household: (scopeId: string, householdId: string) =>
    ({ to: paths.household, params: { scopeId, householdId } }) as const,
  print: (orders: readonly { scopeId: string; id: string }[]) =>
    ({
      to: paths.print,
      search: { ids: orders.map(({ scopeId, id }) => `${scopeId}:${id}`).join(',') },
    }) as const,
  rules: (search: RulesSearch = {}) => ({ to: paths.rules, search }) as const,
  messageSettings: () => ({ to: paths.messageSettings }) as const,
  deliveries: (search: DeliveriesSearch = {}) => ({ to: paths.deliveries, search }) as const,
  open311: (search: Open311Search = {}) => ({ to: paths.open311, search }) as const,
  ledger: (search: LedgerSearch = {}) => ({ to: paths.ledger, search }) as const,
  accounts: (search: AccountsSearch = {}) => ({ to: paths.accounts, search }) as const,
  billing: (search: BillingSearch = {}) => ({ to: paths.billing, search }) as const,
  billLine: (scopeId: string, lineId: string) =>
    ({ to: paths.billLine, params: { scopeId, lineId } }) as const,
  account: (scopeId: string, householdId: string) =>
    ({ to: paths.account, params: { scopeId, householdId } }) as const,
  heating: (search: HeatingSearch = {}) => ({ to: paths.heating, search }) as const,
  hotline: (search: HotlineSearch = {}) => ({ to: paths.hotline, search }) as const,
  hotlineCase: (caseId: string) => ({ to: paths.hotlineCase, params: { caseId } }) as const,
  hotlineNew: () => ({ to: paths.hotlineNew }) as const,
  hotlineFile: () => ({ to: paths.hotlineFile }) as const,
  hotlineClients: () => ({ to: paths.hotlineClients }) as const,
  hotlineRates: (search: HotlineRatesSearch = {}) => ({ to: paths.hotlineRates, search }) as const,
  patrols: (search: PatrolsSearch = {}) => ({ to: paths.patrols, search }) as const,
  gates: (search: GatesSearch = {}) => ({ to: paths.gates, search }) as const,
  meters: (search: MetersSearch = {}) => ({ to: paths.meters, search }) as const,
  devices: (search: DevicesSearch = {}) => ({ to: paths.devices, search }) as const,
  phone: () => ({ to: paths.phone }) as const,
  payments: (search: PaymentsSearch = {}) => ({ to: paths.payments, search }) as const,
  passes: (search: PassesSearch = {}) => ({ to: paths.passes, search }) as const,
  gatePhones: () => ({ to: paths.gatePhones }) as const,
  wall: (search: WallSearch = {}) => ({ to: paths.wall, search }) as const,
};

/** Query strings hold plain words: `late=true`, not JSON, so that a person can read and write them. */
export function parseSearch(query: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(query));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    if (value != null && value !== '') query.set(key, String(value));
  const written = query.toString();
  return written === '' ? '' : `?${written}`;
}

interface Address {
  to: string;
  params?: Readonly<Record<string, string>>;
  search?: object;
}

/** The address as text, for what is not a `<Link>`: a message's link, a new tab. */
export function href({ to, params = {}, search = {} }: Address): string {
  const path = to.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return `${BASE}${path}${stringifySearch(search as Record<string, unknown>)}`;
}
