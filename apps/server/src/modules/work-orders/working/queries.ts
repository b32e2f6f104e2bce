import type { Executor } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Charge, LineKind, SafetyWord } from '../domain.ts';
import { type ChargeRow, chargeOf, type LineRow, type ShownLine } from './tables.ts';

/** What lies beside an order about the work itself. */

export interface EntryRow {
  readonly id: string;
  readonly quoteNo: number;
  readonly kind: 'sent' | 'withdrawn' | 'asked' | 'agreed' | 'declined';
  readonly how: 'app' | 'signature' | 'call' | null;
  readonly totalFen: number;
  readonly lines: readonly ShownLine[];
  readonly words: string | null;
  readonly signerName: string | null;
  readonly signatureFileId: string | null;
  readonly byName: string | null;
  readonly forName: string | null;
  readonly at: Date;
}

export interface CrewRow {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly title: string;
  readonly addedByName: string | null;
  readonly addedAt: Date;
  readonly arrivedAt: Date | null;
  readonly leftAt: Date | null;
}

export interface VisitRow {
  readonly id: string;
  readonly position: number;
  readonly plannedFrom: Date;
  readonly plannedTo: Date;
  readonly purpose: string;
  readonly doneAt: Date | null;
  readonly doneWords: string | null;
  readonly leftWords: string | null;
  readonly cancelledAt: Date | null;
}

export interface PartRow {
  readonly id: string;
  readonly what: string;
  readonly supplier: string | null;
  readonly expectedOn: string;
  readonly orderedByName: string | null;
  readonly orderedAt: Date;
  readonly arrivedAt: Date | null;
}

export interface SafetyRow {
  readonly list: string;
  readonly item: string;
  readonly answer: SafetyWord;
  readonly words: string | null;
  readonly fileId: string | null;
  readonly byName: string | null;
  readonly at: Date;
}

export interface LinkRow {
  readonly id: string;
  readonly contractor: string;
  readonly task: string;
  readonly dueAt: Date | null;
  readonly contactPurpose: string | null;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly state: 'invited' | 'accepted' | 'arrived' | 'done' | 'declined';
  readonly acceptedAt: Date | null;
  readonly arrivedAt: Date | null;
  readonly endedAt: Date | null;
  readonly createdByName: string | null;
  readonly createdAt: Date;
}

export interface Sheet {
  readonly charge: Charge | null;
  readonly entries: readonly EntryRow[];
  readonly crew: readonly CrewRow[];
  readonly visits: readonly VisitRow[];
  readonly parts: readonly PartRow[];
  readonly safety: readonly SafetyRow[];
  readonly links: readonly LinkRow[];
}

/** Everything beside the order, in one packet. */
export async function sheetOf(q: Executor, scopeId: string, id: string): Promise<Sheet> {
  const [charges, lines, entries, crew, visits, parts, safety, links] = await Promise.all([
    q.query<ChargeRow>(
      sql`select c.payer, c.payer_reason, c.discount_fen, c.discount_reason, c.quote_no, c.warranty_order_id, c.warranty_until
        from work_orders.charge c where c.scope_id = ${scopeId} and c.work_order_id = ${id}`,
    ),
    q.query<LineRow>(
      sql`select l.line_id, l.kind, l.price_id, l.name, l.unit, l.quantity_hundredths, l.unit_price_fen, l.warranty_months, l.reason
        from work_orders.charge_line l where l.scope_id = ${scopeId} and l.work_order_id = ${id} and l.removed_at is null order by l.line_id`,
    ),
    q.query<EntryRow>(
      sql`select e.entry_id as id, e.quote_no as "quoteNo", e.kind, e.how, e.total_fen as "totalFen", e.lines, e.words, e.signer_name as "signerName",
          e.signature_file_id as "signatureFileId", e.by_name as "byName", e.for_name as "forName", e.at
        from work_orders.charge_entry e where e.scope_id = ${scopeId} and e.work_order_id = ${id} order by e.entry_id limit 200`,
    ),
    q.query<CrewRow>(
      sql`select c.crew_id as id, c.account_id as "accountId", c.name, c.title, c.added_by_name as "addedByName", c.added_at as "addedAt",
          c.arrived_at as "arrivedAt", c.left_at as "leftAt"
        from work_orders.crew c where c.scope_id = ${scopeId} and c.work_order_id = ${id} order by c.crew_id limit 100`,
    ),
    q.query<VisitRow>(
      sql`select v.visit_id as id, v.position, v.planned_from as "plannedFrom", v.planned_to as "plannedTo", v.purpose, v.done_at as "doneAt",
          v.done_words as "doneWords", v.left_words as "leftWords", v.cancelled_at as "cancelledAt"
        from work_orders.visit v where v.scope_id = ${scopeId} and v.work_order_id = ${id} order by v.position limit 100`,
    ),
    q.query<PartRow>(
      sql`select p.part_id as id, p.what, p.supplier, p.expected_on as "expectedOn", p.ordered_by_name as "orderedByName", p.ordered_at as "orderedAt",
          p.arrived_at as "arrivedAt"
        from work_orders.part p where p.scope_id = ${scopeId} and p.work_order_id = ${id} order by p.part_id limit 100`,
    ),
    q.query<SafetyRow>(
      sql`select s.list_code as list, s.item_code as item, s.answer, s.words, s.file_id as "fileId", s.by_name as "byName", s.at
        from work_orders.safety_answer s where s.scope_id = ${scopeId} and s.work_order_id = ${id} order by s.answer_id desc limit 100`,
    ),
    q.query<LinkRow>(
      sql`select l.link_id as id, l.contractor, l.task, l.due_at as "dueAt", l.contact_purpose as "contactPurpose", l.expires_at as "expiresAt",
          l.revoked_at as "revokedAt", l.state, l.accepted_at as "acceptedAt", l.arrived_at as "arrivedAt", l.ended_at as "endedAt",
          l.created_by_name as "createdByName", l.created_at as "createdAt"
        from work_orders.contractor_link l where l.scope_id = ${scopeId} and l.work_order_id = ${id} order by l.link_id limit 50`,
    ),
  ]);
  const charge = charges[0] === undefined ? null : chargeOf(charges[0], lines);
  return { charge, entries, crew, visits, parts, safety, links };
}

