import type { Executor } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';

/** A compound's book is one company's; fees of a street or a department there are none. */
export async function accessCompound(q: Executor, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(q, acting, scopeId);
  if (wall.kind !== 'compound') throw new Problem('billing.invalid', { reason: 'not_a_compound' });
  return wall;
}
