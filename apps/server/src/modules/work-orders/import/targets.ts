import { sql } from '../../../platform/db/sql.ts';
import { loaders, type ScopeInput } from '../../places/index.ts';
import type { Wall } from '../tables.ts';
import { namedId, slugOf } from './ids.ts';
import type { LoaderTx } from '../../../platform/db/loader-database.ts';
import type { CompiledMapping } from './mapping.ts';
import type { Survey } from './survey.ts';

/** Where the rows of a history go: the city, its neighbourhoods as streets, its categories. */
export interface Targets {
  readonly cityId: string;
  placeOf(name: string | null): { readonly wall: Wall; readonly name: string };
  categoryOf(name: string): string;
}

interface ScopeNameRow {
  scope_id: string;
  name: string;
}

/** An existing city of this code is used as it is; a new one gets an id that the same mapping finds again. */
export async function ensureCity(tx: LoaderTx, mapping: CompiledMapping, now: Date): Promise<string> {
  const { code, name, timeZone } = mapping.city;
  const found = await tx.query<ScopeNameRow>(
    sql`select scope_id, name from places.scope where kind = 'city' and code = ${code}`,
  );
  if (found[0] !== undefined) return found[0].scope_id;
  const cityId = namedId('city', code);
  await insertScopes(tx, [
    { ...blankScope(now), scopeId: cityId, kind: 'city', name, code, cityId, timeZone },
  ]);
  return cityId;
}

export async function ensureTargets(
  tx: LoaderTx,
  mapping: CompiledMapping,
  cityId: string,
  survey: Survey,
  now: Date,
): Promise<Targets> {
  const places = await ensurePlaces(tx, mapping, cityId, survey, now);
  const categories = await ensureCategories(tx, mapping, cityId, survey);
  const common = { cityId, companyId: null, householdId: null, reporterAccountId: null, isPublic: true };
  const whole = { wall: { ...common, scopeId: cityId, streetId: null }, name: mapping.city.name };
  const known = new Map(
    [...places].map(([name, id]) => [name, { wall: { ...common, scopeId: id, streetId: id }, name }]),
  );
  return {
    cityId,
    placeOf: (name) => (name === null ? whole : (known.get(name) ?? missing('neighbourhood', name))),
    categoryOf: (name) => categories.get(name) ?? missing('category', name),
  };
}

function missing(what: string, name: string): never {
  throw new Error(`the ${what} "${name}" came up only now: the file changed while it was being read`);
}

async function ensurePlaces(
  tx: LoaderTx,
  mapping: CompiledMapping,
  cityId: string,
  survey: Survey,
  now: Date,
): Promise<Map<string, string>> {
  const select = sql`select scope_id, name from places.scope where city_id = ${cityId} and kind = 'street'`;
  const known = new Map((await tx.query<ScopeNameRow>(select)).map((row) => [row.name, row.scope_id]));
  const fresh = [...survey.places].filter((name) => !known.has(name)).toSorted();
  await insertScopes(
    tx,
    fresh.map((name) => {
      const scopeId = namedId('street', cityId, name);
      known.set(name, scopeId);
      return {
        ...blankScope(now),
        scopeId,
        kind: 'street',
        name,
        code: slugOf(name),
        parentId: cityId,
        cityId,
        streetId: scopeId,
        timeZone: mapping.city.timeZone,
      };
    }),
  );
  return known;
}

const blankScope = (now: Date): ScopeInput => ({
  scopeId: '',
  kind: 'street',
  name: '',
  code: null,
  parentId: null,
  cityId: null,
  districtId: null,
  streetId: null,
  communityId: null,
  companyId: null,
  departmentId: null,
  address: null,
  builtYear: null,
  timeZone: '',
  isDemonstration: false,
  createdAt: now,
});

async function insertScopes(tx: LoaderTx, scopes: readonly ScopeInput[]): Promise<void> {
  // The table's rows need no encryption: its loader ignores what encrypts.
  const rows = scopes.map((scope) => loaders.scope.row(scope, undefined as never));
  await insertNew(tx, loaders.scope.table, loaders.scope.columns, rows);
}

async function insertNew(
  tx: LoaderTx,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  // A handful of rows; two imports that start together make the same ones.
  const text = `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) on conflict do nothing`;
  for (const values of rows) tx.write({ name: '', text, values });
}

const categoryColumns = [
  'code',
  'city_id',
  'kind',
  'category_group',
  'name_zh',
  'name_en',
  'keywords_zh',
  'keywords_en',
  'skill',
  'place',
  'is_emergency',
  'duty',
  'respond_minutes',
  'arrive_minutes',
  'resolve_minutes',
  'calendar',
  'are_photos_required',
  'is_confidential',
  'position',
] as const;
const day = 24 * 60;

/**
 * The city's categories by the source's own names, in both languages: a name is a name. The source says nothing of
 * answering and coming: a day to answer, at most the whole limit; nobody has to come.
 */
async function ensureCategories(
  tx: LoaderTx,
  mapping: CompiledMapping,
  cityId: string,
  survey: Survey,
): Promise<Map<string, string>> {
  const prefix = `import:${mapping.city.code}:`;
  const rows = await tx.query<{ code: string; name_en: string }>(
    sql`select code, name_en from work_orders.category where city_id = ${cityId} and starts_with(code, ${prefix})`,
  );
  const known = new Map(rows.map((row) => [row.name_en, row.code]));
  const taken = new Set(known.values());
  let position = 10_000 + taken.size;
  const fresh = [...survey.categories]
    .filter(([name]) => !known.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const values = fresh.map(([name, { group, resolveMinutes }]) => {
    const slug = slugOf(name).slice(0, 50);
    let code = `${prefix}${slug}`;
    // Two names may differ in punctuation only.
    for (let n = 2; taken.has(code); n++) code = `${prefix}${slug}-${n}`;
    taken.add(code);
    known.set(name, code);
    const resolve = resolveMinutes ?? mapping.category.resolveMinutes;
    const { kind, skill, duty } = mapping.category;
    return [
      code,
      cityId,
      kind,
      group,
      name,
      name,
      [],
      slug.split('-'),
      skill,
      'public',
      false,
      duty,
      Math.min(day, resolve),
      null,
      resolve,
      'always',
      false,
      false,
      position++,
    ];
  });
  await insertNew(tx, 'work_orders.category', categoryColumns, values);
  return known;
}
