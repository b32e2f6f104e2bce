import type { FastifyReply, FastifyRequest } from 'fastify';
import { signingIn } from '../../platform/db/actor.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { type Acting, hashSecret, sessionCookie } from '../../platform/sessions/sessions.ts';
import { codeRule, sessionRule } from './domain.ts';
import { factorRule } from './domain-second-factor.ts';
import { homeOfRole } from './permissions.ts';
import { readMe } from './queries-me.ts';
import { listPersonas } from './queries.ts';
import { phoneField } from './tables.ts';
import {
  ActAs,
  AuthOptions,
  CodeRequest,
  CodeSent,
  Me,
  NewPassword,
  Nothing,
  Preferences,
  SignIn,
} from './schemas.ts';
import { secondFactorRoutes } from './routes-second-factor.ts';
import { staffRoutes } from './routes-staff.ts';
import { TicketGiven } from './schemas-second-factor.ts';
import { consentRoutes } from './routes-consents.ts';
import { createCodeSender } from './service-senders.ts';
import { Entry } from './service.ts';

const authTags = ['auth'];
const meTags = ['me'];

export function routes(app: App, house: House): void {
  const { config, db, clock, crypto, sessions } = house;
  const entry = new Entry(house, createCodeSender(config, clock));
  secondFactorRoutes(app, house);
  staffRoutes(app, house);

  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: config.isSecure } as const;
  const giveCookie = (reply: FastifyReply, secret: string) =>
    reply.setCookie(sessionCookie, secret, { ...cookie, maxAge: sessionRule.lifetime / 1_000 });
  const takeCookie = (reply: FastifyReply) => reply.clearCookie(sessionCookie, cookie);

  /** Who acts now, after something about the session changed. */
  const actingNow = async (secret: string): Promise<Acting> => {
    const acting = await sessions.resolve(secret, clock.now());
    if (acting === null) throw new Problem('auth.session_required');
    return acting;
  };
  const secretOf = (request: FastifyRequest) => request.cookies[sessionCookie] ?? '';

  app.get(
    '/auth/options',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'getAuthOptions',
        tags: authTags,
        summary: 'How one can sign in here',
        response: { 200: AuthOptions },
      },
    },
    async () => {
      const rows = config.mode === 'demo' ? await db.read(signingIn, listPersonas) : [];
      return {
        mode: config.mode,
        personas: rows.map((row) => ({
          id: row.persona_id,
          role: row.role,
          name: row.display_name,
          phone: crypto.open(row.phone_cipher, phoneField, row.account_id),
          placeLabel: row.place_label,
          home: homeOfRole(row.role),
        })),
      };
    },
  );

  app.post(
    '/auth/codes',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'requestCode',
        tags: authTags,
        summary: 'Send a one-time code, if the number is known; the answer does not tell',
        body: CodeRequest,
        response: { 202: CodeSent },
      },
    },
    async (request, reply) => {
      const { demoCode } = await entry.requestCode(request.body.phone, request.ip);
      return reply.code(202).send({
        expiresInSeconds: codeRule.lifetime / 1_000,
        resendInSeconds: codeRule.resendAfter / 1_000,
        ...(demoCode === undefined ? {} : { demoCode }),
      });
    },
  );

  app.post(
    '/auth/sessions',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'signIn',
        tags: authTags,
        summary: 'Sign in by code, by password (staff), or as a persona (demonstration)',
        body: SignIn,
        response: { 201: Me, 202: TicketGiven },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const previous = secretOf(request);
      const entrance = {
        address: request.ip,
        previousSession: previous === '' ? null : hashSecret(previous),
      };
      const opened =
        'ticket' in body
          ? await entry.signInWithTicket(body.ticket, body, entrance)
          : 'code' in body
            ? await entry.signInWithCode(body.phone, body.code, entrance)
            : 'password' in body
              ? await entry.signInWithPassword(body.phone, body.password, entrance)
              : await entry.signInAsPersona(body.personaId, entrance);
      if ('ticket' in opened) {
        const expiresInSeconds = factorRule.ticketLifetime / 1_000;
        return reply.code(202).send({ ticket: opened.ticket, expiresInSeconds });
      }
      const { secret } = opened;
      if (request.acting !== null) sessions.forget(request.acting.accountId);
      const me = await readMe(house, await actingNow(secret));
      giveCookie(reply, secret);
      return reply.code(201).send(me);
    },
  );

  app.delete(
    '/auth/sessions/current',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'signOut',
        tags: authTags,
        summary: 'Sign out here',
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await entry.signOut(request.acting!);
      return takeCookie(reply).code(204).send(null);
    },
  );

  app.delete(
    '/auth/sessions',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'signOutEverywhere',
        tags: authTags,
        summary: 'Sign out on every device',
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await entry.signOutEverywhere(request.acting!);
      return takeCookie(reply).code(204).send(null);
    },
  );

  app.get(
    '/me',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'getMe',
        tags: meTags,
        summary: 'Who is signed in, in which capacity, and what that allows',
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      // The cookie slides with the session: every opening of the app comes by here.
      giveCookie(reply, secretOf(request));
      return readMe(house, request.acting!);
    },
  );

  app.put(
    '/me/acting',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'actAs',
        tags: meTags,
        summary: 'Go on in another of the own capacities',
        body: ActAs,
        response: { 200: Me },
      },
    },
    async (request) => {
      await entry.actAs(request.acting!, request.body.membershipId);
      return readMe(house, await actingNow(secretOf(request)));
    },
  );

  app.put(
    '/me/preferences',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'changePreferences',
        tags: meTags,
        summary: 'Language and type size',
        body: Preferences,
        response: { 200: Me },
      },
    },
    async (request) => {
      await entry.changePreferences(request.acting!, request.body);
      return readMe(house, await actingNow(secretOf(request)));
    },
  );

  app.put(
    '/me/password',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'changePassword',
        tags: meTags,
        summary: 'Set or change the password (staff); other devices are signed out',
        body: NewPassword,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await entry.changePassword(request.acting!, request.body, request.ip);
      return reply.code(204).send(null);
    },
  );

  consentRoutes(app, house);
}
