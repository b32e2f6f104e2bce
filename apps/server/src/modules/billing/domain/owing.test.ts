import { describe, expect, it } from 'vitest';
import { ageOf, limitationEnds, surchargeOn } from './charges.ts';
import { nextStep } from './ladder.ts';
import { endOfDelivery, payersOf, type PayerRule } from './payers.ts';
import { datesOf } from './pricing.ts';
import { isMonthToBill, isOutlier, mayDecide } from './runs.ts';
import { dueNow, settleWith } from './settling.ts';

const home = {
  householdId: '00000000-0000-7000-8000-00000000000a',
  label: '1号楼1单元101',
  buildingId: '00000000-0000-7000-8000-00000000000b',
  areaHundredths: 8850,
  floor: 3,
};

describe('who pays', () => {
  const rule = (more: Partial<PayerRule>): PayerRule => ({
    id: 'r',
    householdId: null,
    buildingId: null,
    item: null,
    payer: 'property_unit',
    partyId: 'p',
    partyName: '产权单位',
    shareBp: 10_000,
    startsOn: '2026-01-01',
    endsOn: null,
    ...more,
  });
  const parts = (rules: PayerRule[], month = '2026-11-01') =>
    payersOf(rules, home, 'item', month, 10_000).map(({ payer, amountFen }) => [payer, amountFen]);
  it('the household, unless something closer is said', () => {
    expect(parts([])).toEqual([['owner', 10_000]]);
    expect(parts([rule({ shareBp: 3_333 })])).toEqual([
      ['property_unit', 3_333],
      ['owner', 6_667],
    ]);
    expect(
      parts([rule({}), rule({ buildingId: home.buildingId, payer: 'subsidy', shareBp: 5_000 })]),
    ).toEqual([
      ['subsidy', 5_000],
      ['owner', 5_000],
    ]);
    expect(
      parts([
        rule({ buildingId: home.buildingId }),
        rule({ householdId: home.householdId, payer: 'tenant', partyId: null }),
      ]),
    ).toEqual([['tenant', 10_000]]);
    expect(parts([rule({ item: 'other' })])).toEqual([['owner', 10_000]]);
    expect(parts([rule({ buildingId: 'elsewhere' })])).toEqual([['owner', 10_000]]);
  });
  it('the developer through the month of delivery', () => {
    expect(endOfDelivery('2026-11-01')).toBe('2026-12-01');
    expect(endOfDelivery('2026-11-30')).toBe('2026-12-01');
    const developer = rule({ payer: 'developer', endsOn: endOfDelivery('2026-11-30') });
    expect(parts([developer], '2026-11-01')).toEqual([['developer', 10_000]]);
    expect(parts([developer], '2026-12-01')).toEqual([['owner', 10_000]]);
  });
});

describe('lateness', () => {
  const terms = { perDayE5: 50, graceDays: 0, capBp: 3_000 };
  const owed = (settled: { on: string; fen: number }[] = []) => ({
    dueOn: '2026-11-10',
    amountFen: 100_000,
    settled,
  });
  it.each([
    ['2026-11-10', 0, 0],
    ['2026-11-11', 50, 1],
    ['2026-11-20', 500, 10],
  ])('of 1000 yuan at 0.5 ‰ through %s: %i fen for %i days', (until, amountFen, days) => {
    expect(surchargeOn(owed(), terms, until)).toMatchObject({ amountFen, days });
  });
  it('on what is open that day, after the grace, up to the cap; beyond 30 % it is said', () => {
    expect(surchargeOn(owed([{ on: '2026-11-16', fen: 60_000 }]), terms, '2026-11-20').amountFen).toBe(
      5 * 50 + 5 * 20,
    );
    expect(surchargeOn(owed([{ on: '2026-11-11', fen: 100_000 }]), terms, '2027-11-20').amountFen).toBe(0);
    expect(surchargeOn(owed(), { ...terms, graceDays: 10 }, '2026-11-20').amountFen).toBe(0);
    expect(surchargeOn(owed(), terms, '2030-11-10')).toMatchObject({
      amountFen: 30_000,
      isCapped: true,
      isHigh: false,
    });
    expect(surchargeOn(owed(), { ...terms, capBp: 10_000 }, '2028-08-01')).toMatchObject({ isHigh: true });
  });
  it('grows old by days, and out of reach after three years unless asked for', () => {
    expect(
      ['2026-11-10', '2026-12-10', '2026-12-11', '2027-02-08', '2027-02-09', '2027-11-10', '2027-11-11'].map(
        (day) => ageOf('2026-11-10', day),
      ),
    ).toEqual(['not_due', 'to_30', 'to_90', 'to_90', 'to_180', 'to_365', 'over_365']);
    expect(limitationEnds('2024-02-29', [])).toBe('2027-02-28');
    expect(limitationEnds('2024-03-01', ['2026-05-01'])).toBe('2029-05-01');
    expect(limitationEnds('2024-03-01', ['2027-03-01', '2027-03-02'])).toBe('2030-03-02');
    expect(limitationEnds('2024-03-01', ['2027-03-02'])).toBe('2027-03-01');
  });
});

