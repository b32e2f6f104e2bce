import type { Executor, Tx } from '../../platform/db/database.ts';
import { buildingPoints, compoundPoints } from '../places/index.ts';
import { type PublicFacts, publicFactsOf, publicStoriesOf } from '../work-orders/index.ts';
import { requestIdOf, standingOf, storyOf, type Told, WORD_OF } from './domain.ts';
import {
  offeredServices,
  passSubmissions,
  type ProjectedRequest,
  putRequests,
  putUpdates,
  removeRequests,
} from './queries-projection.ts';

/** How an order becomes what strangers may read of it. Asked again whenever something happens to it. */

export interface OrderKey {
  readonly scopeId: string;
  readonly id: string;
}

const kindsTold = Object.keys(WORD_OF);

/** What to say of the place: the building, or the gate where there is none; never finer. */
async function placesOf(q: Executor, facts: readonly PublicFacts[]) {
  const scopeIds = [...new Set(facts.map(({ scopeId }) => scopeId))];
  const [compounds, buildings] = await Promise.all([
    compoundPoints(q, scopeIds),
    buildingPoints(q, scopeIds),
  ]);
  const compoundOf = new Map(compounds.map((compound) => [compound.scopeId, compound]));
  const buildingOf = new Map(buildings.map((building) => [`${building.scopeId} ${building.id}`, building]));
  return ({ scopeId, buildingId }: PublicFacts) => {
    const compound = compoundOf.get(scopeId);
    const building = buildingId === null ? undefined : buildingOf.get(`${scopeId} ${buildingId}`);
    const point = building?.point ?? compound?.point ?? null;
    return {
      address: [compound?.address, compound?.name, building?.name].filter((part) => part != null).join(' '),
      address_id: building?.id ?? compound?.code ?? scopeId,
      latitude: point?.latitude ?? null,
      longitude: point?.longitude ?? null,
      agency: compound?.servedBy ?? null,
      time_zone: compound?.timeZone ?? 'Asia/Shanghai',
    };
  };
}

type PlaceOf = Awaited<ReturnType<typeof placesOf>>;

function projected(facts: PublicFacts, told: readonly Told[], placeOf: PlaceOf): ProjectedRequest {
  const standing = standingOf(facts, told);
  return {
    scope_id: facts.scopeId,
    work_order_id: facts.id,
    city_id: facts.cityId,
    street_id: facts.streetId,
    company_id: facts.companyId,
    request_id: requestIdOf(facts),
    category_code: facts.categoryCode,
    status: standing.status,
    word: standing.word,
    requested_at: facts.createdAt,
    updated_at: standing.updatedAt,
    expected_at: standing.status === 'closed' ? null : facts.resolveDueAt,
    ...placeOf(facts),
  };
}

/** Of an order that was taken in this moment, in the same transaction. */
export async function projectionOfNew(q: Executor, facts: PublicFacts): Promise<ProjectedRequest> {
  return projected(facts, [], await placesOf(q, [facts]));
}

/**
 * Brings what is public of these orders up to what they are now: idempotent, and the same whichever event asked for it.
 * What may not be public (any more) goes.
 */
export async function projectOrders(tx: Tx, keys: readonly OrderKey[]): Promise<void> {
  if (keys.length === 0) return;
  const offered = await offeredServices(tx);
  if (offered.size === 0) return;
  const streets = new Set([...offered].map((key) => key.split(' ')[0]));
  const [all, moments] = await Promise.all([publicFactsOf(tx, keys), publicStoriesOf(tx, keys, kindsTold)]);
  // Where nothing was ever published there is nothing to keep true.
  const found = all.filter(({ streetId }) => streetId !== null && streets.has(streetId));
  const isPublic = ({ isShared, streetId, categoryCode }: PublicFacts) =>
    isShared && offered.has(`${streetId} ${categoryCode}`);
  const shown = found.filter(isPublic);
  removeRequests(
    tx,
    found.filter((facts) => !isPublic(facts)),
  );
  passSubmissions(tx, found);
  if (shown.length === 0) return;
  const placeOf = await placesOf(tx, shown);
  const stories = Map.groupBy(moments, ({ scopeId, orderId }) => `${scopeId} ${orderId}`);
  const told = shown.map((facts) => ({
    facts,
    told: storyOf(stories.get(`${facts.scopeId} ${facts.id}`) ?? []),
  }));
  putRequests(
    tx,
    told.map((one) => projected(one.facts, one.told, placeOf)),
  );
  putUpdates(
    tx,
    told.flatMap(({ facts, told: story }) =>
      story.map(({ updateId, word, at }) => ({
        scope_id: facts.scopeId,
        update_id: updateId,
        work_order_id: facts.id,
        city_id: facts.cityId,
        street_id: facts.streetId,
        company_id: facts.companyId,
        word,
        at,
      })),
    ),
  );
}
