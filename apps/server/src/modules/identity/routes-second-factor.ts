import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import {
  FactorConfirmation,
  FactorProof,
  FactorSecret,
  FactorState,
  RecoveryCodes,
} from './schemas-second-factor.ts';
import { Nothing } from './schemas.ts';
import { SecondFactor } from './service-second-factor.ts';

const tags = ['me'];

export function secondFactorRoutes(app: App, house: House): void {
  const factor = new SecondFactor(house);

  app.get(
    '/me/second-factor',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'getSecondFactor',
        tags,
        summary: 'Whether there is a second factor, and whether the role asks for one',
        response: { 200: FactorState },
      },
    },
    async (request) => {
      const { enrolledAt, ...state } = await factor.state(request.acting!);
      return { ...state, enrolledAt: enrolledAt?.toISOString() ?? null };
    },
  );

  app.post(
    '/me/second-factor',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'beginSecondFactor',
        tags,
        summary: 'A new secret, to be scanned; it counts once a code of it has come',
        response: { 201: FactorSecret },
      },
    },
    async (request, reply) => reply.code(201).send(await factor.begin(request.acting!)),
  );

  app.post(
    '/me/second-factor/confirmation',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'confirmSecondFactor',
        tags,
        summary: 'The first code; answers with the recovery codes',
        body: FactorConfirmation,
        response: { 200: RecoveryCodes },
      },
    },
    async (request) => ({
      recoveryCodes: await factor.confirm(request.acting!, request.body.totp, request.ip),
    }),
  );

  app.post(
    '/me/second-factor/recovery-codes',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'renewRecoveryCodes',
        tags,
        summary: 'New recovery codes; the old ones open nothing any more',
        body: FactorProof,
        response: { 200: RecoveryCodes },
      },
    },
    async (request) => ({
      recoveryCodes: await factor.renewCodes(request.acting!, request.body, request.ip),
    }),
  );

  app.post(
    '/me/second-factor/removal',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'removeSecondFactor',
        tags,
        summary: 'Do without it again, where the role allows that',
        body: FactorProof,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await factor.remove(request.acting!, request.body, request.ip);
      return reply.code(204).send(null);
    },
  );
}
