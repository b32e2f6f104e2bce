import * as fc from 'fast-check';
import { chinaWorking, type WorkingCalendar } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import {
  chargeOf,
  decide,
  type Facts,
  isDifferent,
  levelOf,
  type Limits,
  mayClose,
  type Phase,
  PHASES,
  roomFor,
} from './prepaid.ts';
import { type TripRule, tripBlock, tripFrom } from './trips.ts';
import { COMMAND_KINDS, COMMAND_REASONS, refusalOf } from './law.ts';

const limits: Limits = {
  alarm1: 2000,
  alarm2: 500,
  overdraft: 1000,
  hoarding: 100_000,
  closePermit: 1000,
  isCloseStrict: false,
};
const facts: Facts = {
  balance: 5000,
  limits,
  keeps: 'us',
  isProtected: false,
  isShielded: false,
  block: null,
  isRestoreAsked: false,
  closeBy: 'close',
};
const at = (before: Phase, balance: number, more: Partial<Facts> = {}) => {
  const { phase, commands, tells, held } = decide(before, { ...facts, balance, ...more });
  return [phase, commands.map(({ kind }) => kind).join(), tells.join(), held];
};

describe('the balance of a prepaid meter, exactly on its thresholds', () => {
  it.each([
    ['ok', 2001, ['ok', '', '', null]],
    ['ok', 2000, ['low', '', 'low', null]],
    ['low', 2000, ['low', '', '', null]],
    ['low', 501, ['low', '', '', null]],
    ['low', 500, ['warned_off', 'trip', 'warned_off', null]],
    ['ok', 500, ['warned_off', 'trip', 'warned_off', null]],
    ['low', -999, ['warned_off', 'trip', 'warned_off', null]],
    ['low', -1000, ['off', 'trip', 'off', null]],
    ['overdraft', 500, ['overdraft', '', '', null]],
    ['overdraft', -999, ['overdraft', '', '', null]],
    ['overdraft', -1000, ['off', 'trip', 'off', null]],
    ['overdraft', 501, ['low', '', '', null]],
    // Paid, and not enough to be switched on again: 合闸允许.
    ['off', 999, ['off', '', '', null]],
    ['off', 1000, ['low', 'close', 'on_again', null]],
    ['off', 2001, ['ok', 'close', 'on_again', null]],
    ['warned_off', 999, ['warned_off', '', '', null]],
    ['warned_off', 1000, ['low', 'close', 'on_again', null]],
    ['warned_off', -1000, ['off', '', 'off', null]],
  ] as const)('%s at %d', (before, balance, expected) => {
    expect(at(before, balance)).toEqual(expected);
  });

  it('is closed above the permit where it says above, and by their own hand where it says so', () => {
    const strict = { ...limits, isCloseStrict: true };
    expect(at('off', 1000, { limits: strict })).toEqual(['off', '', '', null]);
    expect(at('off', 1001, { limits: strict })).toEqual(['low', 'close', 'on_again', null]);
    expect([mayClose(1000, limits), mayClose(1000, strict)]).toEqual([true, false]);
    expect(at('off', 3000, { closeBy: 'allow_close' })).toEqual(['ok', 'allow_close', 'on_again', null]);
  });

  it('is restored once by who lives there, and not when nothing is left to lend', () => {
    const asked = { isRestoreAsked: true };
    expect(at('warned_off', 500, asked)).toEqual(['overdraft', 'close', 'restored', null]);
    expect(at('warned_off', -999, asked)).toEqual(['overdraft', 'close', 'restored', null]);
    expect(at('warned_off', -1000, asked)).toEqual(['off', '', 'off', null]);
    expect(at('off', -1000, asked)).toEqual(['off', '', '', null]);
  });

  it('without overdraft ends at nothing, and not a fen before', () => {
    const bare = { ...limits, alarm2: 0, overdraft: 0 };
    expect([1, 0, -1].map((balance) => levelOf(balance, bare))).toEqual(['low', 'end', 'end']);
  });

  it('is not switched off at night, on holidays or in bad weather: it waits, and says so once', () => {
    expect(at('ok', 500, { block: 'night' })).toEqual(['low', '', 'low,held', 'night']);
    expect(at('low', -5000, { block: 'weather' })).toEqual(['low', '', '', 'weather']);
    expect(at('overdraft', -1000, { block: 'weekend' })).toEqual(['overdraft', '', '', 'weekend']);
    // What is paid is switched on at any hour.
    expect(at('off', 5000, { block: 'night' })).toEqual(['ok', 'close', 'on_again', null]);
  });

  it('is never switched off where somebody’s health needs it, and switched on again as soon as that is known', () => {
    for (const phase of PHASES)
      for (const balance of [-100_000, -1000, 0, 500, 2000, 9000]) {
        const kinds = decide(phase, { ...facts, balance, isProtected: true }).commands.map(
          ({ kind }) => kind,
        );
        expect([phase, balance, kinds.includes('trip')]).toEqual([phase, balance, false]);
        expect(kinds).toContain('protect_on');
      }
    expect(at('off', -2000, { isProtected: true, isShielded: true })).toEqual([
      'overdraft',
      'close',
      'on_again',
      'protected',
    ]);
  });

  it('a meter that counts itself is told when it must not switch, and nothing else', () => {
    const own = { keeps: 'meter' } as const;
    expect(at('low', 400, own)).toEqual(['warned_off', '', 'warned_off', null]);
    expect(at('low', 400, { ...own, block: 'night' })).toEqual(['low', 'protect_on', '', 'night']);
    expect(at('low', 400, { ...own, block: 'night', isShielded: true })).toEqual(['low', '', '', 'night']);
    expect(at('low', 1500, { ...own, isShielded: true })).toEqual(['low', 'protect_off', '', null]);
  });

  it('never trips twice for one lack, and every history ends on when it is paid', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3000, max: 4000 }), { maxLength: 40 }), (balances) => {
        let phase: Phase = 'ok';
        let isOn = true;
        for (const balance of balances) {
          const done = decide(phase, { ...facts, balance });
          for (const { kind } of done.commands) {
            expect(kind === 'trip' ? isOn : !isOn).toBe(true);
            isOn = kind !== 'trip';
          }
          phase = done.phase;
          expect(isOn).toBe(phase !== 'off' && phase !== 'warned_off');
        }
        expect(decide(phase, { ...facts, balance: 5000 }).phase).toBe('ok');
      }),
    );
  });
});

