import type { Edge, Graph } from './graph.ts';
import { type Place, placeOf } from './layers.ts';

export type Violation = { rule: string; from: string; to: string };
type Allowed = Readonly<Record<string, readonly string[]>>;

/** What each layer may import besides itself. `npm` and `node` stand for packages and for Node's own modules. */
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  gate: ['kernel'],
  i18n: ['kernel'],
  contract: ['kernel', 'npm'],
  ui: ['kernel', 'i18n', 'npm'],
  web: ['kernel', 'gate', 'i18n', 'contract', 'ui', 'npm'],
  config: ['kernel', 'node'],
  platform: ['kernel', 'i18n', 'config', 'npm', 'node'],
  module: ['kernel', 'gate', 'i18n', 'platform', 'npm', 'node'],
  composition: ['kernel', 'gate', 'i18n', 'config', 'platform', 'module', 'simulator', 'tool', 'npm', 'node'],
  simulator: ['kernel', 'gate', 'i18n', 'config', 'platform', 'module', 'composition', 'npm', 'node'],
  bench: [
    'kernel',
    'gate',
    'contract',
    'config',
    'platform',
    'module',
    'composition',
    'simulator',
    'tool',
    'test',
    'npm',
    'node',
  ],
  tool: [
    'kernel',
    'gate',
    'i18n',
    'contract',
    'config',
    'platform',
    'module',
    'composition',
    'simulator',
    'test',
    'npm',
    'node',
  ],
};

/** Inside a module: which of its own parts a part may import. A part not listed may import all but the doors. */
const reading = [
  'queries',
  'reach',
  'facts',
  'tables',
  'domain',
  'catalogue',
  'schemas',
  'permissions',
  'errors',
];
const partMayImport: Record<string, readonly string[]> = {
  domain: ['domain', 'catalogue'],
  catalogue: ['catalogue', 'domain'],
  tables: ['tables', 'domain'],
  errors: ['errors', 'domain'],
  events: ['events', 'domain'],
  schemas: ['schemas', 'domain', 'catalogue', 'errors'],
  permissions: ['permissions', 'domain'],
  reach: ['reach', 'tables', 'domain', 'permissions'],
  facts: reading,
  queries: [...reading, 'events', 'report'],
  changes: ['changes', 'tables', 'domain', 'events'],
  service: [...reading, 'service', 'changes', 'events'],
  due: [...reading, 'due', 'service', 'changes', 'events'],
};
/** Doors open outwards: nothing inside a module imports its routes or its index. */
const doors = new Set(['routes', 'index']);

/** Every import and every file that breaks a rule of the house; empty when all is well. */
export function judge(graph: Graph, allowed: Allowed): Violation[] {
  const unclassified = graph.files
    .filter((file) => placeOf(file) === undefined)
    .map((file) => ({ rule: 'unclassified-file', from: file, to: '' }));
  const edges = graph.edges.flatMap((edge) => {
    const rule = brokenRule(edge, allowed);
    return rule ? [{ rule, from: edge.from, to: edge.to }] : [];
  });
  return [...unclassified, ...graph.broken, ...edges];
}

function brokenRule(edge: Edge, allowed: Allowed): string | undefined {
  const from = placeOf(edge.from);
  if (!from || from.layer === 'test') return undefined;
  if (edge.to.startsWith('npm:') || edge.to.startsWith('node:')) return outsideRule(from, edge);
  const to = placeOf(edge.to);
  // Data and styles are a file's own business; the source they belong to is judged by its folder.
  if (!to) return /\.(ts|tsx|mjs)$/.test(edge.to) ? 'unclassified-file' : assetRule(edge);
  if (from.layer === 'module' && to.layer === 'module') return moduleRule(from, to, edge, allowed);
  if (from.layer === 'module' && from.part === 'domain' && to.layer !== 'kernel' && to.layer !== 'gate')
    return 'domain-imports-kernel-only';
  if (from.layer === to.layer) return from.app === to.app ? undefined : 'web-imports-packages-only';
  if (!mayImport[from.layer]?.includes(to.layer)) return layerRule(from);
  if (to.layer === 'module' && !isDoor(edge.to, from)) return 'module-through-its-index';
  return undefined;
}

function outsideRule(from: Place, edge: Edge): string | undefined {
  const kind = edge.to.slice(0, edge.to.indexOf(':'));
  if (from.part === 'domain') return 'domain-imports-kernel-only';
  return mayImport[from.layer]?.includes(kind) ? undefined : layerRule(from);
}

function assetRule(edge: Edge): string | undefined {
  const folder = (path: string) =>
    path
      .split('/')
      .slice(0, path.startsWith('apps/server/') ? 5 : 2)
      .join('/');
  return folder(edge.from) === folder(edge.to) || edge.to.startsWith('packages/')
    ? undefined
    : 'asset-of-another';
}

function layerRule(from: Place): string {
  if (from.layer === 'platform') return 'platform-imports-no-module';
  if (from.layer === 'web') return 'web-imports-packages-only';
  return `${from.layer}-stays-in-its-layer`;
}

function moduleRule(from: Place, to: Place, edge: Edge, allowed: Allowed): string | undefined {
  if (
    from.part === 'domain' &&
    (from.module !== to.module || !partMayImport['domain']?.includes(to.part ?? ''))
  ) {
    return 'domain-imports-kernel-only';
  }
  if (from.module !== to.module) {
    if (!isDoor(edge.to, from)) return 'module-through-its-index';
    return allowed[from.module ?? '']?.includes(to.module ?? '') ? undefined : 'module-edge-not-allowed';
  }
  if (from.part === 'index' || (from.part === 'routes' && to.part !== 'index')) return undefined;
  const own = partMayImport[from.part ?? ''];
  const isAllowed = own ? own.includes(to.part ?? '') : !doors.has(to.part ?? '');
  return isAllowed ? undefined : 'one-way-inside-a-module';
}

/**
 * A module's door is its index.ts. The command line may also use a module's cli.ts, and the simulator its pure heart:
 * a made-up city has to live by the very rules of a real one.
 */
function isDoor(file: string, from: Place): boolean {
  const inside = /\/modules\/[a-z0-9-]+\/(.+)$/.exec(file)?.[1] ?? '';
  if (inside === 'index.ts') return true;
  if (from.layer === 'composition') return /^(?:[a-z-]+\/)?cli\.ts$/.test(inside);
  return from.layer === 'simulator' && /^(?:domain|catalogue\/index)\.ts$/.test(inside);
}

/** The circle in a list of module edges, as names, or undefined when it has none. */
export function circleIn(allowed: Allowed): string[] | undefined {
  const visit = (name: string, path: string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    for (const next of allowed[name] ?? []) {
      const circle = visit(next, [...path, name]);
      if (circle) return circle;
    }
    return undefined;
  };
  for (const name of Object.keys(allowed)) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return undefined;
}
