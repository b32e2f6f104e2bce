import type { Locale } from '@gongzhi/i18n';
import type { AnyChannel, Urgency } from './messages.ts';

/** One message as a provider gets it. */
export interface Message {
  /**
   * `<scope>.<delivery>`: the provider's idempotency key, and what its receipts name. A second try of one delivery
   * bears the same, so that a worker that died between sending and noting it makes no second message.
   */
  readonly id: string;
  /** Phone, mail address, open id or webhook; empty for the log. */
  readonly to: string;
  readonly template: string;
  readonly urgency: Urgency;
  readonly locale: Locale;
  /** One sentence in the reader's language, without anything personal. */
  readonly sentence: string;
  /** Absolute where the server's public address is known; else null. */
  readonly url: string | null;
  /** What the matter is called on the phone, such as its number; empty when there is none. */
  readonly reference: string;
}

export interface Taken {
  /** What the provider calls it. */
  readonly reference: string | null;
}

export interface ChannelAdapter {
  readonly channel: AnyChannel;
  /** It tells later whether the message arrived (a receipt); then the next channel waits for that. */
  readonly confirms: boolean;
  /** Resolves when the provider has taken it; throws to be tried again later, NotDeliverable when that is useless. */
  send(message: Message): Promise<Taken>;
}

/** The provider has understood and refuses: the number doesn't exist, the reader has unsubscribed. */
export class NotDeliverable extends Error {}

export type Channels = ReadonlyMap<AnyChannel, ChannelAdapter>;

/** A request to a provider: no redirect, a time limit, and no word of its answer that could name a person. */
export async function askProvider(
  url: string,
  init: { readonly headers: Record<string, string>; readonly body: string; readonly method?: 'GET' | 'POST' },
  timeoutMilliseconds = 8_000,
): Promise<{ status: number; json: unknown }> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: init.method ?? 'POST',
      headers: init.headers,
      ...(init.method === 'GET' ? {} : { body: init.body }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
  } catch (error) {
    // The address carries tokens: only the kind of failure is said.
    throw new Error((error as Error).name === 'TimeoutError' ? 'timed out' : 'no answer');
  }
  const text = (await response.text().catch(() => '')).slice(0, 20_000);
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: the status is all there is.
  }
  return { status: response.status, json };
}

export function judge(status: number): void {
  if (status >= 200 && status < 300) return;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    throw new NotDeliverable(`status ${status}`);
  throw new Error(`status ${status}`);
}

/** As long as the provider allows; by characters, not by halves of them. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
