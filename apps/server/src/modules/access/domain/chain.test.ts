import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChainRow, faultsOfChain, linkText, plainText, whoText, whyText } from './chain.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const start = { seq: 0, digest: '' };

/** A gate's first rows, as they are written. */
function chain(count: number): ChainRow[] {
  const rows: ChainRow[] = [];
  let previous = '';
  for (let seq = 1; seq <= count; seq++) {
    const plain = {
      scopeId: 's',
      gateId: 'g',
      seq,
      recordedAt: 1_000 * seq,
      id: `p${seq}`,
      deviceId: 'd',
      accountId: null,
      happenedAt: 1_000 * seq,
      direction: 'in',
      outcome: 'pass',
      urgent: null,
      decidedBy: 'server',
      latencyUs: 300,
      policies: [{ id: 'x', version: 1 }],
      overrideOf: null,
    };
    const part = { way: 'code', passKind: 'resident', passId: `r${seq}`, householdId: null };
    const [whoDigest, whyDigest] = [sha256(whoText('a', part)), sha256(whyText('b', '{}'))];
    const digest = sha256(linkText(previous, plainText(plain), whoDigest, whyDigest));
    rows.push({
      plain,
      who: { salt: 'a', part },
      whoDigest,
      why: { salt: 'b', text: '{}' },
      whyDigest,
      digest,
    });
    previous = digest;
  }
  return rows;
}
const endOf = (rows: readonly ChainRow[]) => ({ seq: rows.length, digest: rows.at(-1)!.digest });
const faults = (rows: readonly ChainRow[], whole: readonly ChainRow[], from = start) =>
  faultsOfChain(rows, from, endOf(whole), sha256);

describe('a chain', () => {
  const whole = chain(6);

  it('that is whole has no fault', () => {
    expect(faults(whole, whole)).toEqual([]);
  });

  it('shows each row that is missing, in the middle, at the beginning and at the end', () => {
    for (let gone = 1; gone <= 6; gone++) {
      const found = faults(
        whole.filter(({ plain }) => plain.seq !== gone),
        whole,
      );
      expect(found).toEqual([{ kind: 'missing', after: gone - 1, found: gone === 6 ? 6 : gone + 1 }]);
    }
  });

  it('shows what was altered: the row itself, who it was, or why', () => {
    const alter = (change: (row: ChainRow) => ChainRow) =>
      faults(
        whole.map((row) => (row.plain.seq === 3 ? change(row) : row)),
        whole,
      );
    expect(alter((row) => ({ ...row, plain: { ...row.plain, outcome: 'refuse' } }))).toEqual([
      { kind: 'altered', seq: 3, part: 'row' },
    ]);
    const other = { salt: 'a', part: { way: 'code', passKind: 'resident', passId: 'r9', householdId: null } };
    expect(alter((row) => ({ ...row, who: other }))).toEqual([{ kind: 'altered', seq: 3, part: 'who' }]);
    expect(alter((row) => ({ ...row, why: { salt: 'b', text: '{"say":"x"}' } }))).toEqual([
      { kind: 'altered', seq: 3, part: 'why' },
    ]);
    // Even with new digests to match: the link does not.
    expect(alter((row) => ({ ...row, who: other, whoDigest: sha256(whoText('a', other.part)) }))).toEqual([
      { kind: 'altered', seq: 3, part: 'row' },
    ]);
  });

  it('shows rows that were exchanged', () => {
    const exchanged = [...whole];
    [exchanged[1], exchanged[2]] = [exchanged[2]!, exchanged[1]!];
    expect(faults(exchanged, whole).length).toBeGreaterThan(0);
  });

  it('is not broken by what was erased', () => {
    expect(
      faults(
        whole.map((row) => ({ ...row, who: null, why: null })),
        whole,
      ),
    ).toEqual([]);
  });

  it('goes on behind what was destroyed with a certificate', () => {
    const anchor = { seq: 3, digest: whole[2]!.digest };
    expect(faults(whole.slice(3), whole, anchor)).toEqual([]);
    expect(faults(whole.slice(3), whole, { seq: 3, digest: 'other' })).toHaveLength(1);
  });

  it('shows a rewritten tail', () => {
    expect(faultsOfChain(whole, start, { seq: 6, digest: 'other' }, sha256)).toEqual([
      { kind: 'altered', seq: 6, part: 'row' },
    ]);
  });

  it('whatever is taken out of it shows', () => {
    fc.assert(
      fc.property(fc.subarray(whole), (kept) => {
        expect(faults(kept, whole).length === 0).toBe(kept.length === whole.length);
      }),
    );
  });
});
