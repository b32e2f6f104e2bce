import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { allFindings, findingsIn } from './source-text.ts';

const root = resolve(import.meta.dirname, '..', '..');

test('the source text keeps to the house: Chinese in its place, short files, no machine paths', () => {
  const { files, findings } = allFindings(root);
  expect(files).toBeGreaterThan(50);
  expect(findings.map((f) => `${f.rule}: ${f.file}:${f.line}`)).toEqual([]);
});

test.each([
  ['chinese-outside-i18n', 'apps/console/src/app/planted.tsx', "const title = '报修';"],
  ['chinese-outside-i18n', 'apps/server/src/modules/places/migrations/1.sql', '-- 小区'],
  ['chinese-outside-i18n', 'packages/ui/src/planted.css', "a::after { content: '，'; }"],
  ['machine-path', 'apps/server/src/planted.ts', "const file = '/home/somebody/data';"],
  ['file-too-long', 'apps/server/src/planted.ts', 'x\n'.repeat(451)],
])('planted: %s is found in %s', (rule, file, text) => {
  expect(findingsIn(file, text).map((finding) => finding.rule)).toContain(rule);
});

test.each([
  ['packages/i18n/src/zh-CN/orders.ts', "export const repair = '报修';"],
  ['apps/server/src/modules/work-orders/domain.test.ts', "const said = '漏水';"],
  ['apps/server/src/modules/work-orders/catalogue/categories.json', '"报修"'],
])('allowed: Chinese in %s', (file, text) => {
  expect(findingsIn(file, text)).toEqual([]);
});
