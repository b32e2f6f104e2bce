import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import config from '../../.dependency-cruiser.ts';

/** `to` is a path in the project, or `npm:name`, or `node:name`. */
export type Edge = { from: string; to: string; isTypeOnly: boolean };
export type Graph = { files: string[]; edges: Edge[]; broken: { rule: string; from: string; to: string }[] };

const roots = ['apps', 'packages', 'simulator', 'bench', 'e2e', 'scripts', 'test', 'data'];
const skipped = new Set(['node_modules', 'dist', 'fixtures', '.cache']);

/** Every source file there is, read from the disk: the graph must not have fewer. */
export function sourceFiles(root: string): string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !skipped.has(entry.name)) walk(path);
      else if (entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name)) found.push(path);
    }
  };
  for (const folder of roots.filter((name) => existsSync(join(root, name)))) walk(folder);
  return found.toSorted();
}

export async function readGraph(root: string): Promise<Graph> {
  const { forbidden, options } = config;
  const { enhancedResolveOptions, ...cruiseOptions } = options;
  const result = await cruise(
    sourceFiles(root),
    { ...cruiseOptions, baseDir: root, validate: true, ruleSet: { forbidden } },
    enhancedResolveOptions,
  );
  if (typeof result.output === 'string') throw new Error('dependency-cruiser answered with text');
  const { modules, summary } = result.output;
  const own = modules.filter(
    (module) => /\.(ts|tsx|mjs)$/.test(module.source) && !module.source.includes('node_modules'),
  );
  return {
    files: own
      .filter((module) => !module.couldNotResolve && !module.coreModule)
      .map((module) => module.source),
    // What does not resolve is broken already, by the rule "resolvable".
    edges: own.flatMap((module) =>
      module.dependencies
        .filter((dependency) => !dependency.couldNotResolve)
        .map((dependency) => ({
          from: module.source,
          to: target(dependency),
          isTypeOnly: dependency.dependencyTypes.includes('type-only'),
        })),
    ),
    broken: summary.violations.map((violation) => ({
      rule: violation.rule.name,
      from: violation.from,
      to: violation.to,
    })),
  };
}

function target(dependency: { resolved: string; module: string; coreModule: boolean }): string {
  if (dependency.coreModule) return `node:${dependency.module.replace(/^node:/, '')}`;
  const inModules = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(dependency.resolved);
  if (inModules) return `npm:${inModules[1]}`;
  return dependency.resolved;
}
