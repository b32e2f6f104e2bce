import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/database.ts';
import { Random } from '../random.ts';
import { simulateDays } from './days.ts';
import { isWhole } from './proof.ts';
import { tableOf } from './report.ts';

test('eleven random days of payments, refunds, callbacks and crashes come to nothing lost and nothing twice', async () => {
  const database = await createTestDatabase();
  try {
    const days = await simulateDays({
      seed: 7,
      days: 11,
      homes: 5,
      from: '2026-11-25',
      random: new Random('money 7'),
      database,
    });
    const table = tableOf(days);
    expect(isWhole(days.proof), table).toBe(true);
    // It was no easy time.
    for (const what of [
      'crashes',
      'two at one bill',
      'days paid out by the bank',
      'months closed',
      'refunds wechat',
    ])
      expect([what, days.counts.get(what) ?? 0], table).not.toEqual([what, 0]);
    expect(table).toContain('Nothing was lost and nothing was counted twice.');
    // It would say so.
    expect(isWhole({ ...days.proof, faults: { ...days.proof.faults, one: 1 } })).toBe(false);
  } finally {
    await database.drop();
  }
}, 600_000);
