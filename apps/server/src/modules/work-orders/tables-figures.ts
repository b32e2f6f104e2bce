import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { Statement } from '../../platform/db/sql.ts';
import {
  COMPARED,
  COUNTED,
  differenceOf,
  MEASURES,
  type Measure,
  type Part,
  partOf,
  QUEUED,
  timesChanged,
  timesOf,
} from './domain.ts';
import type { Order } from './tables.ts';

/** Rows of the kept sums (domain/figures.ts): a change a command made, and what changes are folded into. */

export const columnOf = (measure: Measure): string =>
  measure.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const measureColumns: readonly string[] = MEASURES.map(columnOf);
export const queuedColumns: readonly string[] = QUEUED.map(columnOf);
const countedColumns = COUNTED.map(columnOf);
/** Of who did it no more is kept than is compared. */
export const comparedColumns: readonly string[] = COMPARED.map(columnOf);

/** What a sum is told apart by. Who is accused is one of them: their complaint is in no figure they read. */
const keyColumns = [
  'scope_id',
  'city_id',
  'street_id',
  'company_id',
  'category_code',
  'accused_account_id',
  'assignee_account_id',
  'created_at',
] as const;
const keyOf = ({ wall, state }: Order): unknown[] => [
  wall.scopeId,
  wall.cityId,
  wall.streetId,
  wall.companyId,
  state.categoryCode,
  state.accusedAccountId,
  state.assigneeAccountId,
  new Date(state.createdAt),
];

export const changeColumns: readonly string[] = ['change_id', ...keyColumns, ...countedColumns, 'times'];

const insertText = `insert into work_orders.figure_change (${changeColumns.join(', ')}) values (${changeColumns.map((_, i) => `$${i + 1}`).join(', ')})`;

const insertChange = (
  key: readonly unknown[],
  part: Part | null,
  times: readonly number[],
  now: Date,
): Statement => ({
  name: 'work_order_figure_change',
  text: insertText,
  values: [
    uuidv7(now.getTime()),
    ...key,
    ...COUNTED.map((measure) => part?.[measure] ?? 0),
    times.length === 0 ? null : times,
  ],
});

/** In the transaction that changes the order. Most commands change no figure and write nothing. */
export function writeFigures(tx: Tx, before: Order | null, after: Order, now: Date): void {
  const [was, is] = [before === null ? null : partOf(before.state), partOf(after.state)];
  const isMoved =
    before !== null &&
    (before.state.categoryCode !== after.state.categoryCode ||
      before.state.assigneeAccountId !== after.state.assigneeAccountId ||
      before.wall.companyId !== after.wall.companyId);
  const [took, takes] = [before === null ? [] : timesOf(before.state), timesOf(after.state)];
  const write = (order: Order, part: Part | null, times: readonly number[]): void => {
    if (part !== null || times.length > 0) tx.write(insertChange(keyOf(order), part, times, now));
  };
  if (isMoved && before !== null) {
    write(before, differenceOf(was, null), timesChanged(took, []));
    write(after, differenceOf(null, is), timesChanged([], takes));
  } else write(after, differenceOf(was, is), timesChanged(took, takes));
}
