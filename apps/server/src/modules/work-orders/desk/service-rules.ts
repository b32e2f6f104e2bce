import { addDays, type LocalDate, localDate } from '@gongzhi/kernel';
import type { Executor } from '../../../platform/db/database.ts';
import { type FieldProblem, Problem } from '../../../platform/http/problem.ts';
import { mayAttempt } from '../../../platform/permissions/permissions.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../../places/index.ts';

/** Who may say what holds where: a company for itself, a street for itself, a city for itself. */
export function mayEdit(acting: Acting, wall: Wall, kinds: readonly string[]): boolean {
  return (
    mayAttempt(acting.role, 'rules.write') && acting.homeScopeId === wall.scopeId && kinds.includes(wall.kind)
  );
}

export async function scopeToEdit(
  q: Executor,
  acting: Acting,
  scopeId: string,
  kinds: readonly string[],
): Promise<Wall> {
  const wall = await accessScope(q, acting, scopeId);
  if (!mayEdit(acting, wall, kinds)) throw new Problem('permission.denied', { permission: 'rules.write' });
  return wall;
}

export function todayIn(wall: Wall, now: Date): LocalDate {
  return localDate(now.getTime(), wall.timeZone);
}

/** A rule never begins on a day that has begun: what was promised yesterday was promised. */
export function earliestIn(wall: Wall, now: Date): LocalDate {
  return addDays(todayIn(wall, now), 1);
}

export function refuseFields(fields: readonly FieldProblem[]): void {
  if (fields.length > 0) throw new Problem('validation.failed', {}, fields);
}

/** The version that was changed must still be the last one; who came between is named. */
export function refuseStale(
  latest: { readonly version: number; readonly changedByName: string } | undefined,
  expectedVersion: number,
  changed: Readonly<Record<string, unknown>> = {},
): void {
  if ((latest?.version ?? 0) !== expectedVersion)
    throw new Problem('desk.stale', {
      version: latest?.version ?? 0,
      name: latest?.changedByName ?? '',
      ...changed,
    });
}
