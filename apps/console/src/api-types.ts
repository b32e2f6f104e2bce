/** Shapes of the API that the console reads, as docs/plans/leak.md words them. Times are ISO instants. */

export type Locale = 'zh-CN' | 'en';

export type Role =
  | 'resident'
  | 'worker'
  | 'steward'
  | 'desk'
  | 'manager'
  | 'company'
  | 'social_worker'
  | 'committee'
  | 'street'
  | 'city'
  | 'guard'
  | 'auditor';

export type ScopeKind =
  | 'city'
  | 'district'
  | 'street'
  | 'community'
  | 'compound'
  | 'company'
  | 'department'
  | 'organisation';

export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface ScopeRef {
  id: string;
  name: string;
  kind: ScopeKind;
}

export interface Membership {
  id: string;
  role: Role;
  scopeId: string;
  scopeName: string;
  scopeKind: ScopeKind;
  households: { id: string; scopeId: string; label: string; areaM2: string }[];
  scopes: ScopeRef[];
}

export interface Me {
  account: { id: string; displayName: string; phoneMasked: string; locale: Locale; isLargeType: boolean };
  csrfToken: string;
  mode: 'demo' | 'production';
  acting: Membership;
  memberships: Membership[];
  permissions: string[];
}

export interface Persona {
  id: string;
  role: Role;
  name: string;
  phone: string;
  placeLabel: string;
  home: '/m/' | '/desk/';
}

export interface AuthOptions {
  mode: 'demo' | 'production';
  personas?: Persona[];
}

export interface CodeSent {
  expiresInSeconds: number;
  resendInSeconds: number;
  demoCode?: string;
}

export interface Scope extends ScopeRef {
  communityName?: string | null;
  companyName?: string | null;
  householdCount?: number | null;
}

export interface Building {
  id: string;
  name: string;
  units: { id: string; name: string; householdCount: number }[];
}

export interface Household {
  id: string;
  label: string;
  buildingId?: string;
  buildingName: string;
  unitName: string | null;
  roomNo: string;
  floor: number | null;
  areaM2: string | null;
}

export interface StaffMember {
  accountId: string;
  membershipId: string;
  displayName: string;
  role: Role;
  skills: string[];
  openOrders: number;
}

export interface Facility {
  id: string;
  kind: string;
  label: string;
  buildingId: string | null;
}

export type OrderStatus =
  | 'submitted'
  | 'triaged'
  | 'assigned'
  | 'accepted'
  | 'departed'
  | 'arrived'
  | 'in_progress'
  | 'paused'
  | 'finished'
  | 'confirmed'
  | 'closed'
  | 'disputed'
  | 'cancelled';

export interface Category {
  code: string;
  kind: string;
  group: string;
  nameZh: string;
  nameEn: string;
  descriptionZh?: string | null;
  skill: string | null;
  place: 'home' | 'public' | 'both';
  isEmergency: boolean;
  duty: string;
  respondMinutes: number | null;
  arriveMinutes: number | null;
  resolveMinutes: number | null;
  calendar: 'always' | 'working';
}

export interface OrderRow {
  id: string;
  scopeId: string;
  number: string;
  status: OrderStatus;
  kind: string;
  categoryCode: string;
  categoryNameZh: string;
  categoryNameEn: string;
  isEmergency: boolean;
  priority: string;
  placeLabel: string;
  scopeName: string;
  isPublic: boolean;
  assigneeName: string | null;
  assigneeAccountId: string | null;
  reporterMasked: string | null;
  /** In a list the first 80 characters, in an order the whole. */
  description: string;
  createdAt: string;
  respondDueAt: string | null;
  arriveDueAt: string | null;
  resolveDueAt: string | null;
  nextDueAt: string | null;
  isLate: boolean;
  urgeCount: number;
  version: number;
  updatedAt: string;
  station: number;
}

export interface PhotoRef {
  id: string;
}

export interface OrderAction {
  action: string;
  isAllowed: boolean;
  reasonCode: string | null;
}

export interface Order extends OrderRow {
  photos: PhotoRef[];
  contactMasked: string | null;
  householdId: string | null;
  buildingId: string | null;
  facilityId: string | null;
  assignee: {
    accountId: string;
    displayName: string;
    title: string | null;
    phoneMasked: string | null;
    jobsDone: number | null;
    rating: number | null;
  } | null;
  pausedReason: string | null;
  pausedNote: string | null;
  resolveRemainingSeconds: number | null;
  finishedAt: string | null;
  workDone: string | null;
  workPhotos: PhotoRef[];
  rating: string | null;
  ratingWords: string | null;
  outcome: string | null;
  referredTo: string | null;
  links: { kind: string; id: string; number: string }[];
  actions: OrderAction[];
}

export interface TimelineEntry {
  id: string;
  at: string;
  kind: string;
  actorName: string | null;
  actorRole: Role | null;
  actorIsMe: boolean;
  isInternal: boolean;
  params: Record<string, unknown>;
  photos: PhotoRef[];
}

export interface QueueCounts {
  unassigned: number;
  dueHour: number;
  late: number;
  callback: number;
  disputed: number;
  waitingResident: number;
  open: number;
}

export type ReportBy = 'category' | 'month' | 'place';

export interface ReportFigures {
  total: number;
  dueTotal: number;
  onTime: number;
  late: number;
  open: number;
  /** On time ÷ (on time + late), 0 to 1; null where nothing had a deadline. */
  rate: number | null;
}

export interface ReportRow extends ReportFigures {
  key: string;
  label: string;
}

export interface Report {
  rows: ReportRow[];
  totals: ReportFigures;
}

export interface InboxMessage {
  id: string;
  template: string;
  params: Record<string, unknown>;
  createdAt: string;
  readAt: string | null;
  link: string | null;
}