describe('money on a meter', () => {
  it('takes what the hoarding limit leaves', () => {
    expect([roomFor(40_000, limits), roomFor(100_000, limits), roomFor(100_001, limits)]).toEqual([
      60_000, 0, 0,
    ]);
    expect(roomFor(-500, limits)).toBe(100_500);
    expect(roomFor(5_000_000, { ...limits, hoarding: 0 })).toBeNull();
  });
  it('costs in a year of days what the year costs', () => {
    // 0.4883 yuan a kWh, 1.237 kWh a day: 365 days are 220.4648… yuan.
    let [fen, rest] = [0, 0];
    for (let day = 0; day < 365; day += 1) {
      const one = chargeOf([{ milli: 1237, price: 4883 }], rest);
      fen += one.fen;
      rest = one.rest;
    }
    expect(fen).toBe(Math.floor((1237 * 365 * 4883) / 100_000));
    expect(chargeOf([{ milli: 1000, price: 4883 }], 0)).toEqual({ fen: 48, rest: 83_000 });
    // What was charged wrongly is given back to the hundred-thousandth.
    const charged = chargeOf([{ milli: 1237, price: 4883 }], 777);
    expect(chargeOf([{ milli: -1237, price: 4883 }], charged.rest)).toEqual({ fen: -charged.fen, rest: 777 });
    expect(chargeOf([{ milli: 999_999_999_000, price: 10_000_000 }], 99_999)).toEqual({
      fen: 99_999_999_900_000,
      rest: 99_999,
    });
  });
  it('is different beyond the tolerance, and not at it', () => {
    expect([isDifferent(1000, 1100, 100), isDifferent(1000, 1101, 100), isDifferent(1000, 899, 100)]).toEqual(
      [false, true, true],
    );
  });
});

