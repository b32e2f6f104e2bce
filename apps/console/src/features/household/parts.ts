import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { HouseholdDetail } from '../../api-types.ts';
import { HouseholdOrders } from './orders-part.tsx';
import { HouseholdPeople } from './people-part.tsx';

/**
 * The household's page as a list: a new part is a file of its own and one line here. Each reads what it needs by itself
 * and shows nothing when there is nothing to say.
 */
export interface PartProps {
  household: HouseholdDetail;
}

export interface HouseholdPart {
  readonly id: string;
  readonly Body: ComponentType<PartProps> | LazyExoticComponent<ComponentType<PartProps>>;
}

export const parts: readonly HouseholdPart[] = [
  { id: 'people', Body: HouseholdPeople },
  { id: 'orders', Body: HouseholdOrders },
  { id: 'bills', Body: lazy(() => import('./bills-part.tsx')) },
  { id: 'consents', Body: lazy(() => import('../family/household-consents-part.tsx')) },
];
