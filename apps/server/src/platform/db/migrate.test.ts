import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/database.ts';
import { migrate, MigrationError, readMigrations } from './migrate.ts';

const source = join(import.meta.dirname, '..', '..');
let database: TestDatabase;
let root: string;
beforeAll(async () => {
  database = await createTestDatabase();
  root = mkdtempSync(join(tmpdir(), 'gongzhi-migrations-'));
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.sql')) continue;
    mkdirSync(join(root, dirname(file)), { recursive: true });
    cpSync(join(source, file), join(root, file));
  }
});
afterAll(async () => {
  await database.drop();
  rmSync(root, { recursive: true, force: true });
});

it('changes nothing when it has run before', async () => {
  expect((await migrate(database.adminUrl, { root })).applied).toEqual([]);
});

it('refuses a database that is ahead of this source, or that differs from it', async () => {
  const last = join('modules', 'places', 'migrations', '29990101T0000_of_tomorrow.sql');
  writeFileSync(join(root, last), 'create table places.tomorrow ();\n-- check\nselect true');
  expect((await migrate(database.adminUrl, { root })).applied).toEqual(['29990101T0000_of_tomorrow.sql']);
  // Nothing that was applied may differ, but what says that it amends just that.
  const { checksum } = (await readMigrations(root)).at(-1)!;
  const otherwise = 'create table places.tomorrow (x integer);\n-- check\nselect true';
  writeFileSync(join(root, last), otherwise);
  await expect(migrate(database.adminUrl, { root })).rejects.toThrow('changed after it had been applied');
  writeFileSync(join(root, last), `-- amends ${checksum}\n${otherwise}`);
  expect((await migrate(database.adminUrl, { root })).applied).toEqual([]);
  const refusal = await migrate(database.adminUrl).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(MigrationError);
  expect((refusal as Error).message).toMatch(
    /^This source is older than the database, .*29990101T0000_of_tomorrow\.sql.*\.$/,
  );
  rmSync(join(root, last));
});

it('passes over modules without migrations, and over nothing that it could not read', async () => {
  const all = (await readMigrations(root)).map((migration) => migration.name);
  expect(all).toEqual((await readMigrations()).map((migration) => migration.name));
  mkdirSync(join(root, 'modules', 'without_tables'));
  writeFileSync(join(root, 'modules', '.DS_Store'), '');
  expect((await readMigrations(root)).map((migration) => migration.name)).toEqual(all);
  const broken = join(root, 'modules', 'without_tables', 'migrations');
  writeFileSync(broken, 'no folder');
  await expect(readMigrations(root)).rejects.toThrow(relative(root, broken));
  rmSync(broken);
});
