import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../../test/server.ts';
import type { World } from '../../../../../../test/world.ts';
import { runDueOnce } from '../../../platform/due/due.ts';
import { aSheet, aWorkbook } from '../../../platform/imports/fixtures.ts';
import { importSweep } from './background.ts';
import type { ImportKind } from './domain-import.ts';
import { anImportingWorld, buildingRows, type Importing, peopleRows, quiet } from './fixtures.ts';

type Somebody = World['people']['company'];

/** Which column of a file is which: found, guessed, asked, told and remembered. */
let on: Importing;
let world: World;
beforeAll(async () => {
  on = await anImportingWorld();
  ({ world } = on);
});
afterAll(() => world.close());

const at = (job: Json, path = 'columns') => `/places/imports/${job.id}/${path}?scopeId=${job.scopeId}`;
const columnsOf = async (who: Somebody, job: Json): Promise<Json> => (await who.client.get(at(job))).body;
const tell = (who: Somebody, job: Json, mapping: Json, more: Json = {}) =>
  who.client.post(at(job), { sheet: null, mapping, remember: false, ...more });
const fieldsOf = ({ columns }: Json) =>
  Object.fromEntries(columns.map(({ title, field }: Json) => [title, field]));

test('what is called as usual, in either language, is found and shown; the file goes on to be imported', async () => {
  const { company } = world.people;
  const compound = await on.aCompound();
  const job = await on.checked(
    company,
    'buildings',
    compound,
    await aSheet([['栋号 No.', '备注'], ...buildingRows]),
  );
  expect(job.state).toBe('checked');
  expect(await columnsOf(company, job)).toEqual({
    sheet: 'Sheet1',
    sheets: ['Sheet1'],
    line: 2,
    columns: [
      { title: '楼号', field: 'building', isSure: true, samples: ['3号楼', '3号楼', '5号楼'] },
      { title: '层数', field: 'floors', isSure: true, samples: ['6', '6', '18'] },
      { title: '单元', field: 'unit', isSure: true, samples: ['1单元', '2单元'] },
      { title: '纬度', field: 'latitude', isSure: true, samples: ['35.9021'] },
      { title: '经度', field: 'longitude', isSure: true, samples: ['121.1034'] },
    ],
    fields: [
      { key: 'building', isRequired: true },
      { key: 'floors', isRequired: true },
      { key: 'unit', isRequired: false },
      { key: 'latitude', isRequired: false },
      { key: 'longitude', isRequired: false },
    ],
  });
});

test('titles of their own are guessed where they come near, asked, told once, and known the next time', async () => {
  const { company, manager, farCompany, desk } = world.people;
  const compound = await on.aFurnishedCompound();
  const head = ['幢别', '梯位', '门牌', '产权人姓名(与证一致)', '联络', '身份', '入住时间', '内部编号'];
  const rows = [head, ...peopleRows.slice(1).map((row) => [...row.slice(0, 7), 'A-1'])];
  const job = await on.checked(company, 'people', compound, await aSheet(rows));
  expect([job.state, job.refusal.code]).toEqual(['mapping', 'table.header.missing']);
  const layout = await columnsOf(company, job);
  expect(layout.columns.find(({ title }: Json) => title.startsWith('产权人'))).toMatchObject({
    field: 'person',
    isSure: false,
    samples: ['王秀英', '王小明', 'Anna Li'],
  });
  // Names and phones of the file are for whoever sent it; a colleague may help by the titles.
  expect((await columnsOf(manager, job)).columns.flatMap(({ samples }: Json) => samples)).toEqual([]);
  expect((await farCompany.client.get(at(job))).status).toBe(404);
  expect((await desk.client.get(at(job))).status).toBe(403);
  expect((await on.start(company, job, true)).body.code).toBe('import.not_checked');
  const [{ layout_sealed: sealed }] = await world.ask(
    `select layout_sealed from places.import_job where import_id = $1`,
    [job.id],
  );
  expect(sealed.includes('王秀英')).toBe(false);

  const mapping = {
    幢别: 'building',
    梯位: 'unit',
    门牌: 'room',
    '产权人姓名(与证一致)': 'person',
    联络: 'phone',
    身份: 'relation',
    入住时间: 'startsOn',
    内部编号: '',
  };
  for (const [wrong, code] of [
    [{ ...mapping, 内部编号: 'salary' }, 'unknown'],
    [{ ...mapping, 内部编号: 'phone' }, 'twice'],
  ] as const) {
    const { status, body } = await tell(company, job, wrong);
    expect([status, body.fields?.[0]]).toEqual([422, { path: '/mapping/内部编号', code, params: {} }]);
  }
  expect((await tell(farCompany, job, mapping)).status).toBe(404);
  expect((await tell(company, job, mapping, { remember: true })).body).toMatchObject({ state: 'waiting' });
  await on.work();
  const checked = await on.look(company, job);
  expect(checked).toMatchObject({ state: 'checked', refusal: null, rows: { total: 3, new: 3, rejected: 0 } });
  expect(fieldsOf(await columnsOf(company, job))).toEqual({ ...mapping, 内部编号: null });
  expect((await on.start(company, job)).status).toBe(200);
  await on.work();
  expect(await on.look(company, job)).toMatchObject({ state: 'done', rows: { new: 3 } });
  expect((await tell(company, job, mapping)).body.code).toBe('import.not_checked');

  // The next file of that company, into another compound, sent by somebody else; and another company's is not known.
  const other = await on.aFurnishedCompound();
  const next = await on.checked(manager, 'people', other, await aSheet(rows));
  expect(next).toMatchObject({ state: 'checked', rows: { new: 3 } });
  const usual = await on.checked(company, 'people', other, await aSheet(peopleRows));
  expect(usual).toMatchObject({ state: 'checked', rows: { new: 3 } });
  const theirs = await on.send(farCompany, 'people', world.far.compound, await aSheet(rows));
  await on.work();
  expect((await on.look(farCompany, theirs.body)).state).toBe('mapping');
});

