import { createHmac } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';
import { askProvider, type ChannelAdapter, cut, judge, NotDeliverable } from '../adapter.ts';

export interface SmsOptions {
  readonly url: string;
  readonly secret: string;
  /** Stands before every message, in the brackets Chinese carriers want. */
  readonly signature: string;
  readonly timeoutMilliseconds?: number;
}

/** One SMS in Chinese is 70 characters; a longer one is sent, and paid, in parts. */
const mostCharacters = 70;

/** The brackets that carriers in China want a sender's name in. */
const signed = (signature: string): string => `\u3010${signature}\u3011`;

/** What goes into the SMS: signature, sentence, and the number to name on the phone if it still fits. */
export function smsText(signature: string, sentence: string, reference: string): string {
  const whole = `${signed(signature)}${sentence}${reference === '' || sentence.includes(reference) ? '' : ` ${reference}`}`;
  return cut([...whole].length <= mostCharacters ? whole : `${signed(signature)}${sentence}`, mostCharacters);
}

/**
 * A gateway of one's own in front of whichever SMS provider: `POST {kind, id, phone, text, template, locale}`, signed
 * like the sender of sign-in codes (HMAC-SHA256 over `<timestamp>.<body>`). It answers 2xx with `{reference}` once the
 * provider has it, and must take one `id` once. Providers differ in everything else, so the gateway is where that lives.
 */
export function smsAdapter(options: SmsOptions, clock: Clock): ChannelAdapter {
  return {
    channel: 'sms',
    confirms: true,
    async send(message) {
      const body = JSON.stringify({
        kind: 'message',
        id: message.id,
        phone: message.to,
        text: smsText(options.signature, message.sentence, message.reference),
        template: message.template,
        locale: message.locale,
      });
      const timestamp = clock.now().toISOString();
      const { status, json } = await askProvider(
        options.url,
        {
          headers: {
            'content-type': 'application/json',
            'x-gongzhi-timestamp': timestamp,
            'x-gongzhi-signature': `sha256=${createHmac('sha256', options.secret).update(`${timestamp}.${body}`).digest('hex')}`,
          },
          body,
        },
        options.timeoutMilliseconds,
      );
      // 409: the same id before, so it has gone out; 410: this phone wants no more of them.
      if (status === 410) throw new NotDeliverable('unsubscribed');
      if (status !== 409) judge(status);
      const { reference } = (json ?? {}) as { reference?: unknown };
      return { reference: typeof reference === 'string' ? reference.slice(0, 100) : null };
    },
  };
}
