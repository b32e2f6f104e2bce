import { sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';

/** Gates stand in the compound, and passes and measures hold there: whoever serves it next finds them. Who went through stays. */
export const passGates: Consumer = {
  name: 'access.pass_gates',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    for (const { scopeId, payload } of events) {
      if (payload['isFirst'] !== true) continue;
      const company = payload['toCompanyId'] as string;
      const statements = [
        sql`update access.gate set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.gate_chain set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.gate_device set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.pass set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.policy set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.policy_version set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.list_entry set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.health_fact set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.parcel set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.goods_slip set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.place_count set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.work_shift set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.car_park set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.follow_up set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        sql`update access.gate_hour set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
        // What nobody has looked at yet is for who serves the place now.
        sql`update access.passage_flag set company_id = ${company} where scope_id = ${scopeId} and seen_at is null and company_id is distinct from ${company}`,
        sql`update access.code_use set company_id = ${company} where scope_id = ${scopeId} and company_id is distinct from ${company}`,
      ];
      for (const statement of statements) tx.write(statement);
    }
  },
};
