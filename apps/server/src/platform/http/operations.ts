import type { FastifyInstance, FastifyRequest } from 'fastify';
import client from 'prom-client';
import type { Database } from '../db/database.ts';
import { signingIn } from '../db/actor.ts';
import { sql } from '../db/sql.ts';
import { isSameSecret } from '../sessions/sessions.ts';
import type { App } from './app.ts';
import { isLoopbackAddress } from './loopback.ts';
import { Problem } from './problem.ts';

/** A gauge may cost a query: however often somebody scrapes, it is read once in this time. */
const gaugeMilliseconds = 5_000;

/**
 * What a process has of itself: collected once, however many servers it starts. The collector listens to the garbage
 * collector for as long as the process lives, and with it lives every registry it was given.
 */
let ofProcess: client.Registry | undefined;
function processMetrics(): client.Registry {
  if (ofProcess === undefined) {
    ofProcess = new client.Registry();
    client.collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

export interface OperationsOptions {
  readonly db: Database;
  readonly gauges: Readonly<Record<string, () => number | Promise<number>>>;
  /** When set, whoever reads /metrics brings it as Bearer token; when null, only this machine reads them. */
  readonly metricsToken: string | null;
}

/** For whoever runs it: is it alive, can it serve, what is it doing. Outside /api/v1, without personal data. */
export function registerOperations(app: App, options: OperationsOptions): void {
  const registry = new client.Registry();
  const own = processMetrics();
  const requests = new client.Histogram({
    name: 'gongzhi_http_request_seconds',
    help: 'Time from request to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  for (const [name, gauge] of Object.entries(options.gauges)) {
    const read = kept(gauge);
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
    const level = reply.statusCode >= 500 ? 'warn' : 'debug';
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
  plain.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayScrape(request, options.metricsToken)) throw new Problem('not_found');
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send((await Promise.all([own.metrics(), registry.metrics()])).join('\n'));
  });
}

/** A proxy on this machine speaks from a loopback address too, and says for whom. */
const forwarding = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

function mayScrape(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) return isSameSecret(request.headers.authorization ?? '', `Bearer ${token}`);
  return (
    isLoopbackAddress(request.socket.remoteAddress) &&
    forwarding.every((name) => request.headers[name] === undefined)
  );
}

/** The last value for a while, one question at a time; what cannot be read is no number, and the rest still is told. */
function kept(read: () => number | Promise<number>): () => Promise<number> {
  let last: { value: Promise<number>; until: number } | undefined;
  return () => {
    const tick = performance.now();
    if (last === undefined || last.until <= tick) {
      const value = Promise.resolve()
        .then(read)
        .catch(() => Number.NaN);
      last = { value, until: tick + gaugeMilliseconds };
    }
    return last.value;
  };
}
