import type { Executor } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Doer, Duty, Payer } from '../domain.ts';

export interface DutyRow {
  readonly scopeId: string;
  readonly duty: Duty;
  readonly categoryCode: string;
  readonly version: number;
  readonly validFrom: string;
  readonly payer: Payer;
  readonly doer: Doer;
  readonly receiverCode: string | null;
  readonly sentenceZh: string;
  readonly sentenceEn: string;
  readonly source: string;
  readonly changedByName: string;
}

/** Every version of these scopes, the newest first. */
export function dutiesOf(q: Executor, scopeIds: readonly string[]): Promise<DutyRow[]> {
  return q.query<DutyRow>(
    sql`select v.scope_id as "scopeId", v.duty, v.category_code as "categoryCode", v.version, v.valid_from as "validFrom", v.payer, v.doer,
        v.receiver_code as "receiverCode", v.sentence_zh as "sentenceZh", v.sentence_en as "sentenceEn", v.source, v.changed_by_name as "changedByName"
      from work_orders.duty_version v where v.scope_id = any (${scopeIds}::uuid[]) order by v.version desc limit 2000`,
  );
}

export interface ReceiverRow {
  readonly scopeId: string;
  readonly code: string;
  readonly version: number;
  readonly kind: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly phone: string;
  readonly hours: string;
  readonly isActive: boolean;
  readonly changedByName: string;
}

/** The newest version of each receiver of these scopes. */
export function receiversOf(q: Executor, scopeIds: readonly string[]): Promise<ReceiverRow[]> {
  return q.query<ReceiverRow>(
    sql`select distinct on (v.scope_id, v.receiver_code) v.scope_id as "scopeId", v.receiver_code as code, v.version, v.kind, v.name_zh as "nameZh",
        v.name_en as "nameEn", v.phone, v.hours, v.is_active as "isActive", v.changed_by_name as "changedByName"
      from work_orders.receiver_version v where v.scope_id = any (${scopeIds}::uuid[])
      order by v.scope_id, v.receiver_code, v.version desc limit 1000`,
  );
}
