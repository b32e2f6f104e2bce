import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import { incomingOf, isFresh, parseFields } from './domain.ts';
import { answerMessage, Replayed } from './service.ts';
import { isSigned, openSealed, sealedAnswer } from './service-envelope.ts';

/** WeChat hangs up after five seconds and asks again; what is committed by then is what the repetition finds. */
const answerWithin = 4_000;
const mostBytes = 64 * 1024;

/** Nothing to say, in the protocol's own word. */
const nothing = 'success';

/**
 * The official account's own endpoint, as its server settings name it. Its bodies, its signatures and its empty answers
 * are WeChat's; no cookie is looked at. Where it is not set up it does not exist.
 */
export function accountRoutes(app: App, house: House): void {
  const { wechat } = house.config;
  const server = wechat?.server ?? null;
  if (wechat === null || server === null) return;
  const { token, key } = server;
  const { appId } = wechat;

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error: unknown, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 503;
    const isTheirs = status >= 400 && status < 500;
    // Neither who wrote nor what: the reason is a code or a kind of failure.
    request.log.warn({ reason: isTheirs ? 'malformed' : (error as Error).message }, 'wechat request failed');
    return say(reply, isTheirs ? status : 503, '');
  });

  const say = (reply: FastifyReply, status: number, body: string, type = 'text/plain'): FastifyReply =>
    reply
      .code(status)
      .header('content-type', `${type}; charset=utf-8`)
      .header('cache-control', 'no-store')
      .send(body);
  const refuse = (request: FastifyRequest, reply: FastifyReply, status: number, reason: string) => {
    request.log.warn({ reason }, 'wechat request refused');
    return say(reply, status, '');
  };

  app.get('/wechat', { schema: { hide: true } }, (request, reply) => {
    const { signature, timestamp, nonce, echostr } = queryOf(request);
    const isTheirs =
      isSigned(signature, token, timestamp, nonce) && isFresh(timestamp, house.clock.now().getTime());
    if (!isTheirs) return refuse(request, reply, 403, 'signature');
    // It is sent back as it came: nothing that a browser could take for a page.
    if (!/^[\w+/=-]{1,200}$/.test(echostr)) return refuse(request, reply, 400, 'echostr');
    return say(reply, 200, echostr);
  });

  app.post('/wechat', { schema: { hide: true } }, async (request, reply) => {
    const { signature, msg_signature: sealed, timestamp, nonce } = queryOf(request);
    const now = house.clock.now();
    if (!isFresh(timestamp, now.getTime())) return refuse(request, reply, 403, 'timestamp');
    // Signed over everything in encrypted mode, over time and nonce only in plain mode.
    if (key === null && !isSigned(signature, token, timestamp, nonce))
      return refuse(request, reply, 403, 'signature');
    const body = request.body as unknown;
    if (!Buffer.isBuffer(body)) return refuse(request, reply, 400, 'empty');
    let xml = textOf(body);
    if (key !== null) {
      // With a key set up nothing in plain is believed, also not what the compatible mode sends beside it.
      const encrypted = parseFields(xml ?? '')?.get('Encrypt') ?? '';
      if (!isSigned(sealed, token, timestamp, nonce, encrypted))
        return refuse(request, reply, 403, 'signature');
      xml = openSealed(key, appId, encrypted);
      if (xml === null) return refuse(request, reply, 403, 'cipher');
    }
    const fields = xml === null ? null : parseFields(xml);
    const incoming = fields === null ? null : incomingOf(fields);
    if (xml === null || incoming === null) return refuse(request, reply, 400, 'message');

    const work = answerMessage(house, { timestamp, nonce, xml }, incoming);
    const answer = await inTime(work).catch((error: unknown) => {
      if (error instanceof Replayed) return null;
      throw error;
    });
    if (answer === null) return refuse(request, reply, 403, 'replayed');
    // It goes on by itself; the repetition is given what comes of it.
    if (answer === undefined) return refuse(request, reply, 503, 'late');
    if (answer === '') return say(reply, 200, nothing);
    const document = key === null ? answer : sealedAnswer({ token, key, appId }, answer, now);
    return say(reply, 200, document, 'application/xml');
  });
}

function textOf(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** Each parameter once; twice counts as not at all. */
function queryOf(
  request: FastifyRequest,
): Record<'signature' | 'msg_signature' | 'timestamp' | 'nonce' | 'echostr', string> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const of = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  return {
    signature: of('signature'),
    msg_signature: of('msg_signature'),
    timestamp: of('timestamp'),
    nonce: of('nonce'),
    echostr: of('echostr'),
  };
}

/** Undefined when it takes too long. What fails later than that is seen by the repetition. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), answerWithin);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
