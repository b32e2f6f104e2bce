import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { aBareWorkbook, aSheet, aWorkbook, aZip } from './fixtures.ts';
import { openTable } from './open-table.ts';
import { TableError, tableLimits, type TableRow } from './table.ts';
import { dateOfSerial } from './xlsx-cells.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongzhi-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rowsOf(bytes: Buffer, sheet = 0): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of (await openTable(bytes)).sheets[sheet]!.rows()) rows.push(row);
  return rows;
}
const textsOf = async (bytes: Buffer) =>
  (await rowsOf(bytes)).map(({ line, cells }) => [
    line,
    ...cells.map(({ text, fault }) => fault?.code ?? text),
  ]);
const refusalOf = (bytes: Buffer) =>
  rowsOf(bytes).then(
    () => 'none',
    (error: unknown) => (error instanceof TableError ? error.code : error),
  );

describe('a workbook', () => {
  test('is read the same whether exceljs or hucre wrote it', async () => {
    const rows = [
      ['楼', '面积', '日期', '话'],
      ['3号楼', 89.5, new Date('2020-01-05T00:00:00Z'), '=1+1'],
      ['&<"\'', 0.1, new Date('1999-12-31T00:00:00Z'), 'a\nb'],
    ];
    const expected = [
      [1, '楼', '面积', '日期', '话'],
      [2, '3号楼', '89.5', '2020-01-05', '=1+1'],
      [3, '&<"\'', '0.1', '1999-12-31', 'a\nb'],
    ];
    expect(await textsOf(await aSheet(rows))).toEqual(expected);
    const hucre = await writeXlsx({ sheets: [{ name: 'S', rows: rows as string[][] }] });
    const read = await textsOf(Buffer.from(hucre));
    expect(read.map((row) => row.slice(0, 4))).toEqual(expected.map((row) => row.slice(0, 4)));
  });

  test('keeps the zeros that are seen, and says when digits were lost', async () => {
    const bytes = await aWorkbook((book) => {
      const sheet = book.addWorksheet('S');
      sheet.addRow([
        '0301',
        301,
        301,
        13800138000,
        1.3800138e10,
        1234567890123456,
        Number('89.499999999999996'),
        1e-9,
      ]);
      sheet.getCell('C1').numFmt = '0000';
    });
    expect((await textsOf(bytes))[0]!.slice(1)).toEqual([
      '0301',
      '301',
      '0301',
      '13800138000',
      '13800138000',
      'long_number',
      '89.5',
      'long_number',
    ]);
  });

  test('takes a formula by its value, and refuses one that was never calculated', async () => {
    const bytes = await aWorkbook((book) => {
      const sheet = book.addWorksheet('S');
      sheet.addRow([
        { formula: 'B1', result: 7 },
        { formula: 'B1', result: 'x' },
        { formula: 'B1' },
        { formula: '1/0', result: { error: '#DIV/0!' } },
        { formula: 'TODAY()', result: new Date('2020-02-29T00:00:00Z') },
      ] as never);
      sheet.getCell('E1').numFmt = 'yyyy-mm-dd';
    });
    expect(await textsOf(bytes)).toEqual([[1, '7', 'x', 'formula', 'error_value', '2020-02-29']]);
  });

  test('names a merged cell by its range, in every row and column it covers but its own', async () => {
    const bytes = await aWorkbook((book) => {
      const sheet = book.addWorksheet('S');
      sheet.addRow(['名单', '', '']);
      sheet.addRow(['3号楼', 'x', 'y']);
      sheet.addRow(['', 'x', 'y']);
      sheet.addRow(['4号楼', 'x', 'y']);
      sheet.mergeCells('A1:C1');
      sheet.mergeCells('A2:A3');
    });
    expect(await textsOf(bytes)).toEqual([
      [1, '名单', 'merged', 'merged'],
      [2, '3号楼', 'x', 'y'],
      [3, 'merged', 'x', 'y'],
      [4, '4号楼', 'x', 'y'],
    ]);
    expect((await rowsOf(bytes))[2]!.cells[0]!.fault).toEqual({ code: 'merged', params: { cells: 'A2:A3' } });
  });

  test('knows both epochs, and the day that never was', async () => {
    const of1904 = await aWorkbook((book) => {
      book.properties.date1904 = true;
      const sheet = book.addWorksheet('S');
      sheet.addRow([new Date('2020-01-05T00:00:00Z')]);
      sheet.getCell('A1').numFmt = 'yyyy"年"m"月"d"日";@';
    });
    expect(await textsOf(of1904)).toEqual([[1, '2020-01-05']]);
    expect([1, 59, 60, 61, 43835].map((serial) => dateOfSerial(serial, false))).toEqual([
      '1900-01-01',
      '1900-02-28',
      null,
      '1900-03-01',
      '2020-01-05',
    ]);
    expect([0, 42373].map((serial) => dateOfSerial(serial, true))).toEqual(['1904-01-01', '2020-01-05']);
    expect(dateOfSerial(3_000_000, false)).toBeNull();
  });

  test('shows the visible sheets only, in their order', async () => {
    const bytes = await aWorkbook((book) => {
      book.addWorksheet('old', { state: 'hidden' }).addRow(['wrong']);
      book.addWorksheet('very', { state: 'veryHidden' }).addRow(['wrong']);
      book.addWorksheet('一').addRow(['right']);
      book.addWorksheet('二').addRow(['also']);
    });
    expect((await openTable(bytes)).sheets.map((sheet) => sheet.name)).toEqual(['一', '二']);
    expect(await textsOf(bytes)).toEqual([[1, 'right']]);
  });

  test('texts in runs are one, and how they are pronounced is left out', async () => {
    const bytes = aBareWorkbook(
      '<worksheet><sheetData><row r="2"><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c><c t="s"><v>9</v></c></row></sheetData></worksheet>',
      '<sst><si><r><t>王</t></r><r><t>&#x5C0F;</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></si></sst>',
    );
    expect(await textsOf(bytes)).toEqual([[2, '王小', 'a b', 'broken_cell']]);
  });

  test('that is cut off, secret, old, or something else is refused by its name', async () => {
    const good = await aSheet([['a']]);
    expect(await refusalOf(good.subarray(0, good.length - 30))).toBe('table.broken');
    expect(await refusalOf(good.subarray(0, 400))).toBe('table.broken');
    const bad = Buffer.from(good);
    const inSheet = good.indexOf('xl/worksheets/sheet1.xml') + 40;
    bad[inSheet] = bad[inSheet]! ^ 0xff;
    expect(await refusalOf(bad)).toMatch(/^table\./);
    expect(await refusalOf(Buffer.from('d0cf11e0a1b11ae100000000', 'hex'))).toBe('table.old_or_encrypted');
    expect(await refusalOf(Buffer.from('%PDF-1.7 and so on'))).toBe('table.not_a_table');
    expect(await refusalOf(aZip({ 'word/document.xml': '<w/>' }))).toBe('table.not_a_workbook');
    expect(await refusalOf(Buffer.alloc(0))).toBe('table.empty');
    expect(await refusalOf(aBareWorkbook('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'))).toBe(
      'table.broken',
    );
    expect(await refusalOf(Buffer.alloc(tableLimits.bytes + 1, 0x61))).toBe('table.too_large');
  });

  test('what stands behind the rows is read in one go, however it is written, and no more merges than anybody draws', async () => {
    const rows = '<sheetData><row r="1"><c t="inlineStr"><is><t>a</t></is></c></row></sheetData>';
    // Half a million beginnings of a tag without an end: read with a pattern, each would look through all that follow.
    const endless = `<worksheet>${rows}<mergeCells>${'<mergeCell r="'.repeat(70_000)}`;
    expect(await refusalOf(aBareWorkbook(endless))).toBe('table.broken');
    const merges = (count: number, ref = 'B2:C3') =>
      aBareWorkbook(
        `<worksheet>${rows}<mergeCells>${`<mergeCell ref="${ref}"/>`.repeat(count)}</mergeCells></worksheet>`,
      );
    expect(await textsOf(merges(10_000))).toEqual([[1, 'a']]);
    expect(await refusalOf(merges(10_001))).toBe('table.merged');
    // All over the same cells, which no program writes: each row would be gone through ten thousand times.
    expect(await refusalOf(merges(257, 'A1:B1048576'))).toBe('table.broken');
  });

  test('a million empty rows and a bomb cost no memory', () => {
    const row = '<row r="0000000"><c r="A0000000" s="1"/><c r="B0000000" s="1"/></row>';
    const million = join(folder, 'million.xlsx');
    const head = '<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>a</t></is></c></row>';
    const last = '<row r="1048576"><c t="inlineStr"><is><t>z</t></is></c></row></sheetData></worksheet>';
    writeFileSync(million, aBareWorkbook(Buffer.from(head + row.repeat(1_000_000) + last)));
    const bomb = join(folder, 'bomb.xlsx');
    writeFileSync(bomb, aBareWorkbook(Buffer.alloc(500 * 1024 * 1024, ' ')));
    const read = `import { readFileSync } from 'node:fs';
      import { openTable } from ${JSON.stringify(new URL('./open-table.ts', import.meta.url).href)};
      for (const path of ${JSON.stringify([million, bomb])}) {
        const seen = [];
        try {
          for await (const { line, cells } of (await openTable(readFileSync(path))).sheets[0].rows()) seen.push(line + cells[0].text);
        } catch (error) { seen.push(error.code); }
        console.log(seen.join());
      }`;
    const run = spawnSync(process.execPath, ['--max-old-space-size=48', '--input-type=module', '-e', read], {
      encoding: 'utf8',
    });
    expect([run.stdout.trim().split('\n'), run.status]).toEqual([['1a,1048576z', 'table.too_large'], 0]);
  });
});

