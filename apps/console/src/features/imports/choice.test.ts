import { expect, test } from 'vitest';
import { choiceOf, lacksOf } from './choice.ts';

const layout = {
  sheet: '',
  sheets: [''],
  line: 1,
  columns: [
    { title: '栋', field: 'building', isSure: true, samples: [] },
    { title: '备注', field: null, isSure: true, samples: [] },
    { title: '名', field: 'person', isSure: false, samples: [] },
  ],
  fields: [
    { key: 'building', isRequired: true },
    { key: 'room', isRequired: true },
    { key: 'person', isRequired: true },
    { key: 'phone', isRequired: false },
  ],
};

test('what was found or guessed is chosen, the rest is left out', () => {
  expect(choiceOf(layout)).toEqual({ 栋: 'building', 备注: '', 名: 'person' });
});

test.each([
  [choiceOf(layout), ['room'], []],
  [{ ...choiceOf(layout), 备注: 'room' }, [], []],
  [{ ...choiceOf(layout), 备注: 'person' }, ['room'], ['person']],
  [{ 栋: '', 备注: '', 名: '' }, ['building', 'room', 'person'], []],
])('%o', (choice, missing, twice) => {
  expect(lacksOf(layout, choice)).toEqual({ missing, twice });
});
