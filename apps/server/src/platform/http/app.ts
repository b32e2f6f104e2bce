import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import helmet from 'helmet';
import type { Clock } from '../clock/clock.ts';
import { mayAttempt, type Permission, permissions } from '../permissions/permissions.ts';
import { isSameSecret, sessionCookie, type Acting, type Sessions } from '../sessions/sessions.ts';
import { acceptJson } from './json.ts';
import { isLoopbackHost } from './loopback.ts';
import { type ErrorRegistry, Problem, problemBody, problemOfDatabase, ProblemSchema } from './problem.ts';
import { ValidationFailure, validatorCompiler } from './validation.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may attempt this route. A route under /api/v1 without it does not register. */
    permission?: Permission | 'public';
  }
  interface FastifyRequest {
    acting: Acting | null;
  }
}

export interface AppOptions {
  readonly logger: FastifyBaseLogger;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly errors: ErrorRegistry;
  readonly isSecure: boolean;
  /** The address people type, when a proxy stands in front; else the Host header is the origin. */
  readonly publicUrl: string | null;
  readonly proxies?: number;
  /** A demonstration: answers only to this machine's own names. */
  readonly isLocalOnly?: boolean;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
export const apiPrefix = '/api/v1';

export async function buildApp(options: AppOptions): Promise<App> {
  const { clock, sessions, errors } = options;
  // Read once: an address nobody can parse is found out at the start and not by the first write.
  const publicOrigin = options.publicUrl === null ? null : new URL(options.publicUrl).origin;
  const app = Fastify({
    loggerInstance: options.logger,
    // operations.ts logs a request once, by its route's pattern and nothing a person typed.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 256 * 1024,
    // A picture over a bad mobile line takes a while; a sender that drips a body holds a socket no longer than this.
    requestTimeout: 120_000,
    clientErrorHandler: (error, socket) => refuseUnread(errors, error, socket),
    frameworkErrors: (error, request, reply) => void sendProblem(errors, error, request, reply),
    // Rate limits count clients by address; a header anybody can send is believed from our own proxies only.
    trustProxy: (_address, hop) => hop < (options.proxies ?? 0),
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>() as App;

  // Nothing of ours waits for leave to send its body; without a listener Node answers 417 with nothing in it.
  app.server.on('checkExpectation', (_request, response: ServerResponse) => {
    const body = JSON.stringify(problemBody(errors, new Problem('request.malformed'), '', randomUUID()));
    response.writeHead(400, { 'content-type': problemType, connection: 'close' }).end(body);
  });
  acceptJson(app as unknown as FastifyInstance);
  app.setValidatorCompiler(validatorCompiler as never);
  app.decorateRequest('acting', null);
  await app.register(cookie);
  // The library itself and not Fastify's wrapping of it, which builds every header anew for each request.
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'blob:', 'data:'],
        // A voice note is listened to before it is sent.
        'media-src': ["'self'", 'blob:'],
        'connect-src': ["'self'"],
        'font-src': ["'self'"],
        'worker-src': ["'self'"],
        'manifest-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: options.isSecure,
    referrerPolicy: { policy: 'same-origin' },
  });
  // What it says is the same every time: asked once, and sent among the answer's own headers, which whoever answers past
  // Fastify takes along (live.ts).
  const protection: Record<string, string> = {};
  protect(
    {} as IncomingMessage,
    {
      setHeader: (name: string, value: string) => (protection[name.toLowerCase()] = value),
      removeHeader: () => {},
    } as unknown as ServerResponse,
    () => {},
  );
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(protection);
    done();
  });

  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith(apiPrefix)) return;
    const permission = route.config?.permission;
    if (permission === undefined || (permission !== 'public' && !(permission in permissions))) {
      throw new Error(`${String(route.method)} ${route.url} does not say who may use it`);
    }
    // Every route may answer with a problem; said once here instead of on each.
    route.schema = {
      ...route.schema,
      response: {
        ...(route.schema?.response as object | undefined),
        '4xx': ProblemSchema,
        '5xx': ProblemSchema,
      },
    };
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (options.isLocalOnly === true && !isLoopbackHost(request.headers.host))
      throw new Problem('request.foreign_host');
    const { permission } = request.routeOptions.config;
    if (permission === undefined) return;
    reply.header('cache-control', 'no-store');
    const isWrite = !safeMethods.has(request.method);
    if (isWrite && !isSameOrigin(request, publicOrigin)) throw new Problem('auth.csrf');
    const secret = request.cookies[sessionCookie];
    if (secret !== undefined && secret !== '') request.acting = await sessions.resolve(secret, clock.now());
    if (permission === 'public') return;
    const { acting } = request;
    if (acting === null) throw new Problem('auth.session_required');
    if (isWrite) {
      const token = request.headers['x-csrf-token'];
      if (typeof token !== 'string' || !isSameSecret(token, acting.csrfToken)) throw new Problem('auth.csrf');
    }
    // What was written in one capacity never goes out in another that was chosen since, on this phone or elsewhere.
    const as = request.headers['x-acting'];
    if (as !== undefined && as !== acting.membershipId) throw new Problem('auth.other_capacity');
    if (acting.mustEnrol === true && permission !== 'account.self')
      throw new Problem('auth.second_factor_enrol');
    if (acting.onBehalf?.isEnded === true && !ofAccount.has(permission))
      throw new Problem('auth.capacity_ended');
    if (!mayAttempt(acting.role, permission)) throw new Problem('permission.denied', { permission });
  });

  app.setErrorHandler((error: unknown, request, reply) => sendProblem(errors, error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(errors, new Problem('not_found'), request, reply));
  return app;
}

