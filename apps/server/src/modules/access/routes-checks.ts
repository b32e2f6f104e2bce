import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import type { SaidAttempt } from './domain.ts';
import { ChecksAnswer, ChecksBody, GateChecksPath, ScopeQuery } from './schemas.ts';
import type { Decided, Refused, Sender } from './service-arrivals.ts';
import { openDoor } from './service-door.ts';
import { admitChecks, takeChecks, takeDeviceChecks } from './service-checks.ts';
import type { Intake } from './service-intake.ts';
import { resultView } from './view.ts';

/** Whoever stands at a gate: asked by its device with a key of its own, or by a person's page. */

type WithSender = FastifyRequest & { gate?: { readonly from: Sender; readonly gateId: string } };

export function checkRoutes(app: App, house: House, intake: Intake): void {
  const door = openDoor(house);

  const answer = (checks: readonly SaidAttempt[], taken: readonly (Decided | Refused)[]) => ({
    now: house.clock.now().toISOString(),
    results: taken.map((one, i) => resultView(checks[i]!.id, one)),
  });

  app.post(
    '/access/checks',
    {
      config: { permission: 'public' },
      bodyLimit: 64 * 1024,
      schema: {
        tags: ['access'],
        operationId: 'checkAtGate',
        summary:
          'Who stands at a gate: decided, recorded, then answered; HTTP Basic with the device’s name and key; the same number twice is one passage',
        body: ChecksBody,
        response: { 200: ChecksAnswer },
      },
      // Before a body is read: who it claims to be.
      onRequest: async (request) => {
        (request as WithSender).gate = await door.sender(
          door.readClaim(request.headers.authorization),
          request.ip,
        );
      },
    },
    async (request) => {
      const checks = request.body.checks as readonly SaidAttempt[];
      const { gate } = request as WithSender;
      const taken = await takeDeviceChecks(house, intake, door, gate!, request.ip, checks);
      return answer(checks, taken);
    },
  );

  app.post(
    '/access/gates/:gateId/checks',
    {
      config: { permission: 'gate.check' },
      bodyLimit: 64 * 1024,
      schema: {
        tags: ['access'],
        operationId: 'checkByHand',
        summary:
          'The same, asked by a person who stands at the gate; somebody they looked up may be named by their pass',
        params: GateChecksPath,
        querystring: ScopeQuery,
        body: ChecksBody,
        response: { 200: ChecksAnswer },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.query;
      await house.db.read(acting.actor, (q) => accessScope(q, acting, scopeId));
      const checks = request.body.checks as readonly SaidAttempt[];
      admitChecks(door, acting.accountId, checks);
      const from: Sender = { scopeId, deviceId: null, secretHash: null, accountId: acting.accountId };
      const taken = await takeChecks(house, intake, from, request.params.gateId, checks);
      if (taken.some((one) => one.kind === 'refused' && one.fault === 'gate_unknown'))
        throw new Problem('not_found');
      return answer(checks, taken);
    },
  );
}
