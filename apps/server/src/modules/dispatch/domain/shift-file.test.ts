import { instantOn } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import {
  checkShifts,
  missingFields,
  readDay,
  readHours,
  type ShiftReading,
  type ShiftRow,
} from './shift-file.ts';
import { dutiesAt, type Plan, spansOf } from './shifts.ts';

const zone = 'Asia/Shanghai';
const at = (date: string, minute: number) => instantOn(date, minute, zone);
const none: Plan = { patterns: [], rosters: [], changes: [] };
const reading = (more: Partial<ShiftReading> = {}): ShiftReading => ({
  people: [
    { accountId: 'li', name: '李师傅', startsOn: '2020-01-01', endsOn: null },
    { accountId: 'zhao', name: '赵师傅', startsOn: '2026-11-25', endsOn: '2026-12-01' },
    { accountId: 'wang1', name: '王师傅', startsOn: '2020-01-01', endsOn: null },
    { accountId: 'wang2', name: '王师傅', startsOn: '2020-01-01', endsOn: null },
    // One person in two trades, and somebody of the same name who left long ago.
    { accountId: 'zhou', name: '周师傅', startsOn: '2020-01-01', endsOn: null },
    { accountId: 'zhou', name: '周师傅', startsOn: '2021-01-01', endsOn: null },
    { accountId: 'zhou-before', name: '周师傅', startsOn: '2020-01-01', endsOn: '2024-01-01' },
  ],
  phones: new Map([
    ['13800000001', 'li'],
    ['13800000002', 'wang2'],
    ['13900000000', 'somebody of another house'],
  ]),
  shifts: new Map([
    ['白班', { from: 480, to: 1_020 }],
    ['轮班', null],
    ['备勤班', { from: 1_080, to: 1_920 }],
  ]),
  words: { free: new Set(['休', '/']), standby: ['备勤'], nextDay: ['次日'] },
  plan: none,
  zone,
  today: '2026-11-23',
  ...more,
});
let line = 1;
const row = (name: string, date: string, shift: string, phone?: string): ShiftRow => ({
  line: ++line,
  cells: { name, date, shift, ...(phone === undefined ? {} : { phone }) },
  unreadable: [],
});
const faultsOf = (one: ShiftRow, more: Partial<ShiftReading> = {}) =>
  checkShifts([one], reading(more)).faults.map(({ field, code }) => `${field} ${code}`);

describe('shift file: what stands in a cell', () => {
  it.each([
    ['2026-11-24', '2026-11-24'],
    ['2026/1/5', '2026-01-05'],
    ['2026.12.31', '2026-12-31'],
    ['20261124', '2026-11-24'],
    ['2026年11月24日', '2026-11-24'],
    ['2026-11-24 00:00', '2026-11-24'],
    ['2026-02-30', null],
    ['11月24日', null],
    ['24/11/2026', null],
    ['', null],
  ])('a day: %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  it.each([
    ['08:00-17:00', { from: 480, to: 1_020 }],
    ['8:00 ~ 17:00', { from: 480, to: 1_020 }],
    ['8：00至17：00', { from: 480, to: 1_020 }],
    ['20:00-08:00', { from: 1_200, to: 1_920 }],
    ['20:00-次日8:00', { from: 1_200, to: 1_920 }],
    ['08:00-08:00', { from: 480, to: 1_920 }],
    ['00:00-24:00', { from: 0, to: 1_440 }],
    ['24:00-08:00', null],
    ['08:60-17:00', null],
    ['08:00-24:01', null],
    ['八点到五点', null],
  ])('hours: %s', (text, hours) => {
    expect(readHours(text, ['次日'])).toEqual(hours);
  });

  it('asks for a name or a number, a date and a shift', () => {
    expect(missingFields({})).toEqual(['name', 'date', 'shift']);
    expect(missingFields({ phone: '电话', date: '日期', shift: '班次' })).toEqual([]);
  });
});

