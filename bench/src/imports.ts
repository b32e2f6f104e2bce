import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Lists brought in by the command line, on an embedded database of its own: a compound of 40,000 homes and 100,000
 * made-up people with encryption, masks and blind indexes, from CSV. Seconds are the command's own,
 * checked and imported; memory is the process's peak.
 */
export interface ImportFigures {
  readonly what: string;
  readonly rows: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Of the importing process; the database's own comes on top. Tells more than seconds on a busy machine. */
  readonly cpuSeconds: number;
  readonly said: readonly string[];
}

const root = join(import.meta.dirname, '..', '..');
/** Characters one after another: names as various as a compound's. */
const character = (at: number) => String.fromCodePoint(0x4e00 + (at % 600));

export function benchImports(options: { people: number; log: (line: string) => void }): ImportFigures[] {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-bench-imports-'));
  const peak = join(folder, 'peak.mjs');
  writeFileSync(
    peak,
    "process.on('exit', () => { const used = process.resourceUsage(); process.stderr.write(`\\npeak ${used.maxRSS} cpu ${(used.userCPUTime + used.systemCPUTime) / 1e6}\\n`); });",
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
    const cpuSeconds = Math.max(
      ...[...ran.stderr.matchAll(/cpu ([\d.]+)/g)].map((found) => Number(found[1])),
    );
    figures.push({
      what,
      cpuSeconds,
      rows: Number(done[1]),
      seconds: Number(done[2]),
      peakMegabytes: Math.round(megabytes),
      said: ran.stdout.trim().split('\n'),
    });
    options.log(`${what}: ${done[0]} ${cpuSeconds.toFixed(1)} s of CPU, peak ${Math.round(megabytes)} MB`);
  };
  try {
    const areas = file('areas.csv', [
      'code,name',
      '990101,First',
      '990101001,First Street',
      '990101001001,First Community',
    ]);
    run('areas', areas, '--kind', 'areas', '--new-city', '9901=Measured');
    const compounds = file('compounds.csv', ['compound,community', 'Court,990101001001']);
    run('compounds', compounds, '--kind', 'compounds', '--scope', '9901');
    const homes = Math.ceil(options.people / 2.5);
    const place = (home: number) =>
      `Building ${(home % 40) + 1},Unit ${(Math.floor(home / 40) % 4) + 1},${roomOf(Math.floor(home / 160))}`;
    const into = ['--scope', 'Court'];
    const units = Array.from(
      { length: 160 },
      (_, i) => `Building ${(i % 40) + 1},70,Unit ${Math.floor(i / 40) + 1}`,
    );
    run('units', file('buildings.csv', ['building,floors,unit', ...units]), '--kind', 'buildings', ...into);
    const households = Array.from({ length: homes }, (_, i) => `${place(i)},${60 + (i % 90)}.5`);
    run(
      'homes',
      file('households.csv', ['building,unit,room,area', ...households]),
      '--kind',
      'households',
      ...into,
    );
    const people = Array.from({ length: options.people }, (_, i) => {
      const name = character(i) + character(i * 7 + (i >> 5)) + (i % 5 === 0 ? '' : character(i >> 3));
      const relation = ['owner', 'tenant', 'family'][Math.min(i % 5, 2)];
      return `${place(i % homes)},${name},${13_000_000_000 + i},${relation},2020-01-01`;
    });
    const list = file('people.csv', ['building,unit,room,person,phone,relation,from', ...people]);
    run('people', list, '--kind', 'people', ...into);
    run('people again', list, '--kind', 'people', ...into);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const roomOf = (n: number): string => `${Math.floor(n / 4) + 1}0${(n % 4) + 1}`;
