import { randomUUID } from 'node:crypto';
import type { World } from './world.ts';

/** The measured requests, the same for the load generator and for the recording. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: () => Record<string, string>;
  readonly body?: string;
}

export function createCall(world: World): Call {
  return {
    method: 'POST',
    path: '/api/v1/work-orders',
    headers: () => ({
      cookie: world.resident.cookie,
      'x-csrf-token': world.resident.csrf,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }),
    body: JSON.stringify({
      scopeId: world.scopeId,
      categoryCode: 'water.leak.home',
      description:
        'The pipe under the kitchen sink drips since this morning and the cupboard is wet. Please come soon.',
      place: { type: 'home', householdId: world.householdId },
    }),
  };
}

export function listCall(world: World): Call {
  return {
    method: 'GET',
    path: `/api/v1/work-orders?scopeId=${world.scopeId}&status=assigned&limit=20`,
    headers: () => ({ cookie: world.desk.cookie }),
  };
}

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** What a desk opens all day, over a company's 50 compounds: lists, searches, an order, comparisons. */
export const deskCalls = [
  'list of a compound',
  'list of all, newest first',
  'list of all, most pressing first',
  'list of a category',
  'counts of the queues',
  'search by number',
  'search by a common word',
  'search by two words',
  'search by a rare word',
  'order page',
  'household page',
  'comparison, a month by category',
  'comparison, a month by worker',
  'comparison, half a year by building',
  'on time, all by category',
] as const;
export type DeskCall = (typeof deskCalls)[number];

/** Finding a person and opening a home. */
export const peopleCalls = [
  'all people',
  'the commonest surname',
  'a surname and a character',
  'a whole name',
  'one initial',
  'three initials',
  'a whole phone',
  'the last four of a phone',
  'household page',
  'orders of a household',
  'orders of a compound',
  'orders, unassigned',
] as const;
export type PeopleCall = (typeof peopleCalls)[number];

export type CallName = 'create' | 'list' | DeskCall | PeopleCall;

export function callOf(world: World, name: CallName): Call {
  const get = (path: string): Call => ({
    method: 'GET',
    path: `/api/v1${path}`,
    headers: () => ({ cookie: world.desk.cookie }),
  });
  const words = (text: string) => get(`/work-orders?queue=all&words=${encodeURIComponent(text)}&limit=50`);
  const person = (text: string) => get(`/people?limit=50&q=${encodeURIComponent(text)}`);
  const { name: wholeName, phone } = world.sought ?? { name: '', phone: '' };
  switch (name) {
    case 'create':
      return createCall(world);
    case 'list':
      return listCall(world);
    case 'list of a compound':
      return get(`/work-orders?scopeId=${world.scopeId}&queue=all&limit=50`);
    case 'list of all, newest first':
      return get('/work-orders?queue=all&limit=50');
    case 'list of a category':
      return get('/work-orders?queue=all&category=water.leak.home&limit=50');
    case 'counts of the queues':
      return get('/work-orders/queues');
    case 'search by a common word':
      return words('\u6f0f\u6c34');
    case 'search by two words':
      return words('\u53a8\u623f \u6f0f\u6c34');
    case 'search by a rare word':
      return words('\u9600\u95e8');
    case 'list of all, most pressing first':
      return get('/work-orders?queue=open&sort=due&limit=50');
    case 'search by number':
      return get('/work-orders?queue=all&q=B1234&limit=50');
    case 'order page':
      return get(`/work-orders/${world.orderId}?scopeId=${world.scopeId}`);
    case 'household page':
      return get(`/places/households/${world.householdId}?scopeId=${world.scopeId}`);
    case 'all people':
      return get('/people?limit=50');
    case 'the commonest surname':
      return person('\u738b');
    case 'a surname and a character':
      return person([...wholeName].slice(0, 2).join(''));
    case 'a whole name':
      return person(wholeName);
    case 'one initial':
      return person('w');
    case 'three initials':
      return person('wxy');
    case 'a whole phone':
      return person(phone);
    case 'the last four of a phone':
      return person(phone.slice(-4));
    case 'orders of a household':
      return get(`/work-orders?limit=50&scopeId=${world.scopeId}&householdId=${world.householdId}`);
    case 'orders of a compound':
      return get(`/work-orders?limit=50&scopeId=${world.scopeId}&queue=all&sort=due`);
    case 'orders, unassigned':
      return get('/work-orders?limit=50&queue=unassigned&sort=due');
    case 'comparison, a month by category':
      return get(`/work-orders/reports/comparison?by=category&from=${day(29)}&to=${day(0)}`);
    case 'comparison, a month by worker':
      return get(`/work-orders/reports/comparison?by=worker&from=${day(29)}&to=${day(0)}`);
    case 'comparison, half a year by building':
      return get(`/work-orders/reports/comparison?by=building&from=${day(180)}&to=${day(0)}`);
    case 'on time, all by category':
      return get('/work-orders/reports/on-time?by=category');
  }
}
