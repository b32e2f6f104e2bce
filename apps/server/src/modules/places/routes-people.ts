import { type LocalDate, localDate } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Purpose } from './domain-people.ts';
import { stateOf } from './domain-residence.ts';
import {
  disclosuresTo,
  type DisclosureRow,
  findPeople,
  findPersonRow,
  type PersonRow,
  type RelationRow,
  relationsOfPeople,
} from './queries-people.ts';
import { accessScope, wallsOf } from './queries-walls.ts';
import { readHousehold } from './routes-households.ts';
import { HouseholdDetail, HouseholdParams, HouseholdQuery } from './schemas.ts';
import {
  CorrectPersonBody,
  DisclosurePage,
  DisclosureQuery,
  PeopleQuery,
  PersonCorrected,
  PersonDetail,
  PersonPage,
  PersonPath,
  PersonScope,
  ResidenceCommandBody,
  RevealBody,
  Revealed,
} from './schemas-people.ts';
import { correctPerson } from './service-corrections.ts';
import { peopleFilter, revealPerson } from './service-people.ts';
import { changeResidence, type ResidenceBody } from './service-residence.ts';

const tags = ['people'];

function actingOf(request: Pick<FastifyRequest, 'acting'>): Acting {
  if (request.acting === null) throw new Problem('auth.session_required');
  return request.acting;
}

const toRelation = (row: RelationRow, today: LocalDate) => ({
  occupancyId: row.occupancy_id,
  householdId: row.household_id,
  label: row.label,
  relation: row.relation,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  state: stateOf({ startsOn: row.starts_on, endsOn: row.ends_on }, today),
});

const toPerson = (row: PersonRow, scopeName: string) => ({
  id: row.person_id,
  scopeId: row.scope_id,
  scopeName,
  nameMasked: row.name_masked,
  phoneMasked: row.phone_masked,
  hasAccount: row.account_id !== null,
  isErased: row.erased_at !== null,
});

export const toDisclosure = (row: DisclosureRow) => ({
  id: row.disclosure_id,
  at: row.at.toISOString(),
  scopeName: row.scope_name,
  role: row.role,
  organisationName: row.organisation_name,
  purpose: row.purpose as Purpose,
  words: row.words,
});

