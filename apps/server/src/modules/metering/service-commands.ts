import { uuidv7 } from '@gongzhi/kernel';
import type { Database, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Actor } from '../../platform/db/actor.ts';
import { type CommandKind, type CommandReason, refusalOf } from './domain.ts';
import { findMeter } from './queries.ts';
import { accessCompound, lockMeterFor, tellOfMeter } from './service.ts';
import { refuseTripNow } from './service-trips.ts';
import type { CommandRow, MeterRow } from './tables.ts';

/**
 * What a meter is told. Everything goes through `enqueue`, whoever asks, and before it stands what the law forbids (Civil
 * Code 944): such a command is refused and the refusal written down, by people, by rules and by gateways alike.
 */
const opposites: Partial<Record<CommandKind, readonly CommandKind[]>> = {
  trip: ['close', 'allow_close'],
  close: ['trip'],
  allow_close: ['trip'],
  alarm_on: ['alarm_off'],
  alarm_off: ['alarm_on'],
  protect_on: ['protect_off', 'trip'],
  protect_off: ['protect_on'],
};

export interface NewCommand {
  readonly kind: CommandKind;
  readonly reason: string;
  readonly note?: string | null;
  readonly by: { readonly accountId: string; readonly name: string } | null;
  readonly topUp?: { readonly id: string; readonly amountFen: number; readonly purchase: number };
}

/** Throws metering.forbidden_by_law before anything is written; whoever calls writes the refusal down by itself. */
export function enqueue(tx: Tx, meter: MeterRow, command: NewCommand, now: Date): CommandRow {
  const refused = refusalOf(command.kind, command.reason);
  if (refused !== null)
    throw refused.law === null
      ? new Problem('metering.reason_unknown', {}, [{ path: '/reason', code: 'invalid', params: {} }])
      : new Problem('metering.forbidden_by_law', { law: refused.law }, [
          { path: '/reason', code: 'invalid', params: {} },
        ]);
  if (meter.gatewayId === null) throw new Problem('metering.no_line');
  const row: CommandRow = {
    scopeId: meter.scopeId,
    cityId: meter.cityId,
    streetId: meter.streetId,
    companyId: meter.companyId,
    id: uuidv7(now.getTime()),
    meterId: meter.id,
    householdId: meter.householdId,
    kind: command.kind,
    reason: command.reason as CommandReason,
    note: command.note ?? null,
    state: 'waiting',
    attempts: 0,
    nextAt: now,
    askedAt: now,
    askedBy: command.by?.accountId ?? null,
    askedByName: command.by?.name ?? null,
    sentAt: null,
    saidAt: null,
    endedAt: null,
    error: null,
    topUpId: command.topUp?.id ?? null,
    amountFen: command.topUp?.amountFen ?? null,
    purchase: command.topUp?.purchase ?? null,
  };
  const against = [command.kind, ...(opposites[command.kind] ?? [])].filter((kind) => kind !== 'top_up');
  // What contradicts it, or says the same, and is not on its way yet, is not sent any more.
  tx.write(
    sql`update metering.command set state = 'cancelled', next_at = null, ended_at = ${now}, error = 'overtaken'
        where scope_id = ${meter.scopeId} and meter_id = ${meter.id} and state = 'waiting' and kind = any (${against}::text[])`,
  );
  tx.write(
    sql`insert into metering.command (scope_id, command_id, city_id, street_id, company_id, meter_id, household_id, kind, reason, note, state, attempts,
          next_at, asked_at, asked_by, asked_by_name, top_up_id, amount_fen, purchase)
        values (${row.scopeId}, ${row.id}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.meterId}, ${row.householdId}, ${row.kind}, ${row.reason},
          ${row.note}, 'waiting', 0, ${now}, ${now}, ${row.askedBy}, ${row.askedByName}, ${row.topUpId}, ${row.amountFen}, ${row.purchase})`,
  );
  tellOfMeter(tx, meter, meter.id, meter.householdId, 'meter.commanded', { command: row.kind }, now);
  return row;
}

/** A person commands a meter, for one of the reasons there are. */
export async function commandMeter(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  body: { readonly kind: CommandKind; readonly reason: string; readonly note?: string | undefined },
  now: Date,
): Promise<CommandRow> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  const { timeZone } = await accessCompound(tx, acting, scopeId);
  if (body.kind === 'trip') await refuseTripNow(house, tx, meter, body.reason, timeZone, now);
  return enqueue(
    tx,
    meter,
    {
      kind: body.kind,
      reason: body.reason,
      note: body.note?.trim() || null,
      by: { accountId: acting.accountId, name: acting.displayName },
    },
    now,
  );
}

/**
 * That somebody asked for what the law forbids is kept, though nothing else of the request is: in a transaction of its own,
 * before the request is refused.
 */
export async function keepRefusal(
  db: Database,
  actor: Actor,
  asked: {
    readonly scopeId: string;
    readonly meterId: string;
    readonly kind: CommandKind;
    readonly reason: string;
    readonly via: 'api' | 'job' | 'mqtt';
    readonly by: { readonly accountId: string; readonly name: string } | null;
  },
  now: Date,
): Promise<void> {
  const refused = refusalOf(asked.kind, asked.reason);
  if (refused === null || refused.law === null) return;
  const { law } = refused;
  await db.act(actor, async (tx) => {
    const meter = await findMeter(tx, asked.scopeId, asked.meterId);
    if (meter !== null) writeRefusal(tx, meter, { ...asked, law }, now);
  });
}

export function writeRefusal(
  tx: Tx,
  meter: MeterRow,
  asked: {
    readonly kind: string;
    readonly reason: string;
    readonly law: string;
    readonly via: 'api' | 'job' | 'mqtt';
    readonly by: { readonly accountId: string; readonly name: string } | null;
  },
  now: Date,
): void {
  const { scopeId, cityId, streetId, companyId, id } = meter;
  tx.write(
    sql`insert into metering.refusal (scope_id, refusal_id, city_id, street_id, company_id, meter_id, kind, reason, law, via, asked_by, asked_by_name, at)
        values (${scopeId}, ${uuidv7(now.getTime())}, ${cityId}, ${streetId}, ${companyId}, ${id}, ${asked.kind}, ${asked.reason.slice(0, 80)},
          ${asked.law}, ${asked.via}, ${asked.by?.accountId ?? null}, ${asked.by?.name ?? null}, ${now})`,
  );
}

/** How long after the n-th attempt the next is made. */
const rests = [1, 2, 5, 15, 30];
export const MOST_ATTEMPTS = 6;

export function nextAttempt(attempts: number, now: Date): Date {
  const minutes = rests[Math.min(attempts - 1, rests.length - 1)] ?? 30;
  return new Date(now.getTime() + minutes * 60_000);
}

/** For the house: rules that command without anybody asking, refused like everybody. */
export function commandByRule(
  tx: Tx,
  meter: MeterRow,
  command: Omit<NewCommand, 'by'>,
  now: Date,
): CommandRow | null {
  const refused = refusalOf(command.kind, command.reason);
  if (refused !== null && refused.law !== null) {
    writeRefusal(
      tx,
      meter,
      { kind: command.kind, reason: command.reason, law: refused.law, via: 'job', by: null },
      now,
    );
    return null;
  }
  return enqueue(tx, meter, { ...command, by: null }, now);
}
