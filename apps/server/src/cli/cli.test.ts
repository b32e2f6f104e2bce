import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..', '..', '..');

function gongzhi(args: string[], env: Record<string, string> = {}) {
  const plain = {
    ...process.env,
    GONGZHI_MODE: '',
    DATABASE_URL: '',
    DATABASE_ADMIN_URL: '',
    PORT: '',
    HOST: '',
  };
  const result = spawnSync(process.execPath, [join(root, 'scripts', 'gongzhi.mjs'), ...args], {
    encoding: 'utf8',
    cwd: root,
    env: { ...plain, ...env },
  });
  return { code: result.status, out: result.stdout, err: result.stderr.trim() };
}

// A process for each command, on a machine that may be busy.
test('the overview names every command, and each explains itself with an example', () => {
  const { code, out } = gongzhi(['--help']);
  expect(code).toBe(0);
  for (const command of [
    'serve',
    'migrate',
    'setup',
    'import',
    'demo',
    'simulate',
    'dlt645',
    'keys',
    'backup',
    'restore',
    'distribute',
  ]) {
    expect(out).toContain(`\n  ${command} `);
    expect(gongzhi([command, '--help']).out).toMatch(
      new RegExp(`Usage: npx gongzhi ${command}[^]*Examples:\\n {2}\\S`),
    );
  }
});

test.each([
  [['fly'], 'There is no command "fly". `npx gongzhi --help` shows what is possible.'],
  [['--fast'], 'There is no option --fast. `npx gongzhi --help` shows what is possible.'],
  [
    ['simulate', 'calls'],
    'simulate calls needs --line and the secret in GONGZHI_PHONE_SECRET. `npx gongzhi simulate --help` shows what is possible.',
  ],
  [['serve', '--fast'], 'There is no option --fast. `npx gongzhi serve --help` shows what is possible.'],
  [
    ['serve', '--port'],
    'The option --port needs a value. `npx gongzhi serve --help` shows what is possible.',
  ],
  [
    ['serve', '--role', 'king'],
    'There is no role "king": it must be api, worker or devices. `npx gongzhi serve --help` shows what is possible.',
  ],
  [
    ['simulate', 'week'],
    'simulate needs to be told city, day, calls, gate, device, meters or payments. `npx gongzhi simulate --help` shows what is possible.',
  ],
  [['migrate', 'now'], 'migrate does not take "now". `npx gongzhi migrate --help` shows what is possible.'],
  [['setup'], 'setup needs a file. `npx gongzhi setup --help` shows what is possible.'],
  [
    ['import'],
    'import needs to know what to bring in, such as "requests". `npx gongzhi import --help` shows what is possible.',
  ],
])('%j gets one sentence and exit code 2', (args, sentence) => {
  expect(gongzhi(args)).toEqual({ code: 2, out: '', err: sentence });
});

test('a frame of a meter is read and written as JSON; a broken one is said with exit code 1', () => {
  const hex = '68 29 25 07 07 21 20 68 11 04 33 33 34 33 4F 16';
  const read = gongzhi(['dlt645', 'decode', hex]);
  expect([read.code, JSON.parse(read.out)]).toMatchObject([0, { address: '202107072529', di: '00010000' }]);
  const written = gongzhi(['dlt645', 'encode', 'read', '00010000', '--address', '202107072529']);
  expect([written.code, JSON.parse(written.out)]).toMatchObject([0, { hex }]);
  const broken = gongzhi(['dlt645', 'decode', hex.replace('4F 16', '50 16')]);
  expect([broken.code, broken.out, JSON.parse(broken.err)]).toMatchObject([
    1,
    '',
    { fault: { code: 'checksum' } },
  ]);
  expect(gongzhi(['dlt645', 'encode', 'trip', '--until', '2026-02-29 00:00:00']).code).toBe(1);
  expect(gongzhi(['dlt645', 'sing']).code).toBe(2);
});

test('a setting that cannot work gets one sentence', () => {
  const { code, err } = gongzhi(['migrate'], { GONGZHI_MODE: 'test' });
  expect(code).toBe(1);
  expect(err).toMatch(/^GONGZHI_MODE is "test"[^\n]*$/);
});

test('migrate makes the embedded database, and a second run has nothing to do', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-cli-'));
  try {
    const first = gongzhi(['migrate'], { GONGZHI_DATA: dataDir });
    expect(first.err).toBe('');
    expect(first.out).toMatch(/^applied \d{8}T\d{4}_/);
    expect(gongzhi(['migrate'], { GONGZHI_DATA: dataDir })).toEqual({
      code: 0,
      out: 'The database is up to date.\n',
      err: '',
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('keys makes a file only its owner reads, leaves it alone the second time, and rotates', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-keys-'));
  try {
    const keys = (what: string) =>
      gongzhi(['keys', what], { GONGZHI_DATA: dataDir, GONGZHI_MODE: 'production' });
    expect(keys('rotate').code).toBe(1);
    expect(keys('create').out).toContain('Made');
    const path = join(dataDir, 'keys.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const before = readFileSync(path, 'utf8');
    expect(keys('create').out).toContain('left alone');
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(keys('rotate').code).toBe(0);
    const file = JSON.parse(readFileSync(path, 'utf8')) as { active: string; keys: Record<string, string> };
    expect(Object.keys(file.keys)).toHaveLength(2);
    expect((JSON.parse(before) as { active: string }).active).not.toBe(file.active);
    expect(keys('burn').code).toBe(2);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