/** Of the person, whomever they act for: what remains when a consent has ended under their hands. */
const ofAccount: ReadonlySet<string> = new Set<Permission>(['account.self', 'inbox.read', 'live.listen']);

/**
 * Browsers tell where a write comes from. Other clients (no Origin, no Sec-Fetch-Site) carry no ambient cookie, so
 * nobody can make them write against their will.
 */
function isSameOrigin(request: FastifyRequest, publicOrigin: string | null): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (publicOrigin !== null && origin === publicOrigin) return true;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

const fastifyCodes: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_BAD_URL: 'request.malformed',
};

function toProblem(errors: ErrorRegistry, error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ValidationFailure) return new Problem('validation.failed', {}, error.fields);
  const fromDatabase = problemOfDatabase(errors, error);
  if (fromDatabase !== undefined) return fromDatabase;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code === undefined ? undefined : fastifyCodes[code];
  if (known !== undefined) return new Problem(known);
  // A range or a precondition that a file does not meet, and whatever else a library blames on the request.
  const isCallers = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  if (isCallers || error instanceof SyntaxError) return new Problem('request.malformed');
  return new Problem('internal');
}

/** What was foreseen (the database is away, a line is full) passes by itself; the rest is a mistake of ours. */
function logFault(request: FastifyRequest, code: string, error: unknown): void {
  const route = request.routeOptions.url;
  if (code === 'internal') request.log.error({ err: error, code, route }, 'request failed');
  else request.log.warn({ code, route, reason: (error as Error).message }, 'request turned away');
}

const problemType = 'application/problem+json; charset=utf-8';

/** What Node's own parser could not read, or not hold: there is no request yet, only a socket to answer on. */
function refuseUnread(errors: ErrorRegistry, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'request.too_large' : 'request.malformed';
  const body = JSON.stringify(problemBody(errors, new Problem(code), '', randomUUID()));
  const status = errors.statusOf(code);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${problemType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function sendProblem(
  errors: ErrorRegistry,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(errors, error);
  const path = request.url.split('?', 1)[0] ?? '';
  const body = problemBody(errors, problem, path, request.id);
  if (body.status >= 500) logFault(request, body.code, error);
  const retry = problem.params['retryAfterSeconds'];
  if (typeof retry === 'number') reply.header('retry-after', String(Math.ceil(retry)));
  return reply
    .code(body.status)
    .header('content-type', problemType)
    .serializer(JSON.stringify as (payload: unknown) => string)
    .send(body);
}
