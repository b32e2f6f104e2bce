import { describe, expect, it } from 'vitest';
import { bodyOf, type Draft, emptyDraft, lacking, moved, newQuestion, ofSubject } from './draft.ts';

const known = { kind: 'known', key: 'home.label' } as const;
const whole: Draft = {
  title: ' 养犬登记表 ',
  authority: '街道',
  documentNo: '1号',
  subject: 'home',
  periodFrom: '2026-11-01',
  periodTo: '2026-11-30',
  dueOn: '2026-12-10',
  columns: [known, newQuestion([known], { label: ' 是否养犬 ' })],
};

describe('the draft of a form', () => {
  it('says where something is missing', () => {
    expect([...lacking(emptyDraft).keys()]).toEqual([
      '/title',
      '/authority',
      '/documentNo',
      '/periodFrom',
      '/periodTo',
      '/dueOn',
      '/columns',
    ]);
    expect(lacking(whole).size).toBe(0);
    const wrong = newQuestion([], { validMonths: '61' });
    expect([...lacking({ ...whole, columns: [wrong] }).keys()]).toEqual([
      '/columns/0/label',
      '/columns/0/validMonths',
    ]);
  });

  it('becomes what is sent', () => {
    const choice = newQuestion(whole.columns, { label: '用途', type: 'choice', options: '自住\n\n 出租 ' });
    expect(bodyOf({ ...whole, columns: [...whole.columns, choice] }, 3, null)).toMatchObject({
      expectedVersion: 3,
      title: '养犬登记表',
      columns: [
        { kind: 'known', key: 'home.label' },
        { kind: 'question', label: '是否养犬', options: [], validMonths: 12 },
        { kind: 'question', label: '用途', options: ['自住', '出租'] },
      ],
    });
    expect(choice.id).toBe('2');
  });

  it('moves a column, never beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('lets go of what says nothing of another subject', () => {
    expect(ofSubject(whole.columns, 'building', () => ['home']).map(({ kind }) => kind)).toEqual([
      'question',
    ]);
    expect(ofSubject(whole.columns, 'home', () => ['home'])).toEqual(whole.columns);
  });
});
