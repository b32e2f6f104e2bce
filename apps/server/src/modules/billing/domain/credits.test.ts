import { describe, expect, it } from 'vitest';
import { postingsOf } from './accounts.ts';
import type { FeePart } from './homes.ts';
import { billedTo } from './runs.ts';

const home = {
  householdId: '00000000-0000-7000-8000-00000000000a',
  label: '1号楼1单元101',
  buildingId: '00000000-0000-7000-8000-00000000000b',
  areaHundredths: 8850,
  floor: 3,
};
const month = { period: '2027-01-01', issueOn: '2027-01-05', season: null };
const refund = {
  item: 'heating',
  name: '供暖费',
  tariffId: 't',
  discountFen: 0,
  quantityMilli: null,
  basis: { kind: 'cold_refund' },
  serviceFrom: '2026-12-01',
  serviceTo: '2026-12-06',
  sourceKind: 'cold_spell',
  sourceId: 's',
} as const;
/** Who pays now: that has nothing to do with who had paid. */
const unitPays = {
  id: 'r',
  householdId: home.householdId,
  buildingId: null,
  item: null,
  payer: 'property_unit',
  partyId: 'u',
  partyName: '厂',
  shareBp: 10_000,
  startsOn: '2026-01-01',
  endsOn: null,
} as const;
const developer = { payer: 'developer', partyId: 'd', partyName: '开发公司' } as const;
const tenant = { payer: 'tenant', partyId: null, partyName: null } as const;
const owner = { payer: 'owner', partyId: null, partyName: null } as const;

const back = (grossFen: number, ...paidBy: readonly FeePart[]) =>
  billedTo({ ...refund, grossFen, paidBy }, { terms: { dueDays: 15 } }, [unitPays], home, month);

describe('what is given back', () => {
  it.each([
    [
      'in their parts, to the last fen',
      [
        { ...developer, fen: 60 },
        { ...owner, fen: 40 },
      ],
      [-61, -40],
    ],
    ['to one alone', [{ ...tenant, fen: 100 }], [-101]],
    [
      'not to who was billed nothing',
      [
        { ...developer, fen: 100 },
        { ...owner, fen: 0 },
      ],
      [-101],
    ],
    ['to the household where nothing is known', [], [-101]],
  ] as const)('goes to who paid: %s', (_, paidBy, fen) => {
    const parts = back(-101, ...paidBy);
    expect(parts.map(({ amountFen }) => amountFen)).toEqual(fen);
    expect(parts.map(({ payer }) => payer)).toEqual(
      paidBy.length === 0 ? ['owner'] : paidBy.filter((part) => part.fen > 0).map(({ payer }) => payer),
    );
    // Once each: the source of a line is its own.
    expect(new Set(parts.map(({ sourceId }) => sourceId)).size).toBe(parts.length);
  });

  it('is booked to the payer’s own balance', () => {
    const [first, second] = back(-100, { ...developer, fen: 75 }, { ...tenant, fen: 25 });
    const booked = (line: typeof first) =>
      postingsOf({ ...line!, lineId: 'l', householdId: home.householdId, kind: 'cold_refund' });
    expect([booked(first), booked(second)]).toMatchObject([
      [{ debit: 'income:heating', credit: 'party:d:prepaid', amountFen: 75 }],
      [{ debit: 'income:heating', credit: `household:${home.householdId}:prepaid`, amountFen: 25 }],
    ]);
  });
});
