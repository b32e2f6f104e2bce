import { describe, expect, it } from 'vitest';
import { type ErasureFacts, planErasure } from './personal.ts';

const gone: ErasureFacts = {
  isErased: false,
  livingRelations: 0,
  relations: 2,
  openOrders: 0,
  endedOrders: 3,
  contacts: 1,
  consents: 1,
  looks: 4,
  hasAccount: true,
  isUsedElsewhere: false,
};
const verdicts = (facts: Partial<ErasureFacts>) =>
  Object.fromEntries(
    planErasure({ ...gone, ...facts }).lines.map(({ part, verdict, reason, count }) => [
      part,
      [verdict, reason, count],
    ]),
  );

describe('erasing a person', () => {
  it('takes what says who it is, and leaves what the law keeps, without a name', () => {
    expect(planErasure(gone).mayErase).toBe(true);
    expect(verdicts({})).toEqual({
      name_and_phone: ['goes', 'no_longer_needed', null],
      search: ['goes', 'no_longer_needed', null],
      contacts: ['goes', 'no_longer_needed', 1],
      account: ['goes', 'no_longer_needed', null],
      relations: ['stays', 'register', 2],
      orders: ['stays', 'service_record', 3],
      consents: ['stays', 'log', 1],
      looks: ['stays', 'log', 4],
      logs: ['stays', 'log', null],
    });
  });

  it.each([
    ['party to an open order', { openOrders: 1 }, ['refused', 'open_orders', 1]],
    ['at home there', { livingRelations: 2 }, ['refused', 'lives_here', 2]],
    ['both', { openOrders: 3, livingRelations: 1 }, ['refused', 'open_orders', 3]],
  ] as const)('refuses all of that to who is %s, and says why', (_, facts, line) => {
    expect(planErasure({ ...gone, ...facts }).mayErase).toBe(false);
    const all = verdicts(facts);
    for (const part of ['name_and_phone', 'search', 'contacts', 'account']) expect(all[part]).toEqual(line);
    expect(all['logs']).toEqual(['stays', 'log', null]);
  });

  it('leaves an account that is used elsewhere, and speaks of none where there is none', () => {
    expect(verdicts({ isUsedElsewhere: true })['account']).toEqual(['stays', 'used_elsewhere', null]);
    expect(verdicts({ hasAccount: false })['account']).toBeUndefined();
    expect(
      Object.keys(
        verdicts({ relations: 0, endedOrders: 0, looks: 0, consents: 0, contacts: 0, hasAccount: false }),
      ),
    ).toEqual(['name_and_phone', 'search', 'logs']);
  });

  it('happens once', () => {
    expect(planErasure({ ...gone, isErased: true }).mayErase).toBe(false);
  });
});
