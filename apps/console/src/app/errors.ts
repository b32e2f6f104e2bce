import { ApiProblem, Unreachable } from '@gongzhi/ui/client/index.ts';
import type { Text } from './text.ts';

/** What happened, in the reader's words; the server's own title is never shown. */
export function problemText(error: unknown, { t, problem }: Text): string {
  if (error instanceof Unreachable) return t('console.error.unreachable');
  return error instanceof ApiProblem ? problem(error) : t('errors.unknown');
}

export function traceOf(error: unknown): string | undefined {
  return error instanceof ApiProblem ? error.traceId : undefined;
}

export function isStatus(error: unknown, status: number): boolean {
  return error instanceof ApiProblem && error.status === status;
}

export function isCode(error: unknown, code: string): error is ApiProblem {
  return error instanceof ApiProblem && error.code === code;
}
