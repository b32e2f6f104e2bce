import { timingSafeEqual } from 'node:crypto';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import { findGuardDevice, type GuardDevice } from './queries-guard.ts';
import { Bundle, BundleQuery, UploadAnswer, UploadBody } from './schemas-guard.ts';
import { bundleFor } from './service-bundle.ts';
import { hashKey } from './service-guard.ts';
import { actorOfGates, type Intake, Overwhelmed } from './service-intake.ts';
import { takeUpload } from './service-uploads.ts';

const tags = ['access'];
export const BUNDLE_SIGNATURE = 'x-gate-signature';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Claimed {
  readonly scopeId: string;
  readonly deviceId: string;
  readonly key: string;
}

/** HTTP Basic: `scope/device` and its key. */
function claimOf(header: string | undefined): Claimed | null {
  const encoded = header !== undefined && /^basic /i.test(header) ? header.slice(6).trim() : '';
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const [, scopeId = '', deviceId = '', key = ''] = /^([^/]+)\/([^:]+):(.+)$/.exec(text) ?? [];
  return uuid.test(scopeId) && uuid.test(deviceId) ? { scopeId, deviceId, key } : null;
}

/** What a guard's phone asks and tells by its own key: no session ends in the middle of a queue. */
export function guardDeviceRoutes(app: App, house: House, intake: Intake): void {
  const { db, clock } = house;

  const enter = async (header: string | undefined): Promise<GuardDevice> => {
    const claim = claimOf(header);
    const device =
      claim === null
        ? null
        : await db.read(actorOfGates([claim.scopeId]), (q) =>
            findGuardDevice(q, claim.scopeId, claim.deviceId),
          );
    if (claim === null || device === null || !timingSafeEqual(device.secretHash, hashKey(claim.key)))
      throw new Problem('access.credentials_wrong');
    return device;
  };

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
      const device = await enter(request.headers.authorization);
      const now = clock.now();
      const { text, signature } = await db.read(actorOfGates([device.scopeId]), async (q) => {
        const wall = await wallOf(q, device.scopeId);
        if (wall === null) throw new Problem('access.credentials_wrong');
        return bundleFor(house, q, device, wall.timeZone, request.query.since ?? null, now);
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
      const device = await enter(request.headers.authorization);
      try {
        return await takeUpload(house, intake, device, request.body, request.acting);
      } catch (error) {
        if (error instanceof Overwhelmed) throw new Problem('unavailable', { retryAfterSeconds: 5 });
        throw error;
      }
    },
  );
}
