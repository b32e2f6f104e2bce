/**
 * Where a file belongs. The first pattern that fits decides; a file that none fits is an error, so that a new
 * folder has to be thought about before it is used.
 */
export type Place = { layer: string; module?: string; part?: string; app?: string };

/** What a module's files are called: `service.ts`, `service-intake.ts` or a folder `service/`. */
export const moduleParts = [
  'domain',
  'tables',
  'queries',
  'service',
  'schemas',
  'routes',
  'events',
  'errors',
  'due',
  'index',
  'permissions',
  'catalogue',
  'facts',
  'reach',
  'changes',
  'consumers',
  'view',
  'messages',
  'import',
  'report',
  'desk',
  'working',
] as const;

/** Rooms within a room: inside them a file is what its own name says, `report/queries.ts` being queries. */
const innerRooms = new Set(['import', 'report', 'desk', 'working']);

const patterns: [RegExp, (match: RegExpExecArray) => Place | undefined][] = [
  [/\.(test|bench)\.tsx?$/, () => ({ layer: 'test' })],
  [/^apps\/server\/src\/(?:.*\/)?fixtures\.ts$/, () => ({ layer: 'test' })],
  [/^(test|e2e)\//, () => ({ layer: 'test' })],
  [/^packages\/(kernel|gate|i18n|contract|ui)\/src\//, (match) => ({ layer: match[1] ?? '' })],
  [/^apps\/server\/src\/platform\//, () => ({ layer: 'platform' })],
  [
    /^apps\/server\/src\/modules\/([a-z0-9-]+)\/(.+)$/,
    (match) => modulePlace(match[1] ?? '', match[2] ?? ''),
  ],
  [/^apps\/server\/src\/(config(?:-[a-z]+)?|allowed)\.ts$/, () => ({ layer: 'config' })],
  [/^apps\/server\/src\/[a-z-]+\.ts$/, () => ({ layer: 'composition' })],
  [/^apps\/server\/src\/cli\//, () => ({ layer: 'composition' })],
  [/^apps\/[a-z]+\/vite\.config\.ts$/, () => ({ layer: 'tool' })],
  [/^apps\/(console|mobile)\/src\//, (match) => ({ layer: 'web', app: match[1] ?? '' })],
  [/^simulator\/src\//, () => ({ layer: 'simulator' })],
  [/^bench\/src\//, () => ({ layer: 'bench' })],
  [/^(scripts|data)\//, () => ({ layer: 'tool' })],
  [/^\.dependency-cruiser\.ts$/, () => ({ layer: 'tool' })],
];

function modulePlace(module: string, path: string): Place | undefined {
  const [first = '', second = ''] = path.replace(/\.ts$/, '').split('/');
  const partCalled = (word: string) =>
    moduleParts.find((name) => word === name || word.startsWith(`${name}-`));
  const room = partCalled(first);
  const part = innerRooms.has(first) ? (partCalled(second) ?? room) : room;
  return part && { layer: 'module', module, part };
}

export function placeOf(file: string): Place | undefined {
  for (const [pattern, toPlace] of patterns) {
    const match = pattern.exec(file);
    if (match) return toPlace(match);
  }
  return undefined;
}
