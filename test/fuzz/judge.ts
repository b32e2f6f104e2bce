import type { Operation } from './operations.ts';
import type { Outgoing } from './requests.ts';
import { neighboursCanary } from './neighbours.ts';
import { canary } from './twin.ts';

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What only somebody inside the server should ever read. */
const insides =
  /\n\s+at |node_modules|node:internal|\.ts:\d+|file:\/\/\/|SQLSTATE|syntax error at|duplicate key|violates|relation "|column "|invalid input syntax|out of range for type|pg_catalog|gongzhi_app|argon2/;

export const anId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const problemKeys = ['type', 'title', 'status', 'detail', 'instance', 'code', 'params', 'traceId'];

/** Why an answer may not be given; null when it may. */
export function verdict(
  operation: Operation | null,
  sent: Outgoing,
  received: Received,
  twin: { readonly ids: { has(id: string): boolean } },
  /** Whether who asks is a resident: then what is another home's is nothing of theirs. */
  isResident = false,
): string | null {
  const { status, text } = received;
  const contentType = String(received.headers['content-type'] ?? '');
  if (status >= 500) return `a fault: ${status}`;
  if (text.includes(canary)) return 'tells what is another city’s';
  if (isResident && text.includes(neighboursCanary)) return 'tells what is another home’s';
  const question = `${sent.path} ${sent.body?.toString() ?? ''}`;
  const foreign = text.match(anId)?.find((id) => twin.ids.has(id) && !question.includes(id));
  if (foreign !== undefined) return `names what is another city’s: ${foreign}`;
  if (status < 400) {
    if (operation === null || status === 304 || sent.method === 'HEAD') return null;
    if (!contentType.includes('json')) return null;
    return operation.faultOf(status, contentType, JSON.parse(text));
  }
  if (insides.test(text)) return 'speaks of the inside of the server';
  if (sent.method === 'HEAD') return null;
  if (!contentType.startsWith('application/problem+json'))
    return `${status} without a problem: ${contentType}`;
  return faultOfProblem(status, text);
}

function faultOfProblem(status: number, text: string): string | null {
  const problem = JSON.parse(text) as Record<string, unknown>;
  const missing = problemKeys.filter((key) => problem[key] === undefined);
  if (missing.length > 0) return `a problem without ${missing.join(', ')}`;
  if (problem['status'] !== status) return `a problem of ${String(problem['status'])} under status ${status}`;
  if (problem['type'] !== `urn:gongzhi:problem:${String(problem['code'])}`)
    return 'a problem of another type';
  return null;
}
