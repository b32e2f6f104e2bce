import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { App } from './app.ts';

/**
 * The two web apps. Files with a hash in their name never change and are kept for a year; index.html is asked for
 * every time. Any other address under an app's prefix is a page of that app.
 */
export async function registerWeb(app: App, appsFolder: string): Promise<void> {
  for (const [name, prefix] of [
    ['mobile', '/m/'],
    ['console', '/desk/'],
  ] as const) {
    const root = join(appsFolder, name, 'dist');
    if (!existsSync(join(root, 'index.html'))) {
      app.log.warn({ app: name }, 'web app is not built; its pages are not served');
      continue;
    }
    const page = (reply: FastifyReply) => {
      // Reading a code without the browser's own reader is WebAssembly: compiled there, from our own origin only.
      const policy = String(reply.getHeader('content-security-policy') ?? '');
      if (name === 'mobile' && policy !== '')
        reply.header(
          'content-security-policy',
          policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
        );
      return reply.header('cache-control', 'no-cache').sendFile('index.html', root);
    };
    await app.register(fastifyStatic, {
      root,
      prefix,
      wildcard: false,
      preCompressed: true,
      decorateReply: name === 'mobile',
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
    app.get(`${prefix}*`, { schema: { hide: true } }, (request, reply) => {
      // A page of the app, unless it asks for a file: a missing script must not be answered with a page.
      const path = request.url.split('?', 1)[0] ?? '';
      return /\.[a-z0-9]+$/i.test(path) ? reply.callNotFound() : page(reply);
    });
    app.get(prefix.slice(0, -1), { schema: { hide: true } }, (_request, reply) => reply.redirect(prefix));
  }
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/m/'));
}
