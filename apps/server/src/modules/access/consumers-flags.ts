import { HOUR, localDate } from '@gongzhi/kernel';
import { sql } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import type { MessageKinds } from '../../platform/notify/messages.ts';
import { notify } from '../../platform/notify/notify.ts';
import { accountsByRole } from '../identity/index.ts';
import { wallOf } from '../places/index.ts';
import { findGate } from './queries-gates.ts';

export const flagMessages: MessageKinds = {
  'gate.flagged': { urgency: 'action', outside: ['scopeName', 'gate', 'count'] },
};

/** A gate that comes back after hours sends its decisions in many parts: one notice is enough for what is still open. */
async function wasTold(tx: Tx, scopeId: string, gateId: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    sql`select from access.passage_flag f where f.scope_id = ${scopeId} and f.gate_id = ${gateId} and f.seen_at is null
          and f.noticed_at >= ${new Date(at.getTime() - HOUR)} and f.noticed_at < ${at} limit 1`,
  );
  return rows.length > 0;
}

/** What a gate decided alone and should not have is told to the managers who answer for it. */
export const tellFlags: Consumer = {
  name: 'access.tell_flags',
  kinds: ['gate.flagged'],
  async handle(events, tx) {
    for (const { scopeId, objectId, occurredAt, payload, wall } of events) {
      const place = await wallOf(tx, scopeId);
      if (place === null || place.departmentId === null) continue;
      if (await wasTold(tx, scopeId, objectId, occurredAt)) continue;
      const gate = await findGate(tx, scopeId, objectId);
      const today = localDate(occurredAt.getTime(), place.timeZone);
      for (const accountId of await accountsByRole(tx, place.departmentId, ['manager'], today))
        notify(tx, {
          scopeId,
          accountId,
          template: 'gate.flagged',
          params: { scopeName: place.name, gate: gate?.name ?? '', count: payload['count'] },
          link: `/desk/gate-phones?scope=${scopeId}`,
          wall,
          objectId,
          at: occurredAt,
        });
    }
  },
};
