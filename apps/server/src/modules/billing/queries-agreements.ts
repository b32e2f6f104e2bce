import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Agreement, Payer } from './domain.ts';
import type { LineWall } from './tables.ts';

export interface AgreementListRow {
  readonly id: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly kind: string;
  readonly item: string | null;
  readonly params: Agreement['params'];
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly source: string;
  readonly createdByName: string;
  readonly version: number;
}

/** What single homes of a compound have, those that hold first. */
export function agreementViews(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
): Promise<AgreementListRow[]> {
  return q.query(
    sql`select a.agreement_id as id, a.household_id as "householdId", h.label as "householdLabel", a.kind, a.item, a.params,
                a.starts_on::text as "startsOn", a.ends_on::text as "endsOn", a.source, a.created_by_name as "createdByName", a.version
              from billing.agreement a join places.household h on h.scope_id = a.scope_id and h.household_id = a.household_id
              where a.scope_id = ${scopeId} and a.company_id is not distinct from ${companyId}::uuid
              order by a.ends_on is not null, a.agreement_id desc limit 2000`,
  );
}

export interface PayerListRow {
  readonly id: string;
  readonly householdId: string | null;
  readonly householdLabel: string | null;
  readonly buildingId: string | null;
  readonly buildingName: string | null;
  readonly item: string | null;
  readonly payer: Payer;
  readonly partyName: string | null;
  readonly shareBp: number;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly source: string;
  readonly createdByName: string;
  readonly version: number;
}

/** Who pays for whom, those that hold first. */
export function payerViews(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
): Promise<PayerListRow[]> {
  return q.query(
    sql`select p.payer_id as id, p.household_id as "householdId", h.label as "householdLabel", p.building_id as "buildingId", b.name as "buildingName",
                p.item, p.payer, p.party_name as "partyName", p.share_bp as "shareBp", p.starts_on::text as "startsOn", p.ends_on::text as "endsOn",
                p.source, p.created_by_name as "createdByName", p.version
              from billing.payer p left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id
                left join places.building b on b.scope_id = p.scope_id and b.building_id = p.building_id
              where p.scope_id = ${scopeId} and p.company_id is not distinct from ${companyId}::uuid
              order by p.ends_on is not null, p.payer_id desc limit 2000`,
  );
}