test('a found column can be put right after the check, and what was wrong with the file goes', async () => {
  const { company } = world.people;
  const compound = await on.aCompound();
  const file = await aSheet([
    ['楼号', '地上', '层数'],
    ['3号楼', 6, '负一'],
  ]);
  const job = await on.checked(company, 'buildings', compound, file);
  expect([job.state, job.rows.rejected, (await on.faultsOf(company, job)).length]).toEqual(['checked', 1, 1]);
  await tell(company, job, { 楼号: 'building', 地上: 'floors', 层数: '' });
  await on.work();
  expect(await on.look(company, job)).toMatchObject({ state: 'checked', rows: { new: 1, rejected: 0 } });
  expect(await on.faultsOf(company, job)).toEqual([]);
});

test('a column twice is settled by leaving one out; two sheets by naming one', async () => {
  const { company } = world.people;
  const compound = await on.aCompound();
  const twice = await on.checked(
    company,
    'buildings',
    compound,
    await aSheet([
      ['楼号', '层数', 'building'],
      ['3号楼', 6, '3'],
    ]),
  );
  expect([twice.state, twice.refusal.code]).toEqual(['mapping', 'table.header.twice']);
  await tell(company, twice, { 楼号: 'building', building: '', 层数: 'floors' });
  await on.work();
  expect(await on.look(company, twice)).toMatchObject({ state: 'checked', rows: { new: 1 } });

  const sheets = await aWorkbook((book) =>
    ['一', '二'].map((name, i) =>
      book.addWorksheet(name).addRows([
        ['楼号', '层数'],
        [`${i + 5}号楼`, 6],
      ]),
    ),
  );
  const both = await on.checked(company, 'buildings', compound, sheets);
  expect([both.state, both.refusal.code]).toEqual(['mapping', 'table.header.sheets']);
  expect((await columnsOf(company, both)).sheets).toEqual(['一', '二']);
  await tell(company, both, {}, { sheet: '二' });
  await on.work();
  expect(await on.look(company, both)).toMatchObject({ state: 'checked', rows: { new: 1 } });
  expect((await columnsOf(company, both)).columns[0].samples).toEqual(['6号楼']);
});

test('a file nobody tells the columns of is not kept', async () => {
  const { company } = world.people;
  const compound = await on.aCompound();
  const file = await aSheet([
    ['x', 'y'],
    ['3号楼', 6],
  ]);
  const job = await on.checked(company, 'buildings' satisfies ImportKind, compound, file);
  expect(fieldsOf(await columnsOf(company, job))).toEqual({ x: null, y: null });
  world.clock.advance(8 * 86_400_000);
  const { server, clock, worker } = world;
  await runDueOnce({ worker, sweeps: [importSweep], house: server.house, clock, log: quiet });
  expect(await on.look(company, job)).toMatchObject({ state: 'failed', refusal: { code: 'expired' } });
  expect(await world.ask(`select from places.import_part where scope_id = $1`, [compound])).toEqual([]);
});
