import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from './processes.ts';

/** Where a server's processor time went while something ran: whose code, in shares of the time it was busy. */
export interface Cost {
  readonly part: string;
  /** Of the busy time, 0 to 1. */
  readonly share: number;
  /** Its functions that cost most, what Node did for them included. */
  readonly functions: readonly { readonly name: string; readonly share: number }[];
}

interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/** What V8 writes down: nodes of the call tree, and which of them was on top at each look. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: Frame;
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface Owner {
  readonly part: string;
  readonly name: string;
}

const idle = '(idle)';
const ownFolders = /\/(apps\/server\/src\/(?:platform|modules)\/[^/]+|apps\/server\/src|packages\/[^/]+)\//;
const packages = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * The system calls by which something leaves the process. The look goes by the clock: what the kernel does before it comes
 * back, handing the processor to PostgreSQL or to the client on the same machine included, counts here.
 */
const socketWrites = 'socket writes (system calls)';
const isSocketWrite = ({ functionName, url }: Frame): boolean =>
  url === '' &&
  /^(?:writev|write(?:Buffer|Utf8String|Latin1String|AsciiString)|shutdown)$/.test(functionName);

/** Whose a frame is; null for Node's own, which works for whoever called it. */
export function partOf({ functionName, url }: Frame): string | null {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(program)') return 'V8 and system calls';
  const own = ownFolders.exec(url)?.[1];
  if (own !== undefined && !url.includes('/node_modules/')) return own.replace('apps/server/src', 'server');
  return packages.exec(url)?.[1] ?? null;
}

/** What runs in Node itself is put down to whoever called it, as far up as somebody is found. */
export function costsOf({ nodes, samples, timeDeltas }: CpuProfile): Cost[] {
  const parents = new Map<number, number>();
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  const owners = new Map<number, Owner>();
  const find = (id: number): Owner => {
    const known = owners.get(id);
    if (known !== undefined) return known;
    const [frame, parent] = [frames.get(id)!, parents.get(id)];
    const part = partOf(frame);
    let owner: Owner;
    if (isSocketWrite(frame)) {
      const who = parent === undefined ? null : find(parent);
      owner = { part: socketWrites, name: `by ${who?.part ?? 'Node'}` };
    } else if (part !== null) owner = { part, name: frame.functionName || 'anonymous' };
    else owner = parent === undefined ? { part: 'Node', name: '' } : find(parent);
    // Node on its own behalf is told by the function itself.
    if (owner.part === 'Node') owner = { part: 'Node', name: frame.functionName || 'anonymous' };
    owners.set(id, owner);
    return owner;
  };
  const spent = new Map<string, Map<string, number>>();
  let busy = 0;
  samples.forEach((id, i) => {
    const frame = frames.get(id);
    // The watching itself is nobody's cost.
    if (frame === undefined || frame.functionName === idle || frame.url.startsWith('node:inspector')) return;
    if (frame.functionName === 'post' && frame.url === '') return;
    const time = Math.max(timeDeltas[i] ?? 0, 0);
    busy += time;
    const { part, name } = find(id);
    let functions = spent.get(part);
    if (functions === undefined) spent.set(part, (functions = new Map()));
    functions.set(name, (functions.get(name) ?? 0) + time);
  });
  return [...spent]
    .map(([part, times]) => {
      const functions = [...times]
        .map(([name, time]) => ({ name, share: time / busy }))
        .sort((a, b) => b.share - a.share);
      return { part, share: functions.reduce((sum, { share }) => sum + share, 0), functions };
    })
    .sort((a, b) => b.share - a.share);
}

/** Runs while the server watches itself; `file` is where it writes what it saw. */
export async function profiled<T>(
  server: Pick<Service, 'pid'>,
  file: string,
  run: () => Promise<T>,
): Promise<{ result: T; costs: Cost[] }> {
  rmSync(file, { force: true });
  process.kill(server.pid, 'SIGUSR2');
  const result = await run();
  process.kill(server.pid, 'SIGUSR2');
  while (!existsSync(file)) await wait(100);
  const costs = costsOf(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile);
  return { result, costs };
}

const mostParts = 8;
const mostFunctions = 4;
const percent = (share: number): string => (share * 100).toFixed(1);

export const costsTable = (name: string, costs: readonly Cost[]): string =>
  [
    `${name}: where the server's processor time goes`,
    ...costs.slice(0, mostParts).map(({ part, share, functions }) => {
      const told = functions.slice(0, mostFunctions).map((one) => `${one.name} ${percent(one.share)}`);
      return `  ${percent(share).padStart(5)} %  ${part.padEnd(28)} ${told.join(', ')}`;
    }),
  ].join('\n');
