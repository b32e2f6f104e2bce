import type { HouseholdDetail } from '../../api-types.ts';
import { HouseholdConsents } from './consents.tsx';

/** Of the household's page: who acts for its people. */
export default function ConsentsPart({ household }: { household: HouseholdDetail }) {
  return (
    <HouseholdConsents scopeId={household.scopeId} householdId={household.id} people={household.people} />
  );
}
