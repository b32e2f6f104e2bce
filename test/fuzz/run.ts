import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import type { Received } from './judge.ts';
import { anId, verdict } from './judge.ts';
import type { Neighbours } from './neighbours.ts';
import { Learned } from './learned.ts';
import type { Operation } from './operations.ts';
import {
  answeredIn,
  type Mode,
  type Outgoing,
  outgoing,
  type Plan,
  plansOf,
  type Sender,
} from './requests.ts';
import type { Twin } from './twin.ts';

/** Who asks. Whoever was signed out by a request of their own signs in again. */
export interface Somebody {
  readonly role: string;
  cookie: string;
  csrf: string;
  signIn(): Promise<void>;
}

export interface Finding {
  readonly seed: number;
  readonly index: number;
  readonly role: string;
  readonly operation: string;
  readonly mode: Mode;
  readonly what: string;
  readonly request: Outgoing;
  readonly status: number;
  readonly answer: string;
}

export interface Slow {
  readonly operation: string;
  readonly role: string;
  readonly mode: Mode;
  readonly status: number;
  readonly milliseconds: number;
}

export interface FuzzReport {
  readonly seed: number;
  readonly requests: number;
  readonly seconds: number;
  readonly modes: ReadonlyMap<Mode, number>;
  /** Of all answers, which are all looked through. */
  readonly bytes: number;
  /** Half of the answers came within so many milliseconds, and all but a hundredth. */
  readonly median: number;
  readonly p99: number;
  /** The slowest answer of each of the operations that had the slowest. */
  readonly slowest: readonly Slow[];
  /** Role → status → how many. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly findings: readonly Finding[];
  /** Operations that somebody was answered 2xx at, of all there are. */
  readonly reached: number;
  readonly operations: number;
  /** The other operations, and with what a fitting request to them was refused last. */
  readonly neverReached: readonly (readonly [operation: string, refusal: string])[];
}

export interface FuzzOptions {
  readonly url: string;
  readonly operations: readonly Operation[];
  readonly people: readonly Somebody[];
  readonly twin: Twin;
  readonly neighbours: Pick<Neighbours, 'residents'>;
  readonly seed: number;
  readonly requests: number;
  /** Which of them are sent, for running one again. */
  readonly from?: number;
  /** No more is asked after so long, however many were meant to be. */
  readonly minutes?: number;
  onProgress?(done: number): void;
}

const atOnce = 4;
const patienceMilliseconds = 30_000;

