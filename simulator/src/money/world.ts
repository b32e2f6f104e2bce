import { createHash } from 'node:crypto';
import pg from 'pg';
import { loaders as identityRows } from '../../../apps/server/src/modules/identity/index.ts';
import { type BulkTable, loaders as placesRows } from '../../../apps/server/src/modules/places/index.ts';
import { type Crypto, openCrypto } from '../../../apps/server/src/platform/crypto/crypto.ts';
import type { Role } from '../../../apps/server/src/platform/permissions/permissions.ts';
import type { Random } from '../random.ts';

/** One compound with a few homes, its desk, its manager and its company: rows as the loader would write them. */
export interface Member {
  readonly accountId: string;
  readonly membershipId: string;
  readonly scopeId: string;
}

export interface SimulatedHome {
  readonly id: string;
  readonly label: string;
  readonly areaHundredths: number;
  readonly people: readonly [Member, Member];
}

export interface MoneyPlace {
  readonly city: string;
  readonly company: string;
  readonly compound: string;
  readonly homes: readonly SimulatedHome[];
  readonly desk: Member;
  readonly manager: Member;
  readonly headquarters: Member;
}

const since = { startsOn: '2026-01-01', createdAt: new Date('2026-01-01T00:00:00Z') };

export function uuidFrom(random: Random): string {
  const drawn = new Uint8Array(16);
  random.fill(drawn);
  const text = Buffer.from(drawn).toString('hex');
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-7${text.slice(13, 16)}-8${text.slice(17, 20)}-${text.slice(20)}`;
}

export async function buildMoneyPlace(options: {
  readonly adminUrl: string;
  readonly dataDir: string;
  readonly random: Random;
  readonly homes: number;
}): Promise<MoneyPlace> {
  const { random } = options;
  const crypto: Crypto = await openCrypto(options.dataDir, { mode: 'demo' });
  const client = new pg.Client({ connectionString: options.adminUrl });
  await client.connect();
  await client.query('set role gongzhi_loader');
  const insert = async <Input>(table: BulkTable<Input>, input: Input): Promise<void> => {
    const places = table.columns.map((_, i) => `$${i + 1}`).join(', ');
    const text = `insert into ${table.table} (${table.columns.join(', ')}) values (${places})`;
    await client.query(text, table.row(input, crypto));
  };
  const uuid = (): string => uuidFrom(random);
  const [city, street, company, department, compound] = [uuid(), uuid(), uuid(), uuid(), uuid()];
  const place = {
    code: null,
    parentId: null,
    cityId: city,
    districtId: null,
    streetId: street,
    communityId: null,
    companyId: null,
    departmentId: null,
    address: null,
    builtYear: 1998,
    timeZone: 'Asia/Shanghai',
    isDemonstration: true,
    createdAt: since.createdAt,
  };
  await insert(placesRows.scope, { ...place, scopeId: city, kind: 'city', name: '青澜市', streetId: null });
  await insert(placesRows.scope, { ...place, scopeId: street, kind: 'street', name: '静安里街道' });
  const served = { ...place, companyId: company };
  await insert(placesRows.scope, {
    ...served,
    scopeId: company,
    kind: 'company',
    name: '物业公司',
    streetId: null,
  });
  await insert(placesRows.scope, { ...served, scopeId: department, kind: 'department', name: '项目部' });
  await insert(placesRows.scope, {
    ...served,
    scopeId: compound,
    kind: 'compound',
    name: '静安里小区',
    departmentId: department,
  });
  const wall = { scopeId: compound, cityId: city, streetId: street, companyId: company };
  let phone = 16_700_000_000;
  const person = async (name: string, role: Role, scopeId: string, householdId?: string): Promise<Member> => {
    const [accountId, membershipId] = [uuid(), uuid()];
    const number = String(phone++);
    await insert(identityRows.account, {
      accountId,
      displayName: name,
      phone: number,
      locale: 'zh-CN',
      isLargeType: false,
      isDemonstration: true,
      createdAt: since.createdAt,
    });
    await insert(identityRows.phoneRegistry, { accountId, phone: number });
    const { startsOn } = since;
    await insert(identityRows.membership, { scopeId, membershipId, accountId, role, startsOn, endsOn: null });
    if (householdId !== undefined) {
      const personId = uuid();
      const { createdAt } = since;
      await insert(placesRows.person, { ...wall, personId, accountId, name, phone: number, createdAt });
      await insert(placesRows.occupancy, {
        ...wall,
        occupancyId: uuid(),
        personId,
        householdId,
        accountId,
        relation: 'owner',
        startsOn,
        endsOn: null,
      });
    }
    return { accountId, membershipId, scopeId };
  };
  const [gridId, buildingId, unitId] = [uuid(), uuid(), uuid()];
  const clerk = { accountId: uuid(), name: '周管家' };
  await insert(placesRows.grid, {
    ...wall,
    gridId,
    code: '01',
    name: '第一网格',
    socialWorker: clerk,
    steward: clerk,
  });
  await insert(placesRows.building, { ...wall, buildingId, name: '1号楼', position: 1, floors: 20 });
  await insert(placesRows.unit, { ...wall, unitId, buildingId, name: '1单元', position: 1 });
  const homes: SimulatedHome[] = [];
  for (let i = 0; i < options.homes; i++) {
    const [id, floor] = [uuid(), i + 1];
    const label = `1号楼1单元${floor}01`;
    const areaHundredths = random.int(4_500, 14_000);
    await insert(placesRows.household, {
      ...wall,
      householdId: id,
      buildingId,
      unitId,
      gridId,
      roomNo: `${floor}01`,
      floor,
      areaHundredths,
      label,
    });
    homes.push({
      id,
      label,
      areaHundredths,
      people: [
        await person(`住户甲${i}`, 'resident', compound, id),
        await person(`住户乙${i}`, 'resident', compound, id),
      ],
    });
  }
  const made: MoneyPlace = {
    city,
    company,
    compound,
    homes,
    desk: await person('孙前台', 'desk', department),
    manager: await person('钱经理', 'manager', department),
    headquarters: await person('物业总部', 'company', company),
  };
  await client.end();
  return made;
}

/** A session as signing in leaves it; how one signs in is tested in identity. */
export async function signIn(
  admin: pg.Pool,
  random: Random,
  who: Member,
  now: Date,
  until: Date,
): Promise<{ cookie: string; csrf: string }> {
  const [secret, csrf] = [uuidFrom(random) + uuidFrom(random), uuidFrom(random)];
  await admin.query(
    `insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [
      createHash('sha256').update(secret).digest(),
      who.accountId,
      who.scopeId,
      who.membershipId,
      csrf,
      now,
      until,
    ],
  );
  return { cookie: `gz_session=${secret}`, csrf };
}
