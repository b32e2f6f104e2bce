import { isWorkingAct, type Command, type Order, type OrderStatus } from '../../api-types.ts';
import type { WaitingAct } from '../../app/store.ts';

/** Where an act leads, as the server's transition table has it; acts that keep the status aren't here. */
const LEADS: Partial<Record<Command['action'], OrderStatus>> = {
  accept: 'accepted',
  depart: 'departed',
  arrive: 'arrived',
  start: 'in_progress',
  pause: 'paused',
  nobody_home: 'paused',
  finish: 'finished',
};

/** The next act of the one button, by where the order stands. A job that needs no visit skips the way there. */
const NEXT: Partial<Record<OrderStatus, Command['action']>> = {
  assigned: 'accept',
  accepted: 'depart',
  departed: 'arrive',
  arrived: 'start',
  in_progress: 'finish',
  paused: 'resume',
};

const STATION: Partial<Record<OrderStatus, number>> = {
  accepted: 1,
  departed: 2,
  arrived: 3,
  in_progress: 3,
  paused: 3,
  finished: 4,
};

export type NextAct = 'accept' | 'depart' | 'arrive' | 'start' | 'finish' | 'resume';

/** What the big button does. */
export function nextAct(order: Pick<Order, 'status' | 'arriveDueAt'>): NextAct | null {
  if (order.status === 'accepted' && order.arriveDueAt === null) return 'start';
  return (NEXT[order.status] as NextAct | undefined) ?? null;
}

/**
 * The order as it will be once the waiting acts have gone out, so that a worker in a cellar goes on working.
 * Which acts are allowed is then ours to say; the server has the last word when they arrive.
 */
export function project(order: Order, acts: readonly WaitingAct[]): Order {
  let shown = order;
  let before: OrderStatus = order.status;
  for (const { command, refused } of acts) {
    if (refused !== null) break;
    if (command.action === 'resume') {
      shown = { ...shown, status: before === 'paused' ? 'in_progress' : before };
      continue;
    }
    if (command.action === 'answer_safety') {
      const isStop = command.answers.some(({ answer }) => answer === 'no');
      shown = { ...shown, safety: isStop ? 'stopped' : 'passed' };
      continue;
    }
    if (isWorkingAct(command)) continue;
    const status = LEADS[command.action];
    if (status === undefined) continue;
    if (status === 'paused') before = shown.status;
    shown = {
      ...shown,
      status,
      station: STATION[status] ?? shown.station,
      ...(command.action === 'pause'
        ? { pausedReason: command.reason, pausedNote: command.note ?? null }
        : {}),
      ...(command.action === 'nobody_home' ? { pausedReason: 'waiting_resident' as const } : {}),
    };
  }
  if (shown === order) return order;
  const next = nextAct(shown);
  const allowed = new Set<string>([...(next === null ? [] : [next]), 'comment', ...sideActs(shown.status)]);
  return {
    ...shown,
    actions: shown.actions.map((one) => ({ ...one, isAllowed: allowed.has(one.action), reasonCode: null })),
  };
}

/** The other acts a worker has, by where the order stands. */
function sideActs(status: OrderStatus): readonly string[] {
  if (status === 'assigned') return ['refuse', 'transfer'];
  if (status === 'accepted' || status === 'departed' || status === 'arrived' || status === 'in_progress')
    return ['pause', 'transfer'];
  return status === 'paused' ? ['transfer'] : [];
}
