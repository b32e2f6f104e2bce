import { type Locale, t, tKey } from '@gongzhi/i18n';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { publicReader } from '../../platform/db/actor.ts';
import type { App } from '../../platform/http/app.ts';
import { ErrorRegistry, platformErrors, Problem, problemOfDatabase } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { catalogueOf } from '../work-orders/index.ts';
import {
  type Document,
  type Fault,
  fault,
  type Form,
  type Format,
  isPublishable,
  mediaTypes,
  one,
  parseForm,
  requestFilterOf,
  splitEnding,
  updateFilterOf,
  updateOf,
  write,
} from './domain.ts';
import { findRequests, findUpdates, publishedService, servicesOf } from './queries.ts';
import { admitAddress, admitClient } from './service-clients.ts';
import { type Jurisdiction, jurisdictionOf } from './service-jurisdictions.ts';
import { isRefused, type Mode, takeReport, takeUpdate } from './service-reports.ts';
import * as view from './view.ts';

/**
 * GeoReport v2 as other software speaks it: XML and JSON by the path's ending, its own bodies, its own errors. No
 * cookie is looked at, whoever's browser it comes from: reading is everybody's, writing is a key's.
 */
const bases: Readonly<Record<string, Mode>> = { '/open311/v2': 'production', '/open311/test/v2': 'test' };
const emptyForm: Form = new Map();

class Faults extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super('the request is at fault');
    this.faults = faults;
  }
}
const refuse = (...faults: readonly Fault[]): never => {
  throw new Faults(faults);
};

interface Asked {
  readonly request: FastifyRequest;
  readonly locale: Locale;
  readonly mode: Mode;
  readonly query: Form;
  /** Of POST only. */
  readonly body: Form;
}

type Answering = (asked: Asked, name: string) => Promise<Document>;