describe('a CSV', () => {
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('楼,室\n3号楼,0301\n')],
    ['UTF-8 with its mark, CRLF', Buffer.from('\u{feff}楼,室\r\n3号楼,0301\r\n')],
    ['semicolons', Buffer.from('楼;室\n3号楼;0301')],
    ['tabs in UTF-16', Buffer.from('\u{feff}楼\t室\n3号楼\t0301\n', 'utf16le')],
    ['GB18030', Buffer.concat([Buffer.from('c2a52ccad20a33bac5c2a52c303330310a', 'hex')])],
    ['quotes, and a zero kept the way Excel does', Buffer.from('"楼","室"\n"3号楼","=""0301"""\n')],
    ['line ends of three kinds', Buffer.from('楼,室\r\r\n3号楼,0301\n')],
  ])('%s', async (_, bytes) => {
    const rows = await textsOf(bytes);
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['楼', '室'],
      ['3号楼', '0301'],
    ]);
  });

  test('counts lines as an editor does, also through fields of several lines', async () => {
    expect(await textsOf(Buffer.from('a,b\r\n"x\ny",1\r\n\r\nz,2\n'))).toEqual([
      [1, 'a', 'b'],
      [2, 'x\ny', '1'],
      [5, 'z', '2'],
    ]);
  });

  test('a quotation mark that is never closed, or inside a word, names its line', async () => {
    expect(await refusalOf(Buffer.from('a,b\nx,1\ny,"2\n'))).toBe('table.quotes');
    await expect(rowsOf(Buffer.from('a,b\nx,1\ny,2"3"\n'))).rejects.toMatchObject({
      code: 'table.quotes',
      params: { line: 3 },
    });
  });

  test('bytes of no encoding are refused; what defuses a formula is taken off again', async () => {
    expect(await refusalOf(Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a]))).toBe('table.encoding');
    expect(await textsOf(Buffer.from("a\n'=cmd|x\n'plain\n"))).toEqual([
      [1, 'a'],
      [2, '=cmd|x'],
      [3, "'plain"],
    ]);
  });
});
