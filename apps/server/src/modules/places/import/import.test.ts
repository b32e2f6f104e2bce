import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales, tables } from '@gongzhi/i18n';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../../../../../../test/world.ts';
import { aSheet } from '../../../platform/imports/fixtures.ts';
import { openTable } from '../../../platform/imports/open-table.ts';
import { keepResidents } from '../../identity/consumers.ts';
import { kinds } from './columns.ts';
import { importKinds } from './domain-import.ts';
import { anImportingWorld, buildingRows, homeRows, type Importing, peopleRows } from './fixtures.ts';
import { floorOfRoom } from './plan-households.ts';

let on: Importing;
let world: World;
beforeAll(async () => {
  on = await anImportingWorld();
  ({ world } = on);
});
afterAll(() => world.close());

describe('a list that is right', () => {
  test('goes in: buildings, homes, people; and a second time it changes nothing', async () => {
    const { company } = world.people;
    const compound = await on.aCompound();
    const files = [
      ['buildings', await aSheet(buildingRows)],
      ['households', await aSheet(homeRows)],
      ['people', await aSheet(peopleRows)],
    ] as const;
    for (const [kind, file] of files) {
      const job = await on.imported(company, kind, compound, file);
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
      expect(await on.imported(company, kind, compound, file)).toMatchObject({
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
    const compound = await on.aFurnishedCompound();
    await on.imported(company, 'people', compound, await aSheet(peopleRows));
    const buildings = await aSheet([...buildingRows.slice(0, 3), ['5号楼', 20, '']]);
    expect(await on.imported(company, 'buildings', compound, buildings)).toMatchObject({
      rows: { changed: 1, unchanged: 2 },
    });
    const standing = () =>
      world.ask(
        'select name, floors, latitude, longitude from places.building where scope_id = $1 order by name',
        [compound],
      );
    // What the file leaves blank is left as it is.
    expect(await standing()).toEqual([
      { name: '3号楼', floors: 6, latitude: null, longitude: null },
      { name: '5号楼', floors: 20, latitude: 35.9021, longitude: 121.1034 },
    ]);
    const moved = await aSheet([buildingRows[0]!, ['3号楼', 6, '2单元', 35.9, -121.5]]);
    expect(await on.imported(company, 'buildings', compound, moved)).toMatchObject({ rows: { changed: 1 } });
    expect((await standing())[0]).toMatchObject({ latitude: 35.9, longitude: -121.5 });
    const homes = await aSheet([homeRows[0]!, ['5号楼', '', '1204', 102.5, '']]);
    expect(await on.imported(company, 'households', compound, homes)).toMatchObject({
      rows: { changed: 1, total: 1 },
    });
    const people = await aSheet([
      peopleRows[0]!,
      ['3号楼', '1单元', '0301', '王秀英', 13800138000, '业主', '2010-05-01', '2026-06-30'],
      ['3号楼', '1单元', '0301', '王小明', 13700137000, '家人', '2010-05-01', ''],
      // Another phone is another person, whatever the name.
      ['5号楼', '', '1204', '王小明', 13600136000, '家人', '2024-02-29', ''],
    ]);
    expect(await on.imported(company, 'people', compound, people)).toMatchObject({
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
    expect(await on.imported(company, 'people', compound, people)).toMatchObject({ rows: { unchanged: 3 } });
  });

  test('lets whoever has a phone sign in, and a second import does not do it again', async () => {
    const { company } = world.people;
    const compound = await on.aFurnishedCompound();
    const tell = async () => {
      const events = await world.ask<{ payload: { personIds: string[] } }>(
        `select scope_id as "scopeId", payload, occurred_at as "occurredAt" from platform.outbox
         where scope_id = $1 and kind = 'resident.imported'`,
        [compound],
      );
      await world.worker.work((tx) => keepResidents.handle(events as never, tx, world.server.house));
      return events.flatMap(({ payload }) => payload.personIds).length;
    };
    await on.imported(company, 'people', compound, await aSheet(peopleRows));
    expect(await tell()).toBe(2);
    await on.imported(company, 'people', compound, await aSheet(peopleRows));
    expect(await tell()).toBe(2);
    const members = await world.ask(
      `select m.role, m.starts_on::text, m.ends_on::text, a.phone_masked from identity.membership m join identity.account a using (account_id)
       where m.scope_id = $1 order by starts_on`,
      [compound],
    );
    expect(members).toEqual([
      { role: 'resident', starts_on: '2010-05-01', ends_on: null, phone_masked: '138****8000' },
      { role: 'resident', starts_on: '2024-02-29', ends_on: '2026-12-31', phone_masked: '139****9000' },
    ]);
  });

  test('of areas and compounds goes into a city and a street', async () => {
    const { cityHall, street } = world.people;
    const areas = await aSheet([
      ['统计用区划代码', '名称'],
      [110108, '海淀区'],
      ['110108001', '万寿路街道'],
      ['110108001001', '翠微路社区居委会'],
    ]);
    expect(await on.imported(cityHall, 'areas', world.city, areas)).toMatchObject({ rows: { new: 3 } });
    expect(await on.imported(cityHall, 'areas', world.city, areas)).toMatchObject({ rows: { unchanged: 3 } });
    const compounds = await aSheet([
      ['name', 'district', 'street', 'community', 'built_year', 'address'],
      ['翠微小区', '海淀', '万寿路', '翠微路社区', 1988, '翠微路 2 号'],
      ['玉泉小区', '海淀区', '', '', '', ''],
    ]);
    expect(await on.imported(cityHall, 'compounds', world.city, compounds)).toMatchObject({
      rows: { new: 2 },
    });
    expect(await on.imported(cityHall, 'compounds', world.city, compounds)).toMatchObject({
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
    const job = await on.checked(street, 'compounds', world.near.street, own);
    expect(job.rows).toMatchObject({ new: 1, rejected: 1 });
    expect((await on.faultsOf(street, job))[0]).toMatchObject({ line: 3, column: '社区', code: 'unknown' });
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
