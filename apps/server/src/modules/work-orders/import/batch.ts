import type { CsvRow, RowError } from '../../../platform/imports/csv.ts';
import { sql } from '../../../platform/db/sql.ts';
import {
  eventColumns,
  eventTuple,
  orderColumns,
  orderTuple,
  stepColumns,
  stepTuple,
  unindexedColumns,
  unindexedTuple,
} from '../tables.ts';
import { countCopied } from '../queries-recount.ts';
import type { LoaderTx } from '../../../platform/db/loader-database.ts';
import type { CompiledMapping } from './mapping.ts';
import { type ImportedOrder, orderOfRow } from './orders.ts';
import { readRow, type RequestRow } from './rows.ts';
import type { Targets } from './targets.ts';

export interface BatchContext {
  readonly mapping: CompiledMapping;
  readonly targets: Targets;
  readonly importId: string;
  readonly now: Date;
}

const importedColumns = [
  'scope_id',
  'source',
  'external_id',
  'city_id',
  'street_id',
  'company_id',
  'work_order_id',
  'import_id',
  'source_on_time',
  'raw',
] as const;

interface Prepared {
  readonly row: RequestRow;
  readonly made: ImportedOrder;
}

/** Understands rows as they are read, while the database is busy with the batch before them. */
export class Preparer {
  readonly #context: BatchContext;
  readonly #skipped: number;
  readonly #prepared = new WeakMap<CsvRow, Prepared | RowError[]>();

  /** The first `skipped` rows were taken by an earlier try. */
  constructor(context: BatchContext, skipped: number) {
    this.#context = context;
    this.#skipped = skipped;
  }

  async *prepare(rows: AsyncIterable<CsvRow>): AsyncGenerator<CsvRow> {
    const { mapping, now } = this.#context;
    let seen = 0;
    for await (const csvRow of rows) {
      if (seen++ >= this.#skipped && csvRow.error === undefined) {
        const row = readRow(mapping, csvRow.record, csvRow.line, now.getTime());
        this.#prepared.set(csvRow, isRefused(row) ? row : { row, made: make(row, this.#context) });
      }
      yield csvRow;
    }
  }

  taken(rows: readonly CsvRow[]): (Prepared | RowError[])[] {
    return rows.map((csvRow) => {
      const prepared = this.#prepared.get(csvRow);
      if (prepared === undefined) throw new Error(`line ${csvRow.line} was not prepared`);
      return prepared;
    });
  }
}

/**
 * One batch, in the transaction that also records the progress. The ids go in first: what the city's register of
 * ids does not take is there already, wherever it lies, and nothing else of it is written.
 */
export async function takeBatch(
  tx: LoaderTx,
  rows: readonly (Prepared | RowError[])[],
  context: BatchContext,
): Promise<{ rowsNew: number; errors: RowError[] }> {
  const { mapping, importId } = context;
  const errors: RowError[] = [];
  const good = new Map<string, Prepared>();
  const twice = (row: RequestRow) =>
    void errors.push({
      line: row.line,
      column: mapping.columns.id,
      code: 'import.id_twice',
      params: { value: row.externalId },
    });
  for (const prepared of rows) {
    if (isRefused(prepared)) errors.push(...prepared);
    else if (good.has(prepared.row.externalId)) twice(prepared.row);
    else good.set(prepared.row.externalId, prepared);
  }
  const taken = await registerIds(tx, good, context);
  if (taken.size < good.size) {
    const others = [...good.keys()].filter((id) => !taken.has(id));
    const ours = await tx.query<{ external_id: string }>(
      sql`select external_id from work_orders.import_key
          where scope_id = ${context.targets.cityId} and source = ${mapping.source} and external_id = any (${others}::text[]) and import_id = ${importId}`,
    );
    // Brought in by this very run, in an earlier batch: the file has it twice.
    for (const { external_id } of ours) twice(good.get(external_id)!.row);
  }
  const fresh = [...good.values()].filter(({ row }) => taken.has(row.externalId));
  await write(tx, fresh, context);
  return { rowsNew: fresh.length, errors };
}

function isRefused<T extends object>(row: T | RowError[]): row is RowError[] {
  return Array.isArray(row);
}

function make(row: RequestRow, { mapping, targets, now }: BatchContext): ImportedOrder {
  const place = targets.placeOf(row.place);
  return orderOfRow(
    row,
    {
      wall: place.wall,
      placeName: place.name,
      cityCode: mapping.city.code,
      source: mapping.source,
      categoryCode: targets.categoryOf(row.category),
      numberPrefix: mapping.numberPrefix ?? '',
    },
    now.getTime(),
  );
}

/** Sorted, so that two files of one city that share ids wait for each other instead of locking each other out. */
async function registerIds(
  tx: LoaderTx,
  good: ReadonlyMap<string, Prepared>,
  { mapping, targets, importId }: BatchContext,
): Promise<Set<string>> {
  const all = [...good.values()].toSorted((a, b) => (a.row.externalId < b.row.externalId ? -1 : 1));
  const rows = await tx.query<{ external_id: string }>(
    sql`insert into work_orders.import_key (scope_id, city_id, source, import_id, external_id, order_scope_id, work_order_id, duplicate_of)
        select ${targets.cityId}::uuid, ${targets.cityId}::uuid, ${mapping.source}, ${importId}::uuid, k.external_id, k.order_scope_id, k.work_order_id,
          case when k.duplicate_of is not null then array(select jsonb_array_elements_text(k.duplicate_of::jsonb)) end
        from unnest(${all.map(({ row }) => row.externalId)}::text[], ${all.map(({ made }) => made.order.wall.scopeId)}::uuid[],
          ${all.map(({ made }) => made.order.id)}::uuid[], ${all.map(({ row }) => (row.duplicateOf === null ? null : JSON.stringify(row.duplicateOf)))}::text[])
          as k (external_id, order_scope_id, work_order_id, duplicate_of)
        on conflict (scope_id, source, external_id) do nothing returning external_id`,
  );
  return new Set(rows.map((row) => row.external_id));
}

async function write(
  tx: LoaderTx,
  fresh: readonly Prepared[],
  { mapping, importId }: BatchContext,
): Promise<void> {
  if (fresh.length === 0) return;
  const made = fresh.map((one) => one.made);
  await tx.copy(
    'work_orders.work_order',
    orderColumns,
    made.map(({ order }) => orderTuple(order)),
  );
  await tx.copy(
    'work_orders.unindexed',
    unindexedColumns,
    made.map(({ order }) => unindexedTuple(order)),
  );
  await tx.copy(
    'work_orders.step',
    stepColumns,
    made.map(({ order, step }) => stepTuple(order.id, order.wall, step)),
  );
  await tx.copy(
    'work_orders.event',
    eventColumns,
    made.flatMap(({ order, events }) => events.map((event) => eventTuple(order.id, order.wall, event))),
  );
  await countCopied(
    tx,
    sql`o.scope_id = any (${[...new Set(made.map(({ order }) => order.wall.scopeId))]}::uuid[]) and o.work_order_id = any (${made.map(({ order }) => order.id)}::uuid[])`,
  );
  await tx.copy(
    'work_orders.imported',
    importedColumns,
    fresh.map(({ row, made: { order } }) => [
      order.wall.scopeId,
      mapping.source,
      row.externalId,
      order.wall.cityId,
      order.wall.streetId,
      order.wall.companyId,
      order.id,
      importId,
      row.sourceOnTime,
      JSON.stringify(row.raw),
    ]),
  );
}
