import { createHttp } from '@gongzhi/ui/client/index.ts';
import type {
  AuthOptions,
  Building,
  Candidate,
  Category,
  CodeSent,
  Command,
  Facility,
  InboxMessage,
  List,
  Locale,
  Me,
  NewOrder,
  Order,
  OrderRow,
  SignIn,
  TimelineEntry,
} from './api-types.ts';

/** The one door to the server: its session, its token, its keys. */
export const http = createHttp();

/** Every call of the phone pages, typed. A `key` is made when the person means it and kept through every retry. */
export const api = {
  authOptions: () => http.call<AuthOptions>('GET', '/auth/options'),
  sendCode: (phone: string) => http.call<CodeSent>('POST', '/auth/codes', { body: { phone } }),
  signIn: (body: SignIn) => http.call<Me>('POST', '/auth/sessions', { body }),
  signOut: () => http.call<undefined>('DELETE', '/auth/sessions/current'),
  signOutEverywhere: () => http.call<undefined>('DELETE', '/auth/sessions'),

  me: () => http.call<Me>('GET', '/me', { isQuiet: true }),
  act: (membershipId: string) => http.call<Me>('PUT', '/me/acting', { body: { membershipId } }),
  prefer: (body: { locale?: Locale; isLargeType?: boolean }) =>
    http.call<Me>('PUT', '/me/preferences', { body }),

  buildings: (scopeId: string) => http.call<List<Building>>('GET', `/places/scopes/${scopeId}/buildings`),
  facilities: (scopeId: string) =>
    http.call<List<Facility>>('GET', `/places/scopes/${scopeId}/facilities`, { query: { limit: 100 } }),

  catalogue: (scopeId: string) =>
    http.call<List<Category>>('GET', '/work-orders/catalogue', { query: { scopeId } }),
  createOrder: (body: NewOrder, key: string) => http.call<Order>('POST', '/work-orders', { body, key }),
  orders: (query: {
    reporter?: 'me';
    assignee?: 'me';
    scopeId?: string;
    status: string;
    sort: 'due' | 'created';
    cursor?: string | null;
    limit?: number;
  }) => http.call<List<OrderRow>>('GET', '/work-orders', { query }),
  order: (scopeId: string, id: string) =>
    http.call<Order>('GET', `/work-orders/${id}`, { query: { scopeId } }),
  /** Who is to be called before coming; the look is recorded. */
  contact: (scopeId: string, id: string) =>
    http.call<{ name: string; phone: string }>('POST', `/work-orders/${id}/contact`, {
      query: { scopeId },
      body: { purpose: 'visit' },
    }),
  timeline: (scopeId: string, id: string) =>
    http.call<List<TimelineEntry>>('GET', `/work-orders/${id}/timeline`, { query: { scopeId, limit: 100 } }),
  /** Who could take a job over: skill and open load. */
  candidates: (scopeId: string, id: string) =>
    http.call<List<Candidate>>('GET', `/work-orders/${id}/candidates`, { query: { scopeId } }),
  command: (
    scopeId: string,
    id: string,
    expectedVersion: number,
    command: Command,
    key: string,
    isQuiet = false,
  ) =>
    http.call<Order>('POST', `/work-orders/${id}/commands`, {
      query: { scopeId },
      body: { ...command, expectedVersion },
      key,
      isQuiet,
    }),

  inbox: (cursor: string | null) => http.call<List<InboxMessage>>('GET', '/inbox', { query: { cursor } }),
  markAllRead: () => http.call<undefined>('POST', '/inbox/read-all'),
  markRead: (id: string) => http.call<undefined>('POST', `/inbox/${id}/read`),
  unreadCount: () => http.call<{ count: number }>('GET', '/inbox/unread-count'),
};

/** Where a photo is read from; the session's cookie opens it. */
export function photoUrl(id: string, scopeId: string, size: 'thumb' | 'full'): string {
  return `/api/v1/files/${id}?scopeId=${scopeId}&size=${size}`;
}
