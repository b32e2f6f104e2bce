import { sql, type Statement } from '../../../platform/db/sql.ts';
import {
  amountOf,
  type Charge,
  type ChargeEntry,
  type ChargeLine,
  formatQuantity,
  type SafetyAnswer,
} from '../domain.ts';
import type { Wall } from '../tables.ts';

/** Rows of the work itself; each bears its order's wall, and money never stands before the neighbours. */

export interface ChargeRow {
  readonly payer: Charge['payer'];
  readonly payer_reason: string | null;
  readonly discount_fen: number;
  readonly discount_reason: string | null;
  readonly quote_no: number;
  readonly warranty_order_id: string | null;
  readonly warranty_until: string | null;
}

export interface LineRow {
  readonly line_id: string;
  readonly kind: ChargeLine['kind'];
  readonly price_id: string | null;
  readonly name: string;
  readonly unit: string;
  readonly quantity_hundredths: number;
  readonly unit_price_fen: number;
  readonly warranty_months: number;
  readonly reason: string | null;
}

export function chargeOf(row: ChargeRow, lines: readonly LineRow[]): Charge {
  return {
    payer: row.payer,
    payerReason: row.payer_reason,
    discountFen: BigInt(row.discount_fen),
    discountReason: row.discount_reason,
    quoteNo: row.quote_no,
    warrantyOrderId: row.warranty_order_id,
    warrantyUntil: row.warranty_until,
    lines: lines.map((line) => ({
      lineId: line.line_id,
      kind: line.kind,
      priceId: line.price_id,
      name: line.name,
      unit: line.unit,
      quantityHundredths: BigInt(line.quantity_hundredths),
      unitPriceFen: BigInt(line.unit_price_fen),
      warrantyMonths: line.warranty_months,
      reason: line.reason,
    })),
  };
}

/** Numbers go to bigint columns as text: no figure passes through a float. */
export const saveCharge = (id: string, w: Wall, charge: Charge, now: Date): Statement =>
  sql`insert into work_orders.charge (scope_id, work_order_id, city_id, street_id, company_id, household_id, reporter_account_id,
      payer, payer_reason, discount_fen, discount_reason, quote_no, warranty_order_id, warranty_until, updated_at)
    values (${w.scopeId}, ${id}, ${w.cityId}, ${w.streetId}, ${w.companyId}, ${w.householdId}, ${w.reporterAccountId},
      ${charge.payer}, ${charge.payerReason}, ${charge.discountFen.toString()}, ${charge.discountReason}, ${charge.quoteNo},
      ${charge.warrantyOrderId}, ${charge.warrantyUntil}, ${now})
    on conflict (scope_id, work_order_id) do update set payer = excluded.payer, payer_reason = excluded.payer_reason,
      discount_fen = excluded.discount_fen, discount_reason = excluded.discount_reason, quote_no = excluded.quote_no,
      updated_at = excluded.updated_at`;

export const insertLine = (id: string, w: Wall, line: ChargeLine, by: string, now: Date): Statement =>
  sql`insert into work_orders.charge_line (scope_id, work_order_id, line_id, city_id, street_id, company_id, household_id, reporter_account_id,
      kind, price_id, name, unit, quantity_hundredths, unit_price_fen, amount_fen, warranty_months, reason, added_by, added_at)
    values (${w.scopeId}, ${id}, ${line.lineId}, ${w.cityId}, ${w.streetId}, ${w.companyId}, ${w.householdId}, ${w.reporterAccountId},
      ${line.kind}, ${line.priceId}, ${line.name}, ${line.unit}, ${line.quantityHundredths.toString()}, ${line.unitPriceFen.toString()},
      ${amountOf(line).toString()}, ${line.warrantyMonths}, ${line.reason}, ${by}, ${now})`;

export const removeLine = (id: string, w: Wall, lineId: string, now: Date): Statement =>
  sql`update work_orders.charge_line set removed_at = ${now}
    where scope_id = ${w.scopeId} and work_order_id = ${id} and line_id = ${lineId}`;

/** A line as it was shown, for the record of what was agreed to. */
export interface ShownLine {
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  readonly amountFen: string;
}

export function shownLines(charge: Charge): ShownLine[] {
  return charge.lines.map((line) => ({
    name: line.name,
    quantity: formatQuantity(line.quantityHundredths),
    unit: line.unit,
    amountFen: amountOf(line).toString(),
  }));
}

export interface EntryFacts {
  readonly entryId: string;
  readonly entry: ChargeEntry;
  readonly lines: readonly ShownLine[];
  readonly signatureFileId: string | null;
  readonly byAccountId: string | null;
  readonly byName: string | null;
  readonly forName: string | null;
}

