import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { readAttempt, type SaidAttempt } from './domain.ts';
import { ChecksAnswer, ChecksBody, GateChecksPath, ScopeQuery } from './schemas.ts';
import type { Decided, Refused, Sender } from './service-arrivals.ts';
import { openDoor, readClaim } from './service-door.ts';
import { type Intake, Overwhelmed } from './service-intake.ts';
import { resultView } from './view.ts';

/** Whoever stands at a gate: asked by its device with a key of its own, or by a person's page. */

type WithSender = FastifyRequest & { gate?: { readonly from: Sender; readonly gateId: string } };

export function checkRoutes(app: App, house: House, intake: Intake): void {
  const door = openDoor(house);

  const takeAll = async (
    from: Sender,
    gateId: string,
    checks: readonly SaidAttempt[],
  ): Promise<(Decided | Refused)[]> => {
    const receivedAt = house.clock.now().getTime();
    const startedAt = performance.now();
    try {
      return await Promise.all(
        checks.map((said) =>
          intake.take({
            from,
            gateId,
            attempt: readAttempt(said),
            receivedAt,
            startedAt,
            answer: null,
            override: null,
            offline: null,
          }),
        ),
      );
    } catch (error) {
      // Nothing is known of them: the same numbers are to be sent again.
      if (error instanceof Overwhelmed) throw new Problem('unavailable', { retryAfterSeconds: 1 });
      throw error;
    }
  };
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
          readClaim(request.headers.authorization),
          request.ip,
        );
      },
    },
    async (request) => {
      const { from, gateId } = (request as WithSender).gate!;
      const deviceId = from.deviceId!;
      const checks = request.body.checks as readonly SaidAttempt[];
      door.admit(deviceId, checks.length);
      // A device has nothing to look people up with: that is a person's to do.
      if (checks.some(({ passId }) => passId !== undefined))
        throw new Problem('validation.failed', {}, [{ path: '/checks', code: 'unknown_field', params: {} }]);
      const guesses = checks.map((said) => readAttempt(said).claim.way === 'six_digits');
      if (guesses.includes(true)) door.assertMayGuess(deviceId);
      const taken = await takeAll(from, gateId, checks);
      taken.forEach((one, i) => {
        if (guesses[i] && one.kind === 'decided' && one.passId === null) door.guessed(deviceId);
      });
      if (taken.some((one) => one.kind === 'refused' && one.fault === 'credentials_wrong')) {
        door.failed(request.ip);
        throw new Problem('access.credentials_wrong');
      }
      if (taken.some((one) => one.kind === 'refused' && one.fault === 'gate_moved')) {
        // It hangs elsewhere since: sent again, it speaks for its new gate.
        door.moved(deviceId);
        throw new Problem('unavailable', { retryAfterSeconds: 1 });
      }
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
      door.admit(acting.accountId, checks.length);
      const from: Sender = { scopeId, deviceId: null, secretHash: null, accountId: acting.accountId };
      const taken = await takeAll(from, request.params.gateId, checks);
      if (taken.some((one) => one.kind === 'refused' && one.fault === 'gate_unknown'))
        throw new Problem('not_found');
      return answer(checks, taken);
    },
  );
}
