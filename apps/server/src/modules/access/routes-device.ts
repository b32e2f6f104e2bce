import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import type { GateDeviceKey, OpenOrder } from './queries-barriers.ts';
import { IdPath } from './schemas.ts';
import { Acknowledged, Acknowledgement, Heard, Heartbeat, Orders, OrdersQuery } from './schemas-barriers.ts';
import { Bundle, BundleQuery, UploadAnswer, UploadBody } from './schemas-guard.ts';
import { bundleFor } from './service-bundle.ts';
import { acknowledge, beat, proveDevice } from './service-barriers.ts';
import { openDoor } from './service-door.ts';
import { hubOf, orderView } from './service-hub.ts';
import { actorOfGates } from './service-actor.ts';
import { type Intake, Overwhelmed } from './service-intake.ts';
import { takeUpload } from './service-uploads.ts';

const tags = ['access'];
/** Behind most proxies a silent connection lives for a minute. */
const MOST_WAITED_SECONDS = 25;
export const BUNDLE_SIGNATURE = 'x-gate-signature';
/** What a guard's phone asks and tells by its own key: no session ends in the middle of a queue. */
export function guardDeviceRoutes(app: App, house: House, intake: Intake): void {
  const { db, clock } = house;
  const door = openDoor(house);
  const enter = (request: FastifyRequest): Promise<GateDeviceKey> =>
    proveDevice(house, door, door.readClaim(request.headers.authorization), request.ip);

  app.get(
    '/access/bundle',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'getGateBundle',
        summary:
          'What this phone’s gate needs to decide without us, whole or since a version; signed in a header, with its device’s key',
        querystring: BundleQuery,
        response: { 200: Bundle },
      },
    },
    async (request, reply) => {
      const device = await enter(request);
      const now = clock.now();
      const { text, signature } = await db.read(actorOfGates([device.scopeId]), async (q) => {
        const wall = await wallOf(q, device.scopeId);
        if (wall === null) throw new Problem('access.credentials_wrong');
        return bundleFor(house, q, device, wall, request.query.since ?? null, now);
      });
      reply.header(BUNDLE_SIGNATURE, signature);
      reply.header('content-type', 'application/json; charset=utf-8');
      // These very bytes are signed: nothing may write them anew.
      return reply.serializer((payload: unknown) => payload as string).send(text as never);
    },
  );

  app.post(
    '/access/decisions',
    {
      config: { permission: 'public' },
      bodyLimit: 512 * 1024,
      schema: {
        tags,
        operationId: 'uploadDecisions',
        summary: 'What was decided without a network, in its order; the same again is the same',
        body: UploadBody,
        response: { 200: UploadAnswer },
      },
    },
    async (request) => {
      const device = await enter(request);
      try {
        const uploaded = await takeUpload(house, intake, device, request.body, request.acting);
        const isOneOf = (fault: string) => uploaded.refused.some(({ code }) => code === fault);
        // Taken away or moved this very moment: nothing is lost that is sent again.
        if (isOneOf('credentials_wrong')) throw new Problem('access.credentials_wrong');
        if (isOneOf('gate_moved')) throw new Problem('unavailable', { retryAfterSeconds: 1 });
        return uploaded;
      } catch (error) {
        if (error instanceof Overwhelmed) throw new Problem('unavailable', { retryAfterSeconds: 5 });
        throw error;
      }
    },
  );

  app.post(
    '/access/heartbeats',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'beatGateDevice',
        summary: 'A gate’s device says that it is there and what time it has; the answer says ours',
        body: Heartbeat,
        response: { 200: Heard },
      },
    },
    async (request) => {
      const device = await enter(request);
      door.admit(device.deviceId, 1);
      return beat(house, device, request.body.at);
    },
  );

  app.get(
    '/access/barrier-orders',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'waitForBarrierOrders',
        summary:
          'What a barrier is to do now; with `wait`, the answer comes when there is something, or after so many seconds',
        querystring: OrdersQuery,
        response: { 200: Orders },
      },
    },
    async (request) => {
      const device = await enter(request);
      door.admit(device.deviceId, 1);
      await beat(house, device, undefined);
      const seconds = Math.min(request.query.wait ?? 0, MOST_WAITED_SECONDS);
      const orders = await ordersFor(house, device, seconds * 1_000, request);
      const now = clock.now();
      return { now: now.toISOString(), items: orders.map((order) => orderView(order, now)) };
    },
  );

  app.post(
    '/access/barrier-orders/:id/answer',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'answerBarrierOrder',
        summary: 'What the barrier did; said twice, the first counts',
        params: IdPath,
        body: Type.Omit(Acknowledgement, ['id']),
        response: { 200: Acknowledged },
      },
    },
    async (request) => {
      const device = await enter(request);
      door.admit(device.deviceId, 1);
      return acknowledge(house, device, { ...request.body, id: request.params.id });
    },
  );
}

/** At once where there is something, else when there is; nothing when the time is over or whoever asked has gone. */
function ordersFor(
  house: House,
  { scopeId, deviceId, credentialVersion, kind }: GateDeviceKey,
  milliseconds: number,
  request: FastifyRequest,
): Promise<readonly OpenOrder[]> {
  if (kind !== 'barrier') return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    const end = (orders: readonly OpenOrder[]) => {
      stop();
      clearTimeout(timer);
      request.raw.off('close', gone);
      resolve(orders);
    };
    const gone = () => end([]);
    // One look is made in any case.
    const timer = setTimeout(() => end([]), Math.max(milliseconds, 200));
    request.raw.on('close', gone);
    const stop = hubOf(house).listen({
      scopeId,
      deviceId,
      credentialVersion,
      tell: end,
      putOut: () => {
        stop();
        clearTimeout(timer);
        reject(new Problem('access.credentials_wrong'));
      },
    });
  });
}
