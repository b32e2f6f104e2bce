import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GroundFloor, openGroundFloor, staffOf } from '../events/fixtures.ts';
import { type CsvError, type CsvRow, inspectCsv, openCsv } from './csv.ts';
import { carryOutImport, type ImportRun, readImport, readRowErrors, startImport } from './runs.ts';

let floor: GroundFloor;
let folder = '';
beforeAll(async () => {
  floor = await openGroundFloor();
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-csv-'));
});
afterAll(async () => {
  await floor.close();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(content: string | Uint8Array): Promise<string> {
  const path = join(folder, randomUUID());
  await writeFile(path, content);
  return path;
}

async function rowsOf(path: string, options: Parameters<typeof openCsv>[1] = {}): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of openCsv(path, options)) rows.push(row);
  return rows;
}

const plain = 'id,name\n1,"a, b"\n\n2,"two\nlines"\n3,c\n';

test('rows come with their lines: quotes, empty lines, line breaks inside', async () => {
  const rows = await rowsOf(await fileOf(plain));
  expect(rows.map((row) => row.record)).toEqual([
    { id: '1', name: 'a, b' },
    { id: '2', name: 'two\nlines' },
    { id: '3', name: 'c' },
  ]);
  expect(rows.map((row) => row.line)).toEqual([2, 5, 6]);
});

test('gzip, a byte order mark, GB18030 and CRLF are all recognised', async () => {
  expect(await rowsOf(await fileOf(gzipSync(plain)))).toHaveLength(3);
  expect((await rowsOf(await fileOf(`\u{feff}id,name\r\n1,x\r\n`)))[0]!.record).toEqual({
    id: '1',
    name: 'x',
  });
  const gb = Buffer.concat([Buffer.from('id,name\n1,'), Buffer.from('d6d0b9fa', 'hex'), Buffer.from('\n')]);
  expect((await rowsOf(await fileOf(gb)))[0]!.record['name']).toBe('中国');
  expect((await rowsOf(await fileOf(gzipSync(gb)), { encoding: 'gb18030' }))[0]!.record['name']).toBe('中国');
  const text = gzipSync(plain);
  expect(await inspectCsv(await fileOf(text))).toEqual({
    encoding: 'utf-8',
    sha256: createHash('sha256').update(text).digest(),
    lines: 6,
  });
});

test('a character cut by a chunk border stays whole', async () => {
  const many = `id,name\n${Array.from({ length: 30_000 }, (_, i) => `${i},国${'x'.repeat(i % 3)}`).join('\n')}`;
  const rows = await rowsOf(await fileOf(many));
  expect(rows).toHaveLength(30_000);
  expect(rows.every((row) => row.record['name']!.startsWith('国'))).toBe(true);
});

test('a row with too few or too many fields is kept and marked', async () => {
  const rows = await rowsOf(await fileOf('a,b\n1\n1,2,3\n1,2\n'));
  expect(rows.map((row) => row.record)).toEqual([
    { a: '1', b: '' },
    { a: '1', b: '2' },
    { a: '1', b: '2' },
  ]);
  expect(rows[0]!.error).toEqual({
    line: 2,
    column: '',
    code: 'csv.column_count',
    params: { expected: 2, found: 1 },
  });
  expect(rows[2]!.error).toBeUndefined();
});

test('a file that cannot be read says why', async () => {
  const codeOf = (path: string, options = {}) =>
    rowsOf(path, options).then(
      () => 'none',
      (error: CsvError) => error.code,
    );
  expect(await codeOf(join(folder, 'nowhere'))).toBe('csv.missing');
  expect(await codeOf(await fileOf(gzipSync(plain.repeat(1_000)).subarray(0, 60)))).toBe('csv.compressed');
  expect(await codeOf(await fileOf('a,a\n1,2\n'))).toBe('csv.header');
  expect(await codeOf(await fileOf(`a,b\n1,"${'x'.repeat(1_200_000)}`))).toBe('csv.broken');
  expect(await codeOf(await fileOf(Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a])), { encoding: 'utf-8' })).toBe(
    'csv.encoding',
  );
});

