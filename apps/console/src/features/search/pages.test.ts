import { type Locale, tKey } from '@gongzhi/i18n/console-app.ts';
import { describe, expect, it } from 'vitest';
import { foundPages, MOST_PAGES, pagesFor } from './pages.ts';

const all = [...new Set(foundPages.flatMap(({ may }) => may ?? []))];
const ids = (typed: string, locale: Locale = 'zh-CN', permissions: readonly string[] = all): string[] =>
  pagesFor(typed, permissions, (key) => tKey(locale, key)).map(({ id }) => id);

describe('pages of the desk', () => {
  it.each([
    ['开票', 'invoices'],
    ['发票', 'invoices'],
    ['催缴', 'arrears'],
    ['排班', '/roster'],
    ['抄表', 'round'],
    ['ＥＸＣＥＬ', '/imports'],
    ['停车', 'vehicles'],
  ])('%s leads to %s', (typed, id) => expect(ids(typed)).toContain(id));

  it.each([
    ['invoice', 'invoices'],
    ['Fapiao', 'invoices'],
    ['overdue', 'arrears'],
  ])('%s leads to %s', (typed, id) => expect(ids(typed, 'en')).toContain(id));

  it('those that are called so come before those that are about it', () => {
    expect(ids('欠费')[0]).toBe('arrears');
  });

  it('are those one may open, few, and none for nothing', () => {
    expect(ids('开票', 'zh-CN', [])).toEqual([]);
    expect(ids('')).toEqual([]);
    expect(ids('  ')).toEqual([]);
    expect(ids('e', 'en').length).toBeLessThanOrEqual(MOST_PAGES);
  });

  it('each have an id of their own', () => {
    expect(new Set(foundPages.map(({ id }) => id)).size).toBe(foundPages.length);
  });
});
