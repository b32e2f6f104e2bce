import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressKey,
  attemptsLeft,
  chooseMembership,
  isRenewalDue,
  limitsOf,
  lockAfter,
  lockParams,
  normalisePhone,
  passwordFault,
  secondsUntil,
  waitOf,
} from './domain.ts';

const at = (milliseconds: number) => new Date(Date.parse('2026-11-21T08:00:00Z') + milliseconds);
const minute = 60_000;
const hour = 60 * minute;

describe('phones', () => {
  it.each([
    ['13800000000', '13800000000'],
    ['+86 138 0000 0000', '13800000000'],
    ['0086-138-0000-0000', '13800000000'],
    ['8613800000000', '13800000000'],
    ['１３８００００００００', '13800000000'],
    ['　138　0000　0000　', '13800000000'],
    ['19999999999', '19999999999'],
    ['12800000000', null],
    ['1380000000', null],
    ['138000000000', null],
    ['+1 415 555 0100', null],
    ['', null],
    ['13800000000; drop', null],
  ])('%s → %s', (text, phone) => expect(normalisePhone(text)).toBe(phone));

  it('is settled after one pass', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const phone = normalisePhone(text);
        return phone === null || normalisePhone(phone) === phone;
      }),
    );
  });
});

describe('sessions, on the threshold', () => {
  it('renews from the hour on', () => {
    expect(isRenewalDue(at(0), at(hour - 1))).toBe(false);
    expect(isRenewalDue(at(0), at(hour))).toBe(true);
  });
});

describe('locks', () => {
  it.each([
    [0, 0],
    [1, 0],
    [4, 0],
    [5, 15 * minute],
    [6, 0],
    [9, 0],
    [10, 30 * minute],
    [15, hour],
    [20, 2 * hour],
    [35, 16 * hour],
    [40, 24 * hour],
    [500, 24 * hour],
  ])('failure %i locks %i ms', (failures, lock) => expect(lockAfter(failures)).toBe(lock));

  it.each([
    [1, 4],
    [4, 1],
    [5, 0],
    [6, 4],
    [10, 0],
  ])('after %i failures %i are left', (failures, left) => expect(attemptsLeft(failures)).toBe(left));
});

describe('limits', () => {
  const [perMinute] = limitsOf('production').codesPerPhone;
  it.each([
    [1, 0, 0],
    [2, 0, 60],
    [2, 59_001, 1],
    [2, 59_999, 1],
    [2, 30_000, 30],
  ])('count %i after %i ms waits %i s', (count, after, wait) =>
    expect(waitOf(perMinute!, { start: at(0), count }, at(after))).toBe(wait),
  );

  it.each([
    [1, 1],
    [60_000, 1],
    [60_001, 2],
    [900_000, 15],
  ])('%i ms of lock are told as %i min', (left, minutes) =>
    expect(lockParams(at(left), at(0)).minutes).toBe(minutes),
  );
  it('never tells to wait no time at all', () => expect(secondsUntil(at(0), at(0))).toBe(1));
  it('keeps the minute between two codes in the demonstration, too', () => {
    expect(limitsOf('demo').codesPerPhone[0]).toEqual(perMinute);
    expect(limitsOf('production').codesPerPhone.map((l) => l.most)).toEqual([1, 5, 10]);
  });
});

describe('addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (ip, key) => expect(addressKey(ip)).toBe(key));
});

describe('passwords', () => {
  const phone = '13800000000';
  it.each([
    ['123456789', 'short'],
    ['ten chars!', null],
    ['九个字不够长的密码', 'short'],
    ['十个字正好够长的密码', null],
    ['x'.repeat(200), 'common'],
    [`${'xyz'.repeat(66)}xy`, null],
    [`${'xyz'.repeat(67)}`, 'long'],
    ['1234567890', 'common'],
    ['PassWord123', 'common'],
    ['aaaaaaaaaa', 'common'],
    ['abababababab', 'common'],
    [phone, 'phone'],
    ['+86 138 0000 0000', 'phone'],
  ])('%s → %s', (password, fault) => expect(passwordFault(password, phone)).toBe(fault));
});

describe('in which capacity one begins', () => {
  const resident = { membershipId: 'r', role: 'resident' };
  const worker = { membershipId: 'w', role: 'worker' };
  const desk = { membershipId: 'd', role: 'desk' };
  it.each([
    [[worker, resident], 'code', null, 'r'],
    [[worker, resident], 'code', 'w', 'w'],
    [[worker, resident], 'code', 'gone', 'r'],
    [[worker, desk], 'code', null, 'w'],
    [[worker, resident], 'password', null, 'w'],
    [[worker, resident], 'password', 'r', 'w'],
    [[resident], 'password', null, undefined],
    [[], 'code', null, undefined],
  ] as const)('%j by %s, last %s → %s', (current, by, last, id) =>
    expect(chooseMembership(current, by, last)?.membershipId).toBe(id),
  );
});
