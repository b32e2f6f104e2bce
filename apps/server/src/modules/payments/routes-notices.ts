import Type from 'typebox';
import { keepRoom } from '../../platform/files/room.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { PROVIDERS } from '../../platform/pay/provider.ts';
import { oneOf, strict, Uuid } from './schemas.ts';
import { tradeLots } from './service-lots.ts';
import { takeNotice } from './service-notices.ts';

const maxBytes = 64 * 1024;

/** What the providers tell by themselves. Bytes as they came: their signatures are over them. */
export async function noticeRoutes(app: App, house: House): Promise<void> {
  const trades = tradeLots(house);
  await app.register(async (inner) => {
    inner.addHook(
      'onRequest',
      keepRoom({ bytes: 64 * maxBytes, bytesPerAccount: 64 * maxBytes, mostBytes: maxBytes }),
    );
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    );
    inner.setErrorHandler((error) => {
      if ((error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
        throw new Problem('request.too_large');
      throw error;
    });
    (inner as unknown as App).post(
      '/payments/notices/:way/:merchantId/:scopeId',
      {
        config: { permission: 'public' },
        bodyLimit: maxBytes,
        schema: {
          tags: ['payments'],
          operationId: 'takePaymentNotice',
          summary: 'What WeChat Pay or Alipay tells of a payment or a refund, signed by it',
          description: 'Taken however often and in whatever order it comes. See docs/payments.md.',
          consumes: ['application/json', 'application/x-www-form-urlencoded'],
          params: Type.Object(
            {
              way: oneOf(PROVIDERS),
              merchantId: Type.String({ pattern: '^[0-9A-Za-z]{4,32}$' }),
              scopeId: Uuid,
            },
            strict,
          ),
          produces: ['application/json', 'text/plain'],
        },
      },
      async (request, reply) => {
        const { way, merchantId, scopeId } = request.params;
        const body = request.body as unknown;
        if (!Buffer.isBuffer(body)) throw new Problem('request.malformed');
        const thanks = await takeNotice(house, trades, way, merchantId, scopeId, {
          headers: request.headers,
          body,
        });
        reply.type(thanks.type);
        return reply.send(thanks.body);
      },
    );
  });
}
