import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Graph, readGraph } from './graph.ts';
import { circleIn, judge, type Violation } from './rules.ts';

/** A small house that keeps every rule. Each planted file below breaks one of them. */
const house: Record<string, string> = {
  'packages/kernel/package.json':
    '{"name":"@gongzhi/kernel","type":"module","exports":{".":"./src/index.ts"}}',
  'packages/kernel/src/index.ts': 'export const one = 1;',
  'packages/ui/src/index.ts': "import { one } from '../../kernel/src/index.ts'; export const two = one + 1;",
  'apps/server/src/config.ts': 'export const config = {};',
  'apps/server/src/platform/db/database.ts': "import { one } from '@gongzhi/kernel'; export const db = one;",
  'apps/server/src/modules/places/domain.ts':
    "import { one } from '@gongzhi/kernel'; export const place = one;",
  'apps/server/src/modules/places/queries.ts':
    "import { place } from './domain.ts'; export const all = place;",
  'apps/server/src/modules/places/index.ts': "export { all } from './queries.ts';",
  'apps/server/src/modules/identity/index.ts': 'export const who = 1;',
  'apps/server/src/modules/work-orders/service.ts':
    "import { all } from '../places/index.ts'; export const serve = all;",
  'apps/server/src/modules/work-orders/routes.ts':
    "import { serve } from './service.ts'; export const routes = serve;",
  'apps/server/src/modules/work-orders/index.ts': "export { routes } from './routes.ts';",
  'apps/console/src/main.ts':
    "import { two } from '../../../packages/ui/src/index.ts'; export const app = two;",
  'apps/mobile/src/main.ts': 'export const app = 1;',
};
const edges = { identity: [], places: ['identity'], 'work-orders': ['identity', 'places'] };

const modules = 'apps/server/src/modules';
const planted: { rule: string; file: string; text: string }[] = [
  { rule: 'unclassified-file', file: 'apps/server/src/helpers/misc.ts', text: 'export const x = 1;' },
  { rule: 'unclassified-file', file: `${modules}/places/utils.ts`, text: 'export const x = 1;' },
  {
    rule: 'platform-imports-no-module',
    file: 'apps/server/src/platform/db/bad.ts',
    text: "import '../../modules/places/index.ts';",
  },
  {
    rule: 'module-through-its-index',
    file: `${modules}/work-orders/queries.ts`,
    text: "import '../places/queries.ts';",
  },
  {
    rule: 'module-edge-not-allowed',
    file: `${modules}/identity/service.ts`,
    text: "import '../places/index.ts';",
  },
  { rule: 'domain-imports-kernel-only', file: `${modules}/work-orders/domain.ts`, text: "import 'node:fs';" },
  {
    rule: 'domain-imports-kernel-only',
    file: `${modules}/identity/domain.ts`,
    text: "import '../../platform/db/database.ts';",
  },
  {
    rule: 'domain-imports-kernel-only',
    file: `${modules}/identity/domain-more.ts`,
    text: "import type {} from './tables.ts';",
  },
  {
    rule: 'one-way-inside-a-module',
    file: `${modules}/places/queries-bad.ts`,
    text: "import './service.ts';",
  },
  {
    rule: 'one-way-inside-a-module',
    file: `${modules}/work-orders/service-bad.ts`,
    text: "import './routes.ts';",
  },
  {
    rule: 'web-imports-packages-only',
    file: 'apps/console/src/bad.ts',
    text: "import '../../server/src/config.ts';",
  },
  {
    rule: 'web-imports-packages-only',
    file: 'apps/console/src/worse.ts',
    text: "import '../../mobile/src/main.ts';",
  },
  { rule: 'web-imports-packages-only', file: 'apps/mobile/src/bad.ts', text: "import 'node:path';" },
  { rule: 'kernel-stays-in-its-layer', file: 'packages/kernel/src/bad.ts', text: "import 'node:os';" },
  {
    rule: 'no-cycle',
    file: 'apps/server/src/platform/db/circle.ts',
    text: "import { b } from './circle-b.ts'; export const a = b;",
  },
  { rule: 'resolvable', file: 'apps/mobile/src/lost.ts', text: "import './nowhere.ts';" },
];
/** What the planted files need to exist; harmless themselves. */
const helpers: Record<string, string> = {
  [`${modules}/identity/tables.ts`]: 'export type Row = 1;',
  [`${modules}/places/service.ts`]: 'export const x = 1;',
  'apps/server/src/platform/db/circle-b.ts': "import { a } from './circle.ts'; export const b = a;",
};

function build(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-planted-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, 'node_modules', '@gongzhi'), { recursive: true });
  symlinkSync(join(folder, 'packages', 'kernel'), join(folder, 'node_modules', '@gongzhi', 'kernel'));
  return folder;
}

describe('planted violations', () => {
  const folders: string[] = [];
  let sound: Graph;
  let found: Violation[];

  beforeAll(async () => {
    const bad = Object.fromEntries(planted.map(({ file, text }) => [file, text]));
    folders.push(build(house), build({ ...house, ...helpers, ...bad }));
    sound = await readGraph(folders[0] ?? '');
    found = judge(await readGraph(folders[1] ?? ''), edges);
  });

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  test('a sound house has none, and its graph is whole', () => {
    expect(judge(sound, edges)).toEqual([]);
    expect(sound.files.length).toBe(Object.keys(house).filter((file) => file.endsWith('.ts')).length);
    expect(sound.edges).toContainEqual({
      from: 'apps/server/src/platform/db/database.ts',
      to: 'packages/kernel/src/index.ts',
      isTypeOnly: false,
    });
  });

  test.each(planted)('$rule is found in $file', ({ rule, file }) => {
    // A circle is reported once, from either end.
    const accused = found.filter(
      (violation) => violation.from === file || (rule === 'no-cycle' && violation.to === file),
    );
    expect(accused.map((violation) => violation.rule)).toContain(rule);
  });

  test('nothing but the planted files is accused', () => {
    const guilty = new Set([...planted.map(({ file }) => file), 'apps/server/src/platform/db/circle-b.ts']);
    expect(found.filter((violation) => !guilty.has(violation.from))).toEqual([]);
  });

  test('a circle among the allowed edges is found', () => {
    expect(circleIn({ a: ['b'], b: ['c'], c: ['a'] })).toEqual(['a', 'b', 'c', 'a']);
    expect(circleIn(edges)).toBeUndefined();
  });
});
