import { describe, expect, it } from 'vitest';
import { parseFields } from './domain.ts';
import { account, decrypt, encrypt, encryptRaw, fieldOf, packed, padTo32, sha1 } from './fixtures.ts';
import { isSigned, openSealed, seal, sealedAnswer, signatureOf } from './service-envelope.ts';

/**
 * The example that WeChat publishes with its sample code (WXBizMsgCrypt): token, key, signature, cipher and what is inside.
 * Then the simulator's cipher, which is WebCrypto's and none of ours, both ways.
 */
const published = {
  token: 'spamtest',
  timestamp: '1409735669',
  nonce: '1320562132',
  signature: '5d197aaffba7e9b25a30732f161a50dee96bd5fa',
  encrypted:
    'hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=',
};
const key = Buffer.from(`${account.aesKey}=`, 'base64');

describe('the published example', () => {
  it('is signed as we sign', () => {
    const { token, timestamp, nonce, encrypted, signature } = published;
    expect(signatureOf(token, timestamp, nonce, encrypted)).toBe(signature);
    expect(isSigned(signature, token, timestamp, nonce, encrypted)).toBe(true);
    for (const wrong of ['', signature.slice(1), signature.replace('5', '6')])
      expect(isSigned(wrong, token, timestamp, nonce, encrypted)).toBe(false);
  });

  it('opens to the message it is', () => {
    const xml = openSealed(key, account.appId, published.encrypted) ?? '';
    const fields = parseFields(xml);
    expect(fields?.get('FromUserName')).toBe('oyORnuP8q7ou2gfYjqLzSIWZf0rs');
    expect(fields?.get('Content')).toBe('abcdteT');
    expect(fields?.get('MsgId')).toBe('6054768590064713728');
    expect(openSealed(key, 'wx0000000000000000', published.encrypted)).toBeNull();
  });

  it('opens in the simulator too', async () => {
    const opened = await decrypt(published.encrypted);
    expect(opened.appId).toBe(account.appId);
    expect(fieldOf(opened.xml, 'Content')).toBe('abcdteT');
    const { token, timestamp, nonce, encrypted } = published;
    expect(await sha1(token, timestamp, nonce, encrypted)).toBe(published.signature);
  });
});

describe('what we seal, the other side opens, and the other way round', () => {
  // Every length within two blocks: padding is 1 to 32 and never 0.
  it.each(Array.from({ length: 66 }, (_, length) => length))('%i bytes', async (length) => {
    const xml = 'x'.repeat(length);
    expect(await decrypt(seal(key, account.appId, xml))).toEqual({ xml, appId: account.appId });
    expect(openSealed(key, account.appId, await encrypt(xml))).toBe(xml);
  });

  it('counts bytes and not characters', async () => {
    const xml = '<xml><A>中文😀</A></xml>';
    expect((await decrypt(seal(key, account.appId, xml))).xml).toBe(xml);
    expect(openSealed(key, account.appId, await encrypt(xml))).toBe(xml);
  });

  it('is another cipher every time, and signed', async () => {
    const now = new Date('2026-11-23T02:00:00Z');
    const answer = () =>
      sealedAnswer({ token: account.token, key, appId: account.appId }, '<xml></xml>', now);
    const [one, two] = [answer(), answer()];
    expect(fieldOf(one, 'Encrypt')).not.toBe(fieldOf(two, 'Encrypt'));
    const parts = ['TimeStamp', 'Nonce', 'Encrypt'].map((name) => fieldOf(one, name) ?? '');
    expect(fieldOf(one, 'MsgSignature')).toBe(await sha1(account.token, ...parts));
    expect(parts[0]).toBe('1795399200');
  });
});

describe('what was not sealed so is not opened', () => {
  const bytesOf = (length: number, fill = 0) => new Uint8Array(length).fill(fill);
  it.each<[string, () => Promise<string> | string]>([
    ['nothing', () => ''],
    ['no base64', () => '!!!'],
    ['no whole block', () => Buffer.alloc(33).toString('base64')],
    ['chance', () => Buffer.alloc(64, 7).toString('base64')],
    ['another key', () => encrypt('<xml></xml>', account.appId, account.aesKey.replace('a', 'z'))],
    ['padding of none', () => encryptRaw(account.aesKey, bytesOf(64, 0))],
    ['padding of 33', () => encryptRaw(account.aesKey, bytesOf(64, 33))],
    ['padding that is longer than all', () => encryptRaw(account.aesKey, bytesOf(16, 32))],
    ['nothing but padding', () => encryptRaw(account.aesKey, bytesOf(32, 32))],
    [
      'padding that is not all the same',
      () => encryptRaw(account.aesKey, new Uint8Array([...bytesOf(63, 1), 2])),
    ],
    ['a length beyond the end', () => encryptRaw(account.aesKey, padTo32(packed('x', account.appId, 4_000)))],
    [
      'a length as long as can be',
      () => encryptRaw(account.aesKey, padTo32(packed('x', account.appId, 4_294_967_295))),
    ],
    ['a length too short', () => encryptRaw(account.aesKey, padTo32(packed('xx', account.appId, 1)))],
    ['another app', () => encrypt('<xml></xml>', 'wx0000000000000000')],
    ['an app that only begins so', () => encrypt('<xml></xml>', `${account.appId}x`)],
    ['no app', () => encrypt('<xml></xml>', '')],
  ])('%s', async (_name, sealed) => {
    expect(openSealed(key, account.appId, await sealed())).toBeNull();
  });
});
