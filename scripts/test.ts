// `npm test`: every check, in order, all of them even when one fails. `npm test -- unit server` runs some.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startTestPostgres } from '../test/postgres.ts';
import { projectRoot } from './lib/environment.ts';
import { exitWith, StartError } from './postgres.ts';
import { checkLayer, layers } from './types.ts';

type Tally = { passed: number; failed: number };
type Check = { name: string; needsDatabase?: boolean; run(): Promise<Tally> };

const reports = mkdtempSync(join(tmpdir(), 'gongzhi-report-'));
const bin = (...path: string[]) => join(projectRoot, 'node_modules', ...path);

/** Runs a program of ours; its output is shown when `isShown` or when it fails. */
async function command(args: string[], isShown: boolean): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
  });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (code !== 0) process.stdout.write(text);
  return code;
}

async function single(args: string[]): Promise<Tally> {
  const isGood = (await command(args, false)) === 0;
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
}

async function types(): Promise<Tally> {
  const tally = { passed: 0, failed: 0 };
  for (const layer of layers) {
    const result = await checkLayer(`tsconfig.${layer}.json`);
    if (!result.isClean) process.stdout.write(result.output);
    tally[result.isClean ? 'passed' : 'failed'] += 1;
  }
  return tally;
}

async function lint(): Promise<Tally> {
  const results = [
    await single([bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--quiet']),
    await single([bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--max-diagnostics=30', '.']),
  ];
  return results.reduce(add);
}

function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[];
  }[];
};

/** What failed, and what held only the second time: said again at the very end, where a cut log still has it. */
const recap: string[] = [];

function remember(project: string, report: VitestReport): void {
  for (const file of report.testResults) {
    const path = relative(projectRoot, file.name);
    const said = (text: string) => text.split('\n').slice(0, 3).join(' | ').slice(0, 400);
    for (const test of file.assertionResults) {
      const [first] = test.failureMessages ?? [];
      if (test.status !== 'failed' && first === undefined) continue;
      const how = test.status === 'failed' ? '✗' : 'the second time';
      recap.push(`${how} ${project} ${path}: ${test.fullName}\n    ${said(first ?? '')}`);
    }
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      recap.push(`✗ ${project} ${path}\n    ${said(file.message)}`);
    }
  }
}

async function vitest(project: string): Promise<Tally> {
  const file = join(reports, `${project}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const code = await command([bin('vitest', 'vitest.mjs'), ...args], true);
  let tally: Tally = { passed: 0, failed: 0 };
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
    remember(project, report);
    // A file that could not even be loaded has no failed test of its own, yet counts as one.
    const broken = report.testResults.filter(
      (result) =>
        result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
    );
    tally = { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
  } catch {
    // No report: vitest itself did not start, and its exit code says so below.
  }
  // An error outside any test (an unhandled rejection, no test found) shows in the exit code alone.
  if (code !== 0 && tally.failed === 0) tally.failed = 1;
  return tally;
}

const checks: Check[] = [
  { name: 'types', run: types },
  { name: 'lint', run: lint },
  { name: 'architecture', run: () => vitest('architecture') },
  { name: 'unit', run: () => vitest('unit') },
  { name: 'server', needsDatabase: true, run: () => vitest('server') },
  {
    name: 'contract',
    needsDatabase: true,
    run: () => single([join(projectRoot, 'scripts', 'contract.ts'), '--check']),
  },
  { name: 'web', run: () => single([join(projectRoot, 'scripts', 'build-web.ts')]) },
  { name: 'e2e', needsDatabase: true, run: () => vitest('e2e') },
  { name: 'pages', needsDatabase: true, run: () => vitest('pages') },
];

function chosen(names: string[]): Check[] {
  const unknown = names.find((name) => !checks.some((check) => check.name === name));
  if (unknown !== undefined) {
    const known = checks.map((check) => check.name).join(', ');
    throw new StartError('usage', `There is no check "${unknown}": it must be one of ${known}.`, 2);
  }
  return names.length === 0 ? checks : checks.filter((check) => names.includes(check.name));
}

async function main(): Promise<number> {
  const selected = chosen(process.argv.slice(2));
  const isGiven = Boolean(process.env['GONGZHI_TEST_ADMIN_URL']);
  // One server for all the checks that need one; a browser test then finds it warm.
  const postgres =
    !isGiven && selected.some((check) => check.needsDatabase) ? await startTestPostgres() : undefined;
  if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
  const lines: string[] = [];
  let total: Tally = { passed: 0, failed: 0 };
  try {
    for (const check of selected) {
      process.stdout.write(`\n── ${check.name} ──\n`);
      const started = performance.now();
      const tally = await check.run();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      total = add(total, tally);
      lines.push(
        `${tally.failed === 0 ? '✓' : '✗'} ${check.name.padEnd(13)} ${String(tally.passed).padStart(5)} passed ${String(tally.failed).padStart(5)} failed ${seconds.padStart(7)} s`,
      );
      process.stdout.write(`${lines.at(-1)}\n`);
    }
  } finally {
    await postgres?.stop();
    rmSync(reports, { recursive: true, force: true });
  }
  const again = recap.length === 0 ? '' : `\n${recap.join('\n')}\n`;
  process.stdout.write(`${again}\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  rmSync(reports, { recursive: true, force: true });
  exitWith(error);
}
