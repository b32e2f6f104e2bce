import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { commitHere, machineHere } from '../../scripts/lib/here.ts';
import { compactPages, type PagesFigures } from './pages-figures.ts';
import { type Line, parts } from './parts.ts';
import { type KeptPages, type KeptPart, page } from './table.ts';

/**
 * Every benchmark, one after the other, each in a process of its own, in one table with its neighbour: what is slower
 * tomorrow than what ran beside it shows, whatever the machine. What each part measured is kept beside the table, so that one
 * can be measured anew, or a run that was broken off gone on with, without the others.
 */
const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'docs', 'benchmarks');
const file = join(root, 'docs', 'benchmarks.md');

export interface AllOptions {
  /** The names of the parts; all of them when null. */
  readonly only: readonly string[] | null;
  /** A data folder with a simulated city, whose pages are asked for. */
  readonly city: string | null;
  /** To every part; they stand beside its figures. */
  readonly options: readonly string[];
  readonly log: (line: string) => void;
}

function measured(args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(text.trim().split('\n').at(-1) ?? ''))
        : reject(new Error(`bench ${args.join(' ')} ended with ${code}`)),
    );
  });
}

const here = (args: readonly string[]) => ({
  command: `npm run bench -- ${args.join(' ')}`,
  begun: new Date().toISOString(),
  load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  commit: commitHere(),
  machine: machineHere(),
});

/** What a browser loads before it shows the first page, as it is sent (Brotli). Nothing where the pages were not built. */
function firstLoad(app: 'console' | 'mobile', base: string): Line[] {
  const dist = join(root, 'apps', app, 'dist');
  if (!existsSync(dist)) return [];
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path = '']) =>
    path.replace(`/${base}/`, ''),
  );
  const bytes = ['index.html', ...files].reduce(
    (sum, name) => sum + statSync(join(dist, `${name}.br`)).size,
    0,
  );
  const note = `${Math.round(bytes / 1024)} KB in ${files.length + 1} files`;
  return [{ what: `${app}: before the first page`, note }];
}

function kept<T>(name: string): T | null {
  const path = join(folder, name);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

function keep(name: string, what: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${JSON.stringify(what, null, 1)}\n`);
}

const pagesName = (size: 'city' | 'busy') => `pages-${size}.json`;
/** Orders of the articles' half a year; a busier city is the second one. */
const BUSY = 5_000_000;

/** Measures and writes; after each part, so that what is broken off is not lost. */
export async function benchAll({ only, city, options, log }: AllOptions): Promise<string> {
  for (const { args, lines } of parts) {
    const [name = ''] = args;
    if (only !== null && !only.includes(name)) continue;
    const asked = [...args, ...options];
    log(`── ${asked.join(' ')}`);
    const at = here(asked);
    keep(`${name}.json`, { ...at, lines: lines((await measured(asked)) as never) } satisfies KeptPart);
    write();
  }
  if (city !== null && (only === null || only.includes('pages'))) {
    log('── pages');
    const at = here(['pages', '--city', 'FOLDER', ...options]);
    const figures = (await measured(['pages', '--city', city, ...options])) as PagesFigures;
    const name = pagesName(figures.orders > BUSY ? 'busy' : 'city');
    keep(name, { ...at, ...compactPages(figures) } satisfies KeptPages);
  }
  return write();
}

function write(): string {
  const measuredParts = parts
    .map(({ args: [name = ''] }) => kept<KeptPart>(`${name}.json`))
    .filter((part) => part !== null);
  const text = page(
    measuredParts,
    [...firstLoad('mobile', 'm'), ...firstLoad('console', 'desk')],
    kept<KeptPages>(pagesName('city')),
    kept<KeptPages>(pagesName('busy')),
  );
  writeFileSync(file, text);
  return text;
}