export function publicRoutes(app: App, house: House): void {
  const registry = new ErrorRegistry();
  registry.add(platformErrors);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
      const isUtf8 = charset === undefined || /^utf-?8$/i.test(charset);
      const text = isUtf8 ? utf8(body) : null;
      done(null, text === null ? parseForm('%') : parseForm(text));
    },
  );
  // Anything else is told in the specification's own words; an empty body may call itself what it likes.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body: Buffer, done) =>
    done(null, body.length === 0 ? parseForm('') : { ok: false, error: fault('form_type') }),
  );

  app.setErrorHandler((error: unknown, request, reply) => {
    const locale = view.localeOf(request.headers['accept-language']);
    if (error instanceof Faults) return sendFaults(request, reply, error.faults, locale);
    const problem = problemOf(error, registry);
    if (problem instanceof Faults) return sendFaults(request, reply, problem.faults, locale);
    // The specification knows 404, 403 and 400; "too often" and "not now" are no fault of what was sent, and a client
    // that takes them for one would give a report up that it only has to send again.
    const status = statusOf(problem, registry);
    const retry = problem.params['retryAfterSeconds'];
    if (typeof retry === 'number') reply.header('retry-after', String(Math.ceil(retry)));
    if (status >= 500) request.log.error({ err: error, code: problem.code }, 'open311 request failed');
    const description =
      status === 429
        ? t(locale, 'open311.too_often', { seconds: Math.ceil(Number(retry ?? 60)) })
        : tKey(locale, `errors.${problem.code}`, textOnly(problem.params), 'errors.unknown');
    return send(request, reply, status, view.errors([{ code: status, description }]));
  });

  const answer =
    (format: Format, mode: Mode, name: string, run: Answering) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      await admitAddress(house, request.ip);
      const query = parsed(parseForm(request.url.split('?', 2)[1] ?? ''));
      const body = request.body == null ? emptyForm : parsed(request.body as ReturnType<typeof parseForm>);
      const locale = view.localeOf(request.headers['accept-language']);
      const document = await run({ request, locale, mode, query, body }, name);
      return sendDocument(reply, 200, document, format, locale);
    };

  for (const [base, mode] of Object.entries(bases)) {
    for (const format of ['xml', 'json'] as const) {
      const get = (path: string, run: Answering) =>
        app.get(`${base}/${path}.${format}`, { schema: { hide: true } }, answer(format, mode, '', run));
      const post = (path: string, run: Answering) =>
        app.post(`${base}/${path}.${format}`, { schema: { hide: true } }, answer(format, mode, '', run));
      get('discovery', discover);
      get('services', listServices);
      get('requests', listRequests);
      post('requests', report);
      get('servicerequestupdates', listUpdates);
      post('servicerequestupdates', update);
    }
    // Codes and ids have dots of their own: the ending is what comes last.
    const named = (folder: string, run: Answering) =>
      app.get<{ Params: { file: string } }>(
        `${base}/${folder}/:file`,
        { schema: { hide: true } },
        (request, reply) => {
          const file = splitEnding(request.params.file);
          if (file === null) return refuse(fault('path_unknown'));
          return answer(file.format, mode, file.name, run)(request, reply);
        },
      );
    named('services', defineService);
    named('requests', readRequest);
    named('tokens', () => refuse(fault('token_unknown')));
  }
  app.all('/open311/*', { schema: { hide: true } }, () => refuse(fault('path_unknown')));
  app.all('/open311', { schema: { hide: true } }, () => refuse(fault('path_unknown')));

  async function discover({ request, locale }: Asked): Promise<Document> {
    const base = house.config.publicUrl ?? `${request.protocol}://${request.headers.host ?? 'localhost'}`;
    const contact = await house.db.read(publicReader, (q) =>
      house.settings.get(q, [], 'open311.contact', house.clock.now()),
    );
    return view.discovery(locale, base.replace(/\/+$/, ''), contact);
  }

  /** Null where nothing is published anywhere and no street was named. */
  async function whereOf({ query, body }: Asked): Promise<Jurisdiction | null> {
    const code = one(body, 'jurisdiction_id') ?? one(query, 'jurisdiction_id');
    const found = await house.db.read(publicReader, (q) => jurisdictionOf(q, code));
    return found !== null && 'code' in found ? refuse(found) : found;
  }

  async function listServices(asked: Asked): Promise<Document> {
    const at = await whereOf(asked);
    if (at === null) return view.services(asked.locale, asked.mode, []);
    return house.db.read(publicReader, async (q) => {
      const rows = (await servicesOf(q, at.streetId)).filter(({ isPublished }) => isPublished);
      const catalogue = await catalogueOf(
        q,
        rows.map(({ code }) => code),
      );
      const offered = rows.flatMap((service) => {
        const category = catalogue.get(service.code);
        return category === undefined || !isPublishable(category, at.cityId) ? [] : [{ service, category }];
      });
      return view.services(asked.locale, asked.mode, offered);
    });
  }

  async function serviceOf(at: Jurisdiction | null, code: string) {
    const found =
      at === null
        ? null
        : await house.db.read(publicReader, async (q) => {
            const [service, catalogue] = await Promise.all([
              publishedService(q, at.streetId, code),
              catalogueOf(q, [code]),
            ]);
            const category = catalogue.get(code);
            return category !== undefined && isPublishable(category, at.cityId) ? service : null;
          });
    return found ?? refuse(fault('service_unknown'));
  }

  async function defineService(asked: Asked, code: string): Promise<Document> {
    const service = await serviceOf(await whereOf(asked), code);
    return view.definition(asked.locale, service.code, service.attributes);
  }

  async function listRequests(asked: Asked): Promise<Document> {
    const at = await whereOf(asked);
    const filter = requestFilterOf(asked.query, house.clock.now());
    if (!filter.ok) return refuse(...filter.error);
    return found(asked, at, filter.value);
  }

  async function found(
    { locale }: Asked,
    at: Jurisdiction | null,
    filter: Parameters<typeof findRequests>[2],
  ): Promise<Document> {
    if (at === null) return view.requests(locale, [], new Map());
    return house.db.read(publicReader, async (q) => {
      const rows = await findRequests(q, at.streetId, filter);
      const catalogue = await catalogueOf(
        q,
        rows.map(({ categoryCode }) => categoryCode),
      );
      return view.requests(locale, rows, catalogue);
    });
  }

  async function readRequest(asked: Asked, id: string): Promise<Document> {
    const at = await whereOf(asked);
    const document = await found(asked, at, { ids: [id], page: { size: 1, skipped: 0 } });
    return 'values' in document.value && (document.value.values as unknown[]).length === 0
      ? refuse(fault('request_unknown'))
      : document;
  }

  async function listUpdates(asked: Asked): Promise<Document> {
    const at = await whereOf(asked);
    const filter = updateFilterOf(asked.query, house.clock.now());
    if (!filter.ok) return refuse(...filter.error);
    const { span, page } = filter.value;
    const rows =
      at === null ? [] : await house.db.read(publicReader, (q) => findUpdates(q, at.streetId, span, page));
    return view.updates(asked.locale, rows);
  }

  async function clientOf(asked: Asked, at: Jurisdiction | null, wants: 'report' | 'update') {
    const key = one(asked.body, 'api_key') ?? one(asked.query, 'api_key');
    const client = at === null ? fault('key_wrong') : await admitClient(house, at, key, wants);
    return 'code' in client ? refuse(client) : { client, at: at! };
  }

  async function report(asked: Asked): Promise<Document> {
    const { client, at } = await clientOf(asked, await whereOf(asked), 'report');
    const code = one(asked.body, 'service_code') ?? refuse(fault('service_missing'));
    const service = await serviceOf(at, code);
    const answered = await takeReport(house, asked.mode, at, client, service, asked.body);
    return isRefused(answered) ? refuse(...answered.faults) : view.taken(asked.locale, answered);
  }

  async function update(asked: Asked): Promise<Document> {
    const { client, at } = await clientOf(asked, await whereOf(asked), 'update');
    const sent = updateOf(asked.body);
    if (!sent.ok) return refuse(...sent.error);
    const answered = await takeUpdate(house, asked.mode, at, client, sent.value);
    return isRefused(answered) ? refuse(...answered.faults) : view.noted(asked.locale, answered);
  }
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parsed(form: ReturnType<typeof parseForm>): Form {
  return form.ok ? form.value : refuse(form.error);
}

