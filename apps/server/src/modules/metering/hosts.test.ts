import type { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { HostRefused, isForbiddenAddress, isForbiddenHost, judgedLookup } from './service-hosts.ts';

describe('what is called', () => {
  it.each([
    // A compound's own network, and the world.
    ['10.1.2.3', false],
    ['192.168.1.20', false],
    ['172.16.0.9', false],
    ['126.255.255.255', false],
    ['128.0.0.0', false],
    ['169.253.255.255', false],
    ['169.255.0.0', false],
    ['fd00::20', false],
    ['240e:1::1', false],
    // This machine, what its cloud tells it, and what is nobody's.
    ['127.0.0.1', true],
    ['127.255.255.255', true],
    ['0.0.0.0', true],
    ['169.254.169.254', true],
    ['100.100.100.200', true],
    ['224.0.0.1', true],
    ['255.255.255.255', true],
    ['::1', true],
    ['::', true],
    ['fe80::1%eth0', true],
    ['ff02::1', true],
    // The same in other clothes.
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['::127.0.0.1', true],
    ['64:ff9b::7f00:1', true],
    ['2002:7f00:1::', true],
    ['::ffff:192.168.1.20', false],
    ['64:ff9b::c0a8:114', false],
    ['no address', true],
  ])('%s is refused: %s', (address, isRefused) => {
    expect(isForbiddenAddress(address, new Set())).toBe(isRefused);
  });

  it('is never an address of this machine, by whatever network and in whatever clothes', () => {
    const own = new Set(['10.9.8.7', 'fd12::7']);
    for (const address of ['10.9.8.7', '::ffff:10.9.8.7', 'fd12::7', 'FD12::7'])
      expect(isForbiddenAddress(address, own)).toBe(true);
    expect(isForbiddenAddress('10.9.8.8', own)).toBe(false);
  });

  it.each([
    ['localhost', true],
    ['a.localhost', true],
    ['localhost.localdomain', true],
    ['metadata', true],
    ['metadata.google.internal', true],
    ['db.internal.', true],
    ['[::1]', true],
    ['127.0.0.1', true],
    ['gateway.example.cn', false],
    ['10.1.2.3', false],
    ['internal.example.cn', false],
  ])('the name %s alone is refused: %s', (host, isRefused) => {
    expect(isForbiddenHost(host)).toBe(isRefused);
  });
});

describe('a name', () => {
  const answering = (...addresses: string[]) =>
    ((_name: string, _options: unknown, done: (error: null, found: object[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as never as typeof lookup;
  const asked = (look: typeof lookup, all: boolean) =>
    new Promise<unknown>((resolve) => {
      judgedLookup(look)('gateway.example.cn', { all }, (error, found) => resolve(error ?? found));
    });

  it('is called at what it was found to be, and at nothing when any of it may not be called', async () => {
    expect(await asked(answering('10.1.2.3', '10.1.2.4'), false)).toBe('10.1.2.3');
    expect(await asked(answering('10.1.2.3', 'fd00::3'), true)).toEqual([
      { address: '10.1.2.3', family: 4 },
      { address: 'fd00::3', family: 6 },
    ]);
    for (const found of [
      ['127.0.0.1'],
      ['::1'],
      ['10.1.2.3', '::ffff:127.0.0.1'],
      ['169.254.169.254', '10.1.2.3'],
      [],
    ])
      expect(await asked(answering(...found), true)).toBeInstanceOf(HostRefused);
  });

  it('that is not known is said so', async () => {
    const nobody = ((_name: string, _options: unknown, done: (error: Error) => void) =>
      done(new Error('ENOTFOUND'))) as never as typeof lookup;
    expect(await asked(nobody, true)).toMatchObject({ message: 'ENOTFOUND' });
  });
});
