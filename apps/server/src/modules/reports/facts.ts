import { addDays, startOfDay } from '@gongzhi/kernel';
import type { ListExport, Reported } from '../../platform/exports/lists.ts';
import type { FieldProblem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt, type Role } from '../../platform/permissions/permissions.ts';
import { faultOf, periodsFor, type Span } from './domain.ts';
import type { Definition } from './tables.ts';

/** Which lists may be kept as reports, and whether a wish fits one. */

export type Kind = ListExport & { readonly report: Reported };

const isKind = (list: ListExport): list is Kind => list.report !== undefined;

export const kindsOf = (house: House, role: Role): Kind[] =>
  house.lists.filter(isKind).filter(({ report }) => mayAttempt(role, report.permission));

/** Whoever keeps it: the list itself asks for its permission when it is read. */
export const kindOf = (house: House, name: string): Kind | null =>
  house.lists.filter(isKind).find((list) => list.name === name) ?? null;

/** What does not fit the kind, field by field. */
export function faultsOf(wish: Definition, kind: Kind | null): FieldProblem[] {
  if (kind === null) return [{ path: '/kind', code: 'invalid', params: {} }];
  const { report, columns } = kind;
  const faults: FieldProblem[] = [];
  const wrong = (path: string, code: string, params: Record<string, unknown> = {}) =>
    faults.push({ path, code, params });
  const periods = periodsFor(report.period);
  if (!periods.includes(wish.period)) wrong('/period', 'enum', { allowedValues: [...periods] });
  if (wish.aboutScopeId !== null && !report.hasScope) wrong('/aboutScopeId', 'invalid');
  for (const [name, value] of Object.entries(wish.filters)) {
    const filter = report.filters.find((one) => one.name === name);
    if (filter === undefined) wrong(`/filters/${name}`, 'invalid');
    else if (!filter.values.includes(value))
      wrong(`/filters/${name}`, 'enum', { allowedValues: [...filter.values] });
  }
  for (const { name, isNeeded } of report.filters)
    if (isNeeded === true && wish.filters[name] === undefined) wrong(`/filters/${name}`, 'required');
  wish.columns.forEach((key, i) => {
    if (!columns.some(([title]) => title === key) || wish.columns.indexOf(key) < i)
      wrong(`/columns/${i}`, 'invalid');
  });
  const fault = wish.schedule === null ? null : faultOf(wish.schedule);
  if (fault !== null) wrong(`/schedule/${fault}`, 'invalid');
  return faults;
}

/** The list's own question for these days. */
export function questionOf(
  { filters }: Pick<Definition, 'filters'>,
  { report }: Kind,
  span: Span | null,
  timeZone: string,
): Record<string, string> {
  if (span === null) return { ...filters };
  const instant = (day: string) => new Date(startOfDay(day, timeZone)).toISOString();
  switch (report.period) {
    case 'instants':
      return { ...filters, from: instant(span.from), to: instant(addDays(span.to, 1)) };
    case 'days':
      return { ...filters, ...span };
    case 'month':
      return { ...filters, month: span.from.slice(0, 7) };
    case 'now':
      return { ...filters };
  }
}
