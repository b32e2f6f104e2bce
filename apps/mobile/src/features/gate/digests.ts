import type { Digests } from '@gongzhi/gate';

const text = new TextEncoder();

/** The browser's own. */
export const digests: Digests = {
  async hmac(key, message) {
    const own = await crypto.subtle.importKey(
      'raw',
      key as Uint8Array<ArrayBuffer>,
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const bytes = typeof message === 'string' ? text.encode(message) : (message as Uint8Array<ArrayBuffer>);
    return new Uint8Array(await crypto.subtle.sign('HMAC', own, bytes));
  },
};
