import { addDays, DAY, type Instant, localDate, startOfDay } from '@gongzhi/kernel';
import { handover } from '../data/street.ts';
import type { Account, Building, Compound, Organisation, Places } from '../model.ts';

/** Whose buildings are, and who takes a compound over: what hangs on dates and not on today alone. */

export interface Ownership {
  readonly compound: Compound;
  readonly building: Building;
  readonly owner: Organisation;
  readonly startsOn: string;
}

/** The mill still owns every other building of the courts it built for its workers. */
export function ownershipsOf(places: Pick<Places, 'organisations' | 'compounds'>): Ownership[] {
  const owner = places.organisations.find(({ kind }) => kind === 'property_right_unit');
  if (owner === undefined) return [];
  return places.compounds
    .filter(({ style }) => style === 'works')
    .flatMap((compound) =>
      compound.buildings
        .filter((_, i) => i % 2 === 0)
        .map((building) => ({ compound, building, owner, startsOn: '1998-07-01' })),
    );
}

export interface PlannedHandover {
  readonly compound: Compound;
  readonly to: Compound['department'];
  readonly effectiveOn: string;
  readonly plannedAt: Instant;
  readonly nextDueAt: Instant;
  readonly plannedBy: Account;
}

/** Planned by the street some days ago; what follows on its day is the product's own doing. */
export function plannedHandover(places: Places, plannedBy: Account, now: Instant): PlannedHandover | null {
  const compound = places.compounds.find(({ scope }) => scope.name === handover.compound);
  const to = places.departments[0];
  if (compound === undefined || to === undefined) return null;
  const zone = 'Asia/Shanghai';
  const effectiveOn = addDays(localDate(now, zone), handover.inDays);
  return {
    compound,
    to,
    effectiveOn,
    plannedAt: now - 3 * DAY,
    // The day before, when both sides are reminded.
    nextDueAt: startOfDay(addDays(effectiveOn, -1), zone),
    plannedBy,
  };
}
