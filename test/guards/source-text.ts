import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Finding = { rule: string; file: string; line: number };

const longestFile = 450;
const sourceFile = /\.(ts|tsx|mjs|sql|css|html|sh)$/;
const generated = /^packages\/contract\/src\/generated/;

/** Han characters, Chinese punctuation and full-width forms. */
const cjk = /[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]|[\u{20000}-\u{2fa1f}]/u;

/** Chinese lives where translators and testers look for it: labels, data, the simulator, tests and docs. */
const mayHoldChinese = [
  /^packages\/i18n\//,
  /^simulator\//,
  /^(e2e|test|docs)\//,
  /\.test\.tsx?$/,
  /(^|\/)fixtures\.ts$/,
  /(^|\/)(catalogue|data|seed)\/[^/]+\.(json|csv|csv\.gz)$/,
  /\.md$/,
  // The page's title, shown before any script has run.
  /^apps\/[a-z]+\/index\.html$/,
  /\.webmanifest$/,
];

/** A folder of somebody's machine, such as a home or a checkout: means nothing on another one. */
const machinePath = new RegExp(
  ['/home/[a-z]', '/Users/[A-Za-z]', '/root/', '[A-Z]:\\\\\\\\?Users', '/work/(?:main|shared)']
    .concat(homedir().length > 5 ? [homedir().replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + '/'] : [])
    .join('|'),
);

/** The project's files: tracked ones and new ones that git does not ignore. */
export function projectFiles(root: string): string[] {
  const listing = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listing.split('\0').filter(Boolean);
}

export function findingsIn(file: string, text: string): Finding[] {
  const findings: Finding[] = [];
  if (!sourceFile.test(file) || generated.test(file)) return findings;
  const lines = text.replace(/\n$/, '').split('\n');
  const isTest = /\.test\.tsx?$|^(test|e2e)\//.test(file);
  if (lines.length > longestFile) findings.push({ rule: 'file-too-long', file, line: lines.length });
  const isChineseHere = mayHoldChinese.some((pattern) => pattern.test(file));
  for (const [index, line] of lines.entries()) {
    if (!isChineseHere && cjk.test(line))
      findings.push({ rule: 'chinese-outside-i18n', file, line: index + 1 });
    if (!isTest && machinePath.test(line)) findings.push({ rule: 'machine-path', file, line: index + 1 });
  }
  return findings;
}

export function allFindings(root: string): { files: number; findings: Finding[] } {
  let files = 0;
  const findings = projectFiles(root).flatMap((file) => {
    if (!sourceFile.test(file)) return [];
    let text: string;
    try {
      text = readFileSync(join(root, file), 'utf8');
    } catch {
      // Deleted and not yet committed.
      return [];
    }
    files += 1;
    return findingsIn(file, text);
  });
  return { files, findings };
}
