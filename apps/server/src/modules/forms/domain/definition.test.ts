import { describe, expect, test } from 'vitest';
import { type Column, columnsOf, type Definition, faultsOf, keyOf, type Question } from './definition.ts';

const question = (label: string, more: Partial<Question> = {}): Question => ({
  kind: 'question',
  key: keyOf(label),
  label,
  type: 'yes_no',
  options: [],
  isRequired: true,
  validMonths: 12,
  ...more,
});
const known = (key: string): Column => ({ kind: 'known', key });
const today = '2026-11-23';
const form = (columns: readonly Column[], more: Partial<Definition> = {}): Definition => ({
  subject: 'home',
  periodFrom: '2026-11-01',
  periodTo: '2026-11-30',
  dueOn: '2026-11-30',
  columns,
  ...more,
});
const faults = (definition: Definition, asked: Parameters<typeof faultsOf>[1] = []) =>
  faultsOf(definition, asked, today).map(({ path, code }) => `${path} ${code}`);

describe('a definition', () => {
  test('of known fields and own questions is right', () => {
    expect(faults(form([known('home.label'), known('compound.name'), question('是否养犬')]))).toEqual([]);
  });

  test('that asks for what is known is refused, and the field named', () => {
    expect(faultsOf(form([question('户主姓名(必填)')]), [], today)).toEqual([
      { path: '/columns/0/label', code: 'known', params: { field: 'home.owner' } },
    ]);
    expect(faults(form([question('Home.Area')]))).toEqual(['/columns/0/label known']);
  });

  test('is refused for what it gets wrong, all at once', () => {
    expect(
      faults(
        form(
          [
            known('resident.name'),
            known('home.label'),
            known('home.label'),
            question('是否养犬'),
            question('是否 养犬？'),
            question('用途', { type: 'choice', options: ['自住'] }),
            question('备用电话', { type: 'text', options: ['x'] }),
            question('空置情况', { type: 'choice', options: ['是', '是'] }),
          ],
          { periodTo: '2026-10-31', dueOn: today },
        ),
      ),
    ).toEqual([
      '/periodTo period_order',
      '/dueOn after_today',
      '/columns/0/key enum',
      '/columns/2 twice',
      '/columns/4 twice',
      '/columns/5/options minItems',
      '/columns/6/options values_unused',
      '/columns/7/options twice',
    ]);
  });

  test('is due after today at the earliest, and a period may be a day', () => {
    expect(faults(form([], { dueOn: '2026-11-24', periodFrom: today, periodTo: today }))).toEqual([]);
  });

  test('asks a question again only as it was asked', () => {
    const use = question('房屋用途', { type: 'choice', options: ['自住', '出租'] });
    expect(faults(form([{ ...use, options: ['出租', '自住'] }]), [use])).toEqual([]);
    expect(faults(form([{ ...use, options: ['自住', '出租', '空置'] }]), [use])).toEqual([
      '/columns/0/type asked_otherwise',
    ]);
    expect(faults(form([{ ...use, type: 'text', options: [] }]), [use])).toEqual([
      '/columns/0/type asked_otherwise',
    ]);
  });

  test('gets its keys from its words', () => {
    const wished = { ...question(' 是否 养犬？ '), options: [' x '] };
    expect(columnsOf([wished, known('home.label')])).toEqual([
      { ...wished, key: '是否养犬', label: '是否 养犬？', options: ['x'] },
      known('home.label'),
    ]);
  });
});
