import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales, tables } from '@gongzhi/i18n';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDueOnce } from '../../../platform/due/due.ts';
import { until } from '../../../platform/events/fixtures.ts';
import { openTable } from '../../../platform/imports/open-table.ts';
import { aSheet, aWorkbook } from '../../../platform/imports/fixtures.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import type { Json } from '../../../../../../test/server.ts';
import type { Somebody } from '../../work-orders/fixtures.ts';
import { doNextImport, importSweep } from './background.ts';
import { importFile, type ImportTools } from './carry-out.ts';
import { claimJob } from './jobs.ts';
import { type ImportKind, importKinds, kinds } from './columns.ts';
import { floorOfRoom } from './plan-households.ts';
import { faultText } from './routes.ts';

let world: World;
let tools: ImportTools;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
beforeAll(async () => {
  world = await aWorld();
  const { db, crypto, clock } = world.server.house;
  tools = { db, crypto, clock, worker: world.worker };
});
afterAll(() => world.close());

const send = (who: Somebody, kind: ImportKind, scopeId: string, file: Buffer, more = '') =>
  who.client.post(`/places/imports?scopeId=${scopeId}&kind=${kind}&name=list.xlsx${more}`, file, {
    'content-type': 'application/octet-stream',
  });
const look = async (who: Somebody, job: Json): Promise<Json> =>
  (await who.client.get(`/places/imports/${job.id}?scopeId=${job.scopeId}`)).body;
const start = (who: Somebody, job: Json, skipRejected = false) =>
  who.client.post(`/places/imports/${job.id}/start?scopeId=${job.scopeId}`, { skipRejected });
const faultsOf = async (who: Somebody, job: Json): Promise<Json[]> =>
  (await who.client.get(`/places/imports/${job.id}/faults?scopeId=${job.scopeId}`)).body.items;

/** Sent and checked. */
async function checked(who: Somebody, kind: ImportKind, scopeId: string, file: Buffer): Promise<Json> {
  const sent = await send(who, kind, scopeId, file);
  expect(sent.status).toBe(201);
  expect(sent.body).toMatchObject({ state: 'waiting', kind });
  expect(await doNextImport(tools, quiet)).toBe(true);
  return look(who, sent.body);
}

async function imported(who: Somebody, kind: ImportKind, scopeId: string, file: Buffer): Promise<Json> {
  const job = await checked(who, kind, scopeId, file);
  expect([await faultsOf(who, job), job.state]).toEqual([[], 'checked']);
  expect((await start(who, job)).body.state).toBe('queued');
  expect(await doNextImport(tools, quiet)).toBe(true);
  return look(who, job);
}

/** A compound of its own in the near quarter, so that tests do not meet. */
async function aCompound(): Promise<string> {
  const { near, city } = world;
  const id = randomUUID();
  await world.ask(
    `insert into places.scope (scope_id, kind, name, city_id, street_id, community_id, company_id, department_id, time_zone, created_at)
     values ($1, 'compound', $2, $3, $4, $5, $6, $7, 'Asia/Shanghai', now())`,
    [id, `小区${id.slice(0, 4)}`, city, near.street, near.community, near.company, near.department],
  );
  return id;
}

const buildingRows = [
  ['楼号', '层数', '单元'],
  ['3号楼', 6, '1单元'],
  ['3号楼', 6, '2单元'],
  ['5号楼', 18, ''],
];
const homeRows = [
  ['楼', '单元', '房号', '建筑面积', '楼层'],
  ['3号楼', '1单元', '0301', 89.5, ''],
  ['3', '2', '0402', '76.25', 4],
  ['5号楼', '', '1204', 101, ''],
];
const peopleRows = [
  ['楼号', '单元', '房号', '姓名', '手机号', '关系', '开始日期', '结束日期'],
  ['3号楼', '1单元', '0301', '王秀英', 13800138000, '业主', '2010年5月1日', ''],
  ['3号楼', '1单元', '0301', '王小明', '', '家人', '2010/5/1', ''],
  [
    '5号楼',
    '',
    '1204',
    'Anna Li',
    '+86 139-0013-9000',
    'tenant',
    new Date('2024-02-29T00:00:00Z'),
    '2026-12-31',
  ],
];

