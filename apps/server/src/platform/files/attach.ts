import { err, ok, type Result } from '@gongzhi/kernel';
import type { Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { Wall } from '../events/outbox.ts';

export interface Attachment {
  readonly scopeId: string;
  readonly fileIds: readonly string[];
  /** What the files belong to from now on: `work_order`, `work_order_entry`. */
  readonly type: string;
  readonly objectId: string;
  /** Whoever sees the object sees the file: its wall becomes the file's. */
  readonly wall: Wall;
  readonly uploadedBy: string;
  /** What they have to be; a voice note is no picture and the other way round. */
  readonly media?: 'image' | 'audio';
  readonly at: Date;
}

export interface AttachRefusal {
  readonly code: 'file.not_attachable';
  readonly params: { readonly fileIds: readonly string[] };
}

/**
 * Binds uploads to an object, once and for ever: only one's own, of the same scope, not yet bound. The rows are
 * locked, in one order, so that of two orders that claim one picture exactly one gets it. On a refusal nothing
 * was bound.
 */
export async function attach(tx: Tx, attachment: Attachment): Promise<Result<void, AttachRefusal>> {
  const ids = [...new Set(attachment.fileIds)].sort();
  if (ids.length === 0) return ok(undefined);
  const { scopeId, wall, uploadedBy } = attachment;
  const free = await tx.query<{ file_id: string }>(
    sql`select file_id from platform.file
        where scope_id = ${scopeId} and file_id = any (${ids}::uuid[]) and uploaded_by = ${uploadedBy} and attached_id is null
          and media_type like ${`${attachment.media ?? 'image'}/%`}
        order by file_id for no key update`,
  );
  if (free.length !== ids.length) {
    const found = new Set(free.map((row) => row.file_id));
    return err({ code: 'file.not_attachable', params: { fileIds: ids.filter((id) => !found.has(id)) } });
  }
  tx.write(
    sql`update platform.file set attached_type = ${attachment.type}, attached_id = ${attachment.objectId}, attached_at = ${attachment.at},
          city_id = ${wall.cityId}, street_id = ${wall.streetId}, company_id = ${wall.companyId}, household_id = ${wall.householdId},
          reporter_account_id = ${wall.reporterAccountId}, is_public = ${wall.isPublic}, is_internal = ${wall.isInternal}
        where scope_id = ${scopeId} and file_id = any (${ids}::uuid[])`,
  );
  return ok(undefined);
}
