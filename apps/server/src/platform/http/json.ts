import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';
import { ValidationFailure } from './validation.ts';

/** A NUL, or half of a character that takes two: raw UTF-8 cannot hold them, so they only come as escapes. */
const rareEscape = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON bodies by Fastify's own parser (which refuses `__proto__`). PostgreSQL takes neither a NUL nor half a character:
 * the first is nothing a person types and is refused; the second is what a page makes of an emoji when it cuts a text
 * at a length, and becomes the replacement character.
 */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    void parse(request, body, (error, value) => {
      if (error !== null || !rareEscape.test(body)) return done(error, value);
      try {
        return done(null, whole(value, ''));
      } catch (refused) {
        // Anything else is a body nested deeper than the stack.
        return done(refused instanceof ValidationFailure ? refused : new Problem('request.malformed'));
      }
    });
  });
}

function whole(value: unknown, path: string): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new ValidationFailure([{ path, code: 'characters', params: {} }]);
    return value.toWellFormed();
  }
  if (Array.isArray(value)) return value.map((item, i) => whole(item, `${path}/${i}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, whole(part, `${path}/${name}`)]),
  );
}
