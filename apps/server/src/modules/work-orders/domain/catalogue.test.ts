import { suggestCategories } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import { catalogue, readCatalogue } from '../catalogue/index.ts';
import { DUTIES, GROUPS, KINDS, SKILLS } from './types.ts';

describe('the catalogue', () => {
  it('has some 80 categories, of every kind, group, skill, duty and place', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(80);
    expect(new Set(catalogue.map((c) => c.kind))).toEqual(new Set(KINDS));
    expect(new Set(catalogue.map((c) => c.group))).toEqual(new Set(GROUPS));
    expect(new Set(catalogue.map((c) => c.skill))).toEqual(new Set(SKILLS));
    expect(new Set(catalogue.map((c) => c.duty))).toEqual(new Set(DUTIES));
    expect(new Set(catalogue.map((c) => c.place))).toEqual(new Set(['home', 'public', 'both']));
    for (const place of ['home', 'public'] as const) {
      expect(catalogue.filter((c) => c.place === place).length).toBeGreaterThan(10);
    }
  });

  it('has its own name for each, in both languages', () => {
    expect(new Set(catalogue.map((c) => c.code)).size).toBe(catalogue.length);
    expect(new Set(catalogue.map((c) => c.nameZh)).size).toBe(catalogue.length);
    expect(new Set(catalogue.map((c) => c.nameEn)).size).toBe(catalogue.length);
    for (const c of catalogue) {
      expect(c.nameZh).toMatch(/\p{Script=Han}/u);
      expect(c.nameEn).toMatch(/^[A-Z][A-Za-z ,'’-]+$/);
    }
  });

  it('has somebody at every emergency within twenty minutes, round the clock', () => {
    const emergencies = catalogue.filter((c) => c.isEmergency);
    expect(emergencies.length).toBeGreaterThanOrEqual(8);
    for (const c of emergencies) expect(c).toMatchObject({ arriveMinutes: 20, calendar: 'always' });
  });

  it('restores water, power, gas and heat within 24 hours', () => {
    const lost = catalogue.filter((c) =>
      /^(water|power|gas|heating)\.(none|out|cold|building|burst|leak)/.test(c.code),
    );
    expect(lost.length).toBeGreaterThanOrEqual(8);
    for (const c of lost) {
      expect(c).toMatchObject({ calendar: 'always' });
      expect(c.resolveMinutes).toBeLessThanOrEqual(24 * 60);
    }
  });

  it('sends nobody out for questions and suggestions', () => {
    for (const c of catalogue) {
      if (c.kind === 'consultation' || c.kind === 'suggestion') expect(c.arriveMinutes).toBeNull();
      if (c.kind === 'repair' || c.kind === 'special_need') expect(c.arriveMinutes).not.toBeNull();
    }
  });

  it('keeps health and accusations confidential', () => {
    for (const code of [
      'special.oxygen',
      'special.hospital',
      'service.attitude',
      'noise.neighbour',
      'neighbour.illegal',
    ]) {
      expect(catalogue.find((c) => c.code === code)).toMatchObject({ code, isConfidential: true });
    }
  });

  it('names all the faults of a broken one at once', () => {
    const [first] = catalogue;
    const read = readCatalogue({
      categories: [
        first,
        first,
        { ...first, code: 'Bad Code', nameEn: ' ', kind: 'magic', respondMinutes: 90, arriveMinutes: 60 },
        { ...first, code: 'an.emergency', isEmergency: true, calendar: 'working', photosRequired: true },
        { ...first, code: 'no.words', keywordsZh: [], resolveMinutes: 0.5 },
      ],
    });
    expect(read).toMatchObject({
      ok: false,
      error: [
        { code: 'water.leak.home', fault: 'code appears twice' },
        { code: 'Bad Code', fault: expect.stringContaining('lower-case') },
        { code: 'Bad Code', fault: 'kind is magic' },
        { code: 'Bad Code', fault: 'nameEn is missing' },
        { code: 'Bad Code', fault: expect.stringContaining('respond ≤ arrive') },
        { code: 'an.emergency', fault: 'an emergency knows no working hours' },
        { code: 'an.emergency', fault: 'an emergency waits for no photo' },
        { code: 'no.words', fault: 'keywordsZh is empty' },
        { code: 'no.words', fault: expect.stringContaining('whole minutes') },
      ],
    });
    expect(readCatalogue({})).toMatchObject({ ok: false });
  });

  it.each([
    ['厨房水管漏水了', 'home', 'water.leak.home'],
    ['楼上漏水滴到我家', 'home', 'water.upstairs'],
    ['有人关在电梯里出不来', 'public', 'lift.trapped'],
    ['电梯坏了', 'public', 'lift.fault'],
    ['家里没电了', 'home', 'power.out.home'],
    ['路灯不亮', 'public', 'power.light.street'],
    ['闻到煤气味', 'home', 'gas.smell'],
    ['暖气不热', 'home', 'heating.cold'],
    ['消防通道被车堵了', 'public', 'fire.exit'],
    ['井盖没了', 'public', 'building.manhole'],
    ['老人要氧气瓶', 'home', 'special.oxygen'],
    ['楼上半夜太吵', 'home', 'noise.neighbour'],
    ['物业费怎么算', null, 'fee.question'],
    ['water leak in the kitchen', 'home', 'water.leak.home'],
    ['stuck in the elevator', 'public', 'lift.trapped'],
    ['smell of gas', 'home', 'gas.smell'],
    ['street lamp is dark', 'public', 'power.light.street'],
    ['my drain is blocked', 'home', 'water.drain'],
  ] as const)('finds %s', (text, place, code) => {
    expect(suggestCategories(text, catalogue, place).map((c) => c.code)[0]).toBe(code);
  });
});