test('a file far larger than the memory given is read to its end', async () => {
  const path = await fileOf(gzipSync(`id,name\n${`1,${'x'.repeat(990)}\n`.repeat(60_000)}`));
  // 60 MB of text in a process of its own whose heap may hold 24: whoever collects the rows dies of it.
  const read = `import { openCsv } from ${JSON.stringify(new URL('./csv.ts', import.meta.url).href)};
    let count = 0;
    for await (const _row of openCsv(${JSON.stringify(path)}, { encoding: 'utf-8' })) count++;
    process.stdout.write(String(count));`;
  const run = spawnSync(process.execPath, ['--max-old-space-size=24', '--input-type=module', '-e', read], {
    encoding: 'utf8',
  });
  expect([run.stdout, run.status]).toEqual(['60000', 0]);
});

test('a reader may stop early', async () => {
  const path = await fileOf(`id,name\n${'1,x\n'.repeat(1_000)}`);
  for await (const row of openCsv(path, { encoding: 'utf-8' })) {
    expect(row.line).toBe(2);
    break;
  }
});

async function* rows(count: number, breakAt = Number.POSITIVE_INFINITY): AsyncGenerator<CsvRow> {
  for (let i = 0; i < count; i++) {
    if (i === breakAt) throw new Error('killed');
    yield { line: i + 2, record: { id: String(i) } };
  }
}

test('an import that broke off goes on after its last batch; done once, it does nothing again', async () => {
  const scopeId = randomUUID();
  const { worker, clock } = floor;
  const source = {
    scopeId,
    wall: { cityId: null, streetId: null, companyId: null },
    kind: 'test',
    sourceName: 'f.csv',
    sourceSha256: Buffer.alloc(32, 1),
    rowsTotal: 25,
  };
  const start = () => worker.work((tx) => startImport(tx, source, clock.now()));
  const taken: string[] = [];
  const progress: number[] = [];
  const carryOut = (run: ImportRun, breakAt?: number) =>
    carryOutImport({
      worker,
      clock,
      run,
      rows: rows(25, breakAt),
      batchSize: 10,
      onProgress: (now) => progress.push(now.rowsDone),
      take: async (_tx, batch) => {
        taken.push(...batch.map((row) => row.record['id']!));
        const bad = batch.filter((row) => row.record['id'] === '3' || row.record['id'] === '21');
        return {
          rowsNew: batch.length - bad.length,
          errors: bad.map((row) => ({
            line: row.line,
            column: 'id',
            code: 'bad',
            params: { id: row.record['id'] },
          })),
        };
      },
    });

  const first = await start();
  await expect(carryOut(first, 15)).rejects.toThrow('killed');
  const broken = await worker.work((tx) => readImport(tx, scopeId, first.importId));
  expect(broken).toMatchObject({ state: 'failed', rowsDone: 10 });
  const again = await start();
  expect(again).toMatchObject({ importId: first.importId, state: 'running', rowsDone: 10 });
  const done = await carryOut(again);
  expect(done).toMatchObject({ state: 'done', rowsDone: 25, rowsNew: 23, rowsRejected: 2 });
  expect(taken).toEqual(Array.from({ length: 25 }, (_, i) => String(i)));
  expect(progress).toEqual([10, 20, 25]);
  expect(await carryOut(await start())).toMatchObject({ state: 'done', rowsDone: 25 });
  expect(taken).toHaveLength(25);
  await expect(carryOut(first)).rejects.toThrow('another process');
  const errors = await floor.db.read(staffOf(scopeId), (q) =>
    readRowErrors(q, scopeId, first.importId, 0, 10),
  );
  expect(errors.map((error) => [error.line, error.code])).toEqual([
    [5, 'bad'],
    [23, 'bad'],
  ]);
});