/** As it was asked for; where the path says no format, in the one that every endpoint has. */
function formatOf(request: FastifyRequest): Format {
  return splitEnding(request.url.split('?', 1)[0] ?? '')?.format ?? 'xml';
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  document: Document,
): FastifyReply {
  const locale = view.localeOf(request.headers['accept-language']);
  return sendDocument(reply, status, document, formatOf(request), locale);
}

function sendDocument(
  reply: FastifyReply,
  status: number,
  document: Document,
  format: Format,
  locale: Locale,
): FastifyReply {
  return (
    reply
      .code(status)
      .header('content-type', mediaTypes[format])
      .header('content-language', locale)
      .header('vary', 'accept-language')
      .header('cache-control', 'no-store')
      // Apps that live in a browser may read it from anywhere: all of this is public, and no cookie is looked at.
      .header('access-control-allow-origin', '*')
      .send(write(document, format))
  );
}

function sendFaults(
  request: FastifyRequest,
  reply: FastifyReply,
  faults: readonly Fault[],
  locale: Locale,
): FastifyReply {
  const status = faults.some((one) => one.status === 403)
    ? 403
    : faults.some((one) => one.status === 400)
      ? 400
      : (faults[0]?.status ?? 400);
  return send(request, reply, status, view.errors(faults.map((one) => view.sayFault(locale, one))));
}

const ofBodies: Readonly<Record<string, Fault>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: fault('too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: fault('form_type'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: fault('form_broken'),
};

function problemOf(error: unknown, registry: ErrorRegistry): Problem | Faults {
  if (error instanceof Problem) return error;
  const known = ofBodies[(error as { code?: string }).code ?? ''];
  if (known !== undefined) return new Faults([known]);
  return problemOfDatabase(registry, error) ?? new Problem('internal');
}

/** A rule of the house that a report ran into is the report's fault here: 400, as all that is neither a key nor missing. */
function statusOf({ code, params }: Problem, registry: ErrorRegistry): number {
  if (code === 'auth.too_many') return 429;
  const status = registry.codes().includes(code) ? registry.statusOf(code) : 400;
  if (status >= 500 || status === 404 || status === 421) return status;
  return code === 'conflict.busy' || typeof params['retryAfterSeconds'] === 'number' ? 503 : 400;
}

function textOnly(params: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
}