export const insertEntry = (id: string, w: Wall, facts: EntryFacts, now: Date): Statement =>
  sql`insert into work_orders.charge_entry (scope_id, work_order_id, entry_id, city_id, street_id, company_id, household_id, reporter_account_id,
      quote_no, kind, how, total_fen, lines, words, signer_name, signature_file_id, by_account_id, by_name, for_name, at)
    values (${w.scopeId}, ${id}, ${facts.entryId}, ${w.cityId}, ${w.streetId}, ${w.companyId}, ${w.householdId}, ${w.reporterAccountId},
      ${facts.entry.quoteNo}, ${facts.entry.kind}, ${facts.entry.how}, ${facts.entry.totalFen.toString()}, ${JSON.stringify(facts.lines)},
      ${facts.entry.words}, ${facts.entry.signerName}, ${facts.signatureFileId}, ${facts.byAccountId}, ${facts.byName}, ${facts.forName}, ${now})`;

export interface Joining {
  readonly crewId: string;
  readonly accountId: string;
  readonly name: string;
  readonly title: string;
  readonly addedByName: string | null;
}

export const insertCrew = (id: string, w: Wall, one: Joining, now: Date): Statement =>
  sql`insert into work_orders.crew (scope_id, work_order_id, crew_id, city_id, street_id, company_id, household_id, reporter_account_id,
      account_id, name, title, added_by_name, added_at)
    values (${w.scopeId}, ${id}, ${one.crewId}, ${w.cityId}, ${w.streetId}, ${w.companyId}, ${w.householdId}, ${w.reporterAccountId},
      ${one.accountId}, ${one.name}, ${one.title}, ${one.addedByName}, ${now})`;

export const markCrewArrived = (id: string, w: Wall, crewId: string, now: Date): Statement =>
  sql`update work_orders.crew set arrived_at = ${now}
    where scope_id = ${w.scopeId} and work_order_id = ${id} and crew_id = ${crewId}`;

/** Gone: by their own mark, or because they were let go. */
export const markCrewLeft = (id: string, w: Wall, accountId: string, now: Date): Statement =>
  sql`update work_orders.crew set left_at = ${now}
    where scope_id = ${w.scopeId} and work_order_id = ${id} and account_id = ${accountId} and left_at is null`;

export interface OrderedPart {
  readonly partId: string;
  readonly what: string;
  readonly supplier: string | null;
  readonly expectedOn: string;
  readonly orderedByName: string | null;
}

export const insertPart = (id: string, w: Wall, part: OrderedPart, now: Date): Statement =>
  sql`insert into work_orders.part (scope_id, work_order_id, part_id, city_id, street_id, company_id, household_id, reporter_account_id,
      what, supplier, expected_on, ordered_by_name, ordered_at)
    values (${w.scopeId}, ${id}, ${part.partId}, ${w.cityId}, ${w.streetId}, ${w.companyId}, ${w.householdId}, ${w.reporterAccountId},
      ${part.what}, ${part.supplier}, ${part.expectedOn}, ${part.orderedByName}, ${now})`;

export const markPartArrived = (id: string, w: Wall, partId: string, now: Date): Statement =>
  sql`update work_orders.part set arrived_at = ${now}
    where scope_id = ${w.scopeId} and work_order_id = ${id} and part_id = ${partId}`;

export interface PlannedVisit {
  readonly visitId: string;
  readonly position: number;
  readonly from: Date;
  readonly to: Date;
  readonly purpose: string;
}

export const insertVisit = (id: string, w: Wall, visit: PlannedVisit): Statement =>
  sql`insert into work_orders.visit (scope_id, work_order_id, visit_id, city_id, street_id, company_id, household_id, reporter_account_id,
      position, planned_from, planned_to, purpose)
    values (${w.scopeId}, ${id}, ${visit.visitId}, ${w.cityId}, ${w.streetId}, ${w.companyId}, ${w.householdId}, ${w.reporterAccountId},
      ${visit.position}, ${visit.from}, ${visit.to}, ${visit.purpose})`;

export const endVisit = (
  id: string,
  w: Wall,
  visitId: string,
  end: {
    readonly doneAt: Date | null;
    readonly done: string | null;
    readonly left: string | null;
    readonly cancelledAt: Date | null;
  },
): Statement =>
  sql`update work_orders.visit set done_at = ${end.doneAt}, done_words = ${end.done}, left_words = ${end.left}, cancelled_at = ${end.cancelledAt}
    where scope_id = ${w.scopeId} and work_order_id = ${id} and visit_id = ${visitId}`;

export interface GivenAnswer extends SafetyAnswer {
  readonly answerId: string;
  readonly listDate: string;
  readonly byAccountId: string;
  readonly byName: string | null;
}

export const insertSafetyAnswer = (id: string, w: Wall, given: GivenAnswer, now: Date): Statement =>
  sql`insert into work_orders.safety_answer (scope_id, work_order_id, answer_id, city_id, street_id, company_id,
      list_code, list_date, item_code, answer, words, file_id, by_account_id, by_name, at)
    values (${w.scopeId}, ${id}, ${given.answerId}, ${w.cityId}, ${w.streetId}, ${w.companyId},
      ${given.list}, ${given.listDate}, ${given.item}, ${given.answer}, ${given.words}, ${given.photoId}, ${given.byAccountId}, ${given.byName}, ${now})`;