export function peopleRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;

  app.get(
    '/people',
    {
      config: { permission: 'person.find' },
      schema: {
        operationId: 'findPeople',
        tags,
        summary: 'People of the scopes one works in, by phone, name or initials; masked',
        querystring: PeopleQuery,
        response: { 200: PersonPage },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { q: words, scopeId, cursor, limit = 20 } = request.query;
      const after = positionOf(cursor, { scopeId: 'id', personId: 'id' });
      const filter = peopleFilter(crypto, words);
      const now = clock.now().getTime();
      return db.read(acting.actor, async (q) => {
        if (scopeId !== undefined) await accessScope(q, acting, scopeId);
        const scopeIds = scopeId === undefined ? acting.actor.scopeIds : [scopeId];
        const rows = await findPeople(q, scopeIds, filter, after, limit + 1);
        const shown = rows.slice(0, limit);
        const [relations, walls] = await Promise.all([
          relationsOfPeople(
            q,
            [...new Set(shown.map((row) => row.scope_id))],
            shown.map((row) => row.person_id),
          ),
          wallsOf(q, [...new Set(shown.map((row) => row.scope_id))]),
        ]);
        const wallById = new Map(walls.map((wall) => [wall.scopeId, wall]));
        return page(
          rows,
          limit,
          (row) => {
            const wall = wallById.get(row.scope_id);
            const today = localDate(now, wall?.timeZone);
            return {
              ...toPerson(row, wall?.name ?? ''),
              homes: relations
                .filter((one) => one.person_id === row.person_id)
                .map((one) => toRelation(one, today))
                .filter((one) => one.state !== 'past'),
            };
          },
          (row) => [row.scope_id, row.person_id],
        );
      });
    },
  );

  app.get(
    '/people/:personId',
    {
      config: { permission: 'person.find' },
      schema: {
        operationId: 'getPerson',
        tags,
        summary: 'One person, masked, with every household they belong or belonged to',
        params: PersonPath,
        querystring: PersonScope,
        response: { 200: PersonDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { personId } = request.params;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const [row, relations] = await Promise.all([
          findPersonRow(q, scopeId, personId),
          relationsOfPeople(q, [scopeId], [personId]),
        ]);
        if (row === null) throw new Problem('not_found');
        const today = localDate(clock.now().getTime(), wall.timeZone);
        return {
          ...toPerson(row, wall.name),
          version: row.version,
          createdAt: row.created_at.toISOString(),
          relations: relations.map((one) => toRelation(one, today)),
        };
      });
    },
  );

  app.post(
    '/people/:personId/correct',
    {
      config: { permission: 'person.correct' },
      schema: {
        operationId: 'correctPerson',
        tags,
        summary: 'Put a wrong name or phone right; the person is told that it happened',
        params: PersonPath,
        querystring: PersonScope,
        body: CorrectPersonBody,
        response: { 200: PersonCorrected },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { personId } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessScope(tx, acting, scopeId);
        await correctPerson(crypto, acting, tx, { wall, personId }, request.body, now);
        return { status: 200, body: { id: personId, version: request.body.expectedVersion + 1 } };
      });
    },
  );

  app.post(
    '/people/:personId/reveal',
    {
      config: { permission: 'person.reveal' },
      schema: {
        operationId: 'revealPerson',
        tags,
        summary: 'Name and phone in plain text, for a stated purpose; the person can read that it happened',
        params: PersonPath,
        querystring: PersonScope,
        body: RevealBody,
        response: { 200: Revealed },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { purpose, words = null } = request.body;
      // What is no listed purpose must be said in words: the person reads them.
      if (purpose === 'other' && words === null)
        throw new Problem('validation.failed', {}, [{ path: '/words', code: 'required', params: {} }]);
      // Never through the command pipeline: it keeps answers, and this one must not be kept anywhere.
      reply.header('cache-control', 'no-store');
      const revealed = await db.act(acting.actor, async (tx) => {
        const wall = await accessScope(tx, acting, request.query.scopeId);
        const why = { purpose, words: words?.trim() ?? null };
        return revealPerson(tx, acting, crypto, wall, request.params.personId, why, clock.now());
      });
      if (revealed === null) throw new Problem('not_found');
      return revealed;
    },
  );

  app.get(
    '/me/disclosures',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'listDisclosures',
        tags,
        summary: 'Who saw my name and phone in plain text, when and what for',
        querystring: DisclosureQuery,
        response: { 200: DisclosurePage },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { cursor, limit = 20 } = request.query;
      const after = idPosition(cursor);
      const rows = await db.read(acting.actor, (q) => disclosuresTo(q, acting.accountId, after, limit + 1));
      return page(rows, limit, toDisclosure, (row) => [row.disclosure_id]);
    },
  );

  app.post(
    '/places/households/:householdId/commands',
    {
      config: { permission: 'household.change' },
      schema: {
        operationId: 'commandHousehold',
        tags,
        summary: 'Somebody moves in or out, the home is sold, a wrong entry is taken back',
        params: HouseholdParams,
        querystring: HouseholdQuery,
        body: ResidenceCommandBody,
        response: { 200: HouseholdDetail },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { householdId } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessScope(tx, acting, scopeId);
        const { expectedVersion, ...body } = request.body;
        await changeResidence(
          house,
          acting,
          tx,
          { wall, householdId },
          body as ResidenceBody,
          expectedVersion,
          now,
        );
        return { status: 200, body: await readHousehold(tx, wall, householdId, now) };
      });
    },
  );
}
