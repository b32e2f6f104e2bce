import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../../platform/db/database.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../../places/index.ts';

/** A route under /api/v1 is only reached signed in; this says so to the compiler. */
export function actingOf(request: Pick<FastifyRequest, 'acting'>): Acting {
  if (request.acting === null) throw new Problem('auth.session_required');
  return request.acting;
}

/** Where a desk's own things lie: the department, company, street or city that the membership belongs to. */
export function homeOf(q: Executor, acting: Acting): Promise<Wall> {
  return accessScope(q, acting, acting.homeScopeId);
}
