/**
 * WeChat's side of the protocol, written from its public documentation and with WebCrypto, so that nothing of ours checks
 * itself. Simulates one official account and the people who write to it.
 */
const { subtle } = globalThis.crypto;

export const account = {
  appId: 'wx2c2769f8efd9abc2',
  id: 'gh_10f6c3c3ac5a',
  token: 'spamtestSPAMTEST0123',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
} as const;

export const accountEnv = {
  GONGZHI_WECHAT_APP_ID: account.appId,
  GONGZHI_WECHAT_SECRET: 'secret of the account',
  GONGZHI_WECHAT_TEMPLATE: 'template',
  GONGZHI_WECHAT_TOKEN: account.token,
  GONGZHI_PUBLIC_URL: 'https://gongzhi.example',
};

export const encryptedEnv = { ...accountEnv, GONGZHI_WECHAT_AES_KEY: account.aesKey };

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

export async function sha1(...parts: readonly string[]): Promise<string> {
  const sorted = [...parts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join('');
  const digest = new Uint8Array(await subtle.digest('SHA-1', bytes(sorted)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keyBytes(aesKey: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(`${aesKey}=`), (letter) => letter.charCodeAt(0));
}

const importKey = (raw: Uint8Array<ArrayBuffer>) =>
  subtle.importKey('raw', raw, 'AES-CBC', false, ['encrypt', 'decrypt']);

/** WebCrypto pads to 16 by itself: its last block is cut off, for the text is padded to 32 before. */
export async function encryptRaw(aesKey: string, padded: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = keyBytes(aesKey);
  const sealed = await subtle.encrypt(
    { name: 'AES-CBC', iv: raw.slice(0, 16) },
    await importKey(raw),
    padded,
  );
  return btoa(String.fromCharCode(...new Uint8Array(sealed, 0, padded.length)));
}

export function padTo32(plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const pad = 32 - (plain.length % 32);
  const padded = new Uint8Array(plain.length + pad).fill(pad);
  padded.set(plain);
  return padded;
}

export function packed(xml: string, appId: string, length?: number): Uint8Array {
  const body = bytes(xml);
  const head = new Uint8Array(20);
  globalThis.crypto.getRandomValues(head.subarray(0, 16));
  new DataView(head.buffer).setUint32(16, length ?? body.length);
  return new Uint8Array([...head, ...body, ...bytes(appId)]);
}

export const encrypt = (xml: string, appId: string = account.appId, aesKey: string = account.aesKey) =>
  encryptRaw(aesKey, padTo32(packed(xml, appId)));

/** WebCrypto wants its own padding: a block that opens as sixteen times sixteen is put behind. */
export async function decrypt(
  sealed: string,
  aesKey: string = account.aesKey,
): Promise<{ xml: string; appId: string }> {
  const raw = keyBytes(aesKey);
  const key = await importKey(raw);
  const cipher = Uint8Array.from(atob(sealed), (letter) => letter.charCodeAt(0));
  const tail = await subtle.encrypt({ name: 'AES-CBC', iv: cipher.slice(-16) }, key, new Uint8Array(0));
  const plain = new Uint8Array(
    await subtle.decrypt(
      { name: 'AES-CBC', iv: raw.slice(0, 16) },
      key,
      new Uint8Array([...cipher, ...new Uint8Array(tail)]),
    ),
  );
  const pad = plain.at(-1) ?? 0;
  if (pad < 1 || pad > 32 || plain.length % 32 !== 0) throw new Error(`padded by ${pad}`);
  const inside = plain.slice(0, plain.length - pad);
  const length = new DataView(inside.buffer).getUint32(16);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return {
    xml: decoder.decode(inside.slice(20, 20 + length)),
    appId: decoder.decode(inside.slice(20 + length)),
  };
}

/** One field of an answer, as an app of WeChat's would read it. */
export function fieldOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(xml);
  return found === null ? null : (found[1] ?? found[2] ?? '');
}

export interface Heard {
  readonly status: number;
  readonly body: string;
  /** What the person reads; null where nothing is answered. */
  readonly words: string | null;
  /** The links in it, in their order. */
  readonly links: readonly string[];
  /** The whole inner answer. */
  readonly xml: string;
}

export interface Sending {
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly signature?: string;
  readonly appId?: string;
  /** Instead of everything between. */
  readonly body?: string;
}

let counted = 0;

/** WeChat's servers for one account. */
export class Weixin {
  readonly #url: string;
  readonly #now: () => Date;
  readonly isEncrypted: boolean;

  constructor(server: { url: string; clock: { now(): Date } }, isEncrypted: boolean) {
    this.#url = server.url;
    this.#now = () => server.clock.now();
    this.isEncrypted = isEncrypted;
  }

  seconds(): string {
    return String(Math.floor(this.#now().getTime() / 1_000));
  }

  /** As the account's owner presses "submit" in its server settings. */
  async verify(echo: string, more: { token?: string; timestamp?: string } = {}): Promise<Response> {
    const timestamp = more.timestamp ?? this.seconds();
    const nonce = '1320562132';
    const signature = await sha1(more.token ?? account.token, timestamp, nonce);
    const query = new URLSearchParams({ signature, timestamp, nonce, echostr: echo });
    return fetch(`${this.#url}/wechat?${query}`);
  }

  /** A message number of its own. */
  messageId(): string {
    return String(6_054_768_590_064_713_728n + BigInt(++counted));
  }

  async send(inner: string, more: Sending = {}): Promise<Heard> {
    const timestamp = more.timestamp ?? this.seconds();
    const nonce = more.nonce ?? String(1_000_000 + ++counted);
    const query = new URLSearchParams({ timestamp, nonce, openid: 'x' });
    let body = more.body ?? inner;
    query.set('signature', more.signature ?? (await sha1(account.token, timestamp, nonce)));
    if (this.isEncrypted) {
      const sealed = more.body ?? (await encrypt(inner, more.appId));
      body = `<xml><ToUserName><![CDATA[${account.id}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
      query.set('encrypt_type', 'aes');
      query.set('msg_signature', more.signature ?? (await sha1(account.token, timestamp, nonce, sealed)));
    }
    const response = await fetch(`${this.#url}/wechat?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
    });
    return this.#heard(response.status, await response.text());
  }

  async #heard(status: number, body: string): Promise<Heard> {
    if (status !== 200 || body === 'success') return { status, body, words: null, links: [], xml: '' };
    let xml = body;
    if (this.isEncrypted) {
      const of = (name: string) => fieldOf(body, name) ?? '';
      const right = await sha1(account.token, of('TimeStamp'), of('Nonce'), of('Encrypt'));
      if (of('MsgSignature') !== right) throw new Error('an answer that is not signed');
      const opened = await decrypt(of('Encrypt'));
      if (opened.appId !== account.appId) throw new Error(`an answer for ${opened.appId}`);
      xml = opened.xml;
    }
    const words = fieldOf(xml, 'Content');
    const links = [...(words ?? '').matchAll(/<a href="([^"]*)">/g)].map((match) => match[1] ?? '');
    return { status, body, words, links, xml };
  }
}

/** Somebody's WeChat. */
export class Follower {
  readonly openId: string;
  readonly #weixin: Weixin;

  constructor(weixin: Weixin, name: string) {
    this.#weixin = weixin;
    this.openId = `oyORnuP8q7ou2gfYjqLz${name}`.padEnd(28, '_').slice(0, 28);
  }

  message(type: string, fields: string, id = this.#weixin.messageId()): string {
    return `<xml><ToUserName><![CDATA[${account.id}]]></ToUserName>\n<FromUserName><![CDATA[${this.openId}]]></FromUserName>\n<CreateTime>${this.#weixin.seconds()}</CreateTime>\n<MsgType><![CDATA[${type}]]></MsgType>\n${fields}\n<MsgId>${id}</MsgId></xml>`;
  }
  event(name: string, key = '', more = ''): string {
    return `<xml><ToUserName><![CDATA[${account.id}]]></ToUserName><FromUserName><![CDATA[${this.openId}]]></FromUserName><CreateTime>${this.#weixin.seconds()}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event><EventKey><![CDATA[${key}]]></EventKey>${more}</xml>`;
  }
  says(words: string): Promise<Heard> {
    return this.#weixin.send(this.message('text', `<Content><![CDATA[${words}]]></Content>`));
  }
  does(event: string, key = ''): Promise<Heard> {
    return this.#weixin.send(this.event(event, key));
  }
}
