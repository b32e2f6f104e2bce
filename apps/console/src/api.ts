import { createHttp, pathWithQuery, type Query as ListQuery } from '@gongzhi/ui/client/index.ts';
import type {
  Answer,
  Body,
  ImportKind,
  ImportColumns,
  ImportRun,
  InboxMessage,
  List,
  Locale,
  NewOrder,
  Order,
  Query,
  TimelineEntry,
} from './api-types.ts';

/** Every call the console makes, each once. Pages never write a path. */
export const http = createHttp();

interface Read {
  signal?: AbortSignal;
}

export type Credentials = Body<'signIn'>;
export type OrderQuery = {
  [Name in keyof Query<'listWorkOrders'>]: Query<'listWorkOrders'>[Name] | undefined;
};
type Page = { cursor?: string; limit?: number };

const scopePath = (scopeId: string): string => `/places/scopes/${encodeURIComponent(scopeId)}`;
const orderPath = (id: string): string => `/work-orders/${encodeURIComponent(id)}`;

const importPath = (id: string): string => `/places/imports/${encodeURIComponent(id)}`;

export const api = {
  // The first look at who is signed in is the one 401 that asks nobody.
  me: (read: Read = {}) => http.call<Answer<'getMe'>>('GET', '/me', { isQuiet: true, ...read }),
  authOptions: () => http.call<Answer<'getAuthOptions'>>('GET', '/auth/options'),
  sendCode: (phone: string) => http.call<Answer<'requestCode'>>('POST', '/auth/codes', { body: { phone } }),
  signIn: (body: Credentials) => http.call<Answer<'signIn'>>('POST', '/auth/sessions', { body }),
  /** The demonstration's doors ask for no second step. */
  enterAs: (personaId: string) =>
    http.call<Answer<'getMe'>>('POST', '/auth/sessions', { body: { personaId } }),
  signOut: () => http.call<void>('DELETE', '/auth/sessions/current', { isQuiet: true }),
  signOutEverywhere: () => http.call<void>('DELETE', '/auth/sessions', { isQuiet: true }),
  actAs: (membershipId: string) =>
    http.call<Answer<'actAs'>>('PUT', '/me/acting', { body: { membershipId } }),
  setLocale: (locale: Locale) =>
    http.call<Answer<'changePreferences'>>('PUT', '/me/preferences', { body: { locale } }),
  setPassword: (body: Body<'changePassword'>) => http.call<void>('PUT', '/me/password', { body }),

  scopes: (query: Query<'listScopes'>, read: Read = {}) =>
    http.call<Answer<'listScopes'>>('GET', '/places/scopes', { query, ...read }),
  scope: (scopeId: string) => http.call<Answer<'getScope'>>('GET', scopePath(scopeId)),
  buildings: (scopeId: string) =>
    http.call<Answer<'listBuildings'>>('GET', `${scopePath(scopeId)}/buildings`),
  households: (scopeId: string, query: Query<'listHouseholds'>, read: Read = {}) =>
    http.call<Answer<'listHouseholds'>>('GET', `${scopePath(scopeId)}/households`, { query, ...read }),
  household: (scopeId: string, id: string) =>
    http.call<Answer<'getHousehold'>>('GET', `/places/households/${encodeURIComponent(id)}`, {
      query: { scopeId },
    }),
  householdCommand: (scopeId: string, id: string, body: Body<'commandHousehold'>, key: string) =>
    http.call<Answer<'commandHousehold'>>('POST', `/places/households/${encodeURIComponent(id)}/commands`, {
      query: { scopeId },
      body,
      key,
    }),
  people: (query: Query<'findPeople'>, read: Read = {}) =>
    http.call<Answer<'findPeople'>>('GET', '/people', { query, ...read }),
  person: (scopeId: string, id: string) =>
    http.call<Answer<'getPerson'>>('GET', `/people/${encodeURIComponent(id)}`, { query: { scopeId } }),
  reveal: (scopeId: string, id: string, body: Body<'revealPerson'>) =>
    http.call<Answer<'revealPerson'>>('POST', `/people/${encodeURIComponent(id)}/reveal`, {
      query: { scopeId },
      body,
    }),
  correctPerson: (scopeId: string, id: string, body: Body<'correctPerson'>, key: string) =>
    http.call<Answer<'correctPerson'>>('POST', `/people/${encodeURIComponent(id)}/correct`, {
      query: { scopeId },
      body,
      key,
    }),
  exportPerson: (scopeId: string, id: string, words: string) =>
    http.call<Answer<'exportPerson'>>('POST', `/people/${encodeURIComponent(id)}/export`, {
      query: { scopeId },
      body: { words },
    }),
  erasure: (scopeId: string, id: string) =>
    http.call<Answer<'planErasure'>>('GET', `/people/${encodeURIComponent(id)}/erasure`, {
      query: { scopeId },
    }),
  erasePerson: (scopeId: string, id: string, words: string, key: string) =>
    http.call<Answer<'erasePerson'>>('POST', `/people/${encodeURIComponent(id)}/erasure`, {
      query: { scopeId },
      body: { words },
      key,
    }),
  facilities: (scopeId: string, query: Query<'listFacilities'>) =>
    http.call<Answer<'listFacilities'>>('GET', `${scopePath(scopeId)}/facilities`, { query }),
  staff: (scopeId: string) => http.call<Answer<'listStaff'>>('GET', `${scopePath(scopeId)}/staff`),
  grids: (scopeId: string) => http.call<Answer<'listGrids'>>('GET', `${scopePath(scopeId)}/grids`),
  ownGrids: () => http.call<Answer<'listOwnGrids'>>('GET', '/places/grids/mine'),
  gridDay: () => http.call<Answer<'readGridDay'>>('GET', '/work-orders/my-grid'),
  commandGrid: (scopeId: string, gridId: string, body: Body<'commandGrid'>, key: string) =>
    http.call<Answer<'commandGrid'>>('POST', `/places/grids/${gridId}/commands`, {
      query: { scopeId },
      body,
      key,
    }),
  buildingPlan: (scopeId: string, buildingId: string) =>
    http.call<Answer<'getBuildingPlan'>>('GET', `${scopePath(scopeId)}/buildings/${buildingId}/plan`),
  openPlaces: (scopeId: string) =>
    http.call<Answer<'listOpenPlaces'>>('GET', '/work-orders/open-places', { query: { scopeId } }),
  organisations: (query: Query<'listOrganisations'>) =>
    http.call<Answer<'listOrganisations'>>('GET', '/places/organisations', { query }),

  ownedBuildings: (organisationId: string) =>
    http.call<Answer<'listOwnedBuildings'>>(
      'GET',
      `/places/organisations/${encodeURIComponent(organisationId)}/buildings`,
    ),
  createOrganisation: (body: Body<'createOrganisation'>, key: string) =>
    http.call<Answer<'createOrganisation'>>('POST', '/places/organisations', { body, key }),
  tree: (query: Query<'listTree'>, read: Read = {}) =>
    http.call<Answer<'listTree'>>('GET', '/places/tree', { query, ...read }),
  servedByOthers: (query: Query<'listServedByOthers'>, read: Read = {}) =>
    http.call<Answer<'listServedByOthers'>>('GET', '/places/served-by-others', { query, ...read }),
  servicePeriods: (scopeId: string) =>
    http.call<Answer<'listServicePeriods'>>('GET', `${scopePath(scopeId)}/service-periods`),
  owners: (scopeId: string) => http.call<Answer<'listOwners'>>('GET', `${scopePath(scopeId)}/owners`),
  setOwner: (scopeId: string, body: Body<'setOwner'>, key: string) =>
    http.call<Answer<'setOwner'>>('POST', `${scopePath(scopeId)}/owners`, { body, key }),
  createGrid: (scopeId: string, body: Body<'createGrid'>, key: string) =>
    http.call<Answer<'createGrid'>>('POST', `${scopePath(scopeId)}/grids`, { body, key }),

  staffEntries: (scopeId: string) =>
    http.call<Answer<'listStaffEntries'>>('GET', '/staff', { query: { scopeId } }),
  hireStaff: (body: Body<'hireStaff'>, key: string) =>
    http.call<Answer<'hireStaff'>>('POST', '/staff', { body, key }),
  commandStaff: (scopeId: string, staffId: string, body: Body<'commandStaff'>, key: string) =>
    http.call<Answer<'commandStaff'>>('POST', `/staff/${staffId}/commands`, {
      query: { scopeId },
      body,
      key,
    }),

  takeovers: (query: Query<'listTakeovers'>) =>
    http.call<Answer<'listTakeovers'>>('GET', '/places/takeovers', { query }),
  departments: () => http.call<Answer<'listDepartments'>>('GET', '/places/departments'),
  planTakeover: (scopeId: string, body: Body<'planTakeover'>, key: string) =>
    http.call<Answer<'planTakeover'>>('POST', `${scopePath(scopeId)}/takeovers`, { body, key }),
  commandTakeover: (scopeId: string, id: string, body: Body<'commandTakeover'>, key: string) =>
    http.call<Answer<'commandTakeover'>>('POST', `/places/takeovers/${id}/commands`, {
      query: { scopeId },
      body,
      key,
    }),
  leftOrders: (page: Page) =>
    http.call<Answer<'listLeftOrders'>>('GET', '/work-orders/left', { query: page }),

  secondFactor: () => http.call<Answer<'getSecondFactor'>>('GET', '/me/second-factor'),
  beginSecondFactor: () => http.call<Answer<'beginSecondFactor'>>('POST', '/me/second-factor'),
  confirmSecondFactor: (totp: string) =>
    http.call<Answer<'confirmSecondFactor'>>('POST', '/me/second-factor/confirmation', { body: { totp } }),
  renewRecoveryCodes: (body: Body<'renewRecoveryCodes'>) =>
    http.call<Answer<'renewRecoveryCodes'>>('POST', '/me/second-factor/recovery-codes', { body }),
  removeSecondFactor: (body: Body<'removeSecondFactor'>) =>
    http.call<void>('POST', '/me/second-factor/removal', { body }),

  upload: (scopeId: string, photo: Blob, key: string) =>
    http.call<{ id: string }>('POST', '/files', { query: { scopeId }, body: photo, key }),

  catalogue: (scopeId: string) =>
    http.call<Answer<'listCategories'>>('GET', '/work-orders/catalogue', { query: { scopeId } }),
  triage: (body: Body<'suggestTriage'>) =>
    http.call<Answer<'suggestTriage'>>('POST', '/work-orders/triage', { body }),
  orders: (query: OrderQuery, read: Read = {}) =>
    http.call<Answer<'listWorkOrders'>>('GET', '/work-orders', { query, ...read }),
  queues: (scopeId: string | undefined) =>
    http.call<Answer<'countQueues'>>('GET', '/work-orders/queues', { query: { scopeId } }),
  order: (scopeId: string, id: string) => http.call<Order>('GET', orderPath(id), { query: { scopeId } }),
  timeline: (scopeId: string, id: string, page: Page) =>
    http.call<List<TimelineEntry>>('GET', `${orderPath(id)}/timeline`, { query: { scopeId, ...page } }),
  create: (body: NewOrder, key: string) => http.call<Order>('POST', '/work-orders', { body, key }),
  /** The form of each command is checked by the server; action-specs.ts follows its list. */
  command: (scopeId: string, id: string, body: Readonly<Record<string, unknown>>, key: string) =>
    http.call<Order>('POST', `${orderPath(id)}/commands`, { query: { scopeId }, body, key }),
  contact: (scopeId: string, id: string, purpose: Body<'revealContact'>['purpose']) =>
    http.call<Answer<'revealContact'>>('POST', `${orderPath(id)}/contact`, {
      query: { scopeId },
      body: { purpose },
    }),
  compare: (query: Query<'compareWork'>) =>
    http.call<Answer<'compareWork'>>('GET', '/work-orders/reports/comparison', { query }),
  callbacks: (query: Query<'listCallbacks'>) =>
    http.call<Answer<'listCallbacks'>>('GET', '/work-orders/callbacks', { query }),
  nextCallback: (key: string) =>
    http.call<Answer<'claimNextCallback'>>('POST', '/work-orders/callbacks/next', { body: {}, key }),
  claimCallback: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'claimCallback'>>('POST', `${orderPath(id)}/callback/claim`, {
      query: { scopeId },
      key,
    }),
  releaseCallback: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'releaseCallback'>>('POST', `${orderPath(id)}/callback/release`, {
      query: { scopeId },
      key,
    }),
  calls: (scopeId: string, id: string) =>
    http.call<Answer<'listCalls'>>('GET', `${orderPath(id)}/callbacks`, { query: { scopeId } }),
  script: (scopeId: string) =>
    http.call<Answer<'getCallbackScript'>>('GET', '/work-orders/callbacks/script', { query: { scopeId } }),
  callbackRates: (query: Query<'reportCallbackRates'>) =>
    http.call<Answer<'reportCallbackRates'>>('GET', '/work-orders/callbacks/rates', { query }),
  onTime: (query: Query<'reportOnTime'>) =>
    http.call<Answer<'reportOnTime'>>('GET', '/work-orders/reports/on-time', { query }),

  consents: (scopeId: string, householdId: string) =>
    http.call<Answer<'listConsents'>>('GET', '/consents', { query: { scopeId, householdId } }),
  recordConsent: (body: Body<'recordConsent'>, key: string) =>
    http.call<Answer<'recordConsent'>>('POST', '/consents', { body, key }),
  withdrawConsent: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'withdrawConsent'>>('POST', `/consents/${encodeURIComponent(id)}/withdraw`, {
      query: { scopeId },
      body: {} satisfies Body<'withdrawConsent'>,
      key,
    }),
  printSlip: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'printSlip'>>('POST', `${orderPath(id)}/slips`, { query: { scopeId }, key }),
  revokeSlips: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'revokeSlips'>>('POST', `${orderPath(id)}/slips/revoke`, { query: { scopeId }, key }),
  /** Who rings; the number goes in the body, so that no address holds it. */
  caller: (phone: string, scopeId: string | undefined) =>
    http.call<Answer<'recogniseCaller'>>('POST', '/work-orders/callers', {
      body: { phone, ...(scopeId === undefined ? {} : { scopeId }) } satisfies Body<'recogniseCaller'>,
    }),

  messageSettings: () => http.call<Answer<'getMessageSettings'>>('GET', '/me/messages'),
  setMessageSettings: (body: Body<'setMessageSettings'>) =>
    http.call<Answer<'getMessageSettings'>>('PUT', '/me/messages', { body }),
  enterMessageAddress: (channel: string, address: string, locale: Locale) =>
    http.call<Answer<'enterMessageAddress'>>('PUT', `/me/messages/addresses/${channel}`, {
      body: { address, locale } satisfies Body<'enterMessageAddress'>,
    }),
  confirmMessageAddress: (channel: string, code: string) =>
    http.call<Answer<'getMessageSettings'>>('POST', `/me/messages/addresses/${channel}/confirm`, {
      body: { code } satisfies Body<'confirmMessageAddress'>,
    }),
  removeMessageAddress: (channel: string) =>
    http.call<Answer<'getMessageSettings'>>('DELETE', `/me/messages/addresses/${channel}`),
  deliveries: (query: Query<'listDeliveries'>, read: Read = {}) =>
    http.call<Answer<'listDeliveries'>>('GET', '/deliveries', { query, ...read }),
  sendImport: (query: Query<'sendImport'>, file: Blob, key: string) =>
    http.call<ImportRun>('POST', '/places/imports', { query, body: file, key }),
  imports: (scopeId: string) =>
    http.call<List<ImportRun>>('GET', '/places/imports', { query: { scopeId, limit: 20 } }),
  importRun: (scopeId: string, id: string) =>
    http.call<ImportRun>('GET', importPath(id), { query: { scopeId } }),
  importColumns: (scopeId: string, id: string) =>
    http.call<ImportColumns>('GET', `${importPath(id)}/columns`, { query: { scopeId } }),
  tellImportColumns: (scopeId: string, id: string, body: Body<'tellImportColumns'>, key: string) =>
    http.call<ImportRun>('POST', `${importPath(id)}/columns`, { query: { scopeId }, body, key }),
  importFaults: (scopeId: string, id: string, cursor: string | null) =>
    http.call<Answer<'listImportFaults'>>('GET', `${importPath(id)}/faults`, {
      query: { scopeId, limit: 50, cursor },
    }),
  startImport: (scopeId: string, id: string, skipRejected: boolean, key: string) =>
    http.call<ImportRun>('POST', `${importPath(id)}/start`, {
      query: { scopeId },
      body: { skipRejected },
      key,
    }),
  exportPeople: (scopeId: string, body: Body<'exportPeople'>) =>
    http.download('POST', `${scopePath(scopeId)}/people/export`, { body }),

  inbox: (page: Page) => http.call<List<InboxMessage>>('GET', '/inbox', { query: page }),
  unread: () => http.call<{ count: number }>('GET', '/inbox/unread-count'),
  markRead: (id: string) => http.call<void>('POST', `/inbox/${encodeURIComponent(id)}/read`),
  markAllRead: () => http.call<void>('POST', '/inbox/read-all'),
};

const addressOf = (path: string, query: ListQuery): string => pathWithQuery(`/api/v1${path}`, query);

/** Addresses of files that the browser downloads by itself. */
export const importTemplateUrl = (kind: ImportKind, format: 'xlsx' | 'csv', locale: Locale): string =>
  addressOf(`/places/import-templates/${kind}`, { format, locale });
export const importFaultsUrl = (scopeId: string, id: string, locale: Locale): string =>
  addressOf(`${importPath(id)}/faults/file`, { scopeId, format: 'xlsx', locale });
export const exportUrl = (list: string, format: 'xlsx' | 'csv', locale: Locale, query: ListQuery): string =>
  addressOf(`/exports/${list}`, { ...query, format, locale });

/** A stored picture's address. */
export function fileUrl(scopeId: string, id: string, size: 'thumb' | 'full'): string {
  return `/api/v1/files/${encodeURIComponent(id)}?scopeId=${encodeURIComponent(scopeId)}&size=${size}`;
}
