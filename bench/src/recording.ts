import pg from 'pg';
import { uuidv7 } from '@gongzhi/kernel';

/**
 * The raw neighbour does what the server does to PostgreSQL and nothing else: the same statements with the same
 * binds in the same transactions. They are not written down a second time but recorded off the driver while the
 * real server answers a request; what changes from request to request (ids, numbers, times) is made anew each time.
 */
export interface Sent {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Statements of one batch leave together; the next batch waits for their answers. */
  readonly batch: number;
}

interface Recorder {
  take(): Sent[];
  stop(): void;
}

interface Config {
  name?: string;
  text?: string;
  values?: unknown[];
}

/** Records what the driver sends for statements that belong to requests (the worker's own connection is left out). */
export function recordStatements(): Recorder {
  const original = pg.Client.prototype.query;
  let sent: Sent[] = [];
  let answers = 0;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const config = args[0] as Config;
    if (typeof config === 'object' && config.text !== undefined) {
      sent.push({ name: config.name, text: config.text, values: config.values ?? [], batch: answers });
    }
    const result = (original as (...all: unknown[]) => unknown).apply(this, args);
    const count = () => {
      answers = sent.length;
    };
    if (result instanceof Promise) result.then(count, count);
    return result;
  } as typeof original;
  return {
    take() {
      const taken = sent;
      sent = [];
      answers = 0;
      return taken;
    },
    stop() {
      pg.Client.prototype.query = original;
    },
  };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
const orderNumber = /^\d{8}-[0-9A-Z]{5}-[0-9A-Z]$/;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTWXYZ';

/** From two recordings of the same kind of request: what stays, and how to make the rest. */
export function replayer(first: readonly Sent[], second: readonly Sent[]): () => Sent[] {
  if (first.length !== second.length || first.some((s, i) => s.text !== second[i]?.text)) {
    throw new Error('two requests of the same kind sent different statements');
  }
  const varies = first.map((s, i) => s.values.map((value, k) => !isSame(value, second[i]?.values[k])));
  return () => {
    const now = new Date();
    const ids = new Map<string, string>();
    return first.map((s, i) => ({
      ...s,
      values: s.values.map((value, k) => {
        if (varies[i]?.[k] !== true) return value;
        if (value instanceof Date) return now;
        if (typeof value !== 'string') return value;
        if (orderNumber.test(value)) return `20261121-${tail()}-${tail().slice(0, 1)}`;
        if (!uuid.test(value) || value.length !== 36) return value;
        let fresh = ids.get(value);
        if (fresh === undefined) ids.set(value, (fresh = uuidv7(now.getTime())));
        return fresh;
      }),
    }));
  };
}

let counter = Math.floor(Math.random() * 1e9);
function tail(): string {
  let left = counter++;
  let text = '';
  for (let i = 0; i < 5; i++) {
    text += alphabet[left % 31];
    left = Math.floor(left / 31);
  }
  return text;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return a.equals(b);
  if (Array.isArray(a) && Array.isArray(b)) return JSON.stringify(a) === JSON.stringify(b);
  return a === b;
}
