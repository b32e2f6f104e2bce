import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../../test/database.ts';
import { openCrypto } from '../../../platform/crypto/crypto.ts';
import { loaders } from '../../identity/index.ts';
import { importRequestsCommand } from './cli.ts';
import { ask, sampleFile, scratch } from './fixtures.ts';

const phone = '13800000001';
const account = '00000000-0000-7000-8000-0000000000aa';
const persona = '00000000-0000-7000-8000-0000000000bb';
const files = scratch();
const dataDir = files.folder;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const crypto = await openCrypto(dataDir, { mode: 'demo' });
  const { table, columns, row } = loaders.phoneRegistry;
  await ask(
    database,
    `insert into ${table} (${columns.join()}) values ($1, $2)`,
    row({ accountId: account, phone }, crypto),
  );
});
afterAll(async () => {
  await database?.drop();
  files.remove();
});

async function run(...argv: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const code = await importRequestsCommand(
    [sampleFile, '--mapping', 'boston-311', '--limit', '50', ...argv],
    {
      adminUrl: database.adminUrl,
      databaseUrl: '',
      dataDir,
      out: (line) => void lines.push(line),
    },
  );
  return { code, text: lines.join('\n') };
}
const members = () =>
  ask(
    database,
    `select m.account_id, m.role, s.name, s.kind from identity.membership m join places.scope s using (scope_id)`,
  );

test('an unknown number is told before anything is written', async () => {
  const ran = await run('--viewer', '13900000009');
  expect(ran.code).toBe(2);
  expect(ran.text).toContain('No account has the phone number 13900000009: nothing was imported.');
  expect(await ask(database, 'select from places.scope')).toHaveLength(0);
});

test('a word that is no number is told', async () => {
  const ran = await run('--viewer', 'me');
  expect(ran.code).toBe(2);
  expect(ran.text).toContain('--viewer is "me"; it must be the mobile number of an account');
});

test('the viewer gets a membership of the city, once', async () => {
  for (let i = 0; i < 2; i++) expect((await run('--viewer', phone)).code).toBe(0);
  expect(await members()).toEqual([{ account_id: account, role: 'city', name: 'Boston', kind: 'city' }]);
});

test('in a demonstration it is whoever plays the city', async () => {
  const { table, columns, row } = loaders.persona;
  const values = row(
    {
      personaId: 'city',
      accountId: persona,
      scopeId: persona,
      membershipId: persona,
      role: 'city',
      placeLabel: 'x',
      position: 1,
    },
    undefined as never,
  );
  await ask(
    database,
    `insert into ${table} (${columns.join()}) values (${values.map((_, i) => `$${i + 1}`).join()})`,
    values,
  );
  expect((await run()).text).toContain('switch to the membership "Boston"');
  expect(new Set((await members()).map((member) => member['account_id']))).toEqual(
    new Set([account, persona]),
  );
});
