import type pg from 'pg';
import { none, type PartCounts } from './messages.ts';
import type { CitySettings } from './settings.ts';

/**
 * How far the city has come stands in the database itself, each mark written by the transaction that it tells of: what
 * is marked is there whole, and what is not marked is not there at all, wherever a load was killed.
 */
const keys = {
  begun: 'simulated_city.begun',
  part: 'simulated_city.part',
  whole: 'simulated_city.whole',
} as const;

const source = 'simulator';

export interface CityState {
  readonly cityId: string;
  readonly settings: CitySettings;
  readonly isWhole: boolean;
  /** By department's scope. */
  readonly parts: ReadonlyMap<string, PartCounts>;
}

interface Mark {
  readonly scope_id: string;
  readonly key: string;
  readonly value: unknown;
}

export async function readState(client: pg.Client): Promise<CityState | null> {
  const { rows } = await client.query<Mark>(
    'select scope_id, key, value from platform.setting where key = any ($1)',
    [Object.values(keys)],
  );
  const begun = rows.find(({ key }) => key === keys.begun);
  if (begun === undefined) return null;
  return {
    cityId: begun.scope_id,
    settings: begun.value as CitySettings,
    isWhole: rows.some(({ key }) => key === keys.whole),
    parts: new Map(
      rows
        .filter(({ key }) => key === keys.part)
        .map((row) => [row.scope_id, { ...none, ...(row.value as PartCounts) }]),
    ),
  };
}

async function mark(
  client: pg.Client,
  key: string,
  scopeId: string,
  until: number,
  value: unknown,
): Promise<void> {
  await client.query(
    'insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, $2, $3, $4, $5)',
    [scopeId, key, new Date(until).toISOString().slice(0, 10), JSON.stringify(value), source],
  );
}

export const markBegun = (client: pg.Client, cityId: string, settings: CitySettings): Promise<void> =>
  mark(client, keys.begun, cityId, settings.until, settings);

export const markPart = (
  client: pg.Client,
  departmentId: string,
  { until }: CitySettings,
  counts: PartCounts,
): Promise<void> => mark(client, keys.part, departmentId, until, counts);

export const markWhole = (client: pg.Client, cityId: string, { until }: CitySettings): Promise<void> =>
  mark(client, keys.whole, cityId, until, true);
