import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { createTestDatabase } from '../../../../../test/database.ts';
import type { Config } from '../../config.ts';
import { VirtualClock } from '../../platform/clock/clock.ts';
import { type Crypto, openCrypto } from '../../platform/crypto/crypto.ts';
import { openDatabase, openWorkerDatabase, type WorkerDatabase } from '../../platform/db/database.ts';
import { type App, apiPrefix, buildApp } from '../../platform/http/app.ts';
import { sealCursors } from '../../platform/http/cursors.ts';
import { ErrorRegistry, platformErrors } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { openSettings } from '../../platform/settings/settings.ts';
import { Sessions } from '../../platform/sessions/sessions.ts';
import type { Role } from '../../platform/permissions/permissions.ts';
import { aQuarter, type InsertRows, type Quarter } from '../places/fixtures.ts';
import { loaders as placesRows, places } from '../places/index.ts';
import { createSessionStore, identity, loaders as identityRows } from './index.ts';

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever the route answers
  readonly body: any;
  readonly headers: Record<string, string | string[] | number | undefined>;
}

/** A browser: keeps the cookie, sends the token. */
export class Browser {
  cookie: string | null = null;
  csrf: string | null = null;
  readonly #app: App;
  readonly #address: string;

  constructor(app: App, address = '203.0.113.7') {
    this.#app = app;
    this.#address = address;
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.#app.inject({
      method,
      url: apiPrefix + path,
      remoteAddress: this.#address,
      headers: {
        ...(this.cookie === null ? {} : { cookie: `gz_session=${this.cookie}` }),
        ...(this.csrf === null ? {} : { 'x-csrf-token': this.csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const given = response.cookies.find((c) => c.name === 'gz_session');
    if (given !== undefined) this.cookie = given.value === '' ? null : given.value;
    const answer = response.body === '' ? null : response.json();
    if (typeof answer?.csrfToken === 'string') this.csrf = answer.csrfToken;
    return { status: response.statusCode, body: answer, headers: response.headers };
  }

  get = (path: string) => this.call('GET', path);
  post = (path: string, body?: unknown) =>
    this.call('POST', path, body ?? {}, { 'idempotency-key': randomUUID() });
  put = (path: string, body?: unknown) => this.call('PUT', path, body ?? {});
  delete = (path: string) => this.call('DELETE', path);
}

export interface Person {
  readonly accountId: string;
  readonly phone: string;
  readonly memberships: { readonly id: string; readonly role: Role; readonly scopeId: string }[];
}

/** Two streets that share nothing but the city: whatever crosses from one to the other is a hole in a wall. */
export interface Town {
  readonly city: string;
  readonly near: Quarter;
  readonly far: Quarter;
  /** Lives at 3-2-601 and repairs things for the department of the same compound. */
  readonly li: Person;
  readonly staff: Readonly<
    Record<
      'worker' | 'desk' | 'manager' | 'company' | 'social_worker' | 'committee' | 'street' | 'city',
      Person
    >
  >;
  readonly neighbour: Person;
  readonly farDesk: Person;
}

export interface TestHouse {
  readonly app: App;
  readonly house: House;
  readonly clock: VirtualClock;
  readonly admin: pg.Pool;
  readonly worker: WorkerDatabase;
  readonly crypto: Crypto;
  readonly logged: string[];
  readonly town: Town;
  browser(address?: string): Browser;
  /** A browser signed in as this person's first membership of the role. */
  signedIn(person: Person, role?: Role): Promise<Browser>;
  readonly insert: InsertRows;
  aPerson(
    name: string,
    at: { role: Role; scopeId: string; startsOn?: string; endsOn?: string | null }[],
    isDemonstration?: boolean,
  ): Promise<Person>;
  close(): Promise<void>;
}

export const start = new Date('2026-11-21T08:00:00Z');
let nextPhone = 13_800_000_000;
const yesterday = new Date(start.getTime() - 86_400_000);

export async function openTestHouse(overrides: Partial<Config> = {}): Promise<TestHouse> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'gongzhi-identity-'));
  const crypto = await openCrypto(dataDir, { mode: 'demo' });
  const clock = new VirtualClock(start);
  const options = { url: database.appUrl, poolSize: 6, applicationName: 'test', onIdleError: () => {} };
  const db = openDatabase(options);
  const worker = openWorkerDatabase(options);
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 2, options: '-c timezone=UTC' });
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const config: Config = {
    mode: 'demo',
    host: '127.0.0.1',
    port: 0,
    dataDir,
    databaseUrl: database.appUrl,
    adminUrl: null,
    roles: new Set(['api']),
    codeSender: 'page',
    codeWebhook: null,
    poolSize: 6,
    logLevel: 'info',
    isSecure: false,
    publicUrl: null,
    ...overrides,
  } as Config;
  const settings = openSettings({ cacheMilliseconds: 1 });
  const sessions = new Sessions(createSessionStore(db, settings));
  const house = { config, clock, db, crypto, sessions, settings, log } as unknown as House;
  const errors = new ErrorRegistry();
  errors.add(platformErrors);
  for (const module of [places, identity]) errors.add(module.errors, module.constraints);
  const app = await buildApp({
    logger: log,
    clock,
    sessions,
    errors,
    isSecure: config.isSecure,
    publicUrl: null,
  });
  sealCursors(app, crypto);
  await app.register(
    async (room) => {
      for (const module of [places, identity]) await module.routes?.(room as App, house);
    },
    { prefix: apiPrefix },
  );

  const insert: InsertRows = async (table, ...inputs) => {
    const text = `insert into ${table.table} (${table.columns.join(', ')}) values (${table.columns.map((_, i) => `$${i + 1}`).join(', ')})`;
    for (const input of inputs) await admin.query(text, table.row(input, crypto));
  };
  const aPerson: TestHouse['aPerson'] = async (name, at, isDemonstration = true) => {
    const accountId = randomUUID();
    const phone = String(nextPhone++);
    await insert(identityRows.account, {
      accountId,
      displayName: name,
      phone,
      locale: 'zh-CN',
      isLargeType: false,
      isDemonstration,
      createdAt: yesterday,
    });
    await insert(identityRows.phoneRegistry, { accountId, phone });
    const memberships = at.map(({ role, scopeId }) => ({ id: randomUUID(), role, scopeId }));
    for (const [i, { role, scopeId, startsOn = '2026-01-01', endsOn = null }] of at.entries()) {
      await insert(identityRows.membership, {
        scopeId,
        membershipId: memberships[i]!.id,
        accountId,
        role,
        startsOn,
        endsOn,
      });
    }
    return { accountId, phone, memberships };
  };
  const town = await aTown({ insert, aPerson });
  const browser = (address?: string) => new Browser(app, address);
  const self: TestHouse = {
    app,
    house,
    clock,
    admin,
    worker,
    crypto,
    logged,
    town,
    browser,
    insert,
    aPerson,
    async signedIn(person, role) {
      const membership = person.memberships.find((m) => role === undefined || m.role === role);
      if (membership === undefined) throw new Error(`not a ${role}`);
      const personaId = membership.id;
      await admin.query(
        `insert into identity.persona (persona_id, account_id, scope_id, membership_id, role, place_label, position)
         values ($1::uuid::text, $2, $3, $1::uuid, $4, 'here', 1) on conflict do nothing`,
        [personaId, person.accountId, membership.scopeId, membership.role],
      );
      const fresh = browser();
      const answer = await fresh.post('/auth/sessions', { personaId });
      if (answer.status !== 201)
        throw new Error(`sign-in answered ${answer.status} ${JSON.stringify(answer.body)}`);
      return fresh;
    },
    close: async () => {
      await app.close();
      await db.close();
      await worker.close();
      await admin.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}

async function aTown(make: Pick<TestHouse, 'insert' | 'aPerson'>): Promise<Town> {
  const city = randomUUID();
  await make.insert(placesRows.scope, {
    scopeId: city,
    kind: 'city',
    name: '甲市',
    code: null,
    parentId: null,
    cityId: city,
    districtId: null,
    streetId: null,
    communityId: null,
    companyId: null,
    departmentId: null,
    address: null,
    builtYear: null,
    timeZone: 'Asia/Shanghai',
    isDemonstration: true,
    createdAt: yesterday,
  });
  const near = await aQuarter(make.insert, city, '近');
  const far = await aQuarter(make.insert, city, '远');
  const li = await make.aPerson('李修', [
    { role: 'resident', scopeId: near.compound },
    { role: 'worker', scopeId: near.department },
  ]);
  const neighbour = await make.aPerson('张邻', [{ role: 'resident', scopeId: near.compound }]);
  const one = (name: string, role: Role, scopeId: string) => make.aPerson(name, [{ role, scopeId }]);
  const staff = {
    worker: li,
    desk: await one('赵前台', 'desk', near.department),
    manager: await one('钱经理', 'manager', near.department),
    company: await one('孙总', 'company', near.company),
    social_worker: await one('周社工', 'social_worker', near.community),
    committee: await one('吴主任', 'committee', near.community),
    street: await one('郑街道', 'street', near.street),
    city: await one('王市', 'city', city),
  };
  const farDesk = await one('冯前台', 'desk', far.department);
  const wall = { scopeId: near.compound, cityId: city, streetId: near.street, companyId: near.company };
  for (const [person, name, household] of [
    [li, '李修', '3-2-601'],
    [neighbour, '张邻', '13-2-601'],
  ] as const) {
    const personId = randomUUID();
    await make.insert(placesRows.person, {
      ...wall,
      personId,
      accountId: person.accountId,
      name,
      phone: person.phone,
      createdAt: yesterday,
    });
    await make.insert(placesRows.occupancy, {
      ...wall,
      occupancyId: randomUUID(),
      personId,
      householdId: near.households[household]!,
      accountId: person.accountId,
      relation: 'owner',
      startsOn: '2026-01-01',
      endsOn: null,
    });
  }
  const department = { ...wall, scopeId: near.department };
  const staffId = randomUUID();
  await make.insert(placesRows.staff, {
    ...department,
    staffId,
    accountId: li.accountId,
    role: 'worker',
    displayName: '李师傅',
    title: '水电工',
    startsOn: '2026-01-01',
    endsOn: null,
  });
  await make.insert(
    placesRows.staffSkill,
    { ...department, staffId, skill: 'plumbing', certificateNo: null, validUntil: null },
    { ...department, staffId, skill: 'electrics', certificateNo: 'D1', validUntil: '2026-11-20' },
    { ...department, staffId, skill: 'gas', certificateNo: 'G1', validUntil: '2026-11-21' },
  );
  return { city, near, far, li, neighbour, staff, farDesk };
}