/** What was finished here before: at the same home, or at the same facility. */
export async function earlierRepairs(
  q: Executor,
  scopeId: string,
  order: { readonly id: string; readonly householdId: string | null; readonly facilityId: string | null },
): Promise<
  { id: string; number: string; categoryCode: string; finishedAt: Date; warrantyMonths: number | null }[]
> {
  const { id, householdId, facilityId } = order;
  if (householdId === null && facilityId === null) return [];
  return q.query(
    sql`select o.work_order_id as id, o.number, o.category_code as "categoryCode", o.finished_at as "finishedAt",
        (select max(l.warranty_months) from work_orders.charge_line l
          where l.scope_id = o.scope_id and l.work_order_id = o.work_order_id and l.removed_at is null) as "warrantyMonths"
      from work_orders.work_order o
      where o.scope_id = ${scopeId} and o.work_order_id < ${id} and o.finished_at is not null
        and (o.household_id = ${householdId} or o.facility_id = ${facilityId}) and o.status in ('finished', 'confirmed', 'closed')
        and (o.outcome is null or o.outcome in ('confirmed', 'unconfirmed', 'forced'))
      order by o.work_order_id desc limit 50`,
  );
}

export interface PriceRow {
  readonly id: string;
  readonly scopeId: string;
  readonly code: string;
  readonly version: number;
  readonly kind: Exclude<LineKind, 'other'>;
  readonly name: string;
  readonly unit: string;
  readonly priceFen: number;
  readonly warrantyMonths: number;
  readonly validFrom: string;
  readonly isWithdrawn: boolean;
  /** Null: written before names were kept. */
  readonly writtenName: string | null;
  readonly writtenAt: Date;
}

/** Every version of these lists, the newest of a code first. A list has some hundred items and a few versions each. */
export async function pricesOf(q: Executor, scopeIds: readonly string[]): Promise<PriceRow[]> {
  return q.query<PriceRow>(
    sql`select p.price_id as id, p.scope_id as "scopeId", p.code, p.version, p.kind, p.name, p.unit, p.price_fen as "priceFen",
        p.warranty_months as "warrantyMonths", p.valid_from as "validFrom", p.is_withdrawn as "isWithdrawn",
        p.written_name as "writtenName", p.created_at as "writtenAt"
      from work_orders.price p where p.scope_id = any (${scopeIds}::uuid[])
      order by p.kind desc, p.name, p.code, p.version desc limit 5000`,
  );
}

/** Of each code the newest version whose day has come; of two lists with one code the first list's. */
export function pricesInForce(
  rows: readonly PriceRow[],
  scopeIds: readonly string[],
  today: string,
  keepsWithdrawn = false,
): PriceRow[] {
  const found = new Map<string, PriceRow>();
  const rank = (row: PriceRow): number => scopeIds.indexOf(row.scopeId);
  for (const row of rows) {
    if (row.validFrom > today) continue;
    const known = found.get(row.code);
    const isNearer = known === undefined || rank(row) < rank(known);
    if (isNearer || (rank(row) === rank(known) && row.version > known.version)) found.set(row.code, row);
  }
  return [...found.values()].filter((row) => keepsWithdrawn || !row.isWithdrawn);
}

/** Every version there ever was of one code. */
export async function priceVersions(q: Executor, scopeId: string, code: string): Promise<PriceRow[]> {
  return q.query<PriceRow>(
    sql`select p.price_id as id, p.scope_id as "scopeId", p.code, p.version, p.kind, p.name, p.unit, p.price_fen as "priceFen",
        p.warranty_months as "warrantyMonths", p.valid_from as "validFrom", p.is_withdrawn as "isWithdrawn",
        p.written_name as "writtenName", p.created_at as "writtenAt"
      from work_orders.price p where p.scope_id = ${scopeId} and p.code = ${code} order by p.version desc limit 200`,
  );
}
