import { type Locale, noticeText, t } from '@gongzhi/i18n';
import { maskPhone } from '@gongzhi/kernel';
import type { Executor } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { addressField, addressRow } from './addresses.ts';
import type { Message } from './adapter.ts';
import type { DeliveryOptions } from './deliver.ts';
import type { MessageKinds } from './messages.ts';
import type { Claimed } from './queries-delivery.ts';

/** The sentence that leaves the house: only the params its kind lists are handed to it. */
export function sentenceOf(
  kinds: MessageKinds,
  locale: Locale,
  template: string,
  params: Readonly<Record<string, unknown>>,
): string {
  const outside = kinds[template]?.outside ?? [];
  const allowed = Object.fromEntries(
    Object.entries(params).filter(([name]) => outside.includes(name) || name === 'number'),
  );
  return noticeText(locale, template, allowed);
}

/** What the provider gets; null where the reader has no address for this channel any more. */
export async function messageOf(
  options: DeliveryOptions,
  row: Claimed,
): Promise<{ message: Message | null; masked: string }> {
  const found = await options.worker.work(async (tx) => {
    const recipient = (await options.recipients.of(tx, [row.accountId])).get(row.accountId);
    if (recipient === undefined) return null;
    const address = await addressOf(tx, options, row, recipient.phone);
    return address === null ? null : { ...address, locale: recipient.locale };
  });
  if (found === null) return { message: null, masked: '' };
  const { to, masked, locale } = found;
  const sentence =
    row.others.length === 0
      ? sentenceOf(options.kinds, locale, row.template, row.params)
      : t(locale, 'messages.digest', { count: row.others.length + 1 });
  const number = row.params['number'];
  return {
    masked,
    message: {
      id: `${row.scopeId}.${row.deliveryId}`,
      to,
      template: row.template,
      urgency: row.urgency,
      locale,
      sentence,
      url: row.link === null || options.publicUrl === null ? null : new URL(row.link, options.publicUrl).href,
      reference: row.others.length === 0 && typeof number === 'string' ? number : '',
    },
  };
}

async function addressOf(
  q: Executor,
  { crypto }: DeliveryOptions,
  row: Claimed,
  phone: string,
): Promise<{ to: string; masked: string } | null> {
  if (row.channel === 'log') return { to: '', masked: '' };
  if (row.channel === 'sms') return { to: phone, masked: maskPhone(phone) };
  const [found] = await q.query<{ address_cipher: Buffer; address_masked: string }>(
    sql`select address_cipher, address_masked from platform.message_address
        where account_id = ${row.accountId} and channel = ${row.channel} and verified_at is not null`,
  );
  if (found === undefined) return null;
  return {
    to: crypto.open(found.address_cipher, addressField, addressRow(row.accountId, row.channel)),
    masked: found.address_masked,
  };
}
