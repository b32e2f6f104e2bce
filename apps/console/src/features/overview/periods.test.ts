import { describe, expect, it } from 'vitest';
import { daysOf, periodOf } from './periods.ts';

const today = '2026-03-02';

describe('the period', () => {
  it('counts today in, also over the end of a month', () => {
    expect(daysOf('today', today)).toEqual({ from: today, to: today });
    expect(daysOf('days7', today)).toEqual({ from: '2026-02-24', to: today });
    expect(daysOf('days30', today)).toEqual({ from: '2026-02-01', to: today });
    expect(daysOf('month', today)).toEqual({ from: '2026-03-01', to: today });
  });

  it('is seven days unless the address says otherwise', () => {
    expect(periodOf({}, today)).toEqual({ period: 'days7', from: '2026-02-24', to: today });
    expect(periodOf({ period: 'month' }, today).from).toBe('2026-03-01');
    expect(periodOf({ from: '2026-01-05', to: '2026-01-09' }, today)).toEqual({
      period: null,
      from: '2026-01-05',
      to: '2026-01-09',
    });
  });

  it.each([
    { from: '2026-01-05' },
    { from: '2026-01-09', to: '2026-01-05' },
    { from: '2026-02-30', to: '2026-03-01' },
    { from: '2024-01-01', to: '2026-01-02' },
  ])('does not ask the server for what it would refuse: %o', (search) => {
    expect(periodOf(search, today).period).toBe('days7');
  });

  it('takes two whole years', () => {
    expect(periodOf({ from: '2024-01-01', to: '2026-01-01' }, today).period).toBeNull();
  });
});
