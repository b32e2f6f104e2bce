import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  HealthCodeAnswer,
  HealthCodeBody,
  HealthDeclarationBody,
  OwnHealthAnswer,
} from './schemas-health.ts';
import { ScopeOnly } from './schemas-parcels.ts';
import { healthCodesOf } from './service-health.ts';
import { askedOf, openOwnHealth } from './service-own-health.ts';
import { passView } from './view-passes.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

/** The own health code, while a measure asks for it. */
export function healthRoutes(app: App, house: House): void {
  const { db, clock } = house;
  const permission = 'gate.own';
  const health = openOwnHealth(house);

  app.get(
    '/access/own/health',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'getOwnHealth',
        summary:
          'Of which own passes a measure in force wants a health code; of none while there is no such measure',
        querystring: ScopeOnly,
        response: { 200: OwnHealthAnswer },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = clock.now();
      const service = healthCodesOf(house);
      const asked = await db.read(acting.actor, (q) => askedOf(q, acting, request.query.scopeId, now));
      // Without a service there is nothing a phone could show.
      const items = service === null ? [] : asked;
      return {
        service: service?.name ?? null,
        items: items.map(({ pass, measure }) => ({
          passId: pass.id,
          kind: pass.kind,
          name: passView(pass, now).name,
          measure: {
            name: measure.name,
            authority: measure.authority,
            documentNo: measure.documentNo,
            endsAt: measure.endsAt.toISOString(),
            retentionDays: measure.retentionDays,
          },
        })),
      };
    },
  );

  app.post(
    '/access/own/health/declarations',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'declareHealth',
        summary:
          'Say how one is to the service of health codes, and get one’s code; nothing of it is kept here',
        body: HealthDeclarationBody,
        response: { 200: HealthCodeAnswer },
      },
    },
    (request) => {
      const { temperature, hasSymptoms, wasInRiskArea, ...of } = request.body;
      const temperatureTenths = temperature === null ? null : Math.round(temperature * 10);
      return health.declare(actingOf(request), of, { temperatureTenths, hasSymptoms, wasInRiskArea });
    },
  );

  app.post(
    '/access/own/health/codes',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'makeHealthCode',
        summary: 'One’s health code, made now by its service',
        body: HealthCodeBody,
        response: { 200: HealthCodeAnswer },
      },
    },
    (request) => health.show(actingOf(request), request.body),
  );
}
