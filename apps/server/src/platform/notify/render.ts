import { type Locale, noticeText, t } from '@gongzhi/i18n';
import { maskPhone } from '@gongzhi/kernel';
import { openOrNull } from '../crypto/crypto.ts';
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

/** No address any more, one that does not open, or a message that cannot be worded. */
export type RenderFault = 'no_address' | 'unreadable' | 'unworded';

/** What the provider gets, or why there is nothing to give. Never throws because of what stands in one row. */
export async function messageOf(
  options: DeliveryOptions,
  row: Claimed,
): Promise<{ readonly message: Message; readonly masked: string } | { readonly fault: RenderFault }> {
  const found = await options.worker.work(async (tx) => {
    const recipient = (await options.recipients.of(tx, [row.accountId])).get(row.accountId);
    if (recipient === undefined) return 'no_address';
    const address = await addressOf(tx, options, row, recipient.phone);
    return typeof address === 'string' ? address : { ...address, locale: recipient.locale };
  });
  if (typeof found === 'string') return { fault: found };
  const { to, masked, locale } = found;
  try {
    return { message: { ...wordsOf(options, row, locale), to }, masked };
  } catch {
    return { fault: 'unworded' };
  }
}

function wordsOf(options: DeliveryOptions, row: Claimed, locale: Locale): Omit<Message, 'to'> {
  const sentence =
    row.others.length === 0
      ? sentenceOf(options.kinds, locale, row.template, row.params)
      : t(locale, 'messages.digest', { count: row.others.length + 1 });
  const number = row.params['number'];
  return {
    id: `${row.scopeId}.${row.deliveryId}`,
    template: row.template,
    urgency: row.urgency,
    locale,
    sentence,
    url: urlOf(row.link, options.publicUrl),
    reference: row.others.length === 0 && typeof number === 'string' ? number : '',
  };
}

/** What is to be said is worth saying without a link that leads nowhere. */
function urlOf(link: string | null, publicUrl: string | null): string | null {
  if (link === null || publicUrl === null || !URL.canParse(link, publicUrl)) return null;
  return new URL(link, publicUrl).href;
}

async function addressOf(
  q: Executor,
  { crypto }: DeliveryOptions,
  row: Claimed,
  phone: string | null,
): Promise<{ to: string; masked: string } | 'no_address' | 'unreadable'> {
  if (row.channel === 'log') return { to: '', masked: '' };
  if (row.channel === 'sms') return phone === null ? 'unreadable' : { to: phone, masked: maskPhone(phone) };
  const [found] = await q.query<{ address_cipher: Buffer; address_masked: string }>(
    sql`select address_cipher, address_masked from platform.message_address
        where account_id = ${row.accountId} and channel = ${row.channel} and verified_at is not null`,
  );
  if (found === undefined) return 'no_address';
  const to = openOrNull(crypto, found.address_cipher, addressField, addressRow(row.accountId, row.channel));
  return to === null ? 'unreadable' : { to, masked: found.address_masked };
}
