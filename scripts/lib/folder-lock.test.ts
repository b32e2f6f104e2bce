import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderHolder, lockFolder } from './folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongzhi-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second holder is told who holds the folder, until it is released', () => {
  const lock = lockFolder(folder, 'npm start');
  expect(() => lockFolder(folder, 'gongzhi demo')).toThrow(/already in use by `npm start` \(process \d+\)/);
  expect(folderHolder(folder)?.pid).toBe(process.pid);
  lock.release();
  lockFolder(folder, 'gongzhi demo').release();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test.each([
  ['a process that is gone', { pid: 2 ** 22 - 3, startedAt: '1', what: 'npm start' }],
  ['a process whose number another program has now', { pid: process.pid, startedAt: '1', what: 'npm start' }],
])('the lock of %s is taken over', (_, holder) => {
  writeFileSync(join(folder, 'lock'), JSON.stringify(holder));
  lockFolder(folder, 'npm start').release();
});

test('a lock that a crash left half written is taken over', () => {
  writeFileSync(join(folder, 'lock'), '{"pid":');
  lockFolder(folder, 'npm start').release();
});
