import { localDate } from '@gongzhi/kernel';
import type { Hit, Searcher } from '../../platform/search/search.ts';
import { readSearch } from './domain-people.ts';
import { stateOf } from './domain-residence.ts';
import { nameWords, readHome } from './domain-search.ts';
import { findPeople, relationsOfPeople } from './queries-people.ts';
import { buildingsCalled, homesAsked, scopesCalled } from './queries-search.ts';
import { wallsOf } from './queries-walls.ts';
import { peopleFilter } from './service-people.ts';

const places: Searcher = {
  kind: 'places',
  permission: 'place.read',
  async find(_house, q, { actor }, asked) {
    const home = readHome(asked.text);
    const words = nameWords(asked.text.toLowerCase());
    const [scopes, buildings] = await Promise.all([
      scopesCalled(q, actor, words, asked.limit),
      buildingsCalled(q, actor, asked, home),
    ]);
    const hits: Hit[] = [
      ...scopes.map(({ scopeId, kind, name, within }) => ({
        id: scopeId,
        scopeId,
        title: name,
        words: null,
        place: within,
        state: kind,
        householdId: null,
      })),
      ...buildings.map(({ scopeId, scopeName, id, name }) => ({
        id,
        scopeId,
        title: name,
        words: null,
        place: scopeName,
        state: 'building',
        householdId: null,
      })),
    ];
    return hits.slice(0, asked.limit);
  },
};

const homes: Searcher = {
  kind: 'homes',
  permission: 'household.list',
  async find(_house, q, acting, asked) {
    const found = await homesAsked(q, acting, asked);
    return found.map(({ scopeId, scopeName, id, label }) => ({
      id,
      scopeId,
      title: label,
      words: null,
      place: scopeName,
      state: null,
      householdId: id,
    }));
  },
};

/** As the list of people finds them: by the whole phone, its last four, the name or its initials; masked. */
const people: Searcher = {
  kind: 'people',
  permission: 'person.find',
  async find({ crypto }, q, { actor }, asked) {
    if (readSearch(asked.text) === null) return [];
    const rows = await findPeople(q, actor.scopeIds, peopleFilter(crypto, asked.text), null, asked.limit);
    if (rows.length === 0) return [];
    const scopes = [...new Set(rows.map((row) => row.scope_id))];
    const [relations, walls] = await Promise.all([
      relationsOfPeople(
        q,
        scopes,
        rows.map((row) => row.person_id),
      ),
      wallsOf(q, scopes),
    ]);
    return rows.map((row) => {
      const wall = walls.find(({ scopeId }) => scopeId === row.scope_id);
      const today = localDate(asked.now.getTime(), wall?.timeZone);
      const home = relations.find(
        (one) =>
          one.person_id === row.person_id &&
          stateOf({ startsOn: one.starts_on, endsOn: one.ends_on }, today) !== 'past',
      );
      return {
        id: row.person_id,
        scopeId: row.scope_id,
        title: row.name_masked,
        words: row.phone_masked,
        place: [wall?.name, home?.label].filter(Boolean).join(' '),
        state: home?.relation ?? null,
        householdId: home?.household_id ?? null,
      };
    });
  },
};

export const placeSearchers: readonly Searcher[] = [people, homes, places];