async function aFurnishedCompound(): Promise<string> {
  const compound = await aCompound();
  await imported(world.people.company, 'buildings', compound, await aSheet(buildingRows));
  await imported(world.people.company, 'households', compound, await aSheet(homeRows));
  return compound;
}

describe('a list that is right', () => {
  test('goes in: buildings, homes, people; and a second time it changes nothing', async () => {
    const { company } = world.people;
    const compound = await aCompound();
    const files = [
      ['buildings', await aSheet(buildingRows)],
      ['households', await aSheet(homeRows)],
      ['people', await aSheet(peopleRows)],
    ] as const;
    for (const [kind, file] of files) {
      const job = await imported(company, kind, compound, file);
      expect(job).toMatchObject({
        state: 'done',
        rows: { total: 3, done: 3, new: 3, unchanged: 0, rejected: 0 },
      });
    }
    expect(
      await world.ask(
        `select label, floor, area_m2 from places.household where scope_id = $1 order by label`,
        [compound],
      ),
    ).toEqual([
      { label: '3号楼1单元0301', floor: 3, area_m2: '89.50' },
      { label: '3号楼2单元0402', floor: 4, area_m2: '76.25' },
      { label: '5号楼1204', floor: 12, area_m2: '101.00' },
    ]);
    const people = await world.ask(
      `select p.name_masked, p.phone_masked, o.relation, o.starts_on::text, o.ends_on::text, p.company_id = $2 as walled
       from places.person p join places.occupancy o using (scope_id, person_id) where scope_id = $1 order by starts_on, name_masked, relation`,
      [compound, world.near.company],
    );
    expect(people).toEqual([
      {
        name_masked: '王**',
        phone_masked: null,
        relation: 'family',
        starts_on: '2010-05-01',
        ends_on: null,
        walled: true,
      },
      {
        name_masked: '王**',
        phone_masked: '138****8000',
        relation: 'owner',
        starts_on: '2010-05-01',
        ends_on: null,
        walled: true,
      },
      {
        name_masked: 'A*** L*',
        phone_masked: '139****9000',
        relation: 'tenant',
        starts_on: '2024-02-29',
        ends_on: '2026-12-31',
        walled: true,
      },
    ]);
    for (const [kind, file] of files) {
      expect(await imported(company, kind, compound, file)).toMatchObject({
        rows: { new: 0, changed: 0, unchanged: 3, rejected: 0 },
      });
    }
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toHaveLength(3);
    // The files are gone, and the deed is on record.
    expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
    const deeds = await world.ask<{ who: string; kind: string }>(
      `select account_id as who, detail->>'kind' as kind from platform.audit where scope_id = $1 order by detail->>'kind'`,
      [compound],
    );
    expect(new Set(deeds.map(({ who }) => who))).toEqual(new Set([company.accountId]));
    expect(deeds.map(({ kind }) => kind)).toEqual(
      ['buildings', 'households', 'people'].flatMap((kind) => [kind, kind]),
    );
  });

  test('changes what it says otherwise, and only that', async () => {
    const { company } = world.people;
    const compound = await aFurnishedCompound();
    await imported(company, 'people', compound, await aSheet(peopleRows));
    const buildings = await aSheet([...buildingRows.slice(0, 3), ['5号楼', 20, '']]);
    expect(await imported(company, 'buildings', compound, buildings)).toMatchObject({
      rows: { changed: 1, unchanged: 2 },
    });
    const homes = await aSheet([homeRows[0]!, ['5号楼', '', '1204', 102.5, '']]);
    expect(await imported(company, 'households', compound, homes)).toMatchObject({
      rows: { changed: 1, total: 1 },
    });
    const people = await aSheet([
      peopleRows[0]!,
      ['3号楼', '1单元', '0301', '王秀英', 13800138000, '业主', '2010-05-01', '2026-06-30'],
      ['3号楼', '1单元', '0301', '王小明', 13700137000, '家人', '2010-05-01', ''],
      // Another phone is another person, whatever the name.
      ['5号楼', '', '1204', '王小明', 13600136000, '家人', '2024-02-29', ''],
    ]);
    expect(await imported(company, 'people', compound, people)).toMatchObject({
      rows: { new: 1, changed: 2 },
    });
    expect(
      await world.ask(
        `select phone_masked, ends_on::text, relation from places.person join places.occupancy using (scope_id, person_id)
         where scope_id = $1 and name_masked like '王%' order by phone_masked`,
        [compound],
      ),
    ).toEqual([
      { phone_masked: '136****6000', ends_on: null, relation: 'family' },
      { phone_masked: '137****7000', ends_on: null, relation: 'family' },
      { phone_masked: '138****8000', ends_on: '2026-06-30', relation: 'owner' },
    ]);
    expect(await imported(company, 'people', compound, people)).toMatchObject({ rows: { unchanged: 3 } });
  });

  test('of areas and compounds goes into a city and a street', async () => {
    const { cityHall, street } = world.people;
    const areas = await aSheet([
      ['统计用区划代码', '名称'],
      [110108, '海淀区'],
      ['110108001', '万寿路街道'],
      ['110108001001', '翠微路社区居委会'],
    ]);
    expect(await imported(cityHall, 'areas', world.city, areas)).toMatchObject({ rows: { new: 3 } });
    expect(await imported(cityHall, 'areas', world.city, areas)).toMatchObject({ rows: { unchanged: 3 } });
    const compounds = await aSheet([
      ['name', 'district', 'street', 'community', 'built_year', 'address'],
      ['翠微小区', '海淀', '万寿路', '翠微路社区', 1988, '翠微路 2 号'],
      ['玉泉小区', '海淀区', '', '', '', ''],
    ]);
    expect(await imported(cityHall, 'compounds', world.city, compounds)).toMatchObject({ rows: { new: 2 } });
    expect(await imported(cityHall, 'compounds', world.city, compounds)).toMatchObject({
      rows: { unchanged: 2 },
    });
    const [made] = await world.ask(
      `select c.name as community, s.name as street, d.name as district, x.built_year, x.company_id from places.scope x
       left join places.scope c on c.scope_id = x.community_id left join places.scope s on s.scope_id = x.street_id
       left join places.scope d on d.scope_id = x.district_id where x.name = '翠微小区'`,
    );
    expect(made).toEqual({
      community: '翠微路社区居委会',
      street: '万寿路街道',
      district: '海淀区',
      built_year: 1988,
      company_id: null,
    });
    const own = await aSheet([
      ['小区', '社区'],
      ['新小区', '近社区'],
      ['别处', '翠微路社区'],
    ]);
    const job = await checked(street, 'compounds', world.near.street, own);
    expect(job.rows).toMatchObject({ new: 1, rejected: 1 });
    expect((await faultsOf(street, job))[0]).toMatchObject({ line: 3, column: '社区', code: 'unknown' });
  });
});

