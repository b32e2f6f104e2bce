import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { t } from '@gongzhi/i18n';
import type { Locale } from '@gongzhi/i18n';
import type { Executor, Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { House } from '../house.ts';
import { Problem } from '../http/problem.ts';
import type { Acting } from '../sessions/sessions.ts';
import { parseWebhook } from './adapters/work-chat.ts';
import { NotDeliverable } from './adapter.ts';
import type { AddressedChannel } from './messages.ts';

/** Where somebody can be reached beside the phone: kept encrypted, and used once a code sent there has come back. */

export const addressField = 'platform.message_address';
export const addressRow = (accountId: string, channel: string): string => `${accountId}:${channel}`;

const minute = 60_000;
const codeLifetime = 10 * minute;
const resendAfter = minute;
const codesAnHour = 5;
const mostAttempts = 5;

/** What the reader sees of an address, also of a stolen session: 'w***@example.org', '…x7Kq'. */
export function maskAddress(channel: AddressedChannel, address: string): string {
  if (channel === 'mail') {
    const at = address.lastIndexOf('@');
    return `${address.slice(0, 1)}***${address.slice(at)}`;
  }
  if (channel === 'work_chat')
    return `${new URL(address.split(/\s/)[0] as string).host}/…${address.slice(-4)}`;
  return `…${address.slice(-4)}`;
}

/** The address as it is stored, or null when it cannot be one. */
export function normalAddress(
  channel: AddressedChannel,
  text: string,
  workChatHosts: readonly string[],
): string | null {
  const address = text.trim();
  switch (channel) {
    case 'mail':
      // Whether it exists only a mail can tell; a line break would be another header.
      return /^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,190}\.[^\s@.]{2,}$/.test(address) ? address : null;
    case 'wechat':
      return /^[A-Za-z0-9_-]{20,40}$/.test(address) ? address : null;
    case 'work_chat':
      return parseWebhook(address, workChatHosts) === null ? null : address;
  }
}

interface Row {
  channel: AddressedChannel;
  address_cipher: Buffer;
  address_masked: string;
  code_hash: Buffer | null;
  code_expires_at: Date | null;
  code_attempts: number;
  codes_sent: number;
  codes_since: Date | null;
  verified_at: Date | null;
  updated_at: Date;
}

export function findAddresses(q: Executor, accountId: string): Promise<Row[]> {
  return q.query<Row>(
    sql`select * from platform.message_address where account_id = ${accountId} order by channel`,
  );
}

/** Notes the address and sends a code there; it isn't used before the code comes back. */
export async function enterAddress(
  house: House,
  acting: Acting,
  channel: AddressedChannel,
  text: string,
  locale: Locale,
): Promise<{ masked: string; expiresInSeconds: number }> {
  const adapter = house.channels.get(channel);
  if (adapter === undefined) throw new Problem('message.channel_unavailable', { channel });
  const address = normalAddress(channel, text, house.config.workChatHosts);
  if (address === null)
    throw new Problem('message.address_invalid', { channel }, [
      { path: '/address', code: 'invalid', params: {} },
    ]);
  const now = house.clock.now();
  const { accountId } = acting;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const masked = maskAddress(channel, address);
  await house.db.act(acting.actor, async (tx) => {
    const [before] = await tx.query<Row>(
      sql`select * from platform.message_address where account_id = ${accountId} and channel = ${channel} for no key update`,
    );
    const isNewHour =
      before?.codes_since == null || now.getTime() - before.codes_since.getTime() >= 60 * minute;
    const wait = before === undefined ? 0 : waitOf(before, now, isNewHour);
    if (wait > 0) throw new Problem('message.too_many_codes', { retryAfterSeconds: Math.ceil(wait / 1_000) });
    const cipher = house.crypto.seal(address, addressField, addressRow(accountId, channel));
    const index = channel === 'wechat' ? wechatIndex(house.crypto, address) : null;
    const hash = codeHash(house, accountId, channel, address, code);
    const expires = new Date(now.getTime() + codeLifetime);
    const sent = isNewHour ? 1 : (before?.codes_sent ?? 0) + 1;
    const since = isNewHour ? now : (before?.codes_since ?? now);
    tx.write(
      sql`insert into platform.message_address (account_id, channel, address_cipher, address_masked, address_index, code_hash, code_expires_at, code_attempts, codes_sent, codes_since, verified_at, updated_at)
          values (${accountId}, ${channel}, ${cipher}, ${masked}, ${index}, ${hash}, ${expires}, 0, ${sent}, ${since}, null, ${now})
          on conflict (account_id, channel) do update set address_cipher = excluded.address_cipher, address_masked = excluded.address_masked,
            address_index = excluded.address_index, code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at, code_attempts = 0, codes_sent = excluded.codes_sent,
            codes_since = excluded.codes_since, verified_at = null, updated_at = excluded.updated_at`,
    );
  });
  try {
    await adapter.send({
      id: `${accountId}.${randomUUID()}`,
      to: address,
      template: 'address_code',
      urgency: 'action',
      locale,
      sentence: t(locale, 'messages.addressCode', { code, minutes: codeLifetime / minute }),
      url: null,
      reference: '',
    });
  } catch (error) {
    if (error instanceof NotDeliverable)
      throw new Problem('message.address_refused', { channel }, [
        { path: '/address', code: 'refused', params: {} },
      ]);
    throw new Problem('unavailable', { retryAfterSeconds: 60 });
  }
  return { masked, expiresInSeconds: codeLifetime / 1_000 };
}

