import { describe, expect, it } from 'vitest';
import type { OrderRow } from '../../api-types.ts';
import { append, patch, peek, showFirst } from './list-state.ts';

const row = (id: string, version = 1, more: Partial<OrderRow> = {}): OrderRow =>
  ({ id, version, isLate: false, urgeCount: 0, updatedAt: '2026-11-21T08:00:00Z', ...more }) as OrderRow;
const ids = (rows: readonly OrderRow[]): string => rows.map(({ id }) => id).join('');
const page = (letters: string, nextCursor: string | null = null) => ({
  items: [...letters].map((id) => row(id)),
  nextCursor,
});

describe('the list under a person’s eye', () => {
  it('announces new rows and inserts none', () => {
    const state = peek(showFirst(page('abc', 'more')), page('xyabc', 'more'));
    expect(ids(state.rows)).toBe('abc');
    expect(ids(state.fresh)).toBe('xy');
  });

  it('fills an empty table at once: nothing can jump', () => {
    expect(ids(peek(showFirst(page('')), page('ab')).rows)).toBe('ab');
  });

  it('keeps what left the queue in its place, marked', () => {
    const state = peek(showFirst(page('abcd')), page('acd'));
    expect(ids(state.rows)).toBe('abcd');
    expect([...state.moved]).toEqual(['b']);
  });

  it('takes the mark off what came back', () => {
    const gone = peek(showFirst(page('ab')), page('a'));
    expect(peek(gone, page('ab')).moved.size).toBe(0);
  });

  it('does not take the rows that moved up from the next page for new ones', () => {
    const state = peek(showFirst(page('abc', 'more')), page('acde', 'more'));
    expect(state.fresh).toEqual([]);
    expect([...state.moved]).toEqual(['b']);
  });

  it('announces a flood that pushed every known row off the page', () => {
    const state = peek(showFirst(page('abc', 'more')), page('uvwxyz', 'more'));
    expect(ids(state.fresh)).toBe('uvwxyz');
    expect(state.moved.size).toBe(0);
  });

  it('says nothing about rows further down than the page reaches', () => {
    const long = append(showFirst(page('abc', 'more')), page('defg', null));
    expect(peek(long, page('abc', 'more')).moved.size).toBe(0);
  });

  it('changes a row in place and counts the change', () => {
    const state = patch(showFirst(page('abc')), row('b', 2, { status: 'assigned' }));
    expect(state.rows[1]?.status).toBe('assigned');
    expect(state.changes.get('b')).toBe(1);
    expect(patch(state, row('b', 2, { status: 'assigned' }))).toBe(state);
  });

  it('never goes back to an older version', () => {
    const state = patch(showFirst(page('ab')), row('a', 3));
    expect(patch(state, row('a', 2)).rows[0]?.version).toBe(3);
  });

  it('glows when an order becomes late without anybody’s command', () => {
    const state = patch(showFirst(page('a')), row('a', 1, { isLate: true }));
    expect(state.changes.get('a')).toBe(1);
  });

  it('never shows a row twice when pages overlap', () => {
    expect(ids(append(showFirst(page('abc', 'more')), page('cde')).rows)).toBe('abcde');
  });
});
