/** Shapes of the API that the phone reads, as docs/plans/leak.md words them. Times are ISO instants. */

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

export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface HouseholdRef {
  id: string;
  scopeId: string;
  label: string;
}

export interface Membership {
  id: string;
  role: Role;
  scopeId: string;
  scopeName: string;
  scopeKind: string;
  households: HouseholdRef[];
  scopes: { id: string; name: string; kind: string }[];
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
  personas: Persona[];
}

export interface CodeSent {
  expiresInSeconds: number;
  resendInSeconds: number;
  demoCode?: string;
}

export type SignIn =
  | { phone: string; code: string }
  | { phone: string; password: string }
  | { personaId: string };

export interface Building {
  id: string;
  name: string;
}

export interface Facility {
  id: string;
  kind: string;
  label: string;
  buildingId: string | null;
}

export interface Candidate {
  accountId: string;
  displayName: string;
  title: string;
  hasSkill: boolean;
  openOrders: number;
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
  keywordsZh: string[];
  keywordsEn: string[];
  skill: string;
  place: 'home' | 'public' | 'both';
  isEmergency: boolean;
  isConfidential: boolean;
  photosRequired: boolean;
  duty: string;
  respondMinutes: number;
  arriveMinutes: number | null;
  resolveMinutes: number;
  calendar: 'always' | 'working';
}

export interface NewOrder {
  scopeId: string;
  categoryCode: string;
  description: string;
  place:
    | { type: 'home'; householdId: string }
    | { type: 'public'; buildingId?: string; facilityId?: string; spot?: string };
  photoIds: string[];
  neededBy?: string;
}

export interface PhotoRef {
  id: string;
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
  placeLabel: string;
  scopeName: string;
  isPublic: boolean;
  assigneeAccountId: string | null;
  assigneeName: string | null;
  contactMasked: string | null;
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
  /** 0 received · 1 found · 2 on the way · 3 working · 4 done */
  station: number;
}

export interface OrderAction {
  action: string;
  isAllowed: boolean;
  reasonCode: string | null;
}

export interface Order extends OrderRow {
  place: 'home' | 'public';
  householdId: string | null;
  buildingId: string | null;
  photos: PhotoRef[];
  workPhotos: PhotoRef[];
  assigneeTitle: string | null;
  neededBy: string | null;
  acceptedAt: string | null;
  arrivedAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  confirmedAt: string | null;
  closedAt: string | null;
  pausedReason: string | null;
  pausedNote: string | null;
  pausedUntil: string | null;
  resolveRemainingSeconds: number | null;
  workDone: string | null;
  outcome: string | null;
  rating: Score | null;
  ratingWords: string | null;
  referredTo: string | null;
  duty: string;
  photosRequired: boolean;
  actions: OrderAction[];
}

export type Score = 'satisfied' | 'basically_satisfied' | 'unsatisfied';

export interface TimelineEntry {
  id: string;
  at: string;
  kind: string;
  actorName: string | null;
  actorRole: string;
  actorIsMe: boolean;
  isInternal: boolean;
  params: Record<string, unknown>;
  photos: PhotoRef[];
}

export interface InboxMessage {
  id: string;
  template: string;
  params: Record<string, unknown>;
  createdAt: string;
  readAt: string | null;
  link: string | null;
}

/** What a person can do to an order here, and what each must say with it. */
export type Command =
  | { action: 'accept' | 'depart' | 'arrive' | 'start' | 'resume' | 'confirm' | 'urge' }
  | { action: 'refuse' | 'reopen'; reason: string }
  | { action: 'cancel'; reason?: string }
  | { action: 'transfer'; assigneeAccountId: string; reason: string }
  | { action: 'pause'; reason: string; note?: string }
  | { action: 'finish'; workDone: string; photoIds: string[] }
  | { action: 'dispute'; reason: string; photoIds: string[] }
  | { action: 'rate'; score: Score; words?: string }
  | { action: 'comment'; text: string; isInternal: boolean; photoIds: string[] };
