import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { House } from '../../platform/house.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { consentView, readConsentsOfHousehold, readMyConsents } from './queries-consent-views.ts';
import {
  Consent,
  ConsentPath,
  Consents,
  HouseholdQuery,
  MyConsents,
  NewConsent,
  NewRecordedConsent,
  ScopeQuery,
  Withdrawal,
} from './schemas-consents.ts';
import { giveConsent, withdrawConsent } from './service-consents.ts';

const Withdrawn = Type.Object({ id: Type.String({ format: 'uuid' }) });

export function consentRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>) => request.acting as Acting;

  app.get(
    '/me/consents',
    {
      config: { permission: 'account.self' },
      schema: {
        tags: ['me'],
        operationId: 'listMyConsents',
        summary: 'Who may act for me, and for whom I may',
        response: { 200: MyConsents },
      },
    },
    (request) => readMyConsents(house, actingOf(request)),
  );

  app.post(
    '/me/consents',
    {
      config: { permission: 'consent.give' },
      schema: {
        tags: ['me'],
        operationId: 'giveConsent',
        summary: 'Let somebody act for me in matters of my home',
        description: 'An earlier consent to the same person for the same home is replaced.',
        body: NewConsent,
        response: { 201: Consent },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { row, ...around } = await giveConsent(house, actingOf(request), tx, request.body, now);
        return { status: 201, body: consentView(row, around, now) };
      }),
  );

  app.post(
    '/me/consents/:id/withdraw',
    {
      config: { permission: 'account.self' },
      schema: {
        tags: ['me'],
        operationId: 'withdrawMyConsent',
        summary: 'Withdraw what I gave, or give up what I hold; counts at once',
        params: ConsentPath,
        querystring: ScopeQuery,
        body: Withdrawal,
        response: { 200: Withdrawn },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const which = { scopeId, consentId: request.params.id };
        const note = request.body.note?.trim() || null;
        await withdrawConsent(house, actingOf(request), tx, which, { asDesk: false, note }, now);
        return { status: 200, body: { id: request.params.id } };
      });
    },
  );

  app.get(
    '/consents',
    {
      config: { permission: 'consent.list' },
      schema: {
        tags: ['consents'],
        operationId: 'listConsents',
        summary: 'Who may act for the people of a household, now and before',
        querystring: HouseholdQuery,
        response: { 200: Consents },
      },
    },
    (request) =>
      readConsentsOfHousehold(house, actingOf(request), request.query.scopeId, request.query.householdId),
  );

  app.post(
    '/consents',
    {
      config: { permission: 'consent.record' },
      schema: {
        tags: ['consents'],
        operationId: 'recordConsent',
        summary: 'Record that somebody lets another person act for them: by signature, or on a call-back',
        body: NewRecordedConsent,
        response: { 201: Consent },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { row, ...around } = await giveConsent(house, actingOf(request), tx, request.body, now);
        return { status: 201, body: consentView(row, around, now) };
      }),
  );

  app.post(
    '/consents/:id/withdraw',
    {
      config: { permission: 'consent.record' },
      schema: {
        tags: ['consents'],
        operationId: 'withdrawConsent',
        summary: 'Withdraw a consent on the word of who gave it',
        params: ConsentPath,
        querystring: ScopeQuery,
        body: Withdrawal,
        response: { 200: Withdrawn },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const which = { scopeId, consentId: request.params.id };
        const note = request.body.note?.trim() || null;
        await withdrawConsent(house, actingOf(request), tx, which, { asDesk: true, note }, now);
        return { status: 200, body: { id: request.params.id } };
      });
    },
  );
}