function waitOf(row: Row, now: Date, isNewHour: boolean): number {
  const resend = row.updated_at.getTime() + resendAfter - now.getTime();
  const full =
    isNewHour || row.codes_sent < codesAnHour ? 0 : row.codes_since!.getTime() + 60 * minute - now.getTime();
  return Math.max(0, row.codes_sent === 0 ? 0 : resend, full);
}

function codeHash(house: House, accountId: string, channel: string, address: string, code: string): Buffer {
  return Buffer.from(
    house.crypto.sign('message address', `${accountId}\0${channel}\0${address}\0${code}`),
    'base64url',
  );
}

/** The code came back: from now on messages go there. A guess counts before it is judged. */
export async function confirmAddress(
  house: House,
  acting: Acting,
  channel: AddressedChannel,
  code: string,
): Promise<void> {
  const now = house.clock.now();
  const { accountId } = acting;
  const isRight = await house.db.act(acting.actor, async (tx) => {
    const [row] = await tx.query<Row>(
      sql`update platform.message_address set code_attempts = code_attempts + 1
          where account_id = ${accountId} and channel = ${channel} and code_hash is not null and code_expires_at > ${now} and code_attempts < ${mostAttempts}
          returning *`,
    );
    if (row === undefined)
      throw new Problem('message.code_gone', {}, [{ path: '/code', code: 'gone', params: {} }]);
    const address = house.crypto.open(row.address_cipher, addressField, addressRow(accountId, channel));
    const right = timingSafeEqual(row.code_hash!, codeHash(house, accountId, channel, address, code));
    if (right)
      tx.write(
        sql`update platform.message_address set verified_at = ${now}, code_hash = null, code_expires_at = null, updated_at = ${now}
            where account_id = ${accountId} and channel = ${channel}`,
      );
    return right;
  });
  if (!isRight) throw new Problem('message.code_wrong', {}, [{ path: '/code', code: 'wrong', params: {} }]);
}

/** Whose WeChat this is, asked by WeChat itself, which knows its followers by open id only. */
export function wechatIndex(crypto: House['crypto'], openId: string): Buffer {
  return crypto.cityIndex(`${addressField} wechat\0${openId}`);
}

/** The open id an account has bound to our official account; null: none. */
export async function wechatOf(house: House, q: Executor, accountId: string): Promise<string | null> {
  const row = (await findAddresses(q, accountId)).find(({ channel }) => channel === 'wechat');
  return row === undefined || row.verified_at === null
    ? null
    : house.crypto.open(row.address_cipher, addressField, addressRow(accountId, 'wechat'));
}

/**
 * Somebody has come back, signed in, with what only this WeChat account was given: that is as good as a code. Within a
 * transaction of that account.
 */
export function bindWechat({ crypto }: House, tx: Tx, accountId: string, openId: string, now: Date): void {
  const cipher = crypto.seal(openId, addressField, addressRow(accountId, 'wechat'));
  tx.write(
    sql`insert into platform.message_address (account_id, channel, address_cipher, address_masked, address_index, verified_at, updated_at)
        values (${accountId}, 'wechat', ${cipher}, ${maskAddress('wechat', openId)}, ${wechatIndex(crypto, openId)}, ${now}, ${now})
        on conflict (account_id, channel) do update set address_cipher = excluded.address_cipher, address_masked = excluded.address_masked,
          address_index = excluded.address_index, code_hash = null, code_expires_at = null, verified_at = excluded.verified_at,
          updated_at = excluded.updated_at`,
  );
  // Who had chosen other ways only has just chosen this one too.
  tx.write(
    sql`update platform.message_preference set channels = array_append(channels, 'wechat'), updated_at = ${now}
        where account_id = ${accountId} and not ('wechat' = any (channels))`,
  );
}

export async function removeAddress(house: House, acting: Acting, channel: AddressedChannel): Promise<void> {
  await house.db.act(acting.actor, async (tx) => {
    tx.write(
      sql`delete from platform.message_address where account_id = ${acting.accountId} and channel = ${channel}`,
    );
  });
}
