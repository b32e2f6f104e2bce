import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Order } from '../../api-types.ts';
import HistorySection from '../desk/field-past.tsx';
import { hasAfter } from '../after/after.ts';
import { OrderFacts } from './order-facts.tsx';
import { OrderPeople } from './order-people.tsx';
import { OrderTimeline } from './order-timeline.tsx';

/**
 * The order's page at the desk, as a list: facts left, timeline in the middle, people and the allowed actions right.
 * A new part of the page is a file of its own and one line here; it decides by `isShown` whether it has anything to
 * say, and puts its content into a `Section` (section.tsx), which gives it a heading that folds.
 */
export interface SectionProps {
  order: Order;
  /** The action whose form is open, and how to open one: the page's keys do too. */
  action: string | null;
  onAction: (action: string | null) => void;
  /** What a command of this section answered with. */
  onChanged: (order: Order) => void;
}

export type Column = 'facts' | 'timeline' | 'people';

export interface OrderSection {
  readonly id: string;
  readonly column: Column;
  /** Left out where there is nothing to show; shown always when missing. */
  readonly isShown?: (order: Order) => boolean;
  readonly Body: ComponentType<SectionProps> | LazyExoticComponent<ComponentType<SectionProps>>;
}

/** In the order in which each column shows them, from the top. What not every order has is loaded when it does. */
export const sections: readonly OrderSection[] = [
  { id: 'facts', column: 'facts', Body: OrderFacts },
  {
    id: 'after',
    column: 'facts',
    isShown: hasAfter,
    Body: lazy(() => import('../after/after-section.tsx')),
  },
  // Rows of figures and forms: the widest column.
  { id: 'working', column: 'timeline', Body: lazy(() => import('../working/order-working.tsx')) },
  { id: 'timeline', column: 'timeline', Body: OrderTimeline },
  { id: 'notes', column: 'facts', Body: lazy(() => import('../desk/notes-section.tsx')) },
  { id: 'history', column: 'facts', Body: HistorySection },
  { id: 'people', column: 'people', Body: OrderPeople },
  {
    id: 'asking',
    column: 'people',
    isShown: (order) => !['closed', 'cancelled', 'finished', 'confirmed'].includes(order.status),
    Body: lazy(() => import('../dispatch/order-asking.tsx')),
  },
  {
    id: 'reporting',
    column: 'people',
    isShown: (order) =>
      order.windows.length > 0 ||
      order.appointment !== null ||
      order.missedCount > 0 ||
      order.followerCount > 0 ||
      order.hasSeveral ||
      order.voices.length > 0 ||
      order.accusedName !== null ||
      order.actions.some(({ action, isAllowed }) => action === 'make_appointment' && isAllowed),
    Body: lazy(() => import('./reporting-section.tsx')),
  },
  {
    id: 'open311',
    column: 'people',
    // What happens in homes is never told outside.
    isShown: (order) => order.place === 'public',
    Body: lazy(() => import('../open311/order-public.tsx')),
  },
  { id: 'family', column: 'people', Body: lazy(() => import('../family/order-family.tsx')) },
  { id: 'told', column: 'people', Body: lazy(() => import('../deliveries/order-told.tsx')) },
];

export const columns = ['facts', 'timeline', 'people'] as const satisfies readonly Column[];

export function sectionsIn(column: Column, order: Order): OrderSection[] {
  return sections.filter((one) => one.column === column && one.isShown?.(order) !== false);
}