describe('a list with faults', () => {
  test.each<[string, ImportKind, unknown[], string, string]>([
    ['no building', 'households', ['', '1单元', '301', 80, ''], '楼', 'blank'],
    ['an unknown building', 'households', ['4号楼', '1单元', '301', 80, ''], '楼', 'unknown'],
    ['an unknown unit', 'households', ['3号楼', '9单元', '301', 80, ''], '单元', 'unknown'],
    ['several units and none named', 'households', ['3号楼', '', '301', 80, ''], '单元', 'several_units'],
    [
      'an area with three decimals',
      'households',
      ['3号楼', '1单元', '301', 80.123, ''],
      '建筑面积',
      'not_area',
    ],
    ['no area at all', 'households', ['3号楼', '1单元', '301', 0, ''], '建筑面积', 'not_area'],
    [
      'a room that is a date',
      'households',
      ['3号楼', '1单元', new Date('2026-03-02T00:00:00Z'), 80, ''],
      '房号',
      'date_in_text',
    ],
    ['a room without a floor', 'households', ['3号楼', '1单元', '东', 80, ''], '楼层', 'floor_unknown'],
    ['half a floor', 'households', ['3号楼', '1单元', '301', 80, 1.5], '楼层', 'not_whole'],
    [
      'a formula nobody calculated',
      'households',
      ['3号楼', '1单元', '301', { formula: 'A1' }, ''],
      '建筑面积',
      'formula',
    ],
    ['no floors', 'buildings', ['7号楼', 0, ''], '层数', 'not_whole'],
    ['201 floors', 'buildings', ['7号楼', 201, ''], '层数', 'not_whole'],
    [
      'a date the American way',
      'people',
      ['3号楼', '1单元', '0301', '甲乙', '', '业主', '5/1/2010', ''],
      '开始日期',
      'not_date',
    ],
    [
      'the 30th of February',
      'people',
      ['3号楼', '1单元', '0301', '甲乙', '', '业主', '2010-02-30', ''],
      '开始日期',
      'not_date',
    ],
    [
      'an end on the first day',
      'people',
      ['3号楼', '1单元', '0301', '甲乙', '', '业主', '2010-05-01', '2010-05-01'],
      '结束日期',
      'ends_before',
    ],
    [
      'a phone of ten digits',
      'people',
      ['3号楼', '1单元', '0301', '甲乙', 1380013800, '业主', '2010-05-01', ''],
      '手机号',
      'not_phone',
    ],
    [
      'a relation of another kind',
      'people',
      ['3号楼', '1单元', '0301', '甲乙', '', '朋友', '2010-05-01', ''],
      '关系',
      'not_choice',
    ],
    [
      'a home that is not there',
      'people',
      ['3号楼', '1单元', '0999', '甲乙', '', '业主', '2010-05-01', ''],
      '房号',
      'unknown',
    ],
    [
      'an empty name',
      'people',
      ['3号楼', '1单元', '0301', '  ', '', '业主', '2010-05-01', ''],
      '姓名',
      'blank',
    ],
  ])('%s: line, column, and what would be right', async (_, kind, row, column, code) => {
    faulty ??= await aFurnishedCompound();
    const head = { buildings: buildingRows, households: homeRows, people: peopleRows }[kind as 'people'][0]!;
    const file = await aWorkbook((book) => {
      const sheet = book.addWorksheet('S');
      sheet.addRow([...head]);
      sheet.addRow(row as never);
    });
    const job = await checked(world.people.company, kind, faulty, file);
    expect(job.rows).toMatchObject({ total: 1, rejected: 1, new: 0 });
    const [fault, ...others] = await faultsOf(world.people.company, job);
    expect([others, fault.line, fault.column, fault.code]).toEqual([[], 2, column, code]);
    expect(faultText('en', code, fault.params)).not.toMatch(/[{}]|imports\./);
  });
  let faulty: string | undefined;

  test('rows that repeat, contradict or overlap each other', async () => {
    const { company } = world.people;
    const compound = await aFurnishedCompound();
    const buildings = await aSheet(
      [
        ['楼', '层'],
        ['9号楼', 6],
        ['9号楼', 7],
        ['9号楼', 6],
      ].map((row, i) => (i === 0 ? ['楼号', '层数'] : row)),
    );
    const faults = await faultsOf(company, await checked(company, 'buildings', compound, buildings));
    expect(faults.map(({ line, code, params }) => [line, code, params])).toEqual([
      [3, 'differs', { line: 2, value: 6 }],
      [4, 'twice', { line: 2 }],
    ]);
    const person = (...rest: unknown[]) => ['3号楼', '1单元', '0301', ...rest];
    const people = await aSheet([
      peopleRows[0]!,
      person('甲乙', '', '业主', '2010-05-01', ''),
      person('甲乙', '', '业主', '2010-05-01', ''),
      person('甲乙', '', '业主', '2012-05-01', ''),
      // The next begins on the day the last one ends.
      person('丙丁', '', '租户', '2010-05-01', '2011-05-01'),
      person('丙丁', '', '租户', '2011-05-01', ''),
    ]);
    const job = await checked(company, 'people', compound, people);
    expect(job.rows).toMatchObject({ new: 3, rejected: 2 });
    expect((await faultsOf(company, job)).map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, '', 'twice'],
      [4, '开始日期', 'overlaps'],
    ]);
  });

  test('writes nothing unless told to leave the wrong rows out', async () => {
    const { company, manager } = world.people;
    const compound = await aFurnishedCompound();
    const file = await aSheet([...peopleRows, ['8号楼', '', '101', '赵某', '', '业主', '2020-01-01', '']]);
    const job = await checked(company, 'people', compound, file);
    expect(job.rows).toMatchObject({ new: 3, rejected: 1 });
    const refused = await start(company, job);
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([
      409,
      'import.has_rejected',
      { count: 1 },
    ]);
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toEqual([]);
    // Whoever sent it reads what stood there; a colleague, which cell it was.
    expect((await faultsOf(company, job))[0].value).toBe('8号楼');
    const theirs = await manager.client.get(`/places/imports/${job.id}/faults?scopeId=${compound}`);
    expect([theirs.status, theirs.body.items?.[0]?.value]).toEqual([200, null]);
    const list = await company.client.get(
      `/places/imports/${job.id}/faults/file?scopeId=${compound}&format=csv&locale=en`,
    );
    expect(list.body).toBe(
      'Line,Column,It says,What would be right\r\n5,楼号,8号楼,"Not found. Did you mean 3号楼, 5号楼?"\r\n',
    );
    expect((await start(company, job, true)).status).toBe(200);
    await doNextImport(tools, quiet);
    expect(await look(company, job)).toMatchObject({ state: 'done', rows: { new: 3, rejected: 1 } });
    expect((await start(company, job, true)).body.code).toBe('import.not_checked');
  });

  test('what was right when it was checked and is wrong now stops the whole', async () => {
    const { company } = world.people;
    const compound = await aFurnishedCompound();
    const job = await checked(company, 'people', compound, await aSheet(peopleRows));
    await world.ask(`delete from places.household where scope_id = $1 and room_no = '1204'`, [compound]);
    await start(company, job);
    await doNextImport(tools, quiet);
    expect(await look(company, job)).toMatchObject({
      state: 'failed',
      refusal: { code: 'changed', params: { count: 1 } },
    });
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toEqual([]);
    expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
  });

  test.each<[string, () => Promise<Buffer> | Buffer, string]>([
    [
      'no header',
      () =>
        aSheet([
          ['x', 'y'],
          ['3号楼', 6],
        ]),
      'table.header.missing',
    ],
    [
      'a column twice',
      () =>
        aSheet([
          ['楼号', '层数', 'building'],
          ['3号楼', 6, '3'],
        ]),
      'table.header.twice',
    ],
    [
      'nothing below the header',
      () =>
        aSheet([
          ['楼号', '层数'],
          ['', ''],
        ]),
      'table.no_rows',
    ],
    [
      'two sheets that fit',
      () =>
        aWorkbook((book) =>
          ['一', '二'].map((name) =>
            book.addWorksheet(name).addRows([
              ['楼号', '层数'],
              ['3号楼', 6],
            ]),
          ),
        ),
      'table.header.sheets',
    ],
    ['half a file', async () => (await aSheet(buildingRows)).subarray(0, 3_000), 'table.broken'],
    ['a picture', () => Buffer.from('89504e470d0a1a0a00', 'hex'), 'table.not_a_table'],
    ['an open quotation mark', () => Buffer.from('楼号,层数\n"3号楼,6\n'), 'table.quotes'],
  ])('a file with %s is refused as a whole', async (_, file, code) => {
    const compound = await aCompound();
    const job = await checked(world.people.company, 'buildings', compound, await file());
    expect([job.state, job.refusal.code]).toEqual(['refused', code]);
    for (const locale of locales) expect(tables[locale]).toHaveProperty([`imports.refusal.${code}`]);
    expect((await start(world.people.company, job, true)).status).toBe(409);
    expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
  });

  test('a title above, comments, other columns and a second sheet are no faults', async () => {
    const compound = await aCompound();
    const file = await aWorkbook((book) => {
      const sheet = book.addWorksheet('名单');
      sheet.addRows([
        ['某小区楼栋表'],
        ['制表：物业'],
        ['*楼号 Building', '备注', '层数', '单元 Unit'],
        ['# 3号楼', '', 6, ''],
        ['3号楼', '新', 6, '1单元'],
      ]);
      sheet.mergeCells('A1:D1');
      book.addWorksheet('说明').addRows([
        ['列', '怎么填'],
        ['楼号', '按叫法'],
      ]);
    });
    expect(await imported(world.people.company, 'buildings', compound, file)).toMatchObject({
      rows: { total: 1, new: 1 },
    });
  });
});

