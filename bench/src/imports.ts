import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Lists brought in by the command line, on an embedded database of its own: a compound of 40,000 homes and 100,000
 * made-up people with encryption, masks and blind indexes, as a workbook and as CSV. Seconds are the command's own,
 * checked and imported; memory is the process's peak.
 */
export interface ImportFigures {
  readonly what: string;
  readonly rows: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly said: readonly string[];
}

const root = join(import.meta.dirname, '..', '..');
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜';
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅建国文辉力';

export function benchImports(options: { people: number; log: (line: string) => void }): ImportFigures[] {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-bench-imports-'));
  const peak = join(folder, 'peak.mjs');
  writeFileSync(
    peak,
    "process.on('exit', () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}\\n`));",
  );
  const file = (name: string, lines: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const figures: ImportFigures[] = [];
  const run = (what: string, ...args: string[]) => {
    const command = [join(root, 'scripts', 'gongzhi.mjs'), 'import', 'places', ...args];
    const ran = spawnSync(process.execPath, command, {
      encoding: 'utf8',
      env: {
        ...process.env,
        GONGZHI_MODE: '',
        DATABASE_URL: '',
        DATABASE_ADMIN_URL: '',
        GONGZHI_DATA: join(folder, 'data'),
        NODE_OPTIONS: `--import ${peak}`,
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    const done = /(\d+) rows in ([\d.]+) s:/.exec(ran.stdout);
    if (done === null) throw new Error(`${what}: ${ran.stdout}${ran.stderr}`);
    const megabytes =
      Math.max(...[...ran.stderr.matchAll(/peak (\d+)/g)].map((found) => Number(found[1]))) / 1024;
    figures.push({
      what,
      rows: Number(done[1]),
      seconds: Number(done[2]),
      peakMegabytes: Math.round(megabytes),
      said: ran.stdout.trim().split('\n'),
    });
    options.log(`${what}: ${done[0]} peak ${Math.round(megabytes)} MB`);
  };
  try {
    const areas = file('areas.csv', ['code,name', '990101,甲区', '990101001,甲街道', '990101001001,甲社区']);
    run('areas', areas, '--kind', 'areas', '--new-city', '9901=甲市');
    run(
      'compounds',
      file('compounds.csv', ['小区名称,社区', '大院,甲社区']),
      '--kind',
      'compounds',
      '--scope',
      '9901',
    );
    const homes = Math.ceil(options.people / 2.5);
    const place = (home: number) =>
      `${(home % 40) + 1}号楼,${(Math.floor(home / 40) % 4) + 1}单元,${homeOf(Math.floor(home / 160))}`;
    const units = Array.from(
      { length: 160 },
      (_, i) => `${(i % 40) + 1}号楼,70,${Math.floor(i / 40) + 1}单元`,
    );
    const inCompound = ['--scope', '大院'];
    run('units', file('buildings.csv', ['楼号,层数,单元', ...units]), '--kind', 'buildings', ...inCompound);
    const households = Array.from({ length: homes }, (_, i) => `${place(i)},${60 + (i % 90)}.5`);
    run(
      'homes',
      file('households.csv', ['楼号,单元,房号,面积', ...households]),
      '--kind',
      'households',
      ...inCompound,
    );
    const pick = (text: string, at: number) => [...text][at % [...text].length]!;
    const people = Array.from({ length: options.people }, (_, i) => {
      const name =
        pick(surnames, i) + pick(given, i * 7 + (i >> 5)) + (i % 5 === 0 ? '' : pick(given, i >> 3));
      const relation = i % 5 === 0 ? '业主' : i % 5 === 1 ? '租户' : '家人';
      return `${place(i % homes)},${name},${13_000_000_000 + i},${relation},2020-01-01`;
    });
    const header = '楼号,单元,房号,姓名,电话,关系,开始日期';
    const list = file('people.csv', [header, ...people]);
    run('people, CSV', list, '--kind', 'people', ...inCompound);
    run('people again, CSV', list, '--kind', 'people', ...inCompound);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const homeOf = (n: number): string => `${Math.floor(n / 4) + 1}0${(n % 4) + 1}`;
