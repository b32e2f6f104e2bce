import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../../test/database.ts';
import { VirtualClock } from '../../../platform/clock/clock.ts';
import { importPlacesCommand } from '../../places/import/cli.ts';
import { setupCommand } from './cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongzhi-setup-'));
const clock = new VirtualClock(new Date('2026-11-22T02:00:00Z'));
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true });
});

const said = () => {
  const lines: string[] = [];
  return { lines, out: (line: string) => void lines.push(line) };
};

async function bringIn(kind: string, csv: string, ...more: string[]): Promise<void> {
  const file = join(folder, `${kind}.csv`);
  writeFileSync(file, csv);
  const { lines, out } = said();
  const { adminUrl, appUrl } = database;
  const context = {
    adminUrl,
    databaseUrl: appUrl,
    dataDir: folder,
    mode: 'demo' as const,
    out,
    progress() {},
    clock,
  };
  expect(await importPlacesCommand([file, '--kind', kind, ...more], context), lines.join('\n')).toBe(0);
}

let files = 0;
async function setUp(file: unknown, isDryRun = false): Promise<{ code: number; lines: string[] }> {
  const path = join(folder, `city-${++files}.json`);
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  const { lines, out } = said();
  const context = { adminUrl: database.adminUrl, dataDir: folder, mode: 'demo' as const, out, clock };
  return { code: await setupCommand(path, isDryRun, context), lines };
}

