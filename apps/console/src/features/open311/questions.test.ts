import { describe, expect, it } from 'vitest';
import type { Question } from './api.ts';
import { draftOf, emptyQuestion, questionOf } from './questions.ts';

const asked: Question = {
  code: 'size',
  isInput: true,
  datatype: 'singlevaluelist',
  isRequired: true,
  zh: '多大',
  en: 'How large',
  hintZh: '大概就行',
  hintEn: 'Roughly',
  values: [
    { key: 'big', zh: '大', en: 'Large' },
    { key: 'small', zh: '小', en: 'Small' },
  ],
};

describe('a question as it is typed', () => {
  it('comes back as it was', () => {
    expect(questionOf(draftOf(asked))).toEqual(asked);
    const shown: Question = { ...asked, isInput: false, isRequired: false, datatype: 'string', values: [] };
    expect(questionOf(draftOf(shown))).toEqual(shown);
  });

  it('takes wide signs and empty lines in the options, and keeps none where there is no choice', () => {
    const draft = { ...draftOf(asked), options: ' big ＝ 大=Large \n\nsmall=小=Small\n' };
    expect(questionOf(draft)).toEqual(asked);
    expect(questionOf({ ...draft, kind: 'number' })).toMatchObject({ datatype: 'number', values: [] });
  });

  it.each([
    ['code', { code: '' }],
    ['code', { code: 'Size' }],
    ['code', { code: '1size' }],
    ['words', { en: ' ' }],
    ['options', { options: '' }],
    ['options', { options: 'big=大' }],
    ['options', { options: 'big=大=Large=XL' }],
    ['options', { options: '大=大=Large' }],
  ] as const)('says that %s is wrong in %j', (wrong, change) => {
    expect(questionOf({ ...draftOf(asked), ...change })).toBe(wrong);
  });

  it('can never demand an answer to what is only shown', () => {
    const draft = { ...emptyQuestion, code: 'note', zh: '请先离开', en: 'Step away', isRequired: true };
    expect(questionOf({ ...draft, kind: 'shown' })).toMatchObject({ isInput: false, isRequired: false });
  });
});