/** What is drawn from seed and index alone: the same request again, but for the ids that the server made. */
function drawn<T>(arbitrary: fc.Arbitrary<T>, seed: number, index: number): T {
  return fc.sample(arbitrary, {
    seed: (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 0,
    numRuns: 1,
  })[0]!;
}

const modeOf = fc.oneof(
  { weight: 6, arbitrary: fc.constant('fitting' as const) },
  { weight: 10, arbitrary: fc.constant('one odd' as const) },
  { weight: 2, arbitrary: fc.constant('all odd' as const) },
  { weight: 3, arbitrary: fc.constant('transport' as const) },
);

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, people, operations, twin, neighbours } = options;
  const started = performance.now();
  const common = new Learned();
  const own = new Map(people.map((person) => [person.role, new Learned()]));
  const plans = new Map(operations.map((operation) => [operation, plansOf(operation)]));
  const statuses = new Map<string, Map<number, number>>(people.map(({ role }) => [role, new Map()]));
  const reached = new Set<string>();
  const refusals = new Map<string, string>();
  const findings: Finding[] = [];
  const modes = new Map<Mode, number>();
  const times = new Float64Array(options.requests);
  const slow = new Map<string, Slow>();
  let bytes = 0;
  const lastKeys = new Map<string, string>();
  /** Ids of the other city that somebody here wrote down, in a saved filter say: read back they tell nothing. */
  const written = new Set<string>();
  const unwritten = { ids: { has: (id: string) => twin.ids.has(id) && !written.has(id) } };

  // First what can be asked without knowing anything, so that the rest knows what there is.
  const isOpenQuestion = ({ method, path }: Operation) => method === 'GET' && !path.includes('{');
  const openers = operations.filter(isOpenQuestion);
  const first = people.flatMap((person) => openers.map((operation) => ({ person, operation })));
  const every = people.flatMap((person) => operations.map((operation) => ({ person, operation })));
  const shuffled = drawn(fc.shuffledSubarray(every, { minLength: every.length }), seed, -1);
  /** Who may not ask what: found out once, and then asked again now and then only. */
  const denied = new Set<(typeof every)[number]>();

  /**
   * A slip is whoever's who holds it: its number is drawn by the house and told to nobody else. Who signs in on the
   * demonstration street, where nobody needs a password, is somebody else from then on.
   */
  const isBetweenHomes = ({ role }: Somebody, { path, name }: Operation): boolean =>
    neighbours.residents.has(role) && !path.endsWith('{token}') && name !== 'POST /api/v1/auth/sessions';

  const ask = async (index: number): Promise<void> => {
    const isFirst = index < first.length;
    let pair = isFirst ? first[index]! : shuffled[(index - first.length) % shuffled.length]!;
    for (let i = 1; denied.has(pair) && (index + i) % 10 !== 0; i++)
      pair = shuffled[(index - first.length + i * 97) % shuffled.length]!;
    const { person, operation } = pair;
    const mode = isFirst ? 'fitting' : drawn(modeOf, seed, index);
    const plan: Plan = drawn(plans.get(operation)![mode], seed, index);
    const key = `fuzz-${seed}-${index}-${(index * 7919).toString(36)}`;
    const mine = own.get(person.role)!;
    const sender: Sender = {
      cookie: person.cookie,
      csrf: person.csrf,
      own: mine,
      common,
      key: `${String.fromCharCode(97 + (index % 26), 97 + (index % 23))}${key}`,
      lastKey: lastKeys.get(person.role) ?? key,
    };
    lastKeys.set(person.role, sender.key);
    const sent = outgoing(operation, plan, sender);
    const asked = performance.now();
    const received = await send(options.url, sent).catch(
      (error: Error): Received => ({
        status: 0,
        headers: {},
        text: error.message,
      }),
    );
    const milliseconds = performance.now() - asked;
    times[index - (options.from ?? 0)] = milliseconds;
    if (milliseconds > (slow.get(operation.name)?.milliseconds ?? 0)) {
      const { role } = person;
      slow.set(operation.name, {
        operation: operation.name,
        role,
        mode,
        status: received.status,
        milliseconds,
      });
    }
    modes.set(mode, (modes.get(mode) ?? 0) + 1);
    bytes += Buffer.byteLength(received.text);
    const counts = statuses.get(person.role)!;
    counts.set(received.status, (counts.get(received.status) ?? 0) + 1);
    const isAsked = plan.trick === null;
    if (received.status === 403 && isAsked && !isFirst) denied.add(pair);
    const what =
      received.status === 0
        ? `no answer: ${received.text}`
        : verdict(isAsked ? operation : null, sent, received, unwritten, isBetweenHomes(person, operation));
    if (received.status >= 200 && received.status < 300)
      for (const id of sent.body?.toString().match(anId) ?? []) written.add(id);
    if (what !== null) {
      const facts = { seed, index, role: person.role, operation: operation.name, mode };
      findings.push({
        ...facts,
        what,
        request: sent,
        status: received.status,
        answer: received.text.slice(0, 600),
      });
    }
    if (isAsked && received.status >= 200 && received.status < 300) {
      reached.add(operation.name);
      learn(operation, sent, received, mine, common);
      if (sent.scopeId !== undefined) mine.add(answeredIn(operation), sent.scopeId);
      refusals.delete(operation.name);
    } else if (mode === 'fitting' && !reached.has(operation.name) && received.status !== 403) {
      refusals.set(operation.name, received.text.slice(0, 300));
    }
    if (received.status === 409) learnVersion(sent.id, received, mine);
    if (received.status === 401 && person.cookie !== '' && plan.trick !== 'broken cookie')
      await person.signIn();
  };

  let next = options.from ?? 0;
  let done = 0;
  const until = (options.from ?? 0) + options.requests;
  const latest = performance.now() + (options.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < until && performance.now() < latest) {
        await ask(next++);
        done++;
        options.onProgress?.(done);
      }
    }),
  );
  const sorted = times.subarray(0, done).sort();
  return {
    seed,
    requests: done,
    modes,
    bytes,
    median: sorted[Math.floor(done / 2)] ?? 0,
    p99: sorted[Math.floor(done * 0.99)] ?? 0,
    slowest: [...slow.values()].toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 10),
    seconds: (performance.now() - started) / 1000,
    statuses,
    findings,
    reached: reached.size,
    operations: operations.length,
    neverReached: operations
      .filter(({ name }) => !reached.has(name))
      .map(({ name }) => [name, refusals.get(name) ?? 'forbidden'] as const),
  };
}

function learn({ path }: Operation, sent: Outgoing, received: Received, ...into: readonly Learned[]): void {
  if (!String(received.headers['content-type']).includes('json') || received.text === '') return;
  const segment = path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';
  const answer: unknown = JSON.parse(received.text);
  for (const each of into) each.learn(answer, segment, sent.scopeId);
}

/** Who comes too late is told what the version is by now. */
function learnVersion(id: string, received: Received, mine: Learned): void {
  const { params } = JSON.parse(received.text) as { params?: { version?: unknown } };
  if (typeof params?.version === 'number') mine.versions.set(id, params.version);
}

/** A connection of its own each; Node's own client, which lets paths and headers pass that a browser's would mend. */
function send(url: string, sent: Outgoing): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const body = sent.body === null ? null : Buffer.from(sent.body);
    const headers = { ...sent.headers, ...(body === null ? {} : { 'content-length': String(body.length) }) };
    const asked = httpRequest(
      {
        hostname,
        port,
        method: sent.method,
        path: sent.path,
        headers,
        agent: false,
        timeout: patienceMilliseconds,
      },
      (response) => {
        const status = response.statusCode ?? 0;
        // Lines of live events never end; what matters is that it began.
        if (response.headers['content-type']?.startsWith('text/event-stream') === true) {
          resolve({ status, headers: response.headers, text: '' });
          response.destroy();
          return;
        }
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status, headers: response.headers, text: Buffer.concat(parts).toString('utf8') }),
        );
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`silent for ${patienceMilliseconds / 1000} s`)));
    asked.on('error', reject);
    asked.end(body ?? undefined);
  });
}