describe('hours at which nothing is switched off', () => {
  const rule: TripRule = { fromHour: 9, toHour: 16, noTripLevels: ['red', 'orange'] };
  const zone = 'Asia/Shanghai';
  const when = (text: string) => Date.parse(`${text}+08:00`);
  const block = (text: string, warnings: Parameters<typeof tripBlock>[4] = []) =>
    tripBlock(when(text), zone, rule, chinaWorking, warnings);
  it.each([
    ['2026-11-23T08:59:59', 'night'],
    ['2026-11-23T09:00:00', null],
    ['2026-11-23T15:59:59', null],
    ['2026-11-23T16:00:00', 'night'],
    ['2026-11-21T10:00:00', 'weekend'],
    ['2026-11-22T10:00:00', 'weekend'],
    ['2026-10-01T10:00:00', 'holiday'],
    // Worked at, and a Saturday all the same.
    ['2026-10-10T10:00:00', 'weekend'],
    // The last day of which there is a notice; New Year's Day, off by law; a Monday of which nobody has said anything.
    ['2026-12-31T15:59:59', null],
    ['2026-12-31T16:00:00', 'night'],
    ['2027-01-01T00:00:00', 'holiday'],
    ['2027-01-04T10:00:00', 'calendar_unknown'],
    ['2039-01-03T10:00:00', 'calendar_unknown'],
  ])('%s: %s', (text, expected) => {
    expect(block(text)).toBe(expected);
  });
  const from = (
    text: string,
    warnings: Parameters<typeof tripBlock>[4] = [],
    protectedUntil: string | null = null,
  ) => {
    const found = tripFrom(when(text), zone, rule, chinaWorking, warnings, protectedUntil);
    return found === null ? null : new Date(found + 8 * 3_600_000).toISOString().slice(0, 16);
  };
  it.each([
    // A Monday.
    ['2026-11-23T09:00:00', '2026-11-23T09:00'],
    ['2026-11-23T03:00:00', '2026-11-23T09:00'],
    ['2026-11-23T16:00:00', '2026-11-24T09:00'],
    ['2026-11-20T16:00:00', '2026-11-23T09:00'],
    // The national holidays, and the Saturday that is worked at and stays a Saturday.
    ['2026-10-01T10:00:00', '2026-10-08T09:00'],
    ['2026-10-09T16:00:00', '2026-10-12T09:00'],
    ['2026-12-31T16:00:00', null],
    ['2039-01-03T10:00:00', null],
  ])('%s: from %s on', (text, expected) => {
    expect(from(text)).toBe(expected);
  });
  it('after the last notice: as soon as the city has entered the next, and on no holiday however it is entered', () => {
    const told: WorkingCalendar = {
      ...chinaWorking,
      holidays: {
        ...chinaWorking.holidays,
        to: '2027-12-31',
        // A place that works on New Year's Day switches nothing off on it.
        days: { ...chinaWorking.holidays.days, '2027-01-01': 'makeup', '2027-01-04': 'holiday' },
      },
    };
    const later: WorkingCalendar = { ...chinaWorking, later: { from: '2026-12-20', calendar: told } };
    const at = (text: string) => tripBlock(when(text), zone, rule, later, []);
    expect(['2026-12-31T10:00:00', '2027-01-01T10:00:00', '2027-01-04T10:00:00'].map(at)).toEqual([
      null,
      'holiday',
      'holiday',
    ]);
    expect(tripFrom(when('2026-12-31T16:00:00'), zone, rule, later, [], null)).toBe(
      when('2027-01-05T09:00:00'),
    );
  });
  it('from the end of all weather and of protection on, in its hours', () => {
    const warning = (level: 'red' | 'orange' | 'yellow', starts: string, ends: string) => ({
      level,
      startsAt: when(starts),
      endsAt: when(ends),
    });
    const two = [
      warning('orange', '2026-11-23T08:00:00', '2026-11-23T11:30:00'),
      warning('red', '2026-11-23T11:00:00', '2026-11-23T15:00:00'),
      warning('yellow', '2026-11-23T08:00:00', '2026-11-30T11:30:00'),
    ];
    expect(from('2026-11-23T10:00:00', two)).toBe('2026-11-23T15:00');
    expect(from('2026-11-23T10:00:00', [warning('red', '2026-11-23T08:00:00', '2026-11-23T20:00:00')])).toBe(
      '2026-11-24T09:00',
    );
    expect(from('2026-11-23T10:00:00', [], '2026-11-23')).toBe('2026-11-24T09:00');
    expect(from('2026-11-24T10:00:00', [], '2026-11-23')).toBe('2026-11-24T10:00');
    expect(from('2026-11-23T10:00:00', [], '2026-11-27')).toBe('2026-11-30T09:00');
  });
  it('in red and orange weather, from its first second to its last', () => {
    const warning = {
      level: 'orange',
      startsAt: when('2026-11-23T10:00:00'),
      endsAt: when('2026-11-23T12:00:00'),
    } as const;
    expect(
      ['09:59:59', '10:00:00', '11:59:59', '12:00:00'].map((time) => block(`2026-11-23T${time}`, [warning])),
    ).toEqual([null, 'weather', 'weather', null]);
    expect(block('2026-11-23T11:00:00', [{ ...warning, level: 'yellow' }])).toBeNull();
  });
});

describe('Civil Code 944', () => {
  it('knows no command for a fee that is owed, in any word', () => {
    for (const kind of COMMAND_KINDS)
      for (const reason of [
        'property_fee',
        'property_arrears',
        'unpaid',
        'overdue_bill',
        '欠物业费',
        '催缴',
        'debt',
      ])
        expect([kind, reason, refusalOf(kind, reason)]).toEqual([kind, reason, { law: 'civil_code_944' }]);
  });
  it('switches off for four reasons and no other', () => {
    const tripped = COMMAND_REASONS.filter((reason) => refusalOf('trip', reason) === null);
    expect(tripped).toEqual(['prepaid_balance', 'safety', 'resident_wish', 'meter_work']);
    expect(refusalOf('trip', 'because')).toEqual({ law: null, why: 'unknown_reason' });
    expect(refusalOf('close', 'paid')).toBeNull();
  });
});
