import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { loaders, personGramsOf } from '../../apps/server/src/modules/places/index.ts';
import { copyRows } from '../../apps/server/src/platform/db/copy.ts';
import { makeName } from '../../simulator/src/people/names.ts';
import { Random } from '../../simulator/src/random.ts';
import type { Population } from './world.ts';

/** Somebody with a name of three characters, and somebody's phone. */
export interface Sought {
  readonly name: string;
  readonly phone: string;
}

/** Made-up people, encrypted and indexed like real ones. Half of them live in one compound: the worst an index has to bear. */
export async function loadPeople(client: pg.Client, { people, crypto }: Population): Promise<Sought> {
  const compounds = (
    await client.query<Record<'scope_id' | 'city_id' | 'street_id' | 'company_id', string>>(
      `select scope_id, city_id, street_id, company_id from places.scope where kind = 'compound' order by scope_id`,
    )
  ).rows;
  const homes = Map.groupBy(
    (
      await client.query<{ scope_id: string; household_id: string }>(
        'select scope_id, household_id from places.household order by scope_id, household_id',
      )
    ).rows,
    (home) => home.scope_id,
  );
  const random = new Random('bench people');
  const createdAt = new Date();
  const all = Array.from({ length: people }, (_, i) => {
    const at = compounds[i % 2 === 0 ? 0 : i % compounds.length]!;
    return {
      scopeId: at.scope_id,
      cityId: at.city_id,
      streetId: at.street_id,
      companyId: at.company_id,
      personId: randomUUID(),
      accountId: null,
      name: makeName(random, random.int(1940, 2000)),
      phone: String(13_000_000_000 + i),
      createdAt,
      isIndexed: true,
    };
  });
  const lives = all.map(({ scopeId, cityId, streetId, companyId, personId }, i) => {
    const own = homes.get(scopeId)!;
    return {
      scopeId,
      cityId,
      streetId,
      companyId,
      occupancyId: randomUUID(),
      personId,
      householdId: own[i % own.length]!.household_id,
      accountId: null,
      relation: 'tenant' as const,
      startsOn: '2024-01-01',
      endsOn: i % 3 === 0 ? '2025-01-01' : null,
    };
  });
  await copyRows(client, { ...loaders.person, rows: all.map((one) => loaders.person.row(one, crypto)) });
  await copyRows(client, {
    ...loaders.personGram,
    rows: all.flatMap((one) => personGramsOf(crypto, one)).map((one) => loaders.personGram.row(one, crypto)),
  });
  await copyRows(client, {
    ...loaders.occupancy,
    rows: lives.map((one) => loaders.occupancy.row(one, crypto)),
  });
  const named = all.find(({ name }) => [...name].length === 3) ?? all[0]!;
  return { name: named.name, phone: all[0]!.phone };
}
