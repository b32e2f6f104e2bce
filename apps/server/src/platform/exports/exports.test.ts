import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aSheet } from '../imports/fixtures.ts';
import { openTable } from '../imports/open-table.ts';
import { anImportingWorld, type Importing, peopleRows } from '../../modules/places/import/fixtures.ts';
import { aWorkOrder } from '../../modules/work-orders/fixtures.ts';
import type { World } from '../../../../../test/world.ts';
import { bytesOf, defused, type OutTable } from './table-writer.ts';

type Somebody = World['people']['company'];

let on: Importing;
let world: World;
beforeAll(async () => {
  on = await anImportingWorld();
  ({ world } = on);
});
afterAll(() => world.close());

async function collect(table: Omit<OutTable, 'name' | 'sheet'>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of bytesOf({ ...table, name: 'n', sheet: 's' }))
    parts.push(Buffer.from(part as string));
  return Buffer.concat(parts);
}
async function textsOf(bytes: Buffer): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of (await openTable(bytes)).sheets[0]!.rows())
    rows.push(row.cells.map((cell) => cell.text));
  return rows;
}
async function download(who: Somebody, path: string, init: RequestInit = {}) {
  const answer = await fetch(`${world.url}/api/v1${path}`, {
    ...init,
    headers: {
      cookie: who.client.cookie,
      'x-csrf-token': who.client.csrf,
      ...(init.headers as Record<string, string>),
    },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
const exported = (who: Somebody, list: string, query: string) => download(who, `/exports/${list}?${query}`);

const nasty = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', "'quoted", 'a,"b"\nc', ' led', 'x\u0001y', '', '王'];

describe('a written table', () => {
  test.each(['csv', 'xlsx'] as const)(
    'as %s comes back as what went in, and nothing of it is a formula',
    async (format) => {
      async function* rows() {
        for (const text of nasty) yield ['x', text, 1.5, -3, null];
      }
      const columns = ['k', '=title', 'n', 'm', 'z'].map((title) => ({ title }));
      const bytes = await collect({ format, columns, rows: rows() });
      const [head, ...body] = await textsOf(bytes);
      expect(head).toEqual(['k', '=title', 'n', 'm', 'z']);
      expect(body.map((row) => row[1])).toEqual(
        nasty
          .map((text) => (format === 'xlsx' ? text.replace('\u0001', '') : text))
          .map((text) => (text.trim() === '' ? '' : text)),
      );
      expect(body.every((row) => row[2] === '1.5' && row[3] === '-3')).toBe(true);
      if (format === 'csv') {
        expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
        expect(bytes.toString('utf8')).not.toMatch(/(?:^|\n|,)"?[=+@\t]/);
      }
    },
  );

  test('is defused only where a program would calculate', () => {
    expect(['=a', '+86', '-', '@', '\t', 'a=b', '13800138000', ''].map(defused)).toEqual([
      "'=a",
      "'+86",
      "'-",
      "'@",
      "'\t",
      'a=b',
      '13800138000',
      '',
    ]);
  });
});

describe('exports 1: nobody takes home what the list does not show', () => {
  test('orders with the filters of the list, in the time of the place and the words of the reader', async () => {
    const { wang, desk, farDesk } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const { compound } = world.near;
    const zh = await exported(desk, 'orders', `format=csv&locale=zh-CN&scopeId=${compound}`);
    expect(zh.status).toBe(200);
    expect(zh.headers.get('content-disposition')).toContain("filename*=UTF-8''");
    const [head, ...rows] = await textsOf(zh.bytes);
    expect(head!.slice(0, 3)).toEqual(['工单号', '状态', '类别']);
    const mine = rows.find((row) => row[0] === order.number)!;
    expect(mine).toContain('已收到');
    expect(mine.some((cell) => /^2026-11-23 10:0\d$/.test(cell))).toBe(true);
    const en = await exported(desk, 'orders', `format=xlsx&locale=en&scopeId=${compound}&q=${order.number}`);
    expect((await textsOf(en.bytes)).map((row) => row[0])).toEqual(['Number', order.number]);
    expect(
      await textsOf(
        (await exported(desk, 'orders', `format=csv&locale=en&scopeId=${compound}&status=closed`)).bytes,
      ),
    ).toHaveLength(1);
    expect((await exported(farDesk, 'orders', `format=csv&locale=en&scopeId=${compound}`)).status).toBe(404);
    expect((await textsOf((await exported(farDesk, 'orders', 'format=csv&locale=en')).bytes)).length).toBe(1);
  });

  test('a refusal of the list is the refusal of the export', async () => {
    const { desk, wang, company } = world.people;
    const { compound } = world.near;
    expect((await exported(wang, 'orders', 'format=csv&locale=en')).status).toBe(403);
    // Headquarters oversee; they do not list people.
    expect((await exported(company, 'people', `format=csv&locale=en&scopeId=${compound}`)).status).toBe(403);
    expect((await exported(desk, 'orders', 'format=csv&locale=en&status=nonsense')).status).toBe(422);
    expect((await exported(desk, 'orders', 'format=pdf&locale=en')).status).toBe(422);
    expect((await exported(desk, 'households', 'format=csv&locale=en')).status).toBe(422);
    expect((await exported(desk, 'secrets', 'format=csv&locale=en')).status).toBe(404);
  });

  test.each([
    ['buildings', 3],
    ['households', 7],
    ['facilities', 2],
    ['grids', 2],
    ['staff', 4],
  ])('%s of a compound, every page of it', async (list, lines) => {
    const { manager } = world.people;
    const answer = await exported(manager, list, `format=xlsx&locale=en&scopeId=${world.near.compound}`);
    expect(answer.status).toBe(200);
    expect((await textsOf(answer.bytes)).length).toBe(lines);
  });

  test('people are masked, and the report is what its page says', async () => {
    const { desk } = world.people;
    const people = await exported(desk, 'people', `format=csv&locale=zh-CN&scopeId=${world.near.compound}`);
    const text = people.bytes.toString('utf8');
    expect(text).toContain('王**');
    expect(text).not.toMatch(/王建国|13[5-9]\d{8}/);
    const report = await textsOf((await exported(desk, 'on-time', 'format=csv&locale=en&by=category')).bytes);
    expect(report[0]![0]).toBe('Group');
  });
});

describe('every other list', () => {
  const fill = async () => {
    const { desk, wang, manager } = world.people;
    let order = await world.anOrder('confirmed');
    order = await wang.does(order, 'rate', { score: 'unsatisfied' });
    await world.claims();
    await manager.client.post('/work-orders/prices', {
      scopeId: world.near.department,
      expectedVersion: 0,
      kind: 'material',
      name: '角阀',
      unit: '个',
      price: '35.50',
      warrantyMonths: 6,
      validFrom: '2026-11-23',
    });
    await world.told();
    return { desk, order };
  };
  test('says in the file what its page says, in both languages', async () => {
    const { order } = await fill();
    const { desk, manager, company, street } = world.people;
    const { compound, department } = world.near;
    const today = '2026-11-23';
    const lists: [string, Somebody, string, RegExp | null][] = [
      ['callbacks', desk, '', new RegExp(order.number)],
      ['deliveries', desk, `&scopeId=${compound}`, null],
      ['takeovers', street, '', null],
      ['left-orders', company, '', null],
      ['organisations', street, '&kind=property_company', /近物业/],
      ['prices', manager, `&scopeId=${department}`, /角阀/],
      ['roster', manager, `&from=${today}`, /李师傅/],
      ['comparison', manager, `&by=worker&from=${today}&to=${today}`, /李师傅/],
      ['consents', desk, `&scopeId=${compound}&householdId=${world.home}`, null],
    ];
    for (const [list, who, query, held] of lists)
      for (const locale of ['zh-CN', 'en']) {
        const answer = await exported(who, list, `format=csv&locale=${locale}${query}`);
        const text = answer.bytes.toString('utf8');
        expect([list, locale, answer.status]).toEqual([list, locale, 200]);
        const [head] = await textsOf(answer.bytes);
        // Every title is a label that there is, and in English none is Chinese.
        expect([list, head!.filter((title) => /^[a-z]+\w*\./i.test(title))]).toEqual([list, []]);
        if (locale === 'en') expect([list, /\p{Script=Han}/u.test(head!.join())]).toEqual([list, false]);
        if (held !== null) expect([list, held.test(text)]).toEqual([list, true]);
      }
  });

  test('is refused to whom the list is', async () => {
    const { street, farDesk, desk } = world.people;
    const { compound } = world.near;
    expect((await exported(street, 'callbacks', 'format=csv&locale=en')).status).toBe(403);
    expect((await exported(street, 'left-orders', 'format=csv&locale=en')).status).toBe(403);
    const home = `&scopeId=${compound}&householdId=${world.home}`;
    expect((await exported(farDesk, 'consents', `format=csv&locale=en${home}`)).status).toBe(404);
    expect((await exported(farDesk, 'deliveries', `format=csv&locale=en&scopeId=${compound}`)).status).toBe(
      404,
    );
    expect((await exported(desk, 'comparison', 'format=csv&locale=en&by=weather')).status).toBe(422);
  });
});

describe('names and phones in plain text', () => {
  const plain = (who: Somebody, scopeId: string, body: object) =>
    download(who, `/places/scopes/${scopeId}/people/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const why = { purpose: 'authority', words: '消防检查', format: 'xlsx', locale: 'zh-CN' };

  test('leave by a manager only, with a reason, on record and told to each', async () => {
    const { manager, desk, company, farDesk } = world.people;
    const { compound } = world.near;
    for (const who of [desk, company, farDesk]) expect((await plain(who, compound, why)).status).toBe(403);
    expect((await plain(manager, compound, { ...why, words: ' ' })).status).toBe(422);
    expect((await plain(manager, world.far.compound, why)).status).toBe(404);
    const count = async () =>
      (
        await world.ask(`select from places.disclosure where scope_id = $1 and words = '消防检查'`, [
          compound,
        ])
      ).length;
    expect(await count()).toBe(0);
    const answer = await plain(manager, compound, why);
    expect(answer.status).toBe(200);
    expect((await textsOf(answer.bytes)).map((row) => row[3])).toContain('王建国');
    expect(await count()).toBe(3);
    const [entry] = await world.ask<{ detail: { people: number } }>(
      `select detail from platform.audit where scope_id = $1 and action = 'people.exported'`,
      [compound],
    );
    expect(entry!.detail.people).toBe(3);
  });

  test.each(['xlsx', 'csv'] as const)(
    'what went out as %s and comes in again is nothing new',
    async (format) => {
      const { company, manager } = world.people;
      const compound = await on.aFurnishedCompound();
      await on.imported(
        company,
        'people',
        compound,
        await aSheet([...peopleRows, ['3', '2', '0402', '=cmd', '', '业主', '2001-01-01', '']]),
      );
      const lists = await Promise.all(
        (['buildings', 'households'] as const).map(async (list) => {
          const answer = await exported(company, list, `format=${format}&locale=zh-CN&scopeId=${compound}`);
          expect(answer.status).toBe(200);
          return [list, answer.bytes] as const;
        }),
      );
      for (const [list, bytes] of lists) {
        const again = await on.imported(company, list, compound, bytes);
        expect(again.rows).toMatchObject({ new: 0, changed: 0, unchanged: 3, rejected: 0 });
      }
      const register = await plain(manager, compound, { ...why, format });
      expect(register.status).toBe(200);
      const again = await on.imported(company, 'people', compound, register.bytes);
      expect(again.rows).toMatchObject({ new: 0, changed: 0, unchanged: 4, rejected: 0 });
    },
  );
});
