// oxlint-disable unicorn/no-useless-spread -- a row has dozens of columns: names and values stand in lines that belong together
import type { LocalDate } from '@gongzhi/kernel';
import type { Batch } from '../../platform/db/copy.ts';
import type { Rule, Standing, Terms } from './domain.ts';
import type { LineWall, RunLineRow } from './tables.ts';

/** Months that were billed, with what was settled and who was reminded, as rows for the bulk loader. */

type By = { readonly accountId: string; readonly name: string };

export interface LoadedTariff {
  readonly id: string;
  readonly item: string;
  readonly name: string;
  readonly rule: Rule;
  readonly terms: Terms;
  readonly validFrom: LocalDate;
  readonly source: string;
  readonly createdAt: Date;
  readonly createdBy: By;
}

export interface LoadedSettlement {
  readonly id: string;
  readonly kind: 'payment' | 'cash' | 'prepaid';
  /** The payment. */
  readonly sourceId: string;
  readonly amountFen: number;
  readonly key: string;
  readonly on: LocalDate;
  readonly at: Date;
}

/** As it stands now, with what closed how much of it. */
export interface LoadedLine extends RunLineRow {
  readonly settledFen: number;
  readonly settlements: readonly LoadedSettlement[];
}

/** A household's bill in a run. */
export interface LoadedBill {
  readonly id: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly lines: readonly LoadedLine[];
}

export interface LoadedRun {
  readonly id: string;
  readonly period: LocalDate;
  readonly issueOn: LocalDate;
  readonly issuedOn: LocalDate;
  readonly asked: By & { readonly at: Date };
  readonly calculatedAt: Date;
  readonly approved: By & { readonly at: Date };
  readonly postedAt: Date;
  /** Of the month before, as far as it was billed. */
  readonly lastTotalFen: number;
  /** In the order of their households, as they are posted. */
  readonly bills: readonly LoadedBill[];
}

export interface LoadedReminder {
  readonly id: string;
  readonly step: number;
  readonly way: 'message' | 'letter';
  readonly totalFen: number;
  readonly lines: number;
  readonly oldestDueOn: LocalDate;
  readonly told: number;
  readonly sentAt: Date;
  readonly sentOn: LocalDate;
}

export interface LoadedArrears extends Standing {
  readonly householdId: string;
  readonly nextAt: Date | null;
  readonly version: number;
  readonly updatedAt: Date;
  readonly reminders: readonly LoadedReminder[];
}

/** A compound's. */
export interface LoadedBilling {
  readonly wall: LineWall;
  readonly tariffs: readonly LoadedTariff[];
  readonly runs: readonly LoadedRun[];
  readonly arrears: readonly LoadedArrears[];
  /** When its months were added up. */
  readonly countedAt: Date;
}

type Rows = unknown[][];
type Make = (one: LoadedBilling, over: readonly unknown[]) => Rows;

const wallColumns = ['city_id', 'street_id', 'company_id'];
const lineColumns = [
  ...[
    'payer',
    'party_id',
    'item',
    'name',
    'tariff_id',
    'amount_fen',
    'discount_fen',
    'quantity_milli',
    'basis',
  ],
  ...['service_from', 'service_to', 'due_on', 'early_until', 'early_fen', 'source_kind', 'source_id'],
];
const lineValues = (line: LoadedLine): unknown[] => [
  ...[line.payer, line.partyId, line.item, line.name, line.tariffId, line.amountFen, line.discountFen],
  ...[line.quantityMilli, line.basis, line.serviceFrom, line.serviceTo, line.dueOn, line.earlyUntil],
  ...[line.earlyFen, line.sourceKind, line.sourceId],
];

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
const linesOf = ({ bills }: LoadedRun): LoadedLine[] => bills.flatMap(({ lines }) => lines);
const totalOf = (lines: readonly LoadedLine[]): number => sum(lines.map(({ amountFen }) => amountFen));

/** `202611-000001`, as posting numbers the bills of a run. */
const numberOf = (period: LocalDate, serial: number): string =>
  `${period.slice(0, 7).replace('-', '')}-${String(serial).padStart(6, '0')}`;

