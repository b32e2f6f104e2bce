import type { LocalDate } from '@gongzhi/kernel';

export const SCOPE_KINDS = [
  'city',
  'district',
  'street',
  'community',
  'compound',
  'company',
  'department',
  'organisation',
] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

export const ORGANISATION_KINDS = [
  'property_company',
  'project_department',
  'residents_committee',
  'street_office',
  'city_government',
  'property_right_unit',
  'developer',
  'security_company',
  'utility_company',
  'supplier',
] as const;
/** What a street enters by hand; companies, departments and offices come with what they serve. */
export const ENTERED_KINDS = [
  'property_right_unit',
  'developer',
  'security_company',
  'utility_company',
  'supplier',
] as const satisfies readonly (typeof ORGANISATION_KINDS)[number][];
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** How the organisation is laid out: streets, communities, compounds; or companies, departments, compounds. */
export const TREE_ORDERS = ['place', 'company'] as const;
export type TreeOrder = (typeof TREE_ORDERS)[number];

export const RELATIONS = ['owner', 'tenant', 'family'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Where a scope lies and who is responsible for it today: what every row written in it carries along. */
export interface Wall {
  readonly scopeId: string;
  readonly kind: ScopeKind;
  readonly name: string;
  readonly cityId: string | null;
  readonly districtId: string | null;
  readonly streetId: string | null;
  readonly communityId: string | null;
  readonly companyId: string | null;
  readonly departmentId: string | null;
  readonly timeZone: string;
}

/** Holds from its first day to the day before `endsOn`: the next tenant may begin on the day the last one ends. */
export interface Period {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

export function isCurrent(period: Period, today: LocalDate): boolean {
  return period.startsOn <= today && (period.endsOn === null || today < period.endsOn);
}

export function arePeriodsOverlapping(a: Period, b: Period): boolean {
  return (b.endsOn === null || a.startsOn < b.endsOn) && (a.endsOn === null || b.startsOn < a.endsOn);
}

/**
 * Since when somebody has belonged to a household without a gap, null when not today: a tenant who buys the home
 * keeps what he knew of it, and who returns after years away begins anew.
 */
export function heldSince(periods: readonly Period[], today: LocalDate): LocalDate | null {
  if (!periods.some((period) => isCurrent(period, today))) return null;
  let since = today;
  for (const { startsOn, endsOn } of periods.toSorted((a, b) => (a.startsOn < b.startsOn ? 1 : -1)))
    if (startsOn < since && (endsOn === null || endsOn >= since)) since = startsOn;
  return since;
}

/** Hundredths of a square metre from '89.5' or '89.50'; null for what a register cannot say. Never a float. */
export function parseArea(text: string): number | null {
  const found = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!found) return null;
  const hundredths = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return hundredths > 0 ? hundredths : null;
}

export function formatArea(hundredths: number): string {
  if (!Number.isSafeInteger(hundredths) || hundredths <= 0) throw new RangeError(`${hundredths} is no area`);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** GB/T 34300-2017: a grid is 300 to 500 households. */
export const gridSize = { least: 300, most: 500 } as const;

export function gridSizeVerdict(households: number): 'small' | 'fit' | 'large' {
  if (households < gridSize.least) return 'small';
  return households > gridSize.most ? 'large' : 'fit';
}

/** Full-width digits and dashes, as Chinese input methods leave them behind, to plain ones. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}

/**
 * What a caller says becomes a pattern over household labels. Numbers stand at the beginning of a number, so that
 * "3-2-601" is not building 13; the last is a prefix, so that the list narrows while it is typed.
 */
export function householdPattern(query: string): string {
  const text = toHalfWidth(query).trim();
  if (/^\d+(?:[-\s/.,]+\d+)*$/.test(text)) {
    return `(^|[^0-9])${text.split(/[-\s/.,]+/).join('[^0-9]+')}`;
  }
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return /^\d/.test(text) ? `(^|[^0-9])${escaped}` : escaped;
}
