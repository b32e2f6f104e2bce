import type { Executor, Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Wall } from '../../places/index.ts';

export interface TemplateRow {
  readonly id: string;
  readonly scopeId: string;
  readonly version: number;
  readonly name: string;
  readonly purpose: 'comment' | 'callback' | 'close';
  readonly textZh: string;
  readonly textEn: string;
  readonly isActive: boolean;
  readonly changedByName: string;
  readonly changedAt: Date;
}

const columns = sql`a.template_id as id, a.scope_id as "scopeId", a.version, a.name, a.purpose, a.text_zh as "textZh", a.text_en as "textEn",
  a.is_active as "isActive", a.changed_by_name as "changedByName", a.changed_at as "changedAt"`;

/** The newest version of each, of these scopes. */
export function templatesOf(q: Executor, scopeIds: readonly string[]): Promise<TemplateRow[]> {
  return q.query<TemplateRow>(
    sql`select distinct on (a.scope_id, a.template_id) ${columns} from work_orders.answer_template a
      where a.scope_id = any (${scopeIds}::uuid[]) order by a.scope_id, a.template_id, a.version desc limit 500`,
  );
}

/** All versions of one, newest first. */
export function versionsOf(q: Executor, scopeIds: readonly string[], id: string): Promise<TemplateRow[]> {
  return q.query<TemplateRow>(
    sql`select ${columns} from work_orders.answer_template a
      where a.scope_id = any (${scopeIds}::uuid[]) and a.template_id = ${id} order by a.version desc limit 100`,
  );
}

export function insertTemplate(
  tx: Tx,
  wall: Wall,
  row: Omit<TemplateRow, 'scopeId'> & { readonly changedBy: string },
): void {
  tx.write(
    sql`insert into work_orders.answer_template (scope_id, template_id, version, city_id, street_id, company_id, name, purpose, text_zh, text_en, is_active,
          changed_by, changed_by_name, changed_at)
      values (${wall.scopeId}, ${row.id}, ${row.version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${row.name}, ${row.purpose},
        ${row.textZh}, ${row.textEn}, ${row.isActive}, ${row.changedBy}, ${row.changedByName}, ${row.changedAt})`,
  );
}
