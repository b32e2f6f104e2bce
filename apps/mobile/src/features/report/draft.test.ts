import { afterEach, describe, expect, it, vi } from 'vitest';
import { freshReport, type ReportDraft, toOrder } from './draft.ts';

const around = {
  scopeId: 'scope-1',
  householdId: 'household-1',
  needsTime: false,
  takesWindows: false,
  takesAbout: false,
  spoken: null,
};
const draft = (part: Partial<ReportDraft>): ReportDraft => ({
  ...freshReport(),
  description: ' drips ',
  categoryCode: 'water.leak.home',
  place: 'home',
  ...part,
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a report', () => {
  it('is needed by the clock of the place, wherever the phone is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(
      toOrder(draft({ neededBy: '2026-11-24T18:00' }), { ...around, needsTime: true }, []),
    ).toMatchObject({
      neededBy: '2026-11-24T10:00:00.000Z',
    });
  });

  it('becomes one request', () => {
    expect(toOrder(draft({}), around, ['f1'])).toEqual({
      scopeId: 'scope-1',
      categoryCode: 'water.leak.home',
      description: 'drips',
      place: { type: 'home', householdId: 'household-1' },
      photoIds: ['f1'],
    });
  });

  it('says all that is missing at once', () => {
    expect(toOrder(freshReport(), { ...around, needsTime: true }, [])).toEqual([
      'description',
      'category',
      'place',
      'neededBy',
    ]);
  });

  it('needs one way of saying where a public spot is', () => {
    expect(toOrder(draft({ place: 'public' }), around, [])).toEqual(['place']);
    expect(toOrder(draft({ place: 'public', spot: ' by the door ' }), around, [])).toMatchObject({
      place: { type: 'public', spot: 'by the door' },
    });
    expect(toOrder(draft({ place: 'public', facilityId: 'lift' }), around, [])).toMatchObject({
      place: { type: 'public', facilityId: 'lift' },
    });
  });

  it('is not at home for who has none here', () => {
    expect(toOrder(draft({}), { ...around, householdId: null }, [])).toEqual(['place']);
  });

  it('says when somebody is at home only where somebody comes, and about whom only where that is asked', () => {
    const window = { from: '2026-11-24T01:00:00.000Z', to: '2026-11-24T04:00:00.000Z' };
    const full = { windows: [window], aboutOrderId: 'visit-1', hasSeveral: true };
    expect(toOrder(draft(full), around, [])).not.toHaveProperty('windows');
    expect(toOrder(draft(full), around, [])).not.toHaveProperty('about');
    expect(toOrder(draft(full), { ...around, takesWindows: true, takesAbout: true }, [])).toMatchObject({
      windows: [window],
      about: { workOrderId: 'visit-1' },
      hasSeveral: true,
    });
    const outside = draft({ ...full, place: 'public', spot: 'gate' });
    expect(toOrder(outside, { ...around, takesWindows: true }, [])).not.toHaveProperty('windows');
  });

  it('may be spoken instead of written', () => {
    expect(toOrder(draft({ description: ' ' }), { ...around, spoken: '(spoken)' }, [])).toMatchObject({
      description: '(spoken)',
    });
  });

  it('has a key of its own', () => {
    expect(freshReport().key).not.toBe(freshReport().key);
  });
});
