// oxlint-disable unicorn/no-useless-spread -- a row has dozens of columns: names and values stand in lines that belong together
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Batch } from '../../platform/db/copy.ts';
import type { PaymentRow, PaymentWall, StepRow, TargetRow } from './tables.ts';

/** Payments that were had, and the tills that took them, as rows for the bulk loader. */

export interface LoadedPayment {
  readonly row: PaymentRow;
  readonly targets: readonly Omit<TargetRow, 'paymentId'>[];
  readonly steps: readonly (Pick<StepRow, 'state' | 'source' | 'byName' | 'at'> & { readonly id: string })[];
}

type By = { readonly accountId: string; readonly name: string; readonly at: Date };

export interface LoadedTill {
  readonly wall: PaymentWall;
  readonly id: string;
  readonly till: string;
  readonly openingFen: number;
  readonly opened: By;
  /** Null: it is open still. */
  readonly counted:
    | (By & { readonly expectedFen: number; readonly countedFen: number; readonly note: string })
    | null;
  readonly signed: By | null;
}

const wallColumns = ['city_id', 'street_id', 'company_id'];
const over = ({ cityId, streetId, companyId }: PaymentWall): unknown[] => [cityId, streetId, companyId];

/** Parents before children. */
export function paymentBatches(
  tills: readonly LoadedTill[],
  payments: readonly LoadedPayment[],
  crypto: Crypto,
): Batch[] {
  return [
    {
      table: 'payments.till_session',
      columns: [
        ...['scope_id', 'session_id', ...wallColumns, 'till', 'state', 'opening_fen', 'opened_by'],
        ...['opened_by_name', 'opened_at', 'expected_fen', 'counted_fen', 'difference_fen', 'note_cipher'],
        ...[
          'closed_by',
          'closed_by_name',
          'closed_at',
          'signed_by',
          'signed_by_name',
          'signed_at',
          'version',
        ],
      ],
      rows: tills.map((till) => tillValues(till, crypto)),
    },
    {
      table: 'payments.payment',
      columns: [
        ...['scope_id', 'payment_id', ...wallColumns, 'household_id', 'party_id', 'household_label'],
        ...['account_id', 'account_name', 'way', 'channel', 'merchant_id', 'amount_fen', 'description'],
        ...['state', 'transaction_id', 'created_at', 'expires_at', 'paid_at', 'booked_on', 'next_query_at'],
        ...['queries', 'refunded_fen', 'till_session_id', 'bank_account', 'version'],
      ],
      rows: payments.map(({ row }) => [
        ...[row.scopeId, row.id, ...over(row), row.householdId, row.partyId, row.householdLabel],
        ...[row.accountId, row.accountName, row.way, row.channel, row.merchantId, row.amountFen],
        ...[row.description, row.state, row.transactionId, row.createdAt, row.expiresAt, row.paidAt],
        ...[row.bookedOn, row.nextQueryAt, row.queries, row.refundedFen, row.tillSessionId],
        ...[row.bankAccount, row.version],
      ]),
    },
    {
      table: 'payments.target',
      columns: [
        ...['scope_id', 'payment_id', 'position', ...wallColumns, 'household_id', 'kind', 'target_id'],
        ...['label', 'amount_fen', 'settled_fen', 'balance_fen', 'refunded_fen'],
      ],
      rows: payments.flatMap(({ row, targets }) =>
        targets.map((target) => [
          ...[row.scopeId, row.id, target.position, ...over(row), row.householdId, target.kind],
          ...[target.targetId, target.label, target.amountFen, target.settledFen, target.balanceFen],
          target.refundedFen,
        ]),
      ),
    },
    {
      table: 'payments.step',
      columns: [
        ...['scope_id', 'step_id', ...wallColumns, 'household_id', 'payment_id', 'state', 'source', 'detail'],
        ...['by_name', 'at'],
      ],
      rows: payments.flatMap(({ row, steps }) =>
        steps.map(({ id, state, source, byName, at }) => [
          ...[row.scopeId, id, ...over(row), row.householdId, row.id, state, source, '{}', byName, at],
        ]),
      ),
    },
  ];
}

function tillValues(
  { wall, id, till, openingFen, opened, counted, signed }: LoadedTill,
  crypto: Crypto,
): unknown[] {
  const state = signed !== null ? 'signed' : counted !== null ? 'counted' : 'open';
  const note = counted?.note ?? '';
  return [
    ...[wall.scopeId, id, ...over(wall), till, state, openingFen, opened.accountId, opened.name, opened.at],
    ...(counted === null
      ? [null, null, null]
      : [counted.expectedFen, counted.countedFen, counted.countedFen - counted.expectedFen]),
    note === '' ? null : crypto.seal(note, 'payments.till_session', id),
    ...[counted?.accountId ?? null, counted?.name ?? null, counted?.at ?? null],
    ...[signed?.accountId ?? null, signed?.name ?? null, signed?.at ?? null],
    // Opened, counted, signed: each a version.
    { open: 1, counted: 2, signed: 3 }[state],
  ];
}
