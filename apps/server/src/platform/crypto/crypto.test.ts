import { createHmac, webcrypto } from 'node:crypto';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCrypto, sealingOf } from './crypto.ts';
import { createKeyFile, rotateKeys } from './keys.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-crypto-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what was sealed opens in its own row, and every sealing differs', async () => {
  const crypto = await openCrypto(folder, { mode: 'demo' });
  const cipher = crypto.seal('13800000001', 'places.person', 'row-1');
  expect(crypto.open(cipher, 'places.person', 'row-1')).toBe('13800000001');
  expect(crypto.seal('13800000001', 'places.person', 'row-1').equals(cipher)).toBe(false);
  expect(cipher.includes(Buffer.from('13800000001'))).toBe(false);
});

test('no two sealings share a nonce, however many; which one it is shows in a few characters', async () => {
  const crypto = await openCrypto(folder, { mode: 'demo' });
  const ciphers = Array.from({ length: 1_000 }, () => crypto.seal('same', 't', 'r'));
  expect(new Set(ciphers.map((cipher) => cipher.toString('hex', 5, 17))).size).toBe(1_000);
  expect(new Set(ciphers.map(sealingOf)).size).toBe(1_000);
  expect(sealingOf(Buffer.from(ciphers[0]!))).toBe(sealingOf(ciphers[0]!));
  expect(crypto.open(ciphers[999]!, 't', 'r')).toBe('same');
  expect(crypto.open(crypto.seal('', 't', 'r'), 't', 'r')).toBe('');
});

test('a ciphertext that was changed, cut or moved does not open', async () => {
  const crypto = await openCrypto(folder, { mode: 'demo' });
  const cipher = crypto.seal('Zhang San', 'places.person', 'row-1');
  for (const at of [0, 1, 6, 20, cipher.length - 1]) {
    const changed = Buffer.from(cipher);
    changed[at]! ^= 1;
    expect(() => crypto.open(changed, 'places.person', 'row-1')).toThrow();
  }
  expect(() => crypto.open(cipher.subarray(0, 12), 'places.person', 'row-1')).toThrow();
  expect(() => crypto.open(cipher, 'places.person', 'row-2')).toThrow();
  expect(() => crypto.open(cipher, 'identity.account', 'row-1')).toThrow();
});

test('after a rotation the old opens, the new is sealed with the new key, and indexes stay', async () => {
  const path = join(folder, 'rotated.json');
  await createKeyFile(path);
  const before = await openCrypto(folder, { mode: 'production', keyFile: path });
  const old = before.seal('secret', 't', 'r');
  const newId = await rotateKeys(path);
  const after = await openCrypto(folder, { mode: 'production', keyFile: path });
  expect(after.open(old, 't', 'r')).toBe('secret');
  const fresh = after.seal('secret', 't', 'r');
  expect(fresh.toString('hex', 1, 5)).toBe(newId);
  expect(() => before.open(fresh, 't', 'r')).toThrow(newId);
  expect(after.cityIndex('1380')).toEqual(before.cityIndex('1380'));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('an index is the same within its scope and field and nowhere else', async () => {
  const crypto = await openCrypto(folder, { mode: 'demo' });
  const index = crypto.scopeIndex('scope-1', 'phone', '1380');
  expect(crypto.scopeIndex('scope-1', 'phone', '1380')).toEqual(index);
  expect(index.length).toBe(32);
  for (const other of [
    crypto.scopeIndex('scope-2', 'phone', '1380'),
    crypto.scopeIndex('scope-1', 'phone4', '1380'),
    crypto.cityIndex('1380'),
  ]) {
    expect(other.equals(index)).toBe(false);
  }
});

test('a signature holds for its purpose and value only', async () => {
  const crypto = await openCrypto(folder, { mode: 'demo' });
  const signature = crypto.sign('link', 'a');
  expect(crypto.verify('link', 'a', signature)).toBe(true);
  expect(crypto.verify('link', 'b', signature)).toBe(false);
  expect(crypto.verify('cursor', 'a', signature)).toBe(false);
  expect(crypto.verify('link', 'a', '')).toBe(false);
});

test('production wants its key file, and wants it closed to others', async () => {
  const path = join(folder, 'production.json');
  await expect(openCrypto(folder, { mode: 'production', keyFile: path })).rejects.toThrow('does not exist');
  await openCrypto(folder, { mode: 'production', keyFile: path, create: true });
  await chmod(path, 0o644);
  await expect(openCrypto(folder, { mode: 'production', keyFile: path })).rejects.toThrow('chmod 600');
});

test('two first starts at once agree on one key', async () => {
  const path = join(folder, 'race.json');
  const both = await Promise.all([1, 2, 3].map(() => openCrypto(folder, { mode: 'demo', keyFile: path })));
  const cipher = both[0]!.seal('x', 't', 'r');
  for (const crypto of both) expect(crypto.open(cipher, 't', 'r')).toBe('x');
});

test('a signature is checked by whoever has the public key, which stays the same', async () => {
  const crypto = await openCrypto(folder, { mode: 'demo' });
  const bytes = Buffer.from('who may pass');
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const check = async (purpose: string, signature: Buffer, signed: Buffer): Promise<boolean> => {
    const { publicKey } = (await openCrypto(folder, { mode: 'demo' })).signer(purpose);
    const key = await webcrypto.subtle.importKey('jwk', publicKey, curve, false, ['verify']);
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    return webcrypto.subtle.verify(how, key, Uint8Array.from(signature), Uint8Array.from(signed));
  };
  const signature = crypto.signer('gate one').sign(bytes);
  expect(signature).toHaveLength(64);
  expect(await check('gate one', signature, bytes)).toBe(true);
  expect(await check('gate two', signature, bytes)).toBe(false);
  expect(await check('gate one', signature, Buffer.from('who may pasS'))).toBe(false);
});

test('a device that was lent the key of one field finds by it, and by no other', async () => {
  const crypto = await openCrypto(folder, { mode: 'demo' });
  const found = createHmac('sha256', crypto.scopeIndexKey('s', 'card')).update('7').digest();
  expect(found.equals(crypto.scopeIndex('s', 'card', '7'))).toBe(true);
  expect(found.equals(crypto.scopeIndex('s', 'plate', '7'))).toBe(false);
  expect(found.equals(crypto.scopeIndex('t', 'card', '7'))).toBe(false);
});
