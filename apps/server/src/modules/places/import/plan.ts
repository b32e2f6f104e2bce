import type { ImportKind } from './domain-import.ts';
import { planAreas } from './plan-areas.ts';
import { planBuildings } from './plan-buildings.ts';
import { planCompounds } from './plan-compounds.ts';
import { planHouseholds } from './plan-households.ts';
import { planPeople } from './plan-people.ts';
import type { OpenPlanner } from './planner.ts';

export const planners: Readonly<Record<ImportKind, OpenPlanner>> = {
  areas: planAreas,
  compounds: planCompounds,
  buildings: planBuildings,
  households: planHouseholds,
  people: planPeople,
};