/** Of a compound: what the table's columns are, and its rows. Parents before children. */
const tables: readonly (readonly [table: string, columns: readonly string[], make: Make])[] = [
  [
    'tariff',
    [
      ...['scope_id', 'tariff_id', ...wallColumns, 'item', 'name', 'rule', 'terms', 'valid_from', 'valid_to'],
      ...['source', 'created_at', 'created_by', 'created_by_name'],
    ],
    ({ wall, tariffs }, over) =>
      tariffs.map((tariff) => [
        ...[wall.scopeId, tariff.id, ...over, tariff.item, tariff.name, tariff.rule, tariff.terms],
        ...[tariff.validFrom, null, tariff.source, tariff.createdAt],
        ...[tariff.createdBy.accountId, tariff.createdBy.name],
      ]),
  ],
  [
    'run',
    [
      ...['scope_id', 'run_id', ...wallColumns, 'period', 'issue_on', 'state', 'asked_by', 'asked_by_name'],
      ...['asked_at', 'calculated_at', 'decided_by', 'decided_by_name', 'decided_at', 'households', 'lines'],
      ...['total_fen', 'last_total_fen', 'exceptions', 'issued_on', 'posted_up_to', 'posted_lines'],
      ...['posted_fen', 'posted_at', 'version'],
    ],
    ({ wall, runs }, over) =>
      runs.map((run) => {
        const lines = linesOf(run);
        const totalFen = totalOf(lines);
        return [
          ...[wall.scopeId, run.id, ...over, run.period, run.issueOn, 'posted', run.asked.accountId],
          ...[run.asked.name, run.asked.at, run.calculatedAt, run.approved.accountId, run.approved.name],
          ...[run.approved.at, run.bills.length, lines.length, totalFen, run.lastTotalFen, 0, run.issuedOn],
          // Calculated, approved, posted: each is another version of what was asked for.
          ...[run.bills.at(-1)?.householdId ?? null, lines.length, totalFen, run.postedAt, 4],
        ];
      }),
  ],
  [
    'run_line',
    [
      ...['scope_id', 'run_id', 'line_id', ...wallColumns, 'household_id', 'household_label', 'party_name'],
      ...lineColumns,
    ],
    ({ wall, runs }, over) =>
      runs.flatMap((run) =>
        linesOf(run).map((line) => [
          ...[wall.scopeId, run.id, line.lineId, ...over, line.householdId, line.householdLabel],
          ...[line.partyName, ...lineValues(line)],
        ]),
      ),
  ],
  [
    'bill',
    [
      ...['scope_id', 'bill_id', ...wallColumns, 'number', 'household_id', 'household_label', 'payer'],
      ...['period', 'run_id', 'issued_on', 'issued_at', 'total_fen'],
    ],
    ({ wall, runs }, over) =>
      runs.flatMap((run) =>
        run.bills.map((bill, at) => [
          ...[wall.scopeId, bill.id, ...over, numberOf(run.period, at + 1), bill.householdId],
          ...[bill.householdLabel, 'owner', run.period, run.id, run.issuedOn, run.postedAt],
          totalOf(bill.lines),
        ]),
      ),
  ],
  [
    'bill_line',
    [
      ...['scope_id', 'line_id', 'bill_id', ...wallColumns, 'household_id', 'period', 'issued_on'],
      ...['settled_fen', ...lineColumns],
    ],
    ({ wall, runs }, over) =>
      runs.flatMap((run) =>
        run.bills.flatMap((bill) =>
          bill.lines.map((line) => [
            ...[wall.scopeId, line.lineId, bill.id, ...over, bill.householdId, run.period, run.issuedOn],
            ...[line.settledFen, ...lineValues(line)],
          ]),
        ),
      ),
  ],
  [
    'settlement',
    [
      ...['scope_id', 'settlement_id', ...wallColumns, 'line_id', 'bill_id', 'household_id', 'kind'],
      ...['source_id', 'amount_fen', 'key', 'settled_on', 'settled_at'],
    ],
    ({ wall, runs }, over) =>
      runs.flatMap(({ bills }) =>
        bills.flatMap((bill) =>
          bill.lines.flatMap((line) =>
            line.settlements.map((one) => [
              ...[wall.scopeId, one.id, ...over, line.lineId, bill.id, bill.householdId, one.kind],
              ...[one.sourceId, one.amountFen, one.key, one.on, one.at],
            ]),
          ),
        ),
      ),
  ],
  [
    'arrears',
    [
      ...['scope_id', 'household_id', ...wallColumns, 'state', 'steps_taken', 'oldest_line_id', 'next_at'],
      ...['promised_until', 'version', 'updated_at'],
    ],
    ({ wall, arrears }, over) =>
      arrears.map((one) => [
        ...[wall.scopeId, one.householdId, ...over, one.state, one.stepsTaken, one.oldestLineId, one.nextAt],
        ...[one.promisedUntil, one.version, one.updatedAt],
      ]),
  ],
  [
    'reminder',
    [
      ...['scope_id', 'reminder_id', ...wallColumns, 'household_id', 'step', 'way', 'total_fen', 'lines'],
      ...['oldest_due_on', 'told', 'sent_at', 'sent_on'],
    ],
    ({ wall, arrears }, over) =>
      arrears.flatMap(({ householdId, reminders }) =>
        reminders.map((one) => [
          ...[wall.scopeId, one.id, ...over, householdId, one.step, one.way, one.totalFen, one.lines],
          ...[one.oldestDueOn, one.told, one.sentAt, one.sentOn],
        ]),
      ),
  ],
  [
    'month_total',
    [
      ...['scope_id', 'period', 'book_id', ...wallColumns, 'households', 'billed_fen', 'settled_fen'],
      ...['open_fen', 'counted_at'],
    ],
    ({ wall, runs, countedAt }, over) =>
      runs.map((run) => {
        const lines = linesOf(run);
        const settledFen = sum(lines.map((line) => line.settledFen));
        const owedFen = sum(lines.map(({ amountFen }) => Math.max(amountFen, 0)));
        return [
          ...[wall.scopeId, run.period, wall.companyId ?? wall.scopeId, ...over, run.bills.length],
          ...[totalOf(lines), settledFen, owedFen - settledFen, countedAt],
        ];
      }),
  ],
];

export function billingBatches(all: readonly LoadedBilling[]): Batch[] {
  return tables.map(([table, columns, make]) => ({
    table: `billing.${table}`,
    columns,
    rows: all.flatMap((one) => make(one, [one.wall.cityId, one.wall.streetId, one.wall.companyId])),
  }));
}