describe('the ladder', () => {
  const steps = [
    { afterDays: 0, way: 'message' as const },
    { afterDays: 15, way: 'message' as const },
    { afterDays: 60, way: 'letter' as const },
  ];
  const oldest = { lineId: 'l', dueOn: '2026-11-10' };
  const standing = {
    state: 'reminding' as const,
    stepsTaken: 0,
    oldestLineId: null as string | null,
    promisedUntil: null as string | null,
  };
  const after = (taken: number) => ({ ...standing, stepsTaken: taken, oldestLineId: 'l' });
  it('takes a step on its day and not before, once, and never more than there are', () => {
    expect(nextStep(standing, oldest, steps, '2026-11-09')).toEqual({ is: 'wait', until: '2026-11-10' });
    expect(nextStep(standing, oldest, steps, '2026-11-10')).toEqual({
      is: 'remind',
      step: 1,
      way: 'message',
    });
    expect(nextStep(after(1), oldest, steps, '2026-11-24')).toEqual({ is: 'wait', until: '2026-11-25' });
    expect(nextStep(after(1), oldest, steps, '2026-11-25')).toEqual({
      is: 'remind',
      step: 2,
      way: 'message',
    });
    expect(nextStep(after(3), oldest, steps, '2027-11-25')).toEqual({ is: 'rest' });
    // Missed ones are not made up for.
    expect(nextStep(standing, oldest, steps, '2027-02-01')).toEqual({ is: 'remind', step: 3, way: 'letter' });
  });
  it('rests while it is disputed, waits for a promise through its day, and begins anew with another line', () => {
    expect(nextStep({ ...after(1), state: 'disputed' }, oldest, steps, '2027-11-25')).toEqual({ is: 'rest' });
    const promised = { ...after(1), state: 'promised' as const, promisedUntil: '2026-12-01' };
    expect(nextStep(promised, oldest, steps, '2026-12-01')).toEqual({ is: 'wait', until: '2026-12-02' });
    expect(nextStep(promised, oldest, steps, '2026-12-02')).toMatchObject({ is: 'remind', step: 2 });
    expect(nextStep(after(3), { ...oldest, lineId: 'm' }, steps, '2026-11-10')).toMatchObject({
      is: 'remind',
      step: 1,
    });
    expect(nextStep(after(1), null, steps, '2027-11-25')).toEqual({ is: 'rest' });
  });
});

describe('paying', () => {
  const line = { amountFen: 10_000, settledFen: 0, earlyUntil: '2026-11-15', earlyFen: 200, isVoided: false };
  it('early and whole costs less: on the last day, and not the day after', () => {
    expect(dueNow(line, '2026-11-15')).toBe(9_800);
    expect(dueNow(line, '2026-11-16')).toBe(10_000);
    expect(settleWith(line, 9_800, '2026-11-15')).toEqual({
      takenFen: 9_800,
      earlyFen: 200,
      leftFen: 0,
      openFen: 0,
    });
    expect(settleWith(line, 9_799, '2026-11-15')).toEqual({
      takenFen: 9_799,
      earlyFen: 0,
      leftFen: 0,
      openFen: 201,
    });
    expect(settleWith({ ...line, settledFen: 1 }, 9_999, '2026-11-15')).toEqual({
      takenFen: 9_999,
      earlyFen: 0,
      leftFen: 0,
      openFen: 0,
    });
    expect(settleWith(line, 10_000, '2026-11-15')).toEqual({
      takenFen: 9_800,
      earlyFen: 200,
      leftFen: 200,
      openFen: 0,
    });
  });
  it('takes never more than is open', () => {
    expect(settleWith({ ...line, settledFen: 9_000 }, 5_000, '2026-12-01')).toMatchObject({
      takenFen: 1_000,
      leftFen: 4_000,
    });
    expect(settleWith({ ...line, isVoided: true }, 5_000, '2026-11-01')).toMatchObject({
      takenFen: 0,
      leftFen: 5_000,
    });
  });
  it('is due so many days after the bill’s day', () => {
    expect(datesOf({ dueDays: 15, early: { withinDays: 5, shareBp: 200 } }, '2026-11-05', 10_000)).toEqual({
      dueOn: '2026-11-20',
      earlyUntil: '2026-11-10',
      earlyFen: 200,
    });
    expect(
      datesOf({ dueDays: 15, early: { withinDays: 5, shareBp: 200 } }, '2026-11-05', 10).earlyUntil,
    ).toBeNull();
  });
});

describe('a run', () => {
  it('is decided by another, once it is ready', () => {
    expect(mayDecide({ state: 'ready', askedBy: 'a' }, 'approve', 'b')).toBeNull();
    expect(mayDecide({ state: 'ready', askedBy: 'a' }, 'approve', 'a')).toBe('billing.needs_second_person');
    expect(mayDecide({ state: 'ready', askedBy: 'a' }, 'cancel', 'a')).toBeNull();
    for (const state of ['calculating', 'approved', 'posted', 'cancelled'] as const)
      expect(mayDecide({ state, askedBy: 'a' }, 'approve', 'b')).toBe('billing.run_not_ready');
    for (const state of ['approved', 'posted', 'cancelled'] as const)
      expect(mayDecide({ state, askedBy: 'a' }, 'cancel', 'b')).toBe('billing.run_not_ready');
  });
  it('is of a month from a year back to the next', () => {
    expect(
      ['2025-10-01', '2025-11-01', '2026-12-01', '2027-01-01', '2026-11-02'].map((month) =>
        isMonthToBill(month, '2026-11-23'),
      ),
    ).toEqual([false, true, true, false, false]);
  });
  it('shows what differs by more than half and by twenty yuan', () => {
    expect(isOutlier(10_000, 15_000)).toBe(false);
    expect(isOutlier(10_000, 15_001)).toBe(true);
    expect(isOutlier(10_000, 4_999)).toBe(true);
    expect(isOutlier(100, 1_000)).toBe(false);
    expect(isOutlier(0, 100_000)).toBe(false);
  });
});
