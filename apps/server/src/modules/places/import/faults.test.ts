import { locales, tables } from '@gongzhi/i18n';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../../../../../../test/world.ts';
import { aSheet, aWorkbook } from '../../../platform/imports/fixtures.ts';
import type { ImportKind } from './domain-import.ts';
import { anImportingWorld, buildingRows, homeRows, type Importing, peopleRows } from './fixtures.ts';
import { faultText } from './say.ts';

let on: Importing;
let world: World;
beforeAll(async () => {
  on = await anImportingWorld();
  ({ world } = on);
});
afterAll(() => world.close());

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
    ['a latitude beyond the pole', 'buildings', ['7号楼', 6, '', 90.1, 121.1], '纬度', 'not_degrees'],
    [
      'a longitude in degrees and minutes',
      'buildings',
      ['7号楼', 6, '', 35.9, '121°6′'],
      '经度',
      'not_degrees',
    ],
    ['half a point', 'buildings', ['7号楼', 6, '', 35.9, ''], '经度', 'point_half'],
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
    faulty ??= await on.aFurnishedCompound();
    const head = { buildings: buildingRows, households: homeRows, people: peopleRows }[kind as 'people'][0]!;
    const file = await aWorkbook((book) => {
      const sheet = book.addWorksheet('S');
      sheet.addRow([...head]);
      sheet.addRow(row as never);
    });
    const job = await on.checked(world.people.company, kind, faulty, file);
    expect(job.rows).toMatchObject({ total: 1, rejected: 1, new: 0 });
    const [fault, ...others] = await on.faultsOf(world.people.company, job);
    expect([others, fault.line, fault.column, fault.code]).toEqual([[], 2, column, code]);
    expect(faultText('en', code, fault.params)).not.toMatch(/[{}]|imports\./);
  });
  let faulty: string | undefined;

  test('rows that repeat, contradict or overlap each other', async () => {
    const { company } = world.people;
    const compound = await on.aFurnishedCompound();
    const buildings = await aSheet(
      [
        ['楼', '层'],
        ['9号楼', 6],
        ['9号楼', 7],
        ['9号楼', 6],
      ].map((row, i) => (i === 0 ? ['楼号', '层数'] : row)),
    );
    const faults = await on.faultsOf(company, await on.checked(company, 'buildings', compound, buildings));
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
    const job = await on.checked(company, 'people', compound, people);
    expect(job.rows).toMatchObject({ new: 3, rejected: 2 });
    expect((await on.faultsOf(company, job)).map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, '', 'twice'],
      [4, '开始日期', 'overlaps'],
    ]);
  });

  test('writes nothing unless told to leave the wrong rows out', async () => {
    const { company, manager } = world.people;
    const compound = await on.aFurnishedCompound();
    const file = await aSheet([...peopleRows, ['8号楼', '', '101', '赵某', '', '业主', '2020-01-01', '']]);
    const job = await on.checked(company, 'people', compound, file);
    expect(job.rows).toMatchObject({ new: 3, rejected: 1 });
    const refused = await on.start(company, job);
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([
      409,
      'import.has_rejected',
      { count: 1 },
    ]);
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toEqual([]);
    // Whoever sent it reads what stood there; a colleague, which cell it was.
    expect((await on.faultsOf(company, job))[0].value).toBe('8号楼');
    const theirs = await manager.client.get(`/places/imports/${job.id}/faults?scopeId=${compound}`);
    expect([theirs.status, theirs.body.items?.[0]?.value]).toEqual([200, null]);
    const list = await company.client.get(
      `/places/imports/${job.id}/faults/file?scopeId=${compound}&format=csv&locale=en`,
    );
    expect(list.body).toBe(
      'Line,Column,It says,What would be right\r\n5,楼号,8号楼,"Not found. Did you mean 3号楼, 5号楼?"\r\n',
    );
    expect((await on.start(company, job, true)).status).toBe(200);
    await on.work();
    expect(await on.look(company, job)).toMatchObject({ state: 'done', rows: { new: 3, rejected: 1 } });
    expect((await on.start(company, job, true)).body.code).toBe('import.not_checked');
  });

  test('what was right when it was checked and is wrong now stops the whole', async () => {
    const { company } = world.people;
    const compound = await on.aFurnishedCompound();
    const job = await on.checked(company, 'people', compound, await aSheet(peopleRows));
    await world.ask(`delete from places.household where scope_id = $1 and room_no = '1204'`, [compound]);
    await on.start(company, job);
    await on.work();
    expect(await on.look(company, job)).toMatchObject({
      state: 'failed',
      refusal: { code: 'changed', params: { count: 1 } },
    });
    expect(await world.ask(`select from places.person where scope_id = $1`, [compound])).toEqual([]);
    expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
  });

  test.each<[string, () => Promise<Buffer> | Buffer, string]>([
    [
      'nothing below the header',
      () =>
        aSheet([
          ['楼号', '层数'],
          ['', ''],
        ]),
      'table.no_rows',
    ],
    ['half a file', async () => (await aSheet(buildingRows)).subarray(0, 3_000), 'table.broken'],
    ['a picture', () => Buffer.from('89504e470d0a1a0a00', 'hex'), 'table.not_a_table'],
    ['an open quotation mark', () => Buffer.from('楼号,层数\n"3号楼,6\n'), 'table.quotes'],
  ])('a file with %s is refused as a whole', async (_, file, code) => {
    const compound = await on.aCompound();
    const job = await on.checked(world.people.company, 'buildings', compound, await file());
    expect([job.state, job.refusal.code]).toEqual(['refused', code]);
    for (const locale of locales) expect(tables[locale]).toHaveProperty([`imports.refusal.${code}`]);
    expect((await on.start(world.people.company, job, true)).status).toBe(409);
    expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
  });

  test('a title above, comments, other columns and a second sheet are no faults', async () => {
    const compound = await on.aCompound();
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
    expect(await on.imported(world.people.company, 'buildings', compound, file)).toMatchObject({
      rows: { total: 1, new: 1 },
    });
  });
});
