import { createHmac } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';
import { askProvider, type ChannelAdapter, judge, NotDeliverable } from '../adapter.ts';

export interface WorkChatOptions {
  /** Hosts a robot's webhook may lie on; an address elsewhere is never asked (it would be asked from inside). */
  readonly hosts: readonly string[];
  readonly timeoutMilliseconds?: number;
}

/** Where group robots of the three usual work chats live: WeCom, DingTalk, Feishu. */
export const workChatHosts = ['qyapi.weixin.qq.com', 'oapi.dingtalk.com', 'open.feishu.cn'] as const;

/** `https://host/path…`, optionally a space and the robot's signing secret. */
export function parseWebhook(
  address: string,
  hosts: readonly string[],
): { url: URL; secret: string | null } | null {
  const [text = '', secret, ...more] = address.trim().split(/\s+/);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || more.length > 0 || url.username !== '' || !hosts.includes(url.host)) return null;
  const isLoopback = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) return null;
  return { url, secret: secret ?? null };
}

/**
 * A group robot's webhook. DingTalk and Feishu sign with the robot's secret, each in its own way; WeCom's key is in the
 * address. Written from their public documentation; tried against a server of our own, not against theirs.
 */
export function workChatAdapter(options: WorkChatOptions, clock: Clock): ChannelAdapter {
  return {
    channel: 'work_chat',
    confirms: false,
    async send(message) {
      const webhook = parseWebhook(message.to, options.hosts);
      if (webhook === null) throw new NotDeliverable('address not allowed');
      const { url, secret } = webhook;
      const text = [message.sentence, message.reference, message.url ?? '']
        .filter((part) => part !== '')
        .join('\n');
      const isFeishu = url.pathname.startsWith('/open-apis/bot/');
      const now = clock.now().getTime();
      const body: Record<string, unknown> = isFeishu
        ? { msg_type: 'text', content: { text } }
        : { msgtype: 'text', text: { content: text } };
      if (secret !== null && isFeishu) {
        const timestamp = String(Math.floor(now / 1_000));
        body['timestamp'] = timestamp;
        body['sign'] = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
      } else if (secret !== null) {
        url.searchParams.set('timestamp', String(now));
        url.searchParams.set(
          'sign',
          createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'),
        );
      }
      const { status, json } = await askProvider(
        url.href,
        { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        options.timeoutMilliseconds,
      );
      judge(status);
      const answer = (json ?? {}) as Record<string, unknown>;
      const code = Number(answer['errcode'] ?? answer['code'] ?? 0);
      if (code !== 0) throw new Error(`errcode ${code}`);
      return { reference: null };
    },
  };
}
