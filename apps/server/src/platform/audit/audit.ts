import type { Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';

export interface AuditEntry {
  /** UUIDv7 of the moment. */
  readonly auditId: string;
  readonly scopeId: string;
  readonly wall: {
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  /** Who did it: the acting account, or null for the house itself (worker only: row-level security holds the app to its own). */
  readonly accountId: string | null;
  /** Past tense with a dot, like events: `person.unmasked`. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  /** Ids, codes and purposes; never a name, a phone or free text about a person. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** One row in the transaction of the act itself: no act without its record. The app cannot change or remove it. */
export function audit(tx: Tx, entry: AuditEntry): void {
  const { wall } = entry;
  tx.write(
    sql`insert into platform.audit (scope_id, audit_id, city_id, street_id, company_id, account_id, action, object_type, object_id, detail, at)
        values (${entry.scopeId}, ${entry.auditId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${entry.accountId},
          ${entry.action}, ${entry.objectType}, ${entry.objectId}, ${JSON.stringify(entry.detail)}, ${entry.at})`,
  );
}
