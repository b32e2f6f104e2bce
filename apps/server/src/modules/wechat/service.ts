import { type Locale, t } from '@gongzhi/i18n';
import { signingIn } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { wechatIndex } from '../../platform/notify/addresses.ts';
import { admit, throttleKey } from '../identity/index.ts';
import {
  bindLifetime,
  type Incoming,
  type Keywords,
  messagesAMinute,
  type Reply,
  replyTo,
  wordsLifetime,
  writeFields,
} from './domain.ts';
import { keepLink, newLink } from './service-links.ts';

const answerField = 'wechat.message';
const MINUTE = 60_000;

const list = (key: 'wechat.keywords.report' | 'wechat.keywords.orders' | 'wechat.keywords.bind'): string[] =>
  (['zh-CN', 'en'] as const).flatMap((locale) => t(locale, key).toLowerCase().split('|'));
const keywords: Keywords = {
  report: list('wechat.keywords.report'),
  orders: list('wechat.keywords.orders'),
  bind: list('wechat.keywords.bind'),
};

/** A signed pair of time and nonce that came before, with another message. */
export class Replayed extends Error {}

export interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
  /** The message's own XML: encrypted anew, it is still the same. */
  readonly xml: string;
}

/**
 * Takes a message once and says what is answered, as the protocol's XML; empty: nothing. The same message again, also at
 * the same instant, gets the same answer to the letter.
 */
export async function answerMessage(house: House, signed: Signed, incoming: Incoming): Promise<string> {
  const { crypto } = house;
  const now = house.clock.now();
  try {
    return await house.db.act(signingIn, async (tx) => {
      const sender = wechatIndex(crypto, incoming.from);
      // Whoever leaves is heard, however much they wrote before.
      if (incoming.matter.kind !== 'unsubscribe') await admitSender(house, tx, sender, now);
      await takePair(house, tx, signed, now);
      const hash = crypto.cityIndex(`wechat message\0${incoming.key}`);
      const { text, keep } = prepare(house, tx, incoming, sender, now);
      const answer =
        text === ''
          ? ''
          : writeFields({
              ToUserName: incoming.from,
              FromUserName: incoming.to,
              CreateTime: Math.floor(now.getTime() / 1_000),
              MsgType: 'text',
              Content: text,
            });
      const row = hash.toString('hex');
      const first = await tx.query(
        sql`insert into wechat.message (message_hash, answer_cipher, received_at)
            values (${hash}, ${crypto.seal(answer, answerField, row)}, ${now}) on conflict do nothing returning 1`,
      );
      if (first.length > 0) {
        keep();
        return answer;
      }
      const [before] = await tx.query<{ answer_cipher: Buffer }>(
        sql`select answer_cipher from wechat.message where message_hash = ${hash}`,
      );
      return before === undefined ? '' : crypto.open(before.answer_cipher, answerField, row);
    });
  } catch (error) {
    // Somebody who writes without end is left unanswered, and nothing of it is kept.
    if (error instanceof Problem && error.code === 'auth.too_many') return '';
    throw error;
  }
}

async function admitSender(house: House, tx: Tx, sender: Buffer, now: Date): Promise<void> {
  const limit = { name: 'wechat_sender', most: messagesAMinute, within: MINUTE };
  await admit(tx, [{ limit, key: throttleKey(house.crypto, limit.name, sender.toString('hex')) }], now);
}

async function takePair(house: House, tx: Tx, { timestamp, nonce, xml }: Signed, now: Date): Promise<void> {
  const pair = house.crypto.cityIndex(`wechat request\0${timestamp}\0${nonce}`);
  // Keyed: a short message cannot be guessed from its hash.
  const digest = house.crypto.cityIndex(`wechat body\0${xml}`);
  const first = await tx.query(
    sql`insert into wechat.request (request_hash, body_hash, received_at) values (${pair}, ${digest}, ${now})
        on conflict do nothing returning 1`,
  );
  if (first.length > 0) return;
  const [before] = await tx.query<{ body_hash: Buffer }>(
    sql`select body_hash from wechat.request where request_hash = ${pair}`,
  );
  if (before?.body_hash.equals(digest) !== true) throw new Replayed();
}

/** The words of an answer, and what has to be written when they are indeed the first. */
function prepare(
  house: House,
  tx: Tx,
  { from, matter }: Incoming,
  sender: Buffer,
  now: Date,
): { text: string; keep: () => void } {
  const reply = replyTo(matter, keywords);
  if (reply === null) {
    return { text: '', keep: () => matter.kind === 'unsubscribe' && leave(tx, sender, now) };
  }
  const base = `${house.config.publicUrl}/m`;
  const needsBind = reply.name === 'welcome' || reply.name === 'bind' || reply.name === 'help';
  const bind = needsBind ? newLink('bind', from, bindLifetime) : null;
  const words = reply.name === 'words' ? newLink('words', reply.words, wordsLifetime) : null;
  const text = sentenceOf(reply, {
    report: words === null ? `${base}/report` : `${base}/report?words=${words.token}`,
    orders: `${base}/orders`,
    bind: bind === null ? '' : `${base}/wechat/${bind.token}`,
  });
  return {
    text,
    keep: () => {
      for (const link of [bind, words]) if (link !== null) keepLink(house, tx, link, sender, now);
    },
  };
}

function sentenceOf(reply: Reply, urls: { report: string; orders: string; bind: string }): string {
  const locale: Locale = reply.language;
  const link = (
    url: string,
    key: 'wechat.link.report' | 'wechat.link.orders' | 'wechat.link.bind' | 'wechat.link.words',
  ) => `<a href="${url}">${t(locale, key)}</a>`;
  const report = link(urls.report, reply.name === 'words' ? 'wechat.link.words' : 'wechat.link.report');
  const orders = link(urls.orders, 'wechat.link.orders');
  const bind = link(urls.bind, 'wechat.link.bind');
  const minutes = bindLifetime / MINUTE;
  switch (reply.name) {
    case 'welcome':
      return t(locale, 'wechat.answers.welcome', { bind, report, minutes });
    case 'again':
      return t(locale, 'wechat.answers.again', { report, orders });
    case 'report':
      return t(locale, 'wechat.answers.report', { report });
    case 'orders':
      return t(locale, 'wechat.answers.orders', { orders });
    case 'bind':
      return t(locale, 'wechat.answers.bind', { bind, minutes });
    case 'words':
      return t(locale, 'wechat.answers.words', { report, minutes: wordsLifetime / MINUTE });
    case 'help':
      return t(locale, 'wechat.answers.help', { report, orders, bind, minutes });
  }
}

/** No message goes there any more, and no link that was sent there opens. */
function leave(tx: Tx, sender: Buffer, now: Date): void {
  tx.write(
    sql`insert into wechat.departure as d (sender_index, left_at) values (${sender}, ${now})
        on conflict (sender_index) do update set left_at = greatest(d.left_at, excluded.left_at)`,
  );
  tx.write(
    sql`update wechat.answer_link set expires_at = ${now} where sender_index = ${sender} and kind = 'bind' and expires_at > ${now}`,
  );
}
