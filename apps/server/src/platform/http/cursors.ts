import type { Crypto } from '../crypto/crypto.ts';
import type { App } from './app.ts';
import { wrongCursor } from './pagination.ts';

/**
 * A cursor bears the signature of the list it is of: what was altered, made up or written for another list does not come as
 * far as its query. Here for every list there is and will be: whatever answers with `nextCursor` and is asked with `cursor`.
 */
export function sealCursors(app: App, crypto: Pick<Crypto, 'sign' | 'verify'>): void {
  app.addHook('onRoute', (route) => {
    const asked = route.schema?.querystring as { properties?: Record<string, unknown> } | undefined;
    if (asked?.properties?.['cursor'] === undefined) return;
    const purpose = `cursor ${route.url}`;
    route.preValidation = [
      ...[route.preValidation ?? []].flat(),
      (request, _reply, done) => {
        const query = request.query as { cursor?: unknown };
        if (query.cursor !== undefined) query.cursor = opened(crypto, purpose, query.cursor);
        done();
      },
    ];
    route.preSerialization = [
      ...[route.preSerialization ?? []].flat(),
      (_request, _reply, payload, done) => {
        const page = payload as { nextCursor?: unknown } | null;
        const next = page?.nextCursor;
        if (typeof next !== 'string') return done(null, payload);
        done(null, { ...page, nextCursor: `${next}.${crypto.sign(purpose, next)}` });
      },
    ];
  });
}

function opened(crypto: Pick<Crypto, 'verify'>, purpose: string, cursor: unknown): string {
  if (typeof cursor !== 'string') throw wrongCursor();
  const at = cursor.indexOf('.');
  const position = cursor.slice(0, at);
  if (at < 1 || !crypto.verify(purpose, position, cursor.slice(at + 1))) throw wrongCursor();
  return position;
}