describe('shift file: a row', () => {
  it('is entered by the pattern’s hours, by hours of its own, or on call', () => {
    const { days, faults } = checkShifts(
      [
        row('李师傅', '2026-11-24', '白班'),
        row('李师傅', '2026-11-25', '20:00-08:00'),
        row('李师傅', '2026-11-27', '备勤 18:00-8:00'),
        row('李师傅', '2026-11-28', '备勤班'),
        row('王师傅', '2026-11-24', '白班', '13800000002'),
        row('', '2026-11-29', '白班', '13800000001'),
      ],
      reading(),
    );
    expect(faults).toEqual([]);
    expect(days.map(({ accountId, onDate, from, to, kind }) => [accountId, onDate, from, to, kind])).toEqual([
      ['li', '2026-11-24', 480, 1_020, 'duty'],
      ['li', '2026-11-25', 1_200, 1_920, 'duty'],
      ['li', '2026-11-27', 1_080, 1_920, 'standby'],
      // A pattern that is called so is the pattern.
      ['li', '2026-11-28', 1_080, 1_920, 'duty'],
      ['wang2', '2026-11-24', 480, 1_020, 'duty'],
      ['li', '2026-11-29', 480, 1_020, 'duty'],
    ]);
  });

  const wrong: [string, ShiftRow, string[]][] = [
    ['nobody', row('', '2026-11-24', '白班'), ['name required']],
    ['a stranger', row('陌生人', '2026-11-24', '白班'), ['name person_unknown']],
    ['two of one name', row('王师傅', '2026-11-24', '白班'), ['name person_twice']],
    ['a number of another house', row('', '2026-11-24', '白班', '13900000000'), ['phone person_unknown']],
    [
      'a name and another’s number',
      row('李师傅', '2026-11-24', '白班', '13800000002'),
      ['name person_other'],
    ],
    ['one who stands in two records', row('周师傅', '2026-11-24', '白班'), []],
    ['the day before they begin', row('赵师傅', '2026-11-24', '白班'), ['date not_employed']],
    ['the day they begin', row('赵师傅', '2026-11-25', '白班'), []],
    ['their last day', row('赵师傅', '2026-11-30', '白班'), []],
    ['the day after it', row('赵师傅', '2026-12-01', '白班'), ['date not_employed']],
    ['yesterday', row('李师傅', '2026-11-22', '白班'), ['date date_past']],
    ['today', row('李师傅', '2026-11-23', '白班'), []],
    ['400 days ahead', row('李师傅', '2027-12-28', '白班'), []],
    ['401 days ahead', row('李师傅', '2027-12-29', '白班'), ['date date_far']],
    ['no such shift', row('李师傅', '2026-11-24', '中班'), ['shift shift_unknown']],
    ['a shift of changing hours', row('李师傅', '2026-11-24', '轮班'), ['shift shift_varies']],
    ['on call, when', row('李师傅', '2026-11-24', '备勤'), ['shift shift_unknown']],
    [
      'everything at once',
      row('陌生人', '24.11.', ''),
      ['date date_invalid', 'name person_unknown', 'shift required'],
    ],
    [
      'a cell that can be read in two ways',
      { ...row('李师傅', '2026-11-24', '白班'), unreadable: ['date'] },
      ['date unreadable'],
    ],
  ];
  it.each(wrong)('%s', (_name, one, faults) => {
    expect(faultsOf(one)).toEqual(faults);
  });

  it('twice is one shift; overlapping is none of ours to choose; one after the other is both', () => {
    const rows = [
      row('李师傅', '2026-11-24', '白班'),
      row('李师傅', '2026-11-24', '8:00-17:00'),
      row('李师傅', '2026-11-24', '16:59-20:00'),
      row('李师傅', '2026-11-24', '17:00-20:00'),
      row('李师傅', '2026-11-24', '备勤 00:00-24:00'),
    ];
    const { days, faults } = checkShifts(rows, reading());
    expect(days.map((day) => day.line - rows[0]!.line)).toEqual([0, 3, 4]);
    expect(faults.map(({ code, params }) => [code, params])).toEqual([
      ['twice_in_file', { other: rows[0]!.line }],
      ['overlaps_in_file', { other: rows[0]!.line }],
    ]);
  });
});

