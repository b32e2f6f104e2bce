import type { Crypto } from '../../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { LoadedWall } from '../import-rows.ts';
import type { ImportKind } from './domain-import.ts';
import type { Layout, Mapping } from './header.ts';
import type { ImportJob, Refusal } from './jobs.ts';

/** Which column is which, of one file and of all files of a company. */

const layoutField = 'places.import_job.layout';

/** Whose files look alike: the company's that serves the place; else the street's or the city's. */
const ownerOf = (wall: LoadedWall): string => wall.companyId ?? wall.streetId ?? wall.cityId ?? wall.scopeId;

/** Worker: what was said about such files before. */
export async function rememberedMapping(q: Executor, wall: LoadedWall, kind: ImportKind): Promise<Mapping> {
  const [row] = await q.query<{ mapping: Mapping }>(
    sql`select mapping from places.import_mapping where scope_id = ${ownerOf(wall)} and kind = ${kind}`,
  );
  return row?.mapping ?? {};
}

/** Worker: what is said of a title now goes before what was said of it before; other titles stay known. */
export function rememberMapping(tx: Tx, job: ImportJob, wall: LoadedWall, now: Date): void {
  const { cityId, streetId, companyId } = wall;
  tx.write(
    sql`insert into places.import_mapping (scope_id, kind, city_id, street_id, company_id, mapping, account_id, updated_at)
        values (${ownerOf(wall)}, ${job.kind}, ${cityId}, ${companyId === null ? streetId : null}, ${companyId},
          ${JSON.stringify(job.mapping)}::jsonb, ${job.accountId}, ${now})
        on conflict (scope_id, kind) do update set mapping = import_mapping.mapping || excluded.mapping,
          account_id = excluded.account_id, updated_at = excluded.updated_at`,
  );
}

/** Worker: how the file is laid out, and what is taken for what. */
export function writeLayout(
  tx: Tx,
  job: ImportJob,
  layout: Layout | null,
  mapping: Mapping,
  crypto: Crypto,
): void {
  const sealed = layout === null ? null : crypto.seal(JSON.stringify(layout), layoutField, job.importId);
  tx.write(
    sql`update places.import_job set layout_sealed = ${sealed}, mapping = ${JSON.stringify(mapping)}::jsonb
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state = ${job.state}`,
  );
}

/** Worker: the file can be read, and somebody has to say which column is which. It is kept for that. */
export function writeAsked(tx: Tx, job: ImportJob, refusal: Refusal, now: Date): void {
  tx.write(
    sql`update places.import_job set state = 'mapping', refusal = ${JSON.stringify(refusal)}, checked_at = ${now},
          claimed_until = null, attempts = 0
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state = 'waiting'`,
  );
}

export async function readLayoutOf(q: Executor, job: ImportJob, crypto: Crypto): Promise<Layout | null> {
  const [row] = await q.query<{ sealed: Buffer | null }>(
    sql`select layout_sealed as sealed from places.import_job where scope_id = ${job.scopeId} and import_id = ${job.importId}`,
  );
  return row?.sealed == null
    ? null
    : (JSON.parse(crypto.open(row.sealed, layoutField, job.importId)) as Layout);
}

/** It is checked once more, by what was said. False when it is past that. */
export async function tellColumns(
  tx: Tx,
  job: ImportJob,
  said: { readonly sheet: string | null; readonly mapping: Mapping; readonly remembers: boolean },
): Promise<boolean> {
  const rows = await tx.query(
    sql`update places.import_job set state = 'waiting', refusal = null, sheet = ${said.sheet}, mapping = ${JSON.stringify(said.mapping)}::jsonb,
          remembers = ${said.remembers}, rows_done = 0, claimed_until = null
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state in ('mapping', 'checked') returning 1`,
  );
  return rows.length === 1;
}
