import { codeMessage, writeCode } from '@gongzhi/gate';
import { describe, expect, it } from 'vitest';
import { readAttempt } from './attempts.ts';
import { isOutOfProportion, standingOfDevice } from './watch.ts';

const said = { id: 'x', direction: 'in' as const };
const phone = writeCode(codeMessage(1, '00000000000000a1', 5), new Uint8Array(10));

describe('what is said at a gate', () => {
  it.each([
    [{ code: phone }, 'code'],
    [{ code: '12 34 56' }, 'six_digits'],
    [{ code: '1234567' }, 'malformed'],
    [{ code: ' ' }, 'none'],
    [{ code: 'https://example.org' }, 'malformed'],
    [{ card: ' a1 ' }, 'card'],
    [{ plate: '京A·12345' }, 'plate'],
    [{ passId: 'p' }, 'spoken'],
    [{}, 'none'],
    [{ text: phone }, 'code'],
    [{ text: '123456' }, 'six_digits'],
    [{ text: '京A·12345' }, 'plate'],
    [{ text: '京AD12345' }, 'plate'],
    [{ text: 'A1B2C3' }, 'card'],
    [{ text: `${phone}X` }, 'malformed'],
    [{ text: ' ' }, 'none'],
    // The first that is said counts.
    [{ code: '123456', card: 'a1' }, 'six_digits'],
  ] as const)('%j is a %s', (more, way) => {
    expect(readAttempt({ ...said, ...more }).claim.way).toBe(way);
  });

  it('reads one plate in every writing', () => {
    for (const plate of ['京A·12345', '京a 12345', '京A-12345', ' 京A12345'])
      expect(readAttempt({ ...said, plate }).claim).toEqual({ way: 'plate', plate: '京A12345' });
  });

  it('takes a temperature to the tenth, and a clock only when it is one', () => {
    expect(readAttempt({ ...said, temperature: 37.25 })).toMatchObject({ temperatureTenths: 373, at: null });
    expect(readAttempt({ ...said, at: '2026-11-23T08:00:00Z' }).at).toBe(Date.parse('2026-11-23T08:00:00Z'));
    expect(readAttempt({ ...said, at: 'soon' }).at).toBeNull();
    expect(readAttempt({ ...said, urgent: 'dialysis' }).urgent).toBe('dialysis');
    expect(readAttempt({ ...said, urgent: 'shopping' }).urgent).toBeNull();
  });
});

describe('a device', () => {
  const now = new Date('2026-11-23T08:00:00Z');
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const well = { revokedAt: null, hasSecret: true, lastSeenAt: ago(1), clockOffAt: null };
  it.each([
    [well, 'well'],
    [{ ...well, revokedAt: ago(5) }, 'revoked'],
    [{ ...well, lastSeenAt: null }, 'never'],
    [{ ...well, lastSeenAt: null, hasSecret: false }, 'no_secret'],
    [{ ...well, lastSeenAt: ago(30) }, 'well'],
    [{ ...well, lastSeenAt: ago(30.01) }, 'silent'],
    [{ ...well, clockOffAt: ago(1) }, 'clock_off'],
    [{ ...well, clockOffAt: ago(2) }, 'well'],
  ] as const)('%j', (device, standing) => {
    expect(standingOfDevice(device, now, 30)).toBe(standing);
  });

  it('counts out of proportion once there are enough to tell', () => {
    expect([isOutOfProportion(49, 0), isOutOfProportion(50, 0)]).toEqual([false, true]);
    expect([isOutOfProportion(90, 30), isOutOfProportion(91, 30)]).toEqual([false, true]);
    expect(isOutOfProportion(0, 80)).toBe(true);
  });
});
