import { localDate } from '@gongzhi/kernel';
import { Value } from 'typebox/value';
import type { Executor } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { settingDefinitions, type SettingKey, type SettingTypes } from './keys.ts';

export type { SettingKey, SettingTypes } from './keys.ts';

/** A value, and where it is written: a scope's dated row, or the built-in default (scopeId null). */
export interface FoundSetting<K extends SettingKey> {
  readonly value: SettingTypes[K];
  readonly scopeId: string | null;
  readonly source: string;
  /** Since when the row holds; null for the built-in default. */
  readonly validFrom: string | null;
}

export interface Settings {
  /**
   * What holds on a day. `scopeChain` runs from the nearest scope outwards (compound, company, street, city); the
   * first that has a row for that day decides. `on` is a local date, or an instant taken as Chinese local date.
   */
  get<K extends SettingKey>(
    q: Executor,
    scopeChain: readonly string[],
    key: K,
    on: Date | string,
  ): Promise<SettingTypes[K]>;
  /** The same, with where it comes from: for pages that explain a rule. */
  find<K extends SettingKey>(
    q: Executor,
    scopeChain: readonly string[],
    key: K,
    on: Date | string,
  ): Promise<FoundSetting<K>>;
  /** All that held, holds and will hold in one scope, oldest first: the built-in default, then each from its first day on. */
  every<K extends SettingKey>(
    q: Executor,
    scopeId: string,
    key: K,
  ): Promise<readonly [FoundSetting<K>, ...FoundSetting<K>[]]>;
}

/** A stored value that its key does not allow: a mistake of the operator, never silently replaced by a default. */
export class SettingError extends Error {}

export interface SettingsOptions {
  /** How long a change may stay unseen by this process. */
  readonly cacheMilliseconds?: number;
}

const cacheSize = 20_000;

interface Row {
  scope_id: string;
  value: unknown;
  source: string;
  valid_from: string;
}

class DatedSettings implements Settings {
  readonly #cacheMilliseconds: number;
  readonly #cache = new Map<string, { found: FoundSetting<SettingKey>; until: number }>();

  constructor(cacheMilliseconds: number) {
    this.#cacheMilliseconds = cacheMilliseconds;
  }

  async get<K extends SettingKey>(
    q: Executor,
    scopeChain: readonly string[],
    key: K,
    on: Date | string,
  ): Promise<SettingTypes[K]> {
    return (await this.find(q, scopeChain, key, on)).value;
  }

  async every<K extends SettingKey>(
    q: Executor,
    scopeId: string,
    key: K,
  ): Promise<readonly [FoundSetting<K>, ...FoundSetting<K>[]]> {
    const rows = await q.query<Row & { valid_to: string | null }>(
      sql`select scope_id, value, source, valid_from, valid_to from platform.setting
          where scope_id = ${scopeId} and key = ${key} order by valid_from`,
    );
    const days = new Set(rows.flatMap((row) => [row.valid_from, row.valid_to ?? row.valid_from]));
    // The same choice as for one day: the latest that has begun and not ended.
    const held = [...days].sort().map((day) => {
      const row = rows.findLast(
        (one) => one.valid_from <= day && (one.valid_to === null || one.valid_to > day),
      );
      return { ...foundIn(row, key, day), validFrom: day };
    });
    return [foundIn(undefined, key, ''), ...held];
  }

  async find<K extends SettingKey>(
    q: Executor,
    scopeChain: readonly string[],
    key: K,
    on: Date | string,
  ): Promise<FoundSetting<K>> {
    const date = typeof on === 'string' ? on : localDate(on.getTime());
    const name = `${key} ${date} ${scopeChain.join()}`;
    const moment = performance.now();
    const known = this.#cache.get(name);
    if (known !== undefined && known.until > moment) return known.found as FoundSetting<K>;
    const found = await read(q, scopeChain, key, date);
    this.#cache.delete(name);
    if (this.#cache.size >= cacheSize) this.#cache.delete(this.#cache.keys().next().value as string);
    this.#cache.set(name, { found, until: moment + this.#cacheMilliseconds });
    return found;
  }
}

async function read<K extends SettingKey>(
  q: Executor,
  scopeChain: readonly string[],
  key: K,
  date: string,
): Promise<FoundSetting<K>> {
  // valid_to is the first day on which the row no longer holds, like every from-to in this house.
  const rows = await q.query<Row>(
    sql`select scope_id, value, source, valid_from from platform.setting
        where scope_id = any (${scopeChain}::uuid[]) and key = ${key}
          and valid_from <= ${date}::date and (valid_to is null or valid_to > ${date}::date)
        order by array_position(${scopeChain}::uuid[], scope_id), valid_from desc limit 1`,
  );
  return foundIn(rows[0], key, date);
}

function foundIn<K extends SettingKey>(row: Row | undefined, key: K, date: string): FoundSetting<K> {
  const { schema, default: builtIn, source } = settingDefinitions[key];
  if (row === undefined) return { value: builtIn as SettingTypes[K], scopeId: null, source, validFrom: null };
  if (!Value.Check(schema, row.value))
    throw new SettingError(
      `setting ${key} of scope ${row.scope_id} on ${date} holds a value that the key does not allow`,
    );
  return {
    value: row.value as SettingTypes[K],
    scopeId: row.scope_id,
    source: row.source,
    validFrom: row.valid_from,
  };
}

export function openSettings(options: SettingsOptions = {}): Settings {
  return new DatedSettings(options.cacheMilliseconds ?? 10_000);
}
