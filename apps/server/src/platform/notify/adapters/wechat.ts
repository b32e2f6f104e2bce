import type { Clock } from '../../clock/clock.ts';
import { askProvider, type ChannelAdapter, cut, judge, NotDeliverable } from '../adapter.ts';

export interface WechatOptions {
  /** https://api.weixin.qq.com, or what a test has instead. */
  readonly origin: string;
  readonly appId: string;
  readonly appSecret: string;
  /** A template with the fields `thing1` (what) and `character_string2` (number), as the account has it approved. */
  readonly templateId: string;
  readonly timeoutMilliseconds?: number;
}

/** Token gone or replaced by another server's: ask for a new one and try once more. */
const tokenGone = new Set([40001, 40014, 42001]);
/** The reader never followed, no longer follows, or refused this template. */
const readerGone = new Set([40003, 43004, 43101]);

/**
 * Template messages of a WeChat official account. Written from the platform's public documentation; tried against a
 * server of our own that answers in its shape, not against WeChat itself.
 */
export function wechatAdapter(options: WechatOptions, clock: Clock): ChannelAdapter {
  let token: { value: string; until: number } | null = null;

  const freshToken = async (): Promise<string> => {
    const query = new URLSearchParams({
      grant_type: 'client_credential',
      appid: options.appId,
      secret: options.appSecret,
    });
    const { status, json } = await askProvider(
      `${options.origin}/cgi-bin/token?${query}`,
      { method: 'GET', headers: {}, body: '' },
      options.timeoutMilliseconds,
    );
    judge(status);
    const { access_token: value, expires_in: seconds, errcode } = (json ?? {}) as Record<string, unknown>;
    if (typeof value !== 'string') throw new Error(`token refused (${Number(errcode)})`);
    // Five minutes before it ends another is asked for.
    token = { value, until: clock.now().getTime() + (Number(seconds) - 300) * 1_000 };
    return value;
  };

  const send = async (bearer: string, body: string): Promise<Record<string, unknown>> => {
    const { status, json } = await askProvider(
      `${options.origin}/cgi-bin/message/template/send?access_token=${encodeURIComponent(bearer)}`,
      { headers: { 'content-type': 'application/json' }, body },
      options.timeoutMilliseconds,
    );
    judge(status);
    return (json ?? {}) as Record<string, unknown>;
  };

  return {
    channel: 'wechat',
    confirms: false,
    async send(message) {
      const body = JSON.stringify({
        touser: message.to,
        template_id: options.templateId,
        // WeChat takes one of these once: its own protection against sending twice. At most 32 characters.
        client_msg_id: message.id.replaceAll('-', '').slice(-32),
        ...(message.url === null ? {} : { url: message.url }),
        data: {
          thing1: { value: cut(message.sentence, 20) },
          character_string2: { value: cut(message.reference, 32) },
        },
      });
      const known = token !== null && token.until > clock.now().getTime() ? token.value : await freshToken();
      let answer = await send(known, body);
      if (tokenGone.has(Number(answer['errcode']))) answer = await send(await freshToken(), body);
      const code = Number(answer['errcode'] ?? -1);
      if (readerGone.has(code)) throw new NotDeliverable(`errcode ${code}`);
      if (code !== 0) throw new Error(`errcode ${code}`);
      return { reference: answer['msgid'] === undefined ? null : String(answer['msgid']) };
    },
  };
}
