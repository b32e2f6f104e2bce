import { sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { stepToTell } from './queries-look.ts';
import { tellOwner } from './service-owners.ts';

/** A cause does not go with a company: open projects pass to whoever serves the compound next, with all that lies beside them. */
export const passProjects: Consumer = {
  name: 'prevention.pass_projects',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    for (const { scopeId, payload } of events) {
      if (payload['isFirst'] !== true) continue;
      const companyId = payload['toCompanyId'] as string;
      const passed = await tx.query<{ id: string }>(
        sql`update prevention.project set company_id = ${companyId}
            where scope_id = ${scopeId} and state in ('proposed', 'accepted', 'watched') and company_id is distinct from ${companyId}
            returning project_id as id`,
      );
      const ids = passed.map(({ id }) => id);
      if (ids.length === 0) continue;
      tx.write(
        sql`update prevention.step set company_id = ${companyId} where scope_id = ${scopeId} and project_id = any (${ids}::uuid[])`,
      );
      tx.write(
        sql`update prevention.project_order set company_id = ${companyId} where scope_id = ${scopeId} and project_id = any (${ids}::uuid[])`,
      );
    }
  },
};

/** Who gives a step to oneself knows it. */
export const tellOwners: Consumer = {
  name: 'prevention.notify',
  kinds: ['prevention_project.add_step'],
  startsAt: 'next',
  async handle(events, tx) {
    for (const { scopeId, objectId, payload, occurredAt } of events) {
      const step = await stepToTell(tx, scopeId, objectId, payload['stepNo'] as number);
      if (step !== null && step.ownerAccountId !== payload['byAccountId'])
        await tellOwner(tx, step, 'prevention.step_given', occurredAt);
    }
  },
};
