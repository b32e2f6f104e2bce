import { describe, expect, it } from 'vitest';
import type { EscalationRules } from './escalate.ts';
import { escalationFaults, ruleAt, type RuleVersion, wordAt } from './rules.ts';

const word = (
  scopeId: string,
  version: number,
  startsAt: number,
  value: unknown,
  categoryCode = '',
): RuleVersion => ({ scopeId, subject: 'mode', categoryCode, version, startsAt, value });
const chain = ['compound', 'company', 'street'];
const at = (words: readonly RuleVersion[], now: number, code = ''): unknown =>
  ruleAt(words, chain, 'mode', code, now)?.value ?? null;

describe('rules: whose word holds', () => {
  it('begins exactly at its moment', () => {
    const words = [word('company', 1, 100, 'grab')];
    expect([at(words, 99), at(words, 100)]).toEqual([null, 'grab']);
  });

  it('is the last that has begun, whatever was written after it for later', () => {
    const words = [
      word('company', 1, 10, 'in_turn'),
      word('company', 2, 200, 'grab'),
      word('company', 3, 50, 'by_hand'),
    ];
    expect([at(words, 49), at(words, 50), at(words, 199), at(words, 200)]).toEqual([
      'in_turn',
      'by_hand',
      'by_hand',
      'grab',
    ]);
  });

  it('of two that begin together is the later word, in whatever order they are read', () => {
    const words = [word('company', 2, 10, 'grab'), word('company', 1, 10, 'in_turn')];
    expect(at(words, 10)).toBe('grab');
    expect(at(words.toReversed(), 10)).toBe('grab');
  });

  it('the nearest place before those further out, and there one matter before all', () => {
    const words = [
      word('street', 1, 0, 'automatic'),
      word('street', 1, 0, 'grab', 'water.tap'),
      word('company', 1, 0, 'in_turn'),
      word('compound', 1, 0, 'by_hand', 'water.tap'),
    ];
    expect([at(words, 0), at(words, 0, 'water.tap'), at(words, 0, 'lift.stopped')]).toEqual([
      'in_turn',
      'by_hand',
      'in_turn',
    ]);
  });

  it('who takes back the own word leaves it to the next level again', () => {
    const words = [
      word('street', 1, 0, 'automatic'),
      word('company', 1, 0, 'grab'),
      word('company', 2, 5, null),
    ];
    expect([at(words, 4), at(words, 5)]).toEqual(['grab', 'automatic']);
    expect(wordAt(words, words[1]!, 5)?.version).toBe(2);
  });

  it('another subject or place says nothing here', () => {
    const words: RuleVersion[] = [
      { ...word('company', 1, 0, {}), subject: 'offers' },
      word('elsewhere', 1, 0, 'grab'),
    ];
    expect(at(words, 0)).toBe(null);
  });
});

describe('rules: a chain climbs', () => {
  const right: EscalationRules = {
    emergency: [
      { afterMinutes: 0, to: 'steward' },
      { afterMinutes: 1, to: 'street' },
    ],
    normal: [{ afterMinutes: 0, to: 'company' }],
    notThere: ['street'],
    acknowledgedMinutes: 10,
  };
  const cases: [string, Partial<EscalationRules>, [string, string][]][] = [
    ['as it should be', {}, []],
    [
      'two steps in the same minute',
      {
        normal: [
          { afterMinutes: 5, to: 'manager' },
          { afterMinutes: 5, to: 'company' },
        ],
      },
      [['/normal/1/afterMinutes', 'not_later']],
    ],
    [
      'a step before the one before it',
      {
        emergency: [
          { afterMinutes: 5, to: 'manager' },
          { afterMinutes: 4, to: 'street' },
        ],
      },
      [['/emergency/1/afterMinutes', 'not_later']],
    ],
    [
      'the same people twice',
      {
        normal: [
          { afterMinutes: 5, to: 'manager' },
          { afterMinutes: 6, to: 'company' },
          { afterMinutes: 9, to: 'manager' },
        ],
      },
      [['/normal/2/to', 'named_twice']],
    ],
    [
      'an emergency of which the street never hears',
      { emergency: [{ afterMinutes: 3, to: 'manager' }], notThere: ['manager'] },
      [
        ['/emergency', 'street_missing'],
        ['/notThere', 'street_missing'],
      ],
    ],
  ];
  it.each(cases)('%s', (_name, part, faults) => {
    expect(escalationFaults({ ...right, ...part }).map(({ path, code }) => [path, code])).toEqual(faults);
  });
});