describe('who may', () => {
  test('import: into the own places only, each list into its kind of place', async () => {
    const { manager, company, street, cityHall, desk, farCompany, farStreet, wang } = world.people;
    const file = await aSheet(buildingRows);
    const tries = async (who: Somebody, kind: ImportKind, scopeId: string) => {
      const { status, body } = await send(who, kind, scopeId, file);
      return [status, body.code ?? body.state];
    };
    const { compound } = world.near;
    for (const who of [manager, company, street, cityHall])
      expect(await tries(who, 'buildings', compound)).toEqual([201, 'waiting']);
    for (const who of [desk, wang])
      expect(await tries(who, 'buildings', compound)).toEqual([403, 'permission.denied']);
    for (const who of [farCompany, farStreet])
      expect(await tries(who, 'buildings', compound)).toEqual([404, 'not_found']);
    expect(await tries(company, 'compounds', world.near.company)).toEqual([422, 'import.not_here']);
    expect(await tries(street, 'areas', world.near.street)).toEqual([422, 'import.not_here']);
    expect(await tries(street, 'areas', world.city)).toEqual([404, 'not_found']);
    expect(await tries(cityHall, 'people', world.near.department)).toEqual([422, 'import.not_here']);
    const list = await manager.client.get(`/places/imports?scopeId=${compound}&limit=2`);
    expect([list.status, list.body.items.length, list.body.nextCursor === null]).toEqual([200, 2, false]);
    const next = await manager.client.get(
      `/places/imports?scopeId=${compound}&cursor=${list.body.nextCursor}`,
    );
    expect(next.body.items).toHaveLength(2);
    const [job] = list.body.items;
    for (const path of [
      `/places/imports/${job.id}?`,
      `/places/imports/${job.id}/faults?`,
      `/places/imports?`,
    ])
      expect((await farCompany.client.get(`${path}scopeId=${compound}`)).status).toBe(404);
    expect((await start(farCompany, job)).status).toBe(404);
    expect((await manager.client.get(`/places/imports?scopeId=${compound}&cursor=nonsense`)).status).toBe(
      422,
    );
    while (await doNextImport(tools, quiet));
  });

  test('a file that is empty, too large or of no kind is refused at the door', async () => {
    const { company } = world.people;
    const { compound } = world.near;
    expect((await send(company, 'buildings', compound, Buffer.alloc(0))).status).toBe(422);
    const large = await send(company, 'buildings', compound, Buffer.alloc(33 * 1024 * 1024));
    expect([large.status, large.body.code, large.body.params]).toEqual([
      413,
      'import.too_large',
      { megabytes: 32 },
    ]);
    expect((await send(company, 'cats' as ImportKind, compound, Buffer.from('a'))).status).toBe(422);
  });

  test('what waits is sealed, and a key pressed twice sends once', async () => {
    const { company } = world.people;
    const compound = await aFurnishedCompound();
    const file = Buffer.from(
      peopleRows
        .map((row) => row.map((cell) => (cell instanceof Date ? '2024-02-29' : cell)).join(','))
        .join('\n'),
    );
    const key = randomUUID();
    const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': key };
    const path = `/places/imports?scopeId=${compound}&kind=people&name=a.csv`;
    const [one, two] = await Promise.all([
      company.client.post(path, file, headers),
      company.client.post(path, file, headers),
    ]);
    expect([one.status, two.status, one.body.id]).toEqual([201, 201, two.body.id]);
    const [part] = await world.ask(`select sealed from places.import_part where scope_id = $1`, [compound]);
    expect((part as { sealed: Buffer }).sealed.includes('王秀英')).toBe(false);
    expect((part as { sealed: Buffer }).sealed.includes(file.toString('base64').slice(0, 40))).toBe(false);
    await doNextImport(tools, quiet);
    expect(await look(company, one.body)).toMatchObject({ state: 'checked', rows: { new: 3 } });
    // Nobody imported it: after a week it is gone.
    world.clock.advance(8 * 86_400_000);
    await runDueOnce({
      worker: world.worker,
      sweeps: [importSweep],
      house: world.server.house,
      clock: world.clock,
      log: quiet,
    });
    expect(await look(company, one.body)).toMatchObject({ state: 'failed', refusal: { code: 'expired' } });
    expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
  });
});

