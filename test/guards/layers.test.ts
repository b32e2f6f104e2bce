import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A layer is a tsconfig with its own globals. These plants prove that each one keeps out what it should.
const root = resolve(import.meta.dirname, '..', '..');
const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
let folder: string;

beforeAll(() => {
  // Inside the project, where the base config and the type packages resolve; git ignores .cache.
  folder = mkdtempSync(join(root, 'node_modules', '.gongzhi-layers-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function compile(layer: string, text: string): Promise<string> {
  const name = `${layer}-${Math.random().toString(36).slice(2)}`;
  writeFileSync(join(folder, `${name}.ts`), text);
  const config = { extends: join(root, `tsconfig.${layer}.json`), include: [`./${name}.ts`], exclude: [] };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config));
  const run = promisify(execFile)(process.execPath, [
    compiler,
    '--project',
    join(folder, `${name}.json`),
    '--pretty',
    'false',
  ]);
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

test.each([
  ['pure', 'export const a = process.env;', "Cannot find name 'process'"],
  ['pure', "export const a = document.querySelector('a');", "Cannot find name 'document'"],
  ['pure', "import { readFileSync } from 'node:fs'; export const a = readFileSync;", 'node:fs'],
  ['pure', 'export const a = setTimeout;', "Cannot find name 'setTimeout'"],
  ['pure', 'export enum Kind { a }', 'erasableSyntaxOnly'],
  ['web', 'export const a = process.env;', "Cannot find name 'process'"],
  ['node', "export const a = document.querySelector('a');", "Cannot find name 'document'"],
  ['node', 'export const a = [1][0].toFixed();', 'possibly'],
])('the layer %s refuses: %s', async (layer, text, complaint) => {
  expect(await compile(layer, text)).toContain(complaint);
});

test.each([
  ['pure', 'export const a = [1, 2].map((n) => n + 1);'],
  ['web', 'export const a = document.title;'],
  ['node', 'export const a = process.pid;'],
])('the layer %s accepts what belongs to it', async (layer, text) => {
  expect(await compile(layer, text)).toBe('');
});
