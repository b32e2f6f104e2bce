import type { Point } from '@gongzhi/kernel';
import { sql } from '../../../platform/db/sql.ts';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { loaders, type ScopeInput } from '../import-rows.ts';
import type { ScopeKind } from '../domain.ts';
import { problem, wordsOf } from './columns.ts';
import { isSamePoint, pointFrom, pointOf } from './known.ts';
import { Names } from './names.ts';
import {
  type ImportContext,
  insertAll,
  type Outcome,
  type Planner,
  type RowOf,
  type Say,
} from './planner.ts';

interface Place {
  readonly id: string;
  readonly kind: ScopeKind;
  readonly name: string;
  readonly code: string | null;
  readonly districtId: string | null;
  readonly streetId: string | null;
  readonly communityId: string | null;
  readonly address: string | null;
  readonly builtYear: number | null;
  readonly point: Point | null;
}

const suffixes = wordsOf('imports.suffixes');

/** Haidian and Haidian District are one. */
function bareName(name: string): string {
  const suffix = suffixes.find((one) => name.endsWith(one) && name.length > one.length + 1);
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}

/** Areas by name, each kind within what it lies in: two districts may have a street of one name. */
class Areas {
  readonly #names = new Map<string, Names<Place[]>>();

  constructor(places: readonly Place[]) {
    for (const place of places) {
      for (const name of new Set([place.name, bareName(place.name), place.code ?? place.name])) {
        let names = this.#names.get(place.kind);
        if (names === undefined) this.#names.set(place.kind, (names = new Names()));
        const same = names.get(name);
        if (same === undefined) names.add(name, [place]);
        else if (!same.includes(place)) same.push(place);
      }
    }
  }

  find(kind: ScopeKind, text: string, within: (place: Place) => boolean): Place | ReturnType<typeof problem> {
    const names = this.#names.get(kind) ?? new Names<Place[]>();
    const found = (names.get(text) ?? names.get(bareName(text)) ?? []).filter(within);
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      const choices = found.slice(0, 5).map(({ name, code }) => code ?? name);
      return problem('ambiguous', { choices: choices.join(', ') });
    }
    return names.lacks(text);
  }
}

const keyOf = (name: string, areaId: string): string => `${areaId} ${name.toLowerCase()}`;

