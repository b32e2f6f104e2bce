import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import { type FieldProblem, Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { type DeviceRights, type MessageFault, readUserName } from './domain.ts';
import { ReadingsAnswer, ReadingsBody } from './schemas.ts';
import { type Admitted, openDoor } from './service-door.ts';
import { type Intake, Overwhelmed, type Taken } from './service-intake.ts';

/** Readings over HTTP: a device, or a gateway for those behind it, with its own name and secret and no session. */

export function readingRoutes(app: App, house: House, intake: Intake): void {
  const door = openDoor(house);
  app.post(
    '/sensing/readings',
    {
      config: { permission: 'public' },
      bodyLimit: 16 * 1024,
      schema: {
        tags: ['sensing'],
        operationId: 'sendReadings',
        summary:
          'Readings of a device, or of the devices behind a gateway; HTTP Basic with the device’s name and secret',
        body: ReadingsBody,
        response: { 200: ReadingsAnswer },
      },
      // Before a body is read: who it is.
      onRequest: async (request) => {
        (request as WithDevice).device = await door.enter(credentialsOf(request), request.ip);
      },
    },
    async (request, reply) => {
      const sender = (request as WithDevice).device!;
      const { scopeId, deviceId, version } = sender;
      const { readings } = request.body;
      if (!door.admit(sender, readings.length)) {
        const retryAfterSeconds = Math.ceil(readings.length / sender.allowance.perSecond);
        reply.header('retry-after', String(retryAfterSeconds));
        throw new Problem('sensing.too_many', { retryAfterSeconds });
      }
      const receivedAt = house.clock.now().getTime();
      const from: DeviceRights = { scopeId, deviceId };
      let taken: Taken[];
      try {
        taken = await Promise.all(
          readings.map(({ device, ...json }) =>
            intake.take({
              from,
              credentialVersion: version,
              about: device === undefined ? from : { scopeId, deviceId: device },
              message: { type: 'reading', json },
              receivedAt,
            }),
          ),
        );
      } catch (error) {
        if (error instanceof Overwhelmed) throw new Problem('unavailable', { retryAfterSeconds: 5 });
        throw error;
      }
      if (taken.some((one) => !one.ok && one.fault === 'credentials_wrong'))
        throw new Problem('sensing.credentials_wrong');
      // Nothing of it was a reading: a mistake that should be loud.
      if (taken.every((one) => !one.ok)) throw refusalOf(taken);
      return {
        results: taken.map((one, i) => ({
          id: readings[i]!.id,
          status: !one.ok ? ('refused' as const) : one.isNew ? ('stored' as const) : ('repeated' as const),
          fault: one.ok ? null : (one.fault as MessageFault),
          isClockOff: one.ok && one.isClockOff,
        })),
      };
    },
  );
}

type WithDevice = FastifyRequest & { device?: Admitted };

function refusalOf(taken: readonly Taken[]): Problem {
  const fields: FieldProblem[] = taken.flatMap((one, i) =>
    one.ok ? [] : [{ path: `/readings/${i}`, code: one.fault, params: {} }],
  );
  if (fields.every(({ code }) => code === 'topic_foreign'))
    return new Problem('sensing.device_foreign', {}, fields);
  return new Problem('sensing.reading_invalid', { fault: fields[0]!.code }, fields);
}

function credentialsOf(request: FastifyRequest): { device: DeviceRights; secret: string } | null {
  const header = request.headers.authorization;
  const encoded = header !== undefined && /^basic /i.test(header) ? header.slice(6).trim() : '';
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  const device = at < 0 ? null : readUserName(text.slice(0, at));
  return device === null ? null : { device, secret: text.slice(at + 1) };
}
