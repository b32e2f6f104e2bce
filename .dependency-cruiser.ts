import type { IConfiguration } from 'dependency-cruiser';

/**
 * How the import graph is read. dependency-cruiser finds and resolves the imports; what each file may import is
 * decided in test/architecture/rules.ts, which denies by default.
 */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      // Types vanish before the code runs, and a page loaded on demand finds its importers complete: neither makes
      // a circle.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    // An asset's address (`…?url`) is the bundler's to find; a missing one fails the build.
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?url$' } },
  ],
  options: {
    // The TypeScript 6 parser: with TypeScript 7 alone it would silently cruise nothing.
    parser: 'tsc',
    tsPreCompilationDeps: true,
    preserveSymlinks: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.svg'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
} satisfies IConfiguration;
