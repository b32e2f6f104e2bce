import { describe, expect, it } from 'vitest';
import type { Channel, Urgency } from './messages.ts';
import { defaultPreference, endOfQuiet, planDelivery, type Preference } from './plan.ts';

const CHINA = 'Asia/Shanghai';
const at = (local: string, zone = '+08:00'): number => Date.parse(`${local}:00${zone}`);
const night: Preference = defaultPreference;

describe('quiet hours', () => {
  it.each([
    // from is quiet, to is not any more
    ['2026-11-22T21:59', '2026-11-22T21:59'],
    ['2026-11-22T22:00', '2026-11-23T07:00'],
    ['2026-11-22T23:59', '2026-11-23T07:00'],
    ['2026-11-23T00:00', '2026-11-23T07:00'],
    ['2026-11-23T06:59', '2026-11-23T07:00'],
    ['2026-11-23T07:00', '2026-11-23T07:00'],
    ['2026-12-31T22:30', '2027-01-01T07:00'],
  ])('at %s a message goes out at %s', (now, out) => {
    expect(endOfQuiet(night, at(now), CHINA)).toBe(at(out));
  });

  it('may lie in the middle of a day, and may be none', () => {
    const noon = { quietFrom: 12 * 60, quietTo: 14 * 60 };
    expect(endOfQuiet(noon, at('2026-11-22T12:00'), CHINA)).toBe(at('2026-11-22T14:00'));
    expect(endOfQuiet(noon, at('2026-11-22T14:00'), CHINA)).toBe(at('2026-11-22T14:00'));
    expect(endOfQuiet(noon, at('2026-11-22T23:00'), CHINA)).toBe(at('2026-11-22T23:00'));
    expect(endOfQuiet({ quietFrom: 0, quietTo: 0 }, at('2026-11-22T03:00'), CHINA)).toBe(
      at('2026-11-22T03:00'),
    );
  });

  it('go by the clock on the wall, over the change of the clocks too', () => {
    // Boston 2026-11-01, 02:00 EDT becomes 01:00 EST: the night has an hour more and still ends at seven.
    const boston = 'America/New_York';
    expect(endOfQuiet(night, at('2026-10-31T23:00', '-04:00'), boston)).toBe(
      at('2026-11-01T07:00', '-05:00'),
    );
    // 2026-03-08, an hour less.
    expect(endOfQuiet(night, at('2026-03-07T23:00', '-05:00'), boston)).toBe(
      at('2026-03-08T07:00', '-04:00'),
    );
  });
});

describe('by what and when somebody is told', () => {
  const usable: Channel[] = ['sms', 'wechat', 'mail'];
  const wish: Preference = { ...night, channels: ['mail', 'work_chat', 'sms'] };
  const day = at('2026-11-22T10:00');
  const late = at('2026-11-22T23:00');
  it.each<[Urgency, Partial<Preference>, number, Channel[], number]>([
    ['action', {}, day, ['mail', 'sms'], day],
    ['news', {}, day, ['mail', 'sms'], day],
    ['news', { isNewsWanted: false }, day, [], day],
    ['action', { isNewsWanted: false }, day, ['mail', 'sms'], day],
    ['action', {}, late, ['mail', 'sms'], at('2026-11-23T07:00')],
    ['action', { channels: [] }, day, [], day],
    // An emergency ignores the hour, and takes what was not wished for as well.
    ['emergency', {}, late, ['mail', 'sms', 'wechat'], late],
    ['emergency', { channels: [], isNewsWanted: false }, late, ['sms', 'wechat', 'mail'], late],
  ])('%s with %j', (urgency, part, now, channels, notBefore) => {
    expect(planDelivery(urgency, { ...wish, ...part }, usable, now, CHINA)).toEqual({
      channels,
      isAtOnce: urgency === 'emergency',
      notBefore,
      isHeld: notBefore > now,
    });
  });

  it('is the inbox alone where nothing is usable', () => {
    expect(planDelivery('emergency', wish, [], late, CHINA).channels).toEqual([]);
  });
});
