import type { Wanted } from './pages-asked.ts';
import type { Known } from './pages-known.ts';

const named = (lists: Readonly<Record<string, string | null>>): Wanted[] =>
  Object.entries(lists).flatMap(([what, path]) => (path === null ? [] : [{ what, path }]));

const OPEN =
  'submitted,triaged,assigned,accepted,departed,arrived,in_progress,paused,finished,disputed,split';
const IN_HAND = 'assigned,accepted,departed,arrived,in_progress,paused';
const ENDED = 'confirmed,closed,cancelled';

/** What the phones of residents and of workers ask for, page by page. */
export function phoneQueries({ role, order, openOrder, compound, home }: Known): Wanted[] {
  const of = (path: string): string | null => (order === undefined ? null : path);
  const orderPages = {
    'phone, an order': of(`/work-orders/${order?.id}?scopeId=${order?.scopeId}`),
    'phone, its timeline': of(`/work-orders/${order?.id}/timeline?scopeId=${order?.scopeId}&limit=100`),
    'phone, its sheet': of(`/work-orders/${order?.id}/working?scopeId=${order?.scopeId}`),
    'phone, when somebody comes': of(
      `/dispatch/orders/${openOrder?.id}/arrival?scopeId=${openOrder?.scopeId}`,
    ),
  };
  if (role === 'worker')
    return named({
      'phone, work in hand': `/work-orders?assignee=me&status=${IN_HAND}&sort=due&limit=100`,
      'phone, work that was done': `/work-orders?assignee=me&status=${ENDED}&sort=created`,
      'phone, offers': '/dispatch/offers',
      'phone, a round of meters': `/meters/round?scopeId=${compound}`,
      ...orderPages,
    });
  const at = `scopeId=${compound}`;
  const ofHome = `${at}&householdId=${home?.id}`;
  return named({
    'phone home, what runs': `/work-orders?reporter=me&status=${OPEN}&sort=created`,
    'phone home, gate and passes': `/access/own?${at}`,
    'phone home, open bills': `/bills/open?${ofHome}`,
    'phone, orders that ended': `/work-orders?reporter=me&status=${ENDED}&sort=created`,
    'phone, what neighbours reported': '/work-orders?follower=me&sort=created',
    'phone, like matters here': `/work-orders/similar?${at}&category=water.leak.public`,
    'phone, messages': '/inbox',
    'phone, bills': `/bills/lines?${ofHome}&limit=20`,
    'phone, payments': `/payments?${ofHome}&limit=20`,
    'phone, meters': `/meters/own?householdId=${home?.id}`,
    'phone, parcels': `/access/parcels?${at}&limit=50`,
    'phone, published accounts': `/accounts?${at}&limit=24`,
    ...orderPages,
  });
}

/** What the workbenches beside the list of orders ask for, with what they choose by themselves. */
export function workbenchQueries({ compound, openOrder, home }: Known): Wanted[] {
  const at = `scopeId=${compound}`;
  const queues = ['mine', 'late', 'to_reply', 'to_call', 'open', 'all'];
  return named({
    ...Object.fromEntries(
      queues.map((queue) => [`hotline, ${queue}`, `/hotline/cases?queue=${queue}&limit=50`]),
    ),
    'hotline, what was received in a month': `/hotline/cases?figure=received&limit=50`,
    'hotline, rates by street': '/hotline/rates?by=street',
    'hotline, rates by unit': '/hotline/rates?by=unit',
    'the desk, unassigned': '/work-orders?queue=unassigned&sort=due&limit=50',
    'the desk, due within the hour': '/work-orders?queue=due_hour&sort=due&limit=50',
    'the desk, disputed': '/work-orders?queue=disputed&sort=due&limit=50',
    'the desk, one compound': `/work-orders?queue=all&${at}&limit=50`,
    'the desk, counts of one compound': `/work-orders/queues?${at}`,
    'calling back': '/work-orders/callbacks?limit=50',
    'dispatch, who could go':
      openOrder === undefined
        ? null
        : `/dispatch/orders/${openOrder.id}/candidates?scopeId=${openOrder.scopeId}`,
    'dispatch, a plan of one compound': `/dispatch/plan?${at}`,
    'gates, who was stopped': `/access/passages?${at}&stopped=true&limit=50`,
    'gates, passes of one compound': `/access/passes?${at}&limit=50`,
    'billing, months': `/billing/runs?${at}&limit=50`,
    'billing, arrears': `/billing/arrears?${at}&limit=50`,
    'billing, a home': home === undefined ? null : `/bills/lines?${at}&householdId=${home.id}&limit=50`,
    'billing, totals': `/billing/totals?${at}`,
    'payments of one compound': `/payments?${at}&limit=50`,
    'meters of one compound': `/meters?${at}&limit=50`,
  });
}
