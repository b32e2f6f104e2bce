import type { Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { claimByScope } from '../due/claim.ts';
import type { DeliveryOptions } from './deliver.ts';
import { type Channel, channels, type Urgency } from './messages.ts';
import { defaultPreference, endOfQuiet, planDelivery, type Preference } from './plan.ts';
import { alsoBy, type Claimed, holdUntil, isOf, type Part } from './queries-delivery.ts';

interface AutoRow {
  scope_id: string;
  delivery_id: string;
  account_id: string;
  template: string;
  urgency: Urgency | null;
}

interface PreferenceRow {
  account_id: string;
  channels: string[];
  is_news_wanted: boolean;
  quiet_from: number;
  quiet_to: number;
}

/** Turns fresh deliveries into what their readers wish; they are sent by the claim that follows. */
export async function planDue(
  tx: Tx,
  options: DeliveryOptions,
  part: Part,
  now: Date,
  limit: number,
): Promise<number> {
  const rows = await claimByScope<AutoRow>(tx, {
    columns: sql`d.scope_id, d.delivery_id, d.account_id, d.template, d.urgency`,
    from: sql`platform.delivery d`,
    scope: sql`d.scope_id`,
    id: sql`d.delivery_id`,
    due: sql`d.state = 'waiting' and d.channel = 'auto' and d.next_try_at <= ${now} and ${isOf(part)}`,
    order: sql`d.next_try_at`,
    limit,
  });
  if (rows.length === 0) return 0;
  const accounts = [...new Set(rows.map((row) => row.account_id))];
  const scopes = [...new Set(rows.map((row) => row.scope_id))];
  const [preferences, addressed, recipients, zones] = await Promise.all([
    preferencesOf(tx, accounts),
    addressedOf(tx, accounts),
    options.recipients.of(tx, accounts),
    Promise.all(scopes.map(async (id) => [id, await options.recipients.timeZoneOf(tx, id)] as const)),
  ]);
  const zoneOf = new Map(zones);
  for (const row of rows) {
    const urgency = row.urgency ?? options.kinds[row.template]?.urgency ?? 'news';
    const isLiving = recipients.has(row.account_id);
    const usable = channels.filter(
      (channel) =>
        isLiving &&
        options.channels.has(channel) &&
        (channel === 'sms' || addressed.has(`${row.account_id} ${channel}`)),
    );
    const preference = preferences.get(row.account_id) ?? defaultPreference;
    const plan = planDelivery(urgency, preference, usable, now.getTime(), zoneOf.get(row.scope_id) as string);
    // Where no provider is set up the log stands in, so that the way can be seen at work.
    const isLogged =
      isLiving && options.channels.has('log') && !channels.some((one) => options.channels.has(one));
    const [first = isLogged ? 'log' : undefined, ...others] = plan.channels;
    const atOnce = plan.isAtOnce ? others : [];
    for (const channel of atOnce) alsoBy(tx, row.scope_id, row.delivery_id, channel, now);
    const rest = plan.isAtOnce ? [] : others;
    tx.write(
      first === undefined
        ? sql`update platform.delivery set state = 'none', next_try_at = null, urgency = ${urgency}, updated_at = ${now}
              where scope_id = ${row.scope_id} and delivery_id = ${row.delivery_id}`
        : sql`update platform.delivery set channel = ${first}, plan = ${rest}::text[], urgency = ${urgency}, is_held = ${plan.isHeld && first !== 'log'},
                next_try_at = ${new Date(first === 'log' ? now.getTime() : plan.notBefore)}, updated_at = ${now}
              where scope_id = ${row.scope_id} and delivery_id = ${row.delivery_id}`,
    );
  }
  return rows.length;
}

/**
 * What was claimed in somebody's quiet hours waits for their end: a repetition, or the next channel after one that
 * failed, wakes nobody either. Answers what may go out now; an emergency always may.
 */
export async function holdQuiet(
  tx: Tx,
  { recipients }: Pick<DeliveryOptions, 'recipients'>,
  claimed: readonly Claimed[],
  now: Date,
): Promise<Claimed[]> {
  const quietable = claimed.filter(({ urgency, channel }) => urgency !== 'emergency' && channel !== 'log');
  if (quietable.length === 0) return [...claimed];
  const scopes = [...new Set(quietable.map(({ scopeId }) => scopeId))];
  const [preferences, zones] = await Promise.all([
    preferencesOf(tx, [...new Set(quietable.map(({ accountId }) => accountId))]),
    Promise.all(scopes.map(async (id) => [id, await recipients.timeZoneOf(tx, id)] as const)),
  ]);
  const zoneOf = new Map(zones);
  const held = new Set<Claimed>();
  for (const row of quietable) {
    const preference = preferences.get(row.accountId) ?? defaultPreference;
    const until = endOfQuiet(preference, now.getTime(), zoneOf.get(row.scopeId) as string);
    if (until <= now.getTime()) continue;
    held.add(row);
    holdUntil(tx, row, new Date(until), now);
  }
  return claimed.filter((row) => !held.has(row));
}

async function preferencesOf(tx: Tx, accounts: readonly string[]): Promise<Map<string, Preference>> {
  const rows = await tx.query<PreferenceRow>(
    sql`select account_id, channels, is_news_wanted, quiet_from, quiet_to from platform.message_preference where account_id = any (${accounts}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.account_id, preferenceOf(row)]));
}

export function preferenceOf(row: Omit<PreferenceRow, 'account_id'>): Preference {
  return {
    channels: row.channels.filter((name): name is Channel => channels.some((known) => known === name)),
    isNewsWanted: row.is_news_wanted,
    quietFrom: row.quiet_from,
    quietTo: row.quiet_to,
  };
}

async function addressedOf(tx: Tx, accounts: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ account_id: string; channel: string }>(
    sql`select account_id, channel from platform.message_address where account_id = any (${accounts}::uuid[]) and verified_at is not null`,
  );
  return new Set(rows.map((row) => `${row.account_id} ${row.channel}`));
}
