import type { Instant } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { wallOf } from '../places/index.ts';
import { type Span, spansOf } from './domain.ts';
import { planOf, storedPlan } from './queries-roster.ts';

/** Who of a department is at work when, for other rooms; on call is at home. */
export async function shiftsOf(
  q: Executor,
  departmentId: string,
  from: Instant,
  to: Instant,
): Promise<Span[]> {
  const wall = await wallOf(q, departmentId);
  if (wall === null) return [];
  const spans = spansOf(planOf(await storedPlan(q, departmentId, from, to)), from, to, wall.timeZone);
  return spans.filter(({ kind }) => kind !== 'standby');
}
