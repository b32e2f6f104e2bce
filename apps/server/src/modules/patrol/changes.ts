import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { CheckpointRow, FrequencyCause, LoweringRow, Walled } from './tables.ts';

/** Pages that show the route or the round ask again. */
export function tell(
  tx: Tx,
  wall: Walled,
  kind: `patrol_${'round' | 'route'}.${string}`,
  objectId: string,
  payload: Readonly<Record<string, unknown>>,
  now: Date,
): void {
  const { scopeId, cityId, streetId, companyId } = wall;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind,
    version: 1,
    objectId,
    payload,
    occurredAt: now,
  });
}

/** From now on in every so-many-th round; the old one stays written. */
export function writeFrequency(
  tx: Tx,
  checkpoint: Pick<CheckpointRow, 'id' | 'scopeId' | 'cityId' | 'streetId' | 'companyId'>,
  everyRounds: number,
  { cause, loweringId, by }: FrequencyCause,
  now: Date,
): void {
  const { scopeId, id } = checkpoint;
  tx.write(
    sql`update patrol.checkpoint set every_rounds = ${everyRounds}, version = version + 1
        where scope_id = ${scopeId} and checkpoint_id = ${id} and every_rounds <> ${everyRounds}`,
  );
  tx.write(
    sql`insert into patrol.frequency (scope_id, checkpoint_id, change_id, city_id, street_id, company_id, at, every_rounds, cause, lowering_id,
          changed_by, changed_by_name)
        values (${scopeId}, ${id}, ${uuidv7(now.getTime())}, ${checkpoint.cityId}, ${checkpoint.streetId}, ${checkpoint.companyId}, ${now},
          ${everyRounds}, ${cause}, ${loweringId}, ${by?.accountId ?? null}, ${by?.name ?? null})`,
  );
}

export function storeLowering(
  tx: Tx,
  { scopeId, id }: Pick<LoweringRow, 'scopeId' | 'id'>,
  change: { readonly state: string; readonly ended: string | null; readonly lookAt: number | null },
  now: Date,
): void {
  const lookAt = change.lookAt === null ? null : new Date(change.lookAt);
  const endedAt = change.state === 'ended' || change.state === 'declined' ? now : null;
  tx.write(
    sql`update patrol.lowering set state = ${change.state}, ended = ${change.ended}, ended_at = ${endedAt}, look_at = ${lookAt},
          version = version + 1
        where scope_id = ${scopeId} and lowering_id = ${id}`,
  );
}
