import type { FastifyInstance } from 'fastify';
import client from 'prom-client';
import type { Database } from '../db/database.ts';
import { signingIn } from '../db/actor.ts';
import { sql } from '../db/sql.ts';
import type { App } from './app.ts';

/** For whoever runs it: is it alive, can it serve, what is it doing. Outside /api/v1, without personal data. */
export function registerOperations(
  app: App,
  options: { db: Database; gauges: Readonly<Record<string, () => number | Promise<number>>> },
): void {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  const requests = new client.Histogram({
    name: 'gongzhi_http_request_seconds',
    help: 'Time from request to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  for (const [name, read] of Object.entries(options.gauges)) {
    new client.Gauge({
      name: `gongzhi_${name}`,
      help: name.replaceAll('_', ' '),
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  }
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    // What people typed stays out of the log: the route's pattern, never its values or query.
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    request.log[level](
      {
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
  });
  const plain = app as unknown as FastifyInstance;
  plain.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }));
  plain.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await options.db.read(signingIn, (q) => q.query(sql`select 1 as one`));
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'database unavailable' });
    }
  });
  plain.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
