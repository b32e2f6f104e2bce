import { type LocalDate, localDate, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../../platform/audit/audit.ts';
import type { Crypto } from '../../../platform/crypto/crypto.ts';
import type { LoaderTx } from '../../../platform/db/loader-database.ts';
import { sql } from '../../../platform/db/sql.ts';
import {
  type BulkTable,
  loaders as places,
  passToFirstCompany,
  type ScopeInput,
} from '../../places/index.ts';
import { normalisePhone } from '../domain.ts';
import { rolesAt, STAFF_ROLES, type StaffRole } from '../domain-staff.ts';
import { loaders as identity } from '../import-rows.ts';
import { type Setup, SetupError } from './setup-file.ts';

export interface SetupCounts {
  companies: number;
  departments: number;
  served: number;
  accounts: number;
  staff: number;
}

type Place = Pick<
  ScopeInput,
  'scopeId' | 'kind' | 'name' | 'code' | 'cityId' | 'districtId' | 'streetId' | 'communityId' | 'companyId'
> & { readonly departmentId: string | null; readonly timeZone: string };

const defaultZone = 'Asia/Shanghai';
/** A place is named by its code, or by its name where only one bears it. */
const employers = ['city', 'street', 'community', 'company', 'department'] as const;

/**
 * What a set-up file says, in one transaction of the loader; what is there already is left as it is, so that the same
 * file may be sent again with more in it. Throws SetupError with every place it does not find, and nothing is written.
 */
export async function setUp(
  tx: LoaderTx,
  crypto: Crypto,
  setup: Setup,
  { now, isDemonstration }: { readonly now: Date; readonly isDemonstration: boolean },
): Promise<SetupCounts> {
  const counts: SetupCounts = { companies: 0, departments: 0, served: 0, accounts: 0, staff: 0 };
  // Two at once would both find nothing there.
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended('set up', 0))`);
  const timeZone = setup.city.timeZone ?? defaultZone;
  const city = await ensureCity(tx, setup, timeZone, isDemonstration, now);
  const known = await placesOf(tx, city.scopeId);
  if (!known.some(({ scopeId }) => scopeId === city.scopeId)) known.push(city);
  const faults: string[] = [];
  const make = async (
    levels: Partial<Place> & Pick<Place, 'kind' | 'name'>,
    parentId: string,
  ): Promise<Place> => {
    const scopeId = uuidv7(now.getTime());
    const none = {
      code: null,
      districtId: null,
      streetId: null,
      communityId: null,
      companyId: null,
      departmentId: null,
    };
    const place = { ...none, scopeId, cityId: city.scopeId, timeZone: city.timeZone, ...levels };
    if (place.kind === 'company') Object.assign(place, { companyId: scopeId });
    if (place.kind === 'department') Object.assign(place, { departmentId: scopeId });
    await insertScope(tx, crypto, place, parentId, isDemonstration, now);
    known.push(place);
    return place;
  };

  for (const [i, wanted] of (setup.companies ?? []).entries()) {
    let company = known.find(({ kind, name }) => kind === 'company' && name === wanted.name);
    if (company === undefined) {
      company = await make({ kind: 'company', name: wanted.name }, city.scopeId);
      counts.companies++;
    }
    for (const [j, { name, serves }] of wanted.departments.entries()) {
      const compounds = serves.map(({ compound, since }, k) => ({
        since,
        place: oneCalled(
          known,
          compound,
          ['compound'],
          `/companies/${i}/departments/${j}/serves/${k}/compound`,
          faults,
        ),
      }));
      const streets = new Set(compounds.map(({ place }) => place?.streetId ?? null));
      let department = known.find(
        (one) => one.kind === 'department' && one.name === name && one.companyId === company.scopeId,
      );
      if (department === undefined) {
        const [streetId = null] = streets.size === 1 ? streets : [];
        const districtId = known.find(({ scopeId }) => scopeId === streetId)?.districtId ?? null;
        const within = { companyId: company.scopeId, streetId, districtId };
        department = await make({ kind: 'department', name, ...within }, company.scopeId);
        counts.departments++;
      }
      for (const { place, since } of compounds) {
        if (place === null || place.departmentId === department.scopeId) continue;
        if (place.departmentId !== null) {
          faults.push(
            `${place.name} is served by another department already: plan a takeover on the page for that`,
          );
          continue;
        }
        await serve(tx, crypto, place, department, since, now);
        counts.served++;
      }
    }
  }
  for (const [i, one] of (setup.staff ?? []).entries()) {
    const at = oneCalled(known, one.at, employers, `/staff/${i}/at`, faults);
    if (at === null) continue;
    const possible = rolesAt(at.kind);
    if (!possible.includes(one.role)) {
      faults.push(
        `/staff/${i}/role is ${one.role}; at ${at.name}, a ${at.kind}, it must be one of: ${possible.join(', ')}`,
      );
      continue;
    }
    await engage(tx, crypto, one, at, isDemonstration, now, counts);
  }
  if (faults.length > 0) throw new SetupError(faults);
  return counts;
}

function oneCalled(
  known: readonly Place[],
  text: string,
  kinds: readonly string[],
  path: string,
  faults: string[],
): Place | null {
  const fitting = known.filter(
    ({ kind, name, code }) => kinds.includes(kind) && (code === text || name === text),
  );
  if (fitting.length === 1) return fitting[0]!;
  faults.push(
    fitting.length === 0
      ? `${path}: there is no ${kinds.join(', ')} called "${text}"`
      : `${path}: ${fitting.length} places are called "${text}"; give the code: ${fitting.map(({ code }) => code ?? '(none)').join(', ')}`,
  );
  return null;
}

async function ensureCity(
  tx: LoaderTx,
  { city }: Setup,
  timeZone: string,
  isDemonstration: boolean,
  now: Date,
): Promise<Place> {
  const [known] = await tx.query<Place>(
    sql`select ${columns} from places.scope where kind = 'city' and code = ${city.code}`,
  );
  if (known !== undefined) return known;
  const scopeId = uuidv7(now.getTime());
  tx.write(
    sql`insert into places.scope (scope_id, kind, name, code, city_id, time_zone, is_demonstration, created_at)
        values (${scopeId}, 'city', ${city.name}, ${city.code}, ${scopeId}, ${timeZone}, ${isDemonstration}, ${now})`,
  );
  const levels = { districtId: null, streetId: null, communityId: null, companyId: null, departmentId: null };
  return { scopeId, kind: 'city', name: city.name, code: city.code, cityId: scopeId, ...levels, timeZone };
}

const columns = sql`scope_id as "scopeId", kind, name, code, city_id as "cityId", district_id as "districtId",
  street_id as "streetId", community_id as "communityId", company_id as "companyId", department_id as "departmentId",
  time_zone as "timeZone"`;

function placesOf(tx: LoaderTx, cityId: string): Promise<Place[]> {
  return tx.query<Place>(sql`select ${columns} from places.scope where city_id = ${cityId}`);
}

async function fill<Input>(
  tx: LoaderTx,
  table: BulkTable<Input>,
  crypto: Crypto,
  input: Input,
): Promise<void> {
  await tx.copy(table.table, table.columns, [table.row(input, crypto)]);
}

async function insertScope(
  tx: LoaderTx,
  crypto: Crypto,
  place: Place,
  parentId: string,
  isDemonstration: boolean,
  now: Date,
): Promise<void> {
  const rest = { parentId, address: null, builtYear: null, isDemonstration, createdAt: now };
  await fill(tx, places.scope, crypto, { ...place, ...rest });
  await fill(tx, places.organisation, crypto, {
    scopeId: place.scopeId,
    organisationId: uuidv7(now.getTime()),
    kind: place.kind === 'company' ? 'property_company' : 'project_department',
    name: place.name,
  });
  recorded(tx, place, 'place.set_up', 'scope', place.scopeId, { kind: place.kind }, now);
}

/** The first service of a compound: from now on it, and all that was brought in before, is behind the company's wall. */
async function serve(
  tx: LoaderTx,
  crypto: Crypto,
  compound: Place,
  department: Place,
  since: LocalDate,
  now: Date,
): Promise<void> {
  const companyId = department.companyId!;
  const departmentId = department.scopeId;
  passToFirstCompany(tx, compound.scopeId, companyId, departmentId);
  await fill(tx, places.servicePeriod, crypto, {
    scopeId: compound.scopeId,
    servicePeriodId: uuidv7(now.getTime()),
    companyId,
    departmentId,
    startsOn: since,
    endsOn: null,
  });
  recorded(
    tx,
    { ...compound, companyId },
    'place.served',
    'scope',
    compound.scopeId,
    { departmentId, since },
    now,
  );
}

async function engage(
  tx: LoaderTx,
  crypto: Crypto,
  one: NonNullable<Setup['staff']>[number],
  at: Place,
  isDemonstration: boolean,
  now: Date,
  counts: SetupCounts,
): Promise<void> {
  const phone = normalisePhone(one.phone)!;
  const startsOn = localDate(now.getTime(), at.timeZone);
  const index = crypto.cityIndex(phone);
  const [known] = await tx.query<{ accountId: string }>(
    sql`select account_id as "accountId" from identity.phone_registry where phone_index = ${index}`,
  );
  const accountId = known?.accountId ?? uuidv7(now.getTime());
  if (known === undefined) {
    await fill(tx, identity.account, crypto, {
      accountId,
      displayName: one.name.trim(),
      phone,
      locale: 'zh-CN',
      isLargeType: false,
      isDemonstration,
      createdAt: now,
    });
    await fill(tx, identity.phoneRegistry, crypto, { accountId, phone });
    counts.accounts++;
  }
  const [member] = await tx.query(
    sql`select 1 from identity.membership where scope_id = ${at.scopeId} and account_id = ${accountId} and role = ${one.role}`,
  );
  if (member !== undefined) return;
  const { scopeId, cityId, streetId, companyId } = at;
  const role: StaffRole = STAFF_ROLES.find((word) => word === one.role)!;
  await fill(tx, places.staff, crypto, {
    scopeId,
    cityId,
    streetId,
    companyId,
    staffId: uuidv7(now.getTime()),
    accountId,
    role,
    displayName: one.name.trim(),
    title: one.title?.trim() ?? '',
    startsOn,
    endsOn: null,
  });
  const membershipId = uuidv7(now.getTime());
  await fill(tx, identity.membership, crypto, {
    scopeId,
    membershipId,
    accountId,
    role,
    startsOn,
    endsOn: null,
  });
  recorded(tx, at, 'staff.set_up', 'account', accountId, { role }, now);
  counts.staff++;
}

function recorded(
  tx: LoaderTx,
  { scopeId, cityId, streetId, companyId }: Pick<Place, 'scopeId' | 'cityId' | 'streetId' | 'companyId'>,
  action: string,
  objectType: string,
  objectId: string,
  detail: Readonly<Record<string, unknown>>,
  at: Date,
): void {
  const wall = { cityId, streetId, companyId };
  audit(tx, {
    auditId: uuidv7(at.getTime()),
    scopeId,
    wall,
    accountId: null,
    action,
    objectType,
    objectId,
    detail,
    at,
  });
}