describe('shift file: beside what is planned', () => {
  const plan: Plan = {
    patterns: [{ id: 'p', anchorOn: '2026-11-23', days: [{ from: 480, to: 1_020 }] }],
    rosters: [
      {
        id: 'r',
        accountId: 'li',
        patternId: 'p',
        kind: 'duty',
        startsOn: '2026-11-23',
        endsOn: '2026-11-28',
        compoundIds: [],
        gridId: null,
      },
    ],
    days: [{ accountId: 'wang2', onDate: '2026-11-26', from: 1_200, to: 1_920, kind: 'duty' }],
    changes: [
      { kind: 'off', accountId: 'li', onDate: '2026-11-26' },
      { kind: 'leave', accountId: 'li', from: at('2026-11-29', 720), to: at('2026-11-29', 780) },
    ],
  };
  const check = (...rows: ShiftRow[]) => checkShifts(rows, reading({ plan }));

  it('the same hours are known, also of a shift that was changed since; others in the way are refused', () => {
    const cases: [ShiftRow, string][] = [
      [row('李师傅', '2026-11-24', '白班'), 'known'],
      [row('李师傅', '2026-11-24', '12:00-20:00'), 'already_on'],
      [row('李师傅', '2026-11-24', '17:00-20:00'), 'taken'],
      [row('李师傅', '2026-11-24', '备勤 17:00-20:00'), 'taken'],
      [row('李师傅', '2026-11-26', '白班'), 'day_off'],
      [row('李师傅', '2026-11-29', '白班'), 'on_leave'],
      [row('李师傅', '2026-11-29', '13:00-17:00'), 'taken'],
      [row('', '2026-11-26', '20:00-08:00', '13800000002'), 'known'],
      // The night of the 26th runs until eight.
      [row('', '2026-11-27', '7:59-12:00', '13800000002'), 'already_on'],
      [row('', '2026-11-27', '8:00-12:00', '13800000002'), 'taken'],
    ];
    const seen = cases.map(([one]) => {
      const { days, known, faults } = check(one);
      return faults[0]?.code ?? (known === 1 ? 'known' : days.length === 1 ? 'taken' : 'nothing');
    });
    expect(seen).toEqual(cases.map(([, wanted]) => wanted));
    const changed: Plan = { ...plan, changes: [{ kind: 'off', accountId: 'wang2', onDate: '2026-11-26' }] };
    const again = row('', '2026-11-26', '20:00-08:00', '13800000002');
    expect(checkShifts([again], reading({ plan: changed }))).toMatchObject({
      known: 1,
      days: [],
      faults: [],
    });
  });

  it('"off" is no shift, and says so where one is planned', () => {
    expect(check(row('李师傅', '2026-11-28', '休'))).toMatchObject({ free: 1, days: [], faults: [] });
    expect(check(row('李师傅', '2026-11-24', '/')).faults).toMatchObject([{ code: 'has_shift' }]);
  });

  it('a single day is a shift like any other: on exactly at its beginning, off, swapped, cut by leave', () => {
    const own = (changes: Plan['changes']) =>
      spansOf({ ...plan, rosters: [], changes }, at('2026-11-26', 0), at('2026-11-28', 0), zone).map(
        ({ accountId, from, to }) => [accountId, from, to],
      );
    const [from, to] = [at('2026-11-26', 1_200), at('2026-11-27', 480)];
    expect(own([])).toEqual([['wang2', from, to]]);
    expect(own([{ kind: 'off', accountId: 'wang2', onDate: '2026-11-26' }])).toEqual([]);
    expect(own([{ kind: 'swap', accountId: 'wang2', withAccountId: 'li', onDate: '2026-11-26' }])).toEqual([
      ['li', from, to],
    ]);
    expect(own([{ kind: 'leave', accountId: 'wang2', from: at('2026-11-27', 0), to }])).toEqual([
      ['wang2', from, at('2026-11-27', 0)],
    ]);
    const days: Plan = { ...none, days: plan.days! };
    const state = (now: number) => dutiesAt(days, ['wang2', 'li'], now, zone).get('wang2')?.state;
    expect([state(from - 1), state(from), state(to - 1), state(to)]).toEqual(['off', 'on', 'on', 'off']);
    expect(dutiesAt(days, ['li'], from, zone).get('li')?.state).toBe('off');
    expect(dutiesAt(none, ['li'], from, zone).get('li')?.state).toBe('unplanned');
  });
});