async function rows(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const city = { code: '9901', name: '枣城市' };
const whole = {
  city,
  companies: [
    {
      name: '安居物业',
      departments: [{ name: '安居槐树街项目部', serves: [{ compound: 'WL-01', since: '2024-01-01' }] }],
    },
  ],
  staff: [
    { name: '康文斌', phone: '13800000001', role: 'city', at: '9901' },
    { name: '钱总', phone: '13800000002', role: 'company', at: '安居物业', title: '总经理' },
    { name: '罗经理', phone: '138 0000 0003', role: 'manager', at: '安居槐树街项目部' },
    { name: '罗经理', phone: '13800000003', role: 'worker', at: '安居槐树街项目部' },
  ],
};
const nothing = 'New: 0 companies, 0 departments, 0 compounds served, 0 accounts, 0 offices.';

describe('from an empty database', () => {
  test('the city, its places, their homes, and then who serves them and who begins', async () => {
    await bringIn('areas', '区划代码,名称\n990102,东区\n990102008,槐树街道\n', '--new-city', '9901=枣城市');
    await bringIn(
      'compounds',
      '小区,小区编码,街道\n万隆小区,WL-01,槐树街道\n磨盘小区,MP-01,槐树街道\n',
      '--scope',
      '9901',
    );
    // A street that brings homes in before it knows who serves: nothing of it may stay behind the wall of nobody.
    await bringIn('buildings', '楼号,层数,单元\n1号楼,6,1单元\n', '--scope', 'WL-01');
    await bringIn('households', '楼号,单元,房号,建筑面积\n1号楼,1单元,101,80\n', '--scope', 'WL-01');

    const looked = await setUp(whole, true);
    expect(looked).toEqual({
      code: 0,
      lines: ['There would be new: 1 company, 1 department, 1 compound served, 3 accounts, 4 offices.'],
    });
    expect(await rows('select from identity.account')).toHaveLength(0);

    expect((await setUp(whole)).lines).toEqual([
      'New: 1 company, 1 department, 1 compound served, 3 accounts, 4 offices.',
    ]);
    expect(
      await rows(`select m.role, s.name, s.kind from identity.membership m join places.scope s using (scope_id)
                  order by m.membership_id`),
    ).toEqual([
      { role: 'city', name: '枣城市', kind: 'city' },
      { role: 'company', name: '安居物业', kind: 'company' },
      { role: 'manager', name: '安居槐树街项目部', kind: 'department' },
      { role: 'worker', name: '安居槐树街项目部', kind: 'department' },
    ]);
    const [served] = await rows(
      `select c.company_id = k.scope_id as "isTheirs", c.department_id = d.scope_id as "isDepartments",
         d.street_id = c.street_id as "isThere", p.starts_on::text as since,
         (select bool_and(h.company_id = k.scope_id) from places.household h where h.scope_id = c.scope_id) as "homesToo",
         (select bool_and(b.company_id = k.scope_id) from places.building b where b.scope_id = c.scope_id) as "buildingsToo"
       from places.scope c join places.scope k on k.kind = 'company' join places.scope d on d.kind = 'department'
       join places.service_period p on p.scope_id = c.scope_id where c.code = 'WL-01'`,
    );
    expect(served).toEqual({
      isTheirs: true,
      isDepartments: true,
      isThere: true,
      since: '2024-01-01',
      homesToo: true,
      buildingsToo: true,
    });
    expect(
      await rows(`select action from platform.audit where action like '%set_up' or action = 'place.served'`),
    ).toHaveLength(7);
  });

  test('the same file again changes nothing, and with more in it adds that', async () => {
    expect(await setUp(whole)).toEqual({ code: 0, lines: [nothing] });
    const more = structuredClone(whole);
    more.companies[0]!.departments[0]!.serves.push({ compound: '磨盘小区', since: '2025-06-01' });
    more.staff.push({ name: '街道老陈', phone: '13800000004', role: 'street', at: '槐树街道' });
    expect((await setUp(more)).lines).toEqual([
      'New: 0 companies, 0 departments, 1 compound served, 1 account, 1 office.',
    ]);
  });

  test('two at the same moment make everything once', async () => {
    const file = {
      city,
      companies: [{ name: '同时物业', departments: [{ name: '同时项目部', serves: [] }] }],
    };
    const both = await Promise.all([setUp(file), setUp(file)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await rows(`select from places.scope where name in ('同时物业', '同时项目部')`)).toHaveLength(2);
  });
});

describe('what cannot be meant is said with its place in the file, and nothing is written', () => {
  const staff = (one: object) => ({
    city,
    staff: [{ name: '甲', phone: '13800000009', role: 'city', at: '9901', ...one }],
  });
  const serves = (one: object) => ({
    city,
    companies: [
      {
        name: '新物业',
        departments: [{ name: '新项目部', serves: [{ compound: 'WL-01', since: '2024-01-01', ...one }] }],
      },
    ],
  });
  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'not JSON'],
    ['no city', {}, '/city is missing'],
    ['a field nobody knows', { city, mayor: 1 }, '/mayor is not a field of a set-up'],
    ['a name of blanks', { city: { ...city, name: '  ' } }, '/city/name'],
    [
      'a zone nobody lives in',
      { city: { ...city, timeZone: 'Asia/Gongzhi' } },
      '/city/timeZone is "Asia/Gongzhi"',
    ],
    ['a short number', staff({ phone: '138' }), '/staff/0/phone must be a mobile number'],
    ['a role nobody has', staff({ role: 'king' }), '/staff/0/role must be one of: worker,'],
    [
      'a role of another kind of place',
      staff({ role: 'desk' }),
      '/staff/0/role is desk; at 枣城市, a city, it must be one of: city',
    ],
    [
      'a place that is not there',
      staff({ at: '9902' }),
      '/staff/0/at: there is no city, street, community, company, department called "9902"',
    ],
    [
      'a compound that is not there',
      serves({ compound: '无名小区' }),
      'serves/0/compound: there is no compound called',
    ],
    [
      'a day that is none',
      serves({ since: '2024-02-30' }),
      'serves/0/since is "2024-02-30"; it must be a day',
    ],
    [
      'a day that has not come',
      serves({ since: '2026-11-23' }),
      'serves/0/since is 2026-11-23; it must not lie in the future',
    ],
    [
      'a compound of another',
      serves({}),
      '万隆小区 is served by another department already: plan a takeover',
    ],
  ])('%s', async (_, file, sentence) => {
    const before = await rows('select count(*) from places.scope');
    const { code, lines } = await setUp(file);
    expect(code).toBe(2);
    expect(lines.join('\n')).toContain('nothing was written');
    expect(lines.join('\n')).toContain(sentence);
    expect(await rows('select count(*) from places.scope')).toEqual(before);
    expect(await rows(`select from identity.account where phone_masked like '%0009'`)).toHaveLength(0);
  });

  test('one compound twice in one file', async () => {
    const file = serves({});
    file.companies[0]!.departments.push(structuredClone(file.companies[0]!.departments[0]!));
    const { code, lines } = await setUp(file);
    expect([code, lines[1]]).toEqual([
      2,
      '  /companies/0/departments/1/serves/0/compound "WL-01" is served already at /companies/0/departments/0/serves/0',
    ]);
  });
});
