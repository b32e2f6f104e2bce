import { chinaHolidays, parseIso, toIso } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import { type CalendarVersion, calendarFaults, composeCalendar } from './calendar.ts';
import { duesOf } from './clocks.ts';
import { unknownPlaceholders } from './placeholders.ts';

const at = (text: string): number => parseIso(text)!;
const said = (instant: number | null): string | null =>
  instant === null ? null : toIso(instant).slice(0, 16).replace('T', ' ');

const plain: CalendarVersion = {
  version: 1,
  validFrom: '2026-12-01',
  weekdays: null,
  hours: null,
  days: {},
  knownTo: null,
  source: 'test',
};
const limits = { respondMinutes: 60, arriveMinutes: 120, resolveMinutes: 540, calendar: 'working' } as const;
const dueFrom = (start: string, levels: CalendarVersion[][]) =>
  said(
    duesOf(
      { kind: 'repair', clockStartAt: at(start), neededBy: null, pauses: [] },
      limits,
      composeCalendar('Asia/Shanghai', levels),
    ).resolveDueAt,
  );

describe('composeCalendar', () => {
  it('lets a company say more than its city, and the city more than the country', () => {
    const saturdays = { ...plain, weekdays: [1, 2, 3, 4, 5, 6] };
    // Friday 14:00, nine working hours: four on Friday, five on the next working day.
    expect(dueFrom('2026-12-04 14:00', [[], []])).toBe('2026-12-07 14:00');
    expect(dueFrom('2026-12-04 14:00', [[], [saturdays]])).toBe('2026-12-05 14:00');
    const closed = { ...plain, days: { '2026-12-07': 'holiday' } as const };
    expect(dueFrom('2026-12-04 14:00', [[closed], []])).toBe('2026-12-08 14:00');
    // What the company leaves open is as the city says.
    expect(dueFrom('2026-12-05 14:00', [[closed], [saturdays]])).toBe('2026-12-08 14:00');
    const opened = { ...plain, days: { '2026-12-07': 'makeup' } as const };
    expect(dueFrom('2026-12-04 14:00', [[closed], [opened]])).toBe('2026-12-07 14:00');
  });

  it('begins each version on its day, the last written of a day counting', () => {
    const first = { ...plain, hours: [{ from: 540, to: 720 }] };
    const second = { ...plain, version: 2, validFrom: '2026-12-08', hours: [{ from: 540, to: 1080 }] };
    const corrected = { ...first, version: 3, hours: [{ from: 600, to: 1080 }] };
    expect(dueFrom('2026-11-30 10:00', [[], [first]])).toBe('2026-12-01 10:00');
    expect(dueFrom('2026-12-01 09:00', [[], [first]])).toBe('2026-12-03 12:00');
    expect(dueFrom('2026-12-07 09:00', [[], [first, second]])).toBe('2026-12-08 15:00');
    expect(dueFrom('2026-12-01 10:00', [[], [first, second, corrected]])).toBe('2026-12-02 11:00');
  });

  it('knows the holidays of an official notice further than the country’s data', () => {
    const notice = { ...plain, days: { '2027-02-08': 'holiday' } as const, knownTo: '2027-12-31' };
    const calendar = composeCalendar('Asia/Shanghai', [[notice]]);
    expect(calendar.holidays.to).toBe(chinaHolidays.to);
    expect(calendar.later?.calendar.holidays.to).toBe('2027-12-31');
  });
});

describe('calendarFaults', () => {
  const fine = {
    validFrom: '2026-12-01',
    weekdays: [1],
    hours: [{ from: 0, to: 1440 }],
    days: {},
    knownTo: null,
  };
  it.each([
    [{}, []],
    [{ validFrom: '2026-11-30' }, ['/validFrom calendar_past']],
    [{ validFrom: '2026-13-01' }, ['/validFrom invalid']],
    [{ weekdays: [] }, ['/weekdays required']],
    [{ weekdays: [1, 1] }, ['/weekdays invalid']],
    [{ hours: [] }, ['/hours required']],
    [{ hours: [{ from: 60, to: 60 }] }, ['/hours/0 calendar_hours']],
    [
      {
        hours: [
          { from: 60, to: 120 },
          { from: 119, to: 200 },
        ],
      },
      ['/hours/1 calendar_hours'],
    ],
    [{ days: { '2026-11-30': 'holiday' as const } }, ['/days/2026-11-30 calendar_day']],
    [{ days: { '2026-02-30': 'holiday' as const } }, ['/days/2026-02-30 calendar_day']],
    [{ knownTo: '2026-01-01' }, ['/knownTo invalid']],
  ])('%j', (change, faults) => {
    const found = calendarFaults({ ...fine, ...change }, '2026-11-30').map(
      ({ path, code }) => `${path} ${code}`,
    );
    expect(found).toEqual(faults);
  });
});

describe('placeholders', () => {
  it.each([
    ['{{worker}} 到 {{ window }}', []],
    ['{{phone}}', ['phone']],
    ['{{worker}', ['{{']],
    ['worker}}', ['{{']],
    ['{worker}', []],
    ['{{}}', ['']],
  ])('%s', (text, unknown) => {
    expect(unknownPlaceholders(text)).toEqual(unknown);
  });
});
