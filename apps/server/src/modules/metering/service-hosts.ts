import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Where this server calls: gateways of a compound's network, which may well be private, but never itself and what stands
 * beside it. What counts is the address that is really called: a name says nothing, and may say another thing the next time.
 */

const forbidden = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  // What clouds tell their own machines; and any link's own.
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  forbidden.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::254', 128],
] as const)
  forbidden.addSubnet(net, bits, 'ipv6');

/** The same place written as IPv6: mapped, compatible, translated (64:ff9b::/96) and 6to4. */
function embedded(address: string): string | null {
  const groups = groupsOf(address);
  if (groups === null) return null;
  const zeros = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  const at = (index: number) => {
    const [high = 0, low = 0] = groups.slice(index, index + 2);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  };
  if (zeros(0, 5) && (groups[5] === 0xffff || groups[5] === 0)) return at(6);
  if (groups[0] === 0x64 && groups[1] === 0xff9b && zeros(2, 6)) return at(6);
  return groups[0] === 0x2002 ? at(1) : null;
}

/** Eight numbers, as a URL writes them; null for what is no IPv6. */
function groupsOf(address: string): number[] | null {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) !== 6) return null;
  const host = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = '', tail] = host.split('::');
  const numbers = (text: string) =>
    text
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  const [before, after] = [numbers(head), numbers(tail ?? '')];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** `own`: the addresses of this machine, by whatever network. */
export function isForbiddenAddress(address: string, own: ReadonlySet<string> = ownAddresses()): boolean {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const version = isIP(plain);
  if (version === 0) return true;
  if (own.has(plain) || forbidden.check(plain, version === 6 ? 'ipv6' : 'ipv4')) return true;
  const inside = version === 6 ? embedded(plain) : null;
  return inside !== null && (own.has(inside) || forbidden.check(inside, 'ipv4'));
}

function ownAddresses(): Set<string> {
  const found = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return new Set(found.map(({ address }) => address.replace(/%.*$/, '').toLowerCase()));
}

/** What can be said of a host before it is called: of an address all, of a name only that it says itself what it is. */
export function isForbiddenHost(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '');
  if (isIP(plain) !== 0) return isForbiddenAddress(plain);
  return /^(localhost|metadata)$|\.(localhost|internal)\.?$|^localhost\./i.test(plain);
}

export class HostRefused extends Error {
  readonly code = 'HOST_REFUSED';
}

/** Names are looked up once, and what was found is judged and called: nothing can be said differently in between. */
export const judgedLookup =
  (look: typeof lookup = lookup): LookupFunction =>
  (name, options, done) => {
    look(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, '', 4);
      const allowed = found.filter(({ address }) => !isForbiddenAddress(address));
      const [first] = allowed;
      // One that may not be called among others: whoever answers so is not to be trusted with the rest.
      if (first === undefined || allowed.length < found.length)
        return done(new HostRefused(`${name} is a place that is not called`), '', 4);
      return options.all === true ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
