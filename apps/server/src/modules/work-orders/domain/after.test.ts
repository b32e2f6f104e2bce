import { describe, expect, it } from 'vitest';
import { callAfterFinish, lotOf } from './callbacks.ts';
import { aReport, category, FRIDAY_10, kinds, lamp, leak, tap } from './fixtures.ts';
import { countsOf, district2025, meanOfScores, ratesOf } from './rates.ts';
import { submitPart } from './submit.ts';
import { defaultSettings, type WorkOrderSettings } from './types.ts';

const HOUR = 3_600_000;

describe('the three rates', () => {
  it('the worked example: 100 valid, 98 contacted, 90 solved, 80 satisfied, 10 basically', () => {
    const rates = ratesOf({ valid: 100, contacted: 98, solved: 90, satisfied: 80, basicallySatisfied: 10 });
    expect(rates.contacted).toBe(0.98);
    expect(rates.solved).toBe(0.9);
    expect(rates.satisfied).toBeCloseTo(0.89, 12);
    expect(rates.score).toBe(90.4);
  });

  it('counts only who was reached: in vain is in no figure, and nothing is not nought', () => {
    const reached = {
      isReached: true,
      wasContacted: true,
      isSolved: true,
      satisfaction: 'satisfied',
    } as const;
    const inVain = { isReached: false, wasContacted: false, isSolved: false, satisfaction: null };
    const counts = countsOf([reached, inVain, inVain]);
    expect(counts).toEqual({ valid: 1, contacted: 1, solved: 1, satisfied: 1, basicallySatisfied: 0 });
    expect(ratesOf(counts).score).toBe(100);
    expect(ratesOf(countsOf([inVain]))).toEqual({
      contacted: null,
      solved: null,
      satisfied: null,
      score: null,
    });
  });

  it('totals are the mean of the units, without those that have no call', () => {
    const [good, none] = [
      ratesOf({ valid: 100, contacted: 98, solved: 90, satisfied: 80, basicallySatisfied: 10 }),
      ratesOf(countsOf([])),
    ];
    const bad = ratesOf({ valid: 1, contacted: 0, solved: 0, satisfied: 0, basicallySatisfied: 0 });
    expect(meanOfScores([good, bad, none])).toBe(45.2);
    expect(meanOfScores([none])).toBeNull();
    expect(
      ratesOf(
        { valid: 1, contacted: 1, solved: 1, satisfied: 0, basicallySatisfied: 1 },
        { ...district2025, basically: 1 },
      ).score,
    ).toBe(100);
  });
});

describe('who is called', () => {
  const rule = { delayHours: 2, attempts: 1, retryHours: 4 };
  const under = (
    callbackRules: WorkOrderSettings['callbackRules'],
    lot: number | undefined,
    facts = leak,
  ) => {
    const { order } = aReport(
      facts,
      FRIDAY_10,
      facts.place === 'public' ? { place: 'public' } : {},
    ).finished();
    const call = callAfterFinish(order, FRIDAY_10, { ...defaultSettings, callbackRules }, lot);
    return [call.callbackReason, ((call.callbackDueAt ?? 0) - FRIDAY_10) / HOUR];
  };

  it('silence after three days when no rule says more', () => {
    expect(under({}, 0)).toEqual(['unanswered', 72]);
    expect(under({ all: rule }, undefined)).toEqual(['all', 2]);
    expect(under({ all: { ...rule, delayHours: 96 } }, undefined)).toEqual(['unanswered', 72]);
  });

  it('the sample by lot, exactly up to its share', () => {
    const sample = { ...rule, percent: 20 };
    expect(under({ sample }, 19.999)).toEqual(['sample', 2]);
    expect(under({ sample }, 20)).toEqual(['unanswered', 72]);
    expect(under({ sample }, undefined)).toEqual(['unanswered', 72]);
    expect(under({ sample: { ...sample, percent: 0 } }, 0)).toEqual(['unanswered', 72]);
    expect(under({ sample, all: rule }, 0)).toEqual(['all', 2]);
  });

  it('emergencies, and nobody else by that rule', () => {
    expect(under({ emergency: rule }, 0, category('water.burst'))).toEqual(['emergency', 2]);
    expect(under({ emergency: rule }, 0, tap)).toEqual(['unanswered', 72]);
  });

  it('a lot is the same for whoever draws it, and all of them are spread evenly', () => {
    expect(lotOf('01a20621-f738-7114-a5aa-000000000000')).toBe(0);
    expect(lotOf('01a20621-f738-7114-a5aa-000080000000')).toBe(50);
    expect(lotOf('01a20621-f738-7114-a5aa-0000ffffffff')).toBeLessThan(100);
  });

  it('a rule’s call outlives the answer, silence does not', () => {
    const story = aReport().finished();
    const all = { ...defaultSettings, callbackRules: { all: rule } };
    const confirmed = story.after(60).does('reporter', { action: 'confirm' });
    expect(confirmed.order).toMatchObject({ callbackReason: null, callbackDueAt: null });
    expect(callAfterFinish(confirmed.order, story.now, all, undefined).callbackReason).toBe('all');
  });
});

describe('one matter and several', () => {
  it('a part begins when it was told: late is late', () => {
    const story = aReport(leak).after(16);
    const { order } = story;
    const part = submitPart(
      order,
      'parent',
      { category: tap, photoIds: [] },
      {
        who: ['desk'],
        now: story.now,
        accountId: 'desk',
        settings: defaultSettings,
      },
    );
    if (!part.ok) throw new Error(part.error.reason);
    expect(part.value.order).toMatchObject({
      createdAt: order.createdAt,
      clockStartAt: order.clockStartAt,
      parentId: 'parent',
    });
    const urgent = submitPart(
      order,
      'parent',
      { category: leak, photoIds: [] },
      {
        who: ['desk'],
        now: story.now,
        accountId: 'desk',
        settings: defaultSettings,
      },
    );
    if (!urgent.ok) throw new Error(urgent.error.reason);
    expect(kinds(urgent.value)).toContain('respond_overdue');
    expect(
      submitPart(
        order,
        'parent',
        { category: lamp, photoIds: [] },
        { who: [], now: story.now, accountId: null, settings: defaultSettings },
      ),
    ).toMatchObject({
      ok: false,
      error: { reason: 'wrong_place' },
    });
  });
});
