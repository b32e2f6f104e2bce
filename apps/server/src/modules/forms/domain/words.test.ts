import { describe, expect, test } from 'vitest';
import { tables } from '@gongzhi/i18n';
import { fieldOf, fields, knownBy, namedInData, type Subject } from '../catalogue/index.ts';
import { normalised } from './words.ts';

describe('words', () => {
  test.each([
    ['房屋面积(㎡)', '房屋面积'],
    ['房屋面积（平方米）：', '房屋面积'],
    [' 房 屋 面 积 ', '房屋面积'],
    ['请填写本户户主姓名', '户主姓名'],
    ['请填写', '请填写'],
    ['Ｗi-Fi 密码', 'wifi密码'],
    ['(备注)', '备注'],
    ['是否养犬？', '是否养犬'],
    ['？', ''],
  ])('%s is %s', (words, same) => expect(normalised(words)).toBe(same));

  test('are the same when written again, and again when normalised twice', () => {
    for (const field of namedInData()) expect(fieldOf(field)).not.toBeNull();
    expect(normalised(normalised('请填写您的 联系电话：'))).toBe('联系电话');
  });
});

describe('the catalogue', () => {
  test.each<[string, Subject, string | null]>([
    ['户主姓名', 'home', 'home.owner'],
    ['房屋面积', 'home', 'home.area'],
    ['房屋面积（㎡）', 'home', 'home.area'],
    ['联系电话', 'home', 'home.owner_phone'],
    ['联系电话', 'resident', 'resident.phone'],
    ['户数', 'building', 'building.homes'],
    ['户数', 'compound', 'compound.homes'],
    ['总户数', 'community', 'community.homes'],
    // Of what the home lies in.
    ['小区名称', 'home', 'compound.name'],
    ['所属社区', 'building', 'community.name'],
    ['物业公司', 'compound', 'compound.company'],
    // Nobody knows it; of a community the owner is nobody's.
    ['是否养犬', 'home', null],
    ['户主姓名', 'community', null],
    // By its key too.
    ['home.area', 'home', 'home.area'],
    ['home.area', 'compound', null],
    ['', 'home', null],
  ])('%s of a %s is %s', (words, subject, key) => expect(knownBy(words, subject)?.key ?? null).toBe(key));

  test('knows every field by its label in both languages, and every field has words of its own', () => {
    for (const { key, subject } of fields)
      for (const locale of ['zh-CN', 'en'] as const) {
        const label = (tables[locale] as Readonly<Record<string, unknown>>)[`forms.field.${key}`];
        expect([key, locale, knownBy(String(label), subject)?.key]).toEqual([key, locale, key]);
      }
    expect([...namedInData()].sort()).toEqual(fields.map(({ key }) => key).sort());
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
  });
});
