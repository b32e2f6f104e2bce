import { problemText } from '@gongzhi/i18n/mobile-app.ts';
import { ApiProblem, Unreachable } from '@gongzhi/ui/client/index.ts';
import type { Words } from './words.ts';

/** What happened, that nothing was lost, and what to do: in one or two sentences. */
export function problemSentence({ t, locale }: Words, error: unknown): string {
  if (error instanceof Unreachable) return t('mobile.problem.unreachable');
  if (!(error instanceof ApiProblem)) return t('errors.unknown');
  return problemText(locale, { code: error.code, params: withMinutes(error.params) });
}

/** The server says seconds, people say minutes. */
function withMinutes(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const seconds = params['retryAfterSeconds'];
  return typeof seconds === 'number' ? { ...params, minutes: Math.ceil(seconds / 60) } : params;
}

/** The number to quote when asking for help; only where the fault is the server's. */
export function traceOf(error: unknown): { trace: string } | Record<never, never> {
  return error instanceof ApiProblem && error.status >= 500 && error.traceId !== undefined
    ? { trace: error.traceId }
    : {};
}

/** The sentences beside the fields, by the name of the field (`/place/spot` → `place`). */
export function fieldSentences(words: Words, error: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  if (!(error instanceof ApiProblem)) return found;
  for (const { path, code, params } of error.fields) {
    const field = path.split(/[/.]/).find((part) => part !== '' && part !== 'body') ?? '';
    found[field] ??= words.tKey(`fieldErrors.${code}`, params, 'fieldErrors.invalid');
  }
  return found;
}

export const isStale = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'work_order.stale';