/** Compounds of a city or of one of its streets; whom they are served by is decided elsewhere, on a date. */
export async function planCompounds(q: Executor, context: ImportContext): Promise<Planner> {
  const { scope: target } = context;
  const cityId = target.cityId ?? target.scopeId;
  const rows = await q.query<Omit<Place, 'point'> & { latitude: number | null; longitude: number | null }>(
    sql`select scope_id as id, kind, name, code, district_id as "districtId", street_id as "streetId",
          community_id as "communityId", address, built_year as "builtYear", latitude, longitude
        from places.scope where city_id = ${cityId} and kind in ('district', 'street', 'community', 'compound')`,
  );
  const places = rows.map(
    ({ latitude, longitude, ...rest }): Place => ({ ...rest, point: pointFrom(latitude, longitude) }),
  );
  const areas = new Areas(places.filter(({ kind }) => kind !== 'compound'));
  const byId = new Map(places.map((place) => [place.id, place]));
  const byKey = new Map<string, { place: Place; line: number }>();
  const byCode = new Map<string, { place: Place; line: number }>();
  const remember = (place: Place, line: number) => {
    const area = place.communityId ?? place.streetId ?? place.districtId ?? cityId;
    const entry = { place, line };
    byKey.set(keyOf(place.name, area), entry);
    if (place.code !== null) byCode.set(place.code, entry);
  };
  for (const place of places) if (place.kind === 'compound') remember(place, 0);
  const fresh: ScopeInput[] = [];
  const changed: Pick<Place, 'id' | 'name' | 'address' | 'builtYear' | 'point'>[] = [];

  const locate = (
    row: RowOf,
    say: Say,
  ): {
    districtId: string | null;
    streetId: string | null;
    communityId: string | null;
    areaId: string;
  } | null => {
    const given: Partial<Record<'district' | 'street' | 'community', Place>> = {};
    if (target.kind === 'street') given.street = byId.get(target.scopeId)!;
    for (const kind of ['district', 'street', 'community'] as const) {
      const text = row.text(kind);
      if (text === '') continue;
      const { district, street } = given;
      const found = areas.find(
        kind,
        text,
        (place) =>
          (kind === 'district' || district === undefined || place.districtId === district.id) &&
          (kind !== 'community' || street === undefined || place.streetId === street.id),
      );
      if ('params' in found) {
        say(kind, found);
        return null;
      }
      if (kind === 'street' && target.kind === 'street' && found.id !== target.scopeId) {
        say(kind, problem('not_inside', { place: target.name }));
        return null;
      }
      given[kind] = found;
    }
    const { district, street, community } = given;
    const lowest = community ?? street ?? district;
    if (lowest === undefined) {
      say('street', problem('place_missing'));
      return null;
    }
    return {
      districtId: lowest.districtId ?? district?.id ?? null,
      streetId: lowest.streetId ?? street?.id ?? null,
      communityId: community?.id ?? null,
      areaId: lowest.id,
    };
  };

  const take = (row: RowOf, say: Say): Outcome | null => {
    const name = row.text('compound');
    const code = row.text('compoundCode') || null;
    const at = locate(row, say);
    if (at === null) return null;
    const point = pointOf(row, say);
    if (point === 'fault') return null;
    const known = (code === null ? undefined : byCode.get(code)) ?? byKey.get(keyOf(name, at.areaId));
    if (known !== undefined && known.line > 0) {
      say(code === null ? 'compound' : 'compoundCode', problem('twice', { line: known.line }));
      return null;
    }
    const address = row.text('address') || null;
    const builtYear = row.number('builtYear');
    if (known !== undefined) {
      const { place } = known;
      if (target.kind === 'street' && place.streetId !== target.scopeId) {
        say('compound', problem('not_inside', { place: target.name }));
        return null;
      }
      known.line = row.line;
      // What the file leaves blank is left as it is.
      const next = {
        id: place.id,
        name,
        address: address ?? place.address,
        builtYear: builtYear ?? place.builtYear,
        point: point ?? place.point,
      };
      const isSame =
        next.name === place.name &&
        next.address === place.address &&
        next.builtYear === place.builtYear &&
        isSamePoint(next.point, place.point);
      if (isSame) return 'unchanged';
      changed.push(next);
      return 'changed';
    }
    const id = context.newId();
    const { areaId, ...levels } = at;
    fresh.push({
      scopeId: id,
      kind: 'compound',
      name,
      code,
      parentId: areaId,
      cityId,
      ...levels,
      companyId: null,
      departmentId: null,
      address,
      builtYear,
      point,
      timeZone: target.timeZone,
      isDemonstration: target.isDemonstration,
      createdAt: context.now,
    });
    remember({ id, kind: 'compound', name, code, ...levels, address, builtYear, point }, row.line);
    return 'new';
  };

  return {
    take,
    async write(tx: Tx, onWritten) {
      await insertAll(tx, loaders.scope, fresh, context.crypto, onWritten);
      if (changed.length === 0) return;
      await tx.query(sql`
        update places.scope s set name = u.name, address = u.address, built_year = u.built_year,
          latitude = u.latitude, longitude = u.longitude
        from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ name }) => name)}::text[],
          ${changed.map(({ address }) => address)}::text[], ${changed.map(({ builtYear }) => builtYear)}::smallint[],
          ${changed.map(({ point }) => point?.latitude ?? null)}::double precision[],
          ${changed.map(({ point }) => point?.longitude ?? null)}::double precision[])
          as u (id, name, address, built_year, latitude, longitude)
        where s.scope_id = u.id and s.city_id = ${cityId}`);
      onWritten(changed.length);
    },
  };
}
