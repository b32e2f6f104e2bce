import { ConfigError } from './config-error.ts';

/** Who carries messages beside the inbox. What isn't set up doesn't exist for anybody. */
export interface ChannelConfig {
  readonly sms: { readonly url: string; readonly secret: string; readonly signature: string } | null;
  readonly wechat: {
    readonly origin: string;
    readonly appId: string;
    readonly appSecret: string;
    readonly templateId: string;
    /** The account's server settings: where WeChat sends what people write there. Null: it does not. */
    readonly server: {
      readonly token: string;
      /** Encrypted mode; null: plain mode. */
      readonly key: Buffer | null;
    } | null;
  } | null;
  /** Hosts that robots of group chats may lie on; empty: no work chat. */
  readonly workChatHosts: readonly string[];
  readonly mail: { readonly url: string; readonly from: string } | null;
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

function privateUrl(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))) return text;
  throw new ConfigError(`${name} is "${text}"; it must be an https address (or http on this machine).`);
}

function all(env: NodeJS.ProcessEnv, names: readonly string[]): string[] | null {
  const given = names.map((name) => env[name] ?? '');
  if (given.every((value) => value === '')) return null;
  const missing = names.filter((_, i) => given[i] === '');
  if (missing.length > 0)
    throw new ConfigError(`${missing.join(' and ')} must be set too: ${names.join(', ')} belong together.`);
  return given;
}

function wechatServerOf(
  env: NodeJS.ProcessEnv,
  hasAccount: boolean,
): NonNullable<ChannelConfig['wechat']>['server'] {
  const token = env['GONGZHI_WECHAT_TOKEN'] ?? '';
  const key = env['GONGZHI_WECHAT_AES_KEY'] ?? '';
  if (token === '') {
    if (key !== '')
      throw new ConfigError('GONGZHI_WECHAT_AES_KEY needs GONGZHI_WECHAT_TOKEN: they belong together.');
    return null;
  }
  if (!hasAccount)
    throw new ConfigError(
      'GONGZHI_WECHAT_TOKEN needs GONGZHI_WECHAT_APP_ID, GONGZHI_WECHAT_SECRET and GONGZHI_WECHAT_TEMPLATE: without them nobody could be written to.',
    );
  // The platform takes 3 to 32; it is all that keeps others from speaking for WeChat.
  if (!/^[A-Za-z0-9]{16,32}$/.test(token))
    throw new ConfigError('GONGZHI_WECHAT_TOKEN must be 16 to 32 letters and digits, drawn by lot.');
  if (key !== '' && !/^[A-Za-z0-9]{43}$/.test(key))
    throw new ConfigError(
      'GONGZHI_WECHAT_AES_KEY must be the EncodingAESKey of the account: 43 letters and digits.',
    );
  if (env['GONGZHI_PUBLIC_URL'] === undefined)
    throw new ConfigError('GONGZHI_WECHAT_TOKEN needs GONGZHI_PUBLIC_URL: the answers link to our pages.');
  return { token, key: key === '' ? null : Buffer.from(`${key}=`, 'base64') };
}

export function channelsOf(env: NodeJS.ProcessEnv): ChannelConfig {
  const sms = all(env, ['GONGZHI_SMS_URL', 'GONGZHI_SMS_SECRET', 'GONGZHI_SMS_SIGNATURE']);
  if (sms !== null && (sms[1] as string).length < 32)
    throw new ConfigError('GONGZHI_SMS_SECRET needs at least 32 characters that requests are signed with.');
  const wechat = all(env, ['GONGZHI_WECHAT_APP_ID', 'GONGZHI_WECHAT_SECRET', 'GONGZHI_WECHAT_TEMPLATE']);
  const server = wechatServerOf(env, wechat !== null);
  const mail = all(env, ['GONGZHI_MAIL_URL', 'GONGZHI_MAIL_FROM']);
  if (mail !== null && !/^smtps?:\/\//.test(mail[0] as string))
    throw new ConfigError('GONGZHI_MAIL_URL must be like smtps://user:password@host:465.');
  return {
    sms:
      sms === null
        ? null
        : {
            url: privateUrl(sms[0] as string, 'GONGZHI_SMS_URL'),
            secret: sms[1] as string,
            signature: sms[2] as string,
          },
    wechat:
      wechat === null
        ? null
        : {
            origin: privateUrl(
              env['GONGZHI_WECHAT_URL'] ?? 'https://api.weixin.qq.com',
              'GONGZHI_WECHAT_URL',
            ),
            appId: wechat[0] as string,
            appSecret: wechat[1] as string,
            templateId: wechat[2] as string,
            server,
          },
    workChatHosts: (env['GONGZHI_WORK_CHAT_HOSTS'] ?? '').split(',').filter((host) => host !== ''),
    mail: mail === null ? null : { url: mail[0] as string, from: mail[1] as string },
  };
}
