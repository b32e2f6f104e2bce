import { addDays, isLocalDate, localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { listenersOf } from '../sensing/index.ts';
import { storeLowering, tell, writeFrequency } from './changes.ts';
import {
  decideLowering,
  effectiveRounds,
  isWatching,
  type Listener,
  type Lowering,
  type LoweringChange,
  type LoweringEnd,
  lookAtLowering,
  nextLook,
} from './domain.ts';
import { lockCheckpoint, lockLowering, openLoweringOf } from './queries.ts';
import type { LoweringCommandBody, LoweringInput } from './schemas.ts';
import type { CheckpointRow, FrequencyCause, LoweringRow } from './tables.ts';

/** Where a sensor watches, a checkpoint is looked at in fewer rounds: asked for by one, allowed by another. */

/** Nobody allows it for longer without looking at it again. */
export const longestDays = 366;

const ruleOf = (row: LoweringRow): Lowering => ({ ...row, untilAt: row.untilAt.getTime() });

export async function proposeLowering(
  acting: Acting,
  tx: Tx,
  body: LoweringInput,
  now: Date,
): Promise<string> {
  const { scopeId, checkpointId, everyRounds, untilOn } = body;
  const wall = await accessScope(tx, acting, scopeId);
  const checkpoint = await lockCheckpoint(tx, scopeId, checkpointId);
  if (checkpoint === null) throw new Problem('not_found');
  if (checkpoint.retiredAt !== null) throw new Problem('patrol.retired');
  const today = localDate(now.getTime(), wall.timeZone);
  const latest = addDays(today, longestDays);
  if (!isLocalDate(untilOn) || untilOn < today || untilOn > latest)
    throw new Problem('validation.failed', {}, [
      {
        path: '/untilOn',
        code: untilOn > latest ? 'too_late' : 'too_early',
        params: { earliest: today, latest },
      },
    ]);
  const { deviceId } = checkpoint;
  const listener = deviceId === null ? null : await listenerOf(tx, scopeId, deviceId, now);
  if (deviceId === null || !isWatching(listener, now.getTime())) throw new Problem('patrol.not_watched');
  if ((await openLoweringOf(tx, scopeId, checkpointId)) !== null) throw new Problem('patrol.lowering_open');
  const id = uuidv7(now.getTime());
  const untilAt = new Date(startOfDay(addDays(untilOn, 1), wall.timeZone));
  tx.write(
    sql`insert into patrol.lowering (scope_id, lowering_id, city_id, street_id, company_id, checkpoint_id, device_id, every_rounds, until_on, until_at,
          reason, state, proposed_by, proposed_by_name, proposed_at, look_at, version)
        values (${scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${checkpointId}, ${deviceId}, ${everyRounds}, ${untilOn},
          ${untilAt}, ${body.reason.trim()}, 'proposed', ${acting.accountId}, ${acting.displayName}, ${now}, ${untilAt}, 1)`,
  );
  tell(tx, checkpoint, 'patrol_route.lowering_proposed', checkpoint.routeId, { loweringId: id }, now);
  return id;
}

export async function listenerOf(
  tx: Tx,
  scopeId: string,
  deviceId: string,
  now: Date,
): Promise<Listener | null> {
  return (await listenersOf(tx, scopeId, [deviceId], now)).get(deviceId) ?? null;
}

export async function commandLowering(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  loweringId: string,
  body: LoweringCommandBody,
  now: Date,
): Promise<void> {
  await accessScope(tx, acting, scopeId);
  const { row, checkpoint } = await lockBoth(tx, scopeId, loweringId);
  if (row.version !== body.expectedVersion) throw new Problem('patrol.stale', { version: row.version });
  const listener = await listenerOf(tx, scopeId, row.deviceId, now);
  const decided = decideLowering(
    ruleOf(row),
    body.action,
    { accountId: acting.accountId },
    listener,
    now.getTime(),
  );
  if (!decided.ok) throw new Problem(decided.error.code);
  const by = { accountId: acting.accountId, name: acting.displayName };
  apply(
    tx,
    row,
    checkpoint,
    decided.value,
    listener,
    body.action === 'withdraw' ? 'withdrawn' : 'approved',
    by,
    now,
  );
  if (body.action !== 'withdraw')
    tx.write(
      sql`update patrol.lowering set decided_by = ${by.accountId}, decided_by_name = ${by.name}, decided_at = ${now},
            decided_words = ${body.words?.trim() || null}
          where scope_id = ${scopeId} and lowering_id = ${loweringId}`,
    );
}

/** The checkpoint first, always: whoever changes it and whoever changes what lowers it do not wait in a circle. */
async function lockBoth(
  tx: Tx,
  scopeId: string,
  loweringId: string,
): Promise<{ row: LoweringRow; checkpoint: CheckpointRow }> {
  const [found] = await tx.query<{ checkpointId: string }>(
    sql`select l.checkpoint_id as "checkpointId" from patrol.lowering l where l.scope_id = ${scopeId} and l.lowering_id = ${loweringId}`,
  );
  if (found === undefined) throw new Problem('not_found');
  const checkpoint = await lockCheckpoint(tx, scopeId, found.checkpointId);
  const row = await lockLowering(tx, scopeId, loweringId);
  if (row === null || checkpoint === null) throw new Problem('not_found');
  return { row, checkpoint };
}

function apply(
  tx: Tx,
  row: LoweringRow,
  checkpoint: CheckpointRow,
  change: LoweringChange,
  listener: Listener | null,
  cause: FrequencyCause['cause'],
  by: FrequencyCause['by'],
  now: Date,
): void {
  const before = effectiveRounds(row);
  const after = effectiveRounds({ ...row, state: change.state });
  const lookAt = nextLook({ ...ruleOf(row), state: change.state }, listener, now.getTime());
  storeLowering(tx, row, { ...change, lookAt }, now);
  if (before !== after) writeFrequency(tx, checkpoint, after, { cause, loweringId: row.id, by }, now);
  tell(
    tx,
    checkpoint,
    `patrol_route.lowering_${change.state}`,
    checkpoint.routeId,
    { loweringId: row.id },
    now,
  );
}

/** Ends what lowers this checkpoint, if anything does. Whoever calls has locked the checkpoint. */
export async function endLowering(
  tx: Tx,
  checkpoint: CheckpointRow,
  ended: LoweringEnd,
  by: FrequencyCause['by'],
  now: Date,
): Promise<void> {
  const row = await openLoweringOf(tx, checkpoint.scopeId, checkpoint.id);
  if (row !== null) apply(tx, row, checkpoint, { state: 'ended', ended }, null, ended, by, now);
}

/** What time or the device has brought: silent, heard again, taken away, or its last day is over. */
export async function reviewLowering(
  tx: Tx,
  { scopeId, id }: Pick<LoweringRow, 'scopeId' | 'id'>,
  now: Date,
): Promise<void> {
  const { row, checkpoint } = await lockBoth(tx, scopeId, id);
  const listener = await listenerOf(tx, scopeId, row.deviceId, now);
  const rule = ruleOf(row);
  const change = lookAtLowering(rule, listener, now.getTime());
  if (change !== null) {
    const cause = change.ended ?? (change.state === 'suspended' ? 'silent' : 'heard');
    apply(tx, row, checkpoint, change, listener, cause, null, now);
    return;
  }
  const lookAt = nextLook(rule, listener, now.getTime());
  tx.write(
    sql`update patrol.lowering set look_at = ${lookAt === null ? null : new Date(lookAt)} where scope_id = ${scopeId} and lowering_id = ${id}`,
  );
}
