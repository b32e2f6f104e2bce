import type { LocalDate } from '@gongzhi/kernel';
import { addDays } from '@gongzhi/kernel';

/** Who may take on whom, and where. Nobody gives a role that reaches further than the own. */
export type StaffRole =
  | 'worker'
  | 'steward'
  | 'desk'
  | 'manager'
  | 'guard'
  | 'company'
  | 'social_worker'
  | 'committee'
  | 'street'
  | 'city';

export const STAFF_ROLES: readonly StaffRole[] = [
  'worker',
  'steward',
  'desk',
  'manager',
  'guard',
  'company',
  'social_worker',
  'committee',
  'street',
  'city',
];

const ofDepartment: readonly StaffRole[] = ['worker', 'steward', 'desk', 'manager', 'guard'];

/** Which roles there are at an employer of this kind. */
const rolesOfKind: Readonly<Record<string, readonly StaffRole[]>> = {
  department: ofDepartment,
  company: ['company'],
  community: ['social_worker', 'committee'],
  street: ['street'],
  city: ['city'],
};

/** Which roles an employer of this kind has at all; none for what employs nobody. */
export const rolesAt = (employerKind: string): readonly StaffRole[] => rolesOfKind[employerKind] ?? [];

const grants: Readonly<Record<string, readonly StaffRole[]>> = {
  manager: ofDepartment,
  company: [...ofDepartment, 'company'],
  committee: ['social_worker', 'committee'],
  street: ['social_worker', 'committee', 'street'],
  city: ['street', 'city'],
};

/** The roles that somebody may give, change and end at such an employer, within the own wall. */
export function grantableRoles(actingRole: string, employerKind: string): readonly StaffRole[] {
  return rolesAt(employerKind).filter((role) => grants[actingRole]?.includes(role) === true);
}

export interface Term {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

/** Has it ended by that day, the last day being the one before `endsOn`? */
export function hasLeft({ endsOn }: Term, today: LocalDate): boolean {
  return endsOn !== null && endsOn <= today;
}

/**
 * The term once its last day is set. Yesterday means at once; a term that would be empty (taken on today by mistake,
 * taken back today) begins the day before it ends. Null when the last day lies too far back to be an ending.
 */
export function endedTerm(term: Term, lastDay: LocalDate | null, today: LocalDate): Term | null {
  if (lastDay === null) return { ...term, endsOn: null };
  if (lastDay < addDays(today, -1)) return null;
  const endsOn = addDays(lastDay, 1);
  return { startsOn: term.startsOn < endsOn ? term.startsOn : addDays(endsOn, -1), endsOn };
}
