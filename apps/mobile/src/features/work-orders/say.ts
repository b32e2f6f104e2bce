import { formatDuration, formatWhen } from '@gongzhi/i18n/when.ts';
import type { Tone } from '@gongzhi/ui/tone.ts';
import type { Category, Locale, Order, OrderRow, OrderStatus, TimelineEntry } from '../../api-types.ts';
import type { Words } from '../../app/words.ts';

/** The resident's words for where an order stands. Pure: everything said here is in the order the server sent. */

export const OPEN_STATUSES =
  'submitted,triaged,assigned,accepted,departed,arrived,in_progress,paused,finished,disputed,split';
export const ENDED_STATUSES = 'confirmed,closed,cancelled';
/** What a worker still has to do. */
export const WORKER_STATUSES = 'assigned,accepted,departed,arrived,in_progress,paused';

export function nameOf(locale: Locale, named: Pick<Category, 'nameZh' | 'nameEn'>): string {
  return locale === 'zh-CN' ? named.nameZh : named.nameEn;
}

export function categoryOf(locale: Locale, order: OrderRow): string {
  return locale === 'zh-CN' ? order.categoryNameZh : order.categoryNameEn;
}

/** "Master Wang is on the way": status and who, in one sentence. */
export function headline({ t }: Words, order: OrderRow): string {
  const name =
    order.assigneeName === null
      ? t('mobile.order.someone')
      : t('mobile.order.master', { name: order.assigneeName });
  switch (order.status) {
    case 'submitted':
    case 'triaged':
      return t('mobile.headline.received');
    case 'assigned':
      return t('mobile.headline.assigned', { name });
    case 'accepted':
      return t('mobile.headline.accepted', { name });
    case 'departed':
      return t('mobile.headline.departed', { name });
    case 'arrived':
      return t('mobile.headline.arrived', { name });
    case 'in_progress':
      return t('mobile.headline.in_progress', { name });
    case 'paused':
      return t('mobile.headline.paused');
    case 'finished':
      return t('mobile.headline.finished', { name });
    case 'disputed':
      return t('mobile.headline.disputed');
    case 'split':
      return t('mobile.headline.split');
    case 'confirmed':
      return t('mobile.headline.confirmed');
    case 'closed':
      return t('mobile.headline.closed');
    case 'cancelled':
      return t('mobile.headline.cancelled');
  }
}

const MOVING: readonly OrderStatus[] = [
  'assigned',
  'accepted',
  'departed',
  'arrived',
  'in_progress',
  'split',
];

export function toneOf(order: OrderRow): Tone {
  if (order.status === 'finished' || order.status === 'confirmed' || order.status === 'closed') return 'done';
  if (order.status === 'cancelled' || order.status === 'paused') return 'waiting';
  if (order.isLate || order.status === 'disputed') return 'late';
  return MOVING.includes(order.status) ? 'moving' : 'waiting';
}

export interface Deadline {
  which: 'respond' | 'arrive' | 'resolve';
  from: string;
  due: string;
}

/** The deadline that counts now, by where the order stands. */
export function deadlineOf(order: OrderRow): Deadline | null {
  const next = ((): [Deadline['which'], string | null] | null => {
    switch (order.status) {
      case 'submitted':
      case 'triaged':
      case 'assigned':
        return ['respond', order.respondDueAt];
      case 'accepted':
      case 'departed':
        return order.arriveDueAt === null ? ['resolve', order.resolveDueAt] : ['arrive', order.arriveDueAt];
      case 'arrived':
      case 'in_progress':
      case 'disputed':
        return ['resolve', order.resolveDueAt];
      default:
        return null;
    }
  })();
  if (next === null || next[1] === null) return null;
  return { which: next[0], from: order.createdAt, due: next[1] };
}

const HOUR_MS = 3_600_000;

/** Within how many minutes, by what time, or how much too late; null where no clock runs. */
export function dueSentence(
  { t, locale }: Words,
  order: OrderRow,
  now: number,
): { text: string; isLate: boolean } | null {
  const deadline = deadlineOf(order);
  if (deadline === null) return null;
  const { which, due } = deadline;
  const left = Date.parse(due) - now;
  if (left < 0)
    return { text: t(`mobile.late.${which}`, { span: formatDuration(locale, left) }), isLate: true };
  const text =
    left < HOUR_MS
      ? t(`mobile.within.${which}`, { span: formatDuration(locale, Math.max(left, 60_000)) })
      : t(`mobile.due.${which}`, { when: formatWhen(locale, due, now) });
  return { text, isLate: false };
}

export function eventTone(entry: TimelineEntry): Tone {
  switch (entry.kind) {
    case 'work_order.finished':
    case 'work_order.confirmed':
    case 'work_order.rated':
    case 'work_order.closed':
      return 'done';
    case 'work_order.respond_overdue':
    case 'work_order.arrive_overdue':
    case 'work_order.resolve_overdue':
    case 'work_order.disputed':
    case 'work_order.refused':
      return 'late';
    case 'work_order.paused':
    case 'work_order.nobody_home':
    case 'work_order.windows_offered':
    case 'work_order.submitted':
    case 'work_order.commented':
    case 'work_order.cancelled':
    case 'work_order.urged':
      return 'waiting';
    default:
      return 'moving';
  }
}

/** What allows an action, or why not, as the server's list says; null when it isn't this person's at all. */
export function permission(
  order: Order,
  action: string,
): { isAllowed: boolean; reason: string | null } | null {
  const found = order.actions.find((one) => one.action === action);
  return found === undefined ? null : { isAllowed: found.isAllowed, reason: found.reasonCode };
}

export const may = (order: Order, action: string): boolean => permission(order, action)?.isAllowed === true;
