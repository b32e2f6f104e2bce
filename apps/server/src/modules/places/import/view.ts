import type { Acting } from '../../../platform/sessions/sessions.ts';
import type { ImportJob } from './jobs.ts';

/** An import as pages read it. */
export function itemOf(job: ImportJob, acting: Acting) {
  return {
    id: job.importId,
    scopeId: job.scopeId,
    kind: job.kind,
    name: job.sourceName,
    state: job.state,
    rows: {
      total: job.rowsTotal,
      done: job.rowsDone,
      new: job.rowsNew,
      changed: job.rowsChanged,
      unchanged: job.rowsUnchanged,
      rejected: job.rowsRejected,
    },
    refusal: job.refusal,
    isMine: job.accountId === acting.accountId,
    createdAt: job.createdAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