describe('an import that is disturbed', () => {
  test('by a second worker is done once', async () => {
    const { company } = world.people;
    const compound = await aFurnishedCompound();
    const file = await aSheet(peopleRows);
    const job = await checked(company, 'people', compound, file);
    await start(company, job);
    const claimed = (await world.worker.work((tx) => claimJob(tx, world.clock.now())))!;
    const done = await Promise.all([importFile(tools, claimed, file), importFile(tools, claimed, file)]);
    expect(done.filter((one) => one !== null)).toHaveLength(1);
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toHaveLength(3);
  });

  test('by another file of the same people at the same time leaves everybody once', async () => {
    const { company, manager } = world.people;
    const compound = await aFurnishedCompound();
    const file = await aSheet(peopleRows);
    const jobs = [
      await checked(company, 'people', compound, file),
      await checked(manager, 'people', compound, file),
    ];
    await start(company, jobs[0]);
    await start(manager, jobs[1]);
    await Promise.all([doNextImport(tools, quiet), doNextImport(tools, quiet)]);
    const rows = [(await look(company, jobs[0])).rows, (await look(company, jobs[1])).rows];
    expect(rows.map((one) => Number(one.new)).toSorted((a, b) => a - b)).toEqual([0, 3]);
    expect(await world.ask(`select from places.occupancy where scope_id = $1`, [compound])).toHaveLength(3);
  });

  test('by kill -9 in the middle of writing leaves nothing, and is done whole by whoever comes next', {
    timeout: 60_000,
  }, async () => {
    const { company } = world.people;
    const compound = await aFurnishedCompound();
    const many = Array.from({ length: 1_800 }, (_, i) => [
      '3号楼',
      '1单元',
      '0301',
      `住户${i}`,
      13_000_000_000 + i,
      '家人',
      '2020-01-01',
      '',
    ]);
    const job = await checked(company, 'people', compound, await aSheet([peopleRows[0]!, ...many]));
    await start(company, job);
    // Somebody holds the table: the import stands in the middle of its transaction, behind people already written.
    const blocker = await world.admin.connect();
    await blocker.query('begin');
    await blocker.query('lock table places.occupancy in share mode');
    const code = `
      import { doNextImport } from ${JSON.stringify(join(import.meta.dirname, 'background.ts'))};
      import { openDatabase, openWorkerDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../../platform/db/database.ts'))};
      import { openCrypto } from ${JSON.stringify(join(import.meta.dirname, '../../../platform/crypto/crypto.ts'))};
      const options = { url: ${JSON.stringify(world.server.house.config.databaseUrl)}, poolSize: 3, applicationName: 'doomed', onIdleError() {} };
      const crypto = await openCrypto(${JSON.stringify(world.dataDir)}, { mode: 'demo' });
      const clock = { now: () => new Date(${world.clock.now().getTime()}) };
      const log = { info() {}, warn() {}, error() {} };
      await doNextImport({ db: openDatabase(options), worker: openWorkerDatabase(options), crypto, clock }, log);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
    const isStanding = async () =>
      (
        await world.ask(
          `select from pg_stat_activity where application_name = 'doomed' and wait_event_type = 'Lock' and datname = current_database()`,
        )
      ).length > 0;
    await until(isStanding);
    child.kill('SIGKILL');
    await blocker.query('rollback');
    blocker.release();
    await until(
      async () =>
        (await world.ask(`select from pg_stat_activity where application_name = 'doomed'`)).length === 0,
    );
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toEqual([]);
    // Its claim has not run out yet, and then it has.
    expect(await doNextImport(tools, quiet)).toBe(false);
    world.clock.advance(61_000);
    expect(await doNextImport(tools, quiet)).toBe(true);
    expect(await look(company, job)).toMatchObject({ state: 'done', rows: { new: 1_800, done: 1_800 } });
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toHaveLength(1_800);
  });
});

test('every template comes back as what it asks for, in both languages and forms, with its example left out', async () => {
  const { company } = world.people;
  for (const kind of importKinds) {
    for (const locale of locales) {
      for (const format of ['xlsx', 'csv']) {
        const answer = await fetch(
          `${world.url}/api/v1/places/import-templates/${kind}?format=${format}&locale=${locale}`,
          {
            headers: { cookie: company.client.cookie },
          },
        );
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-disposition')).toContain(`.${format}`);
        const file = await openTable(Buffer.from(await answer.arrayBuffer()));
        const rows = [];
        for await (const row of file.sheets[0]!.rows()) rows.push(row.cells.map((cell) => cell.text));
        expect(rows).toHaveLength(2);
        expect(rows[0]).toHaveLength(kinds[kind].columns.length);
        expect(rows[1]![0]).toMatch(/^# /);
      }
    }
  }
});

test('the floor of a room', () => {
  const rooms = ['301', '0301', '1204', 'A301', '20003', '20103', '12', '东', '1单元'];
  expect(rooms.map(floorOfRoom)).toEqual([3, 3, 12, 3, 200, null, null, null, null]);
});

test('every fault has its sentence in both languages, and every sentence its fault', () => {
  const folders = [import.meta.dirname, join(import.meta.dirname, '../../../platform/imports')];
  const codes = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    )) {
      const source = readFileSync(join(folder, file), 'utf8');
      for (const [, code] of source.matchAll(/(?:problem|fault)\(\s*'(\w+)'|fault: \{ code: '(\w+)'/g))
        if (code !== undefined) codes.add(code);
    }
  }
  expect(codes.size).toBeGreaterThan(20);
  for (const locale of locales) {
    const told = Object.keys(tables[locale]).filter((key) => key.startsWith('imports.fault.'));
    // Found in the rows themselves, where no function names it.
    const others = ['imports.fault.merged', 'imports.fault.too_long', 'imports.fault.zero_byte'];
    expect([...new Set([...told, ...others])].sort()).toEqual(
      [...new Set([...[...codes].map((code) => `imports.fault.${code}`), ...others])].sort(),
    );
  }
});
