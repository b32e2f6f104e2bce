import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../apps/server/src/config.ts';
import { modules, type RunningServer, startServer } from '../apps/server/src/main.ts';
import { loaders as identityRows } from '../apps/server/src/modules/identity/index.ts';
import { aQuarter, type InsertRows, type Quarter } from '../apps/server/src/modules/places/fixtures.ts';
import { loaders as placesRows } from '../apps/server/src/modules/places/index.ts';
import { workOrderDue } from '../apps/server/src/modules/work-orders/due.ts';
import { type Action, aWorkOrder, DAY, Somebody } from '../apps/server/src/modules/work-orders/fixtures.ts';
import { VirtualClock } from '../apps/server/src/platform/clock/clock.ts';
import { type Crypto, openCrypto } from '../apps/server/src/platform/crypto/crypto.ts';
import { openWorkerDatabase, type WorkerDatabase } from '../apps/server/src/platform/db/database.ts';
import { runDueOnce } from '../apps/server/src/platform/due/due.ts';
import { groundFloorSweeps } from '../apps/server/src/platform/due/ground-floor.ts';
import { readBacklog } from '../apps/server/src/platform/events/backlog.ts';
import { startDispatcher } from '../apps/server/src/platform/events/dispatcher.ts';
import { until } from '../apps/server/src/platform/events/fixtures.ts';
import { answerId } from '../apps/server/src/platform/http/command.ts';
import type { Role } from '../apps/server/src/platform/permissions/permissions.ts';
import { createTestDatabase } from './database.ts';
import { Client, type Json } from './server.ts';

/** A Monday, ten in the morning in Beijing: working hours for every calendar. */
export const monday = new Date('2026-11-23T02:00:00Z');

type StaffName =
  | 'li'
  | 'zhao'
  | 'xu'
  | 'desk'
  | 'steward'
  | 'manager'
  | 'company'
  | 'committee'
  | 'street'
  | 'cityHall';
type FarName = 'farDesk' | 'farWorker' | 'farCompany' | 'farStreet' | 'farResident';
/** wang and fang share 3号楼2单元601, chen lives next door. */
type ResidentName = 'wang' | 'fang' | 'chen';
export type People = Readonly<Record<StaffName | FarName | ResidentName, Somebody>>;

/** Two quarters of one city with nothing in common but the city; a whole server, a clock that waits, and people. */
export interface World {
  readonly server: RunningServer;
  readonly url: string;
  readonly dataDir: string;
  readonly clock: VirtualClock;
  readonly admin: pg.Pool;
  readonly worker: WorkerDatabase;
  readonly city: string;
  readonly near: Quarter;
  readonly far: Quarter;
  readonly people: People;
  readonly home: string;
  insert: InsertRows;
  /** Behind the wall. */
  ask<Row extends object = Json>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** A new account, signed in. */
  aPerson(name: string, role: Role, scopeId: string, more?: PersonOptions): Promise<Somebody>;
  /** The same account in another capacity, on another device. */
  asAlso(who: Somebody, role: Role, scopeId: string, livesAt?: PersonOptions['livesAt']): Promise<Somebody>;
  /** Everything that is due now is claimed, once. */
  claims(): Promise<number>;
  /** Every event has reached the consumers. */
  told(): Promise<void>;
  passes(milliseconds: number): Promise<number>;
  /** What is kept of answers for a retry, opened. */
  keptAnswers(): Promise<string>;
  /** So many days later the ground floor tidies up. */
  sweeps(days: number): Promise<void>;
  /** Wang's leak at home, taken as far as this by the desk and by Li. */
  anOrder(
    status: 'submitted' | 'assigned' | 'accepted' | 'in_progress' | 'finished' | 'confirmed',
  ): Promise<Json>;
  close(): Promise<void>;
}

export interface PersonOptions {
  /** Household of the quarter and from when until when. */
  readonly livesAt?: {
    readonly householdId: string;
    readonly quarter: Quarter;
    readonly from?: string;
    readonly until?: string;
    readonly relation?: 'owner' | 'tenant' | 'family';
  };
  readonly skills?: readonly string[];
  readonly membershipEnds?: string;
}

export interface WorldOptions {
  readonly roles?: string;
  /** A migrated database of the test's own; one is cloned otherwise. */
  readonly database?: { readonly adminUrl: string; readonly appUrl: string };
  /** Instead of the database's own address, for the server alone: a proxy. */
  readonly serverUrl?: string;
  readonly dataDir?: string;
  readonly isDemonstration?: boolean;
  /** Where the virtual clock begins; now, when a server with a real clock works on the same database. */
  readonly startsAt?: Date;
  /** Instead: one that runs. */
  readonly clock?: VirtualClock;
  readonly env?: Readonly<Record<string, string>>;
  /** False: events are left to other processes; this one, without the worker role, otherwise passes them on itself. */
  readonly isTelling?: boolean;
}

export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const cloned = options.database === undefined ? await createTestDatabase() : null;
  const database = options.database ?? cloned!;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'gongzhi-world-'));
  const crypto = await openCrypto(dataDir, { mode: 'demo' });
  const clock = options.clock ?? new VirtualClock(options.startsAt ?? monday);
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 2, options: '-c timezone=UTC' });
  admin.on('error', () => {});
  const onIdleError = () => {};
  const worker = openWorkerDatabase({
    url: database.appUrl,
    poolSize: 3,
    applicationName: 'test worker',
    onIdleError,
  });
  const insert: InsertRows = async (table, ...inputs) => {
    const places = table.columns.map((_, i) => `$${i + 1}`).join(', ');
    const text = `insert into ${table.table} (${table.columns.join(', ')}) values (${places})`;
    for (const input of inputs) await admin.query(text, table.row(input, crypto));
  };
  const city = randomUUID();
  await insert(placesRows.scope, {
    ...nothingAbove,
    scopeId: city,
    kind: 'city',
    name: '甲市',
    cityId: city,
    timeZone: 'Asia/Shanghai',
    isDemonstration: true,
    createdAt: monday,
  });
  const near = await aQuarter(insert, city, '近');
  const far = await aQuarter(insert, city, '远');

  const config = loadConfig(
    {
      GONGZHI_EMBEDDED: '1',
      GONGZHI_DATA: dataDir,
      GONGZHI_LOG: 'silent',
      GONGZHI_ROLES: options.roles ?? 'api',
      DATABASE_URL: options.serverUrl ?? database.appUrl,
      PORT: '0',
      ...options.env,
    },
    dataDir,
  );
  const server = await startServer(config, { clock });
  const { house } = server;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const consumers = modules.flatMap((module) => module.consumers ?? []);
  const isTelling = !config.roles.has('worker') && (options.isTelling ?? true);
  const dispatcher = isTelling
    ? startDispatcher({
        worker,
        consumers,
        house,
        clock,
        log: quiet,
        pollMilliseconds: 50,
        // No test waits for the next try.
        backoffMilliseconds: () => 0,
      })
    : null;

  const world = {
    server,
    url: server.url,
    dataDir,
    clock,
    admin,
    worker,
    city,
    near,
    far,
    insert,
    home: near.households['3-2-601']!,
    ask: async (text: string, values: readonly unknown[] = []) => (await admin.query(text, [...values])).rows,
    async claims() {
      const claimed = await runDueOnce({ worker, sweeps: [workOrderDue], house, clock, log: quiet });
      return claimed[workOrderDue.name] ?? 0;
    },
    async told() {
      dispatcher?.nudge();
      await until(async () => {
        const lines = await readBacklog(worker);
        // What a busy machine made fail is tried again at once.
        if (lines.some(({ behind, failures }) => behind > 0 && failures > 0))
          await admin.query('update platform.consumer set retry_at = null where retry_at is not null');
        return lines.length > 0 && lines.every((line) => line.behind === 0);
      });
      const dead = (await readBacklog(worker)).reduce((sum, line) => sum + line.deadLetters, 0);
      if (dead > 0) throw new Error('an event was laid aside as a dead letter');
    },
    passes(milliseconds: number) {
      clock.advance(milliseconds);
      return world.claims();
    },
    async keptAnswers() {
      const { rows } = await admin.query(
        'select scope_id, account_id, key, body, body_cipher from platform.idempotency',
      );
      return rows
        .map(({ scope_id, account_id, key, body, body_cipher }) =>
          body_cipher === null
            ? body
            : crypto.open(body_cipher, 'platform.idempotency', answerId(scope_id, account_id, key)),
        )
        .join('\n');
    },
    async sweeps(days: number) {
      clock.advance(days * DAY);
      const sweeps = groundFloorSweeps({ consumers: consumers.map((consumer) => consumer.name) });
      await runDueOnce({ worker, sweeps, house, clock, log: quiet });
    },
    async anOrder(status) {
      const { wang, desk, li } = world.people;
      const steps: readonly (readonly [Somebody, Action, Record<string, unknown>?])[] = [
        [desk, 'assign', { assigneeAccountId: li.accountId }],
        [li, 'accept'],
        [li, 'start'],
        [li, 'finish', { workDone: '换了一段水管' }],
        [wang, 'confirm'],
      ];
      let order = await wang.reports(aWorkOrder().atHome(world.home));
      for (const [who, action, params] of steps) {
        if (order.status === status) return order;
        order = await who.does(order, action, params);
      }
      return order;
    },
    async close() {
      await dispatcher?.stop();
      await server.close();
      await worker.close();
      await admin.end();
      await cloned?.drop();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  } as World & { people: People };
  const isDemonstration = options.isDemonstration ?? true;
  world.aPerson = (name, role, scopeId, more = {}) =>
    aPerson(world, { crypto, isDemonstration, name, role, scopeId, ...more });
  world.asAlso = ({ accountId, name, phone }, role, scopeId, livesAt) =>
    inCapacity(world, {
      accountId,
      name,
      phone,
      role,
      scopeId,
      ...(livesAt === undefined ? {} : { livesAt }),
    });
  const lives = (room: string, quarter = near) => ({
    livesAt: { householdId: quarter.households[room]!, quarter },
  });
  const everybody = {
    wang: world.aPerson('王建国', 'resident', near.compound, lives('3-2-601')),
    fang: world.aPerson('方敏', 'resident', near.compound, lives('3-2-601')),
    chen: world.aPerson('陈静', 'resident', near.compound, lives('3-2-102')),
    li: world.aPerson('李师傅', 'worker', near.department, {
      skills: ['plumbing', 'office', 'delivery', 'electrical', 'access_control'],
    }),
    zhao: world.aPerson('赵师傅', 'worker', near.department, { skills: ['plumbing', 'lift', 'security'] }),
    xu: world.aPerson('徐师傅', 'worker', near.department, { skills: ['electrical'] }),
    desk: world.aPerson('孙前台', 'desk', near.department),
    steward: world.aPerson('周管家', 'steward', near.department),
    manager: world.aPerson('钱经理', 'manager', near.department),
    company: world.aPerson('物业总部', 'company', near.company),
    committee: world.aPerson('吴主任', 'committee', near.community),
    street: world.aPerson('郑科长', 'street', near.street),
    cityHall: world.aPerson('市民热线', 'city', city),
    farDesk: world.aPerson('冯前台', 'desk', far.department),
    farWorker: world.aPerson('远师傅', 'worker', far.department, { skills: ['plumbing'] }),
    farCompany: world.aPerson('远方物业', 'company', far.company),
    farStreet: world.aPerson('远街道', 'street', far.street),
    farResident: world.aPerson('远居民', 'resident', far.compound, lives('3-2-601', far)),
  };
  const names = Object.keys(everybody) as (keyof People)[];
  const people = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await everybody[name]])),
  );
  return Object.assign(world, { people: people as People });
}

/** Of a scope that lies in no other. */
const nothingAbove = {
  code: null,
  parentId: null,
  districtId: null,
  streetId: null,
  communityId: null,
  companyId: null,
  departmentId: null,
  address: null,
  builtYear: null,
} as const;

let nextPhone = 13_500_000_000;
const since = { startsOn: '2026-01-01', createdAt: new Date('2026-01-01T00:00:00Z') };

interface PersonFacts extends PersonOptions {
  readonly crypto: Crypto;
  readonly isDemonstration: boolean;
  readonly name: string;
  readonly role: Role;
  readonly scopeId: string;
}

async function aPerson(world: World, facts: PersonFacts): Promise<Somebody> {
  const accountId = randomUUID();
  const { name, isDemonstration } = facts;
  const phone = String(nextPhone++);
  const account = { accountId, displayName: name, phone, locale: 'zh-CN', isLargeType: false } as const;
  await world.insert(identityRows.account, { ...account, isDemonstration, createdAt: since.createdAt });
  await world.insert(identityRows.phoneRegistry, { accountId, phone });
  return inCapacity(world, { ...facts, accountId, phone });
}

/** A membership with what belongs to it, signed in. */
async function inCapacity(
  world: World,
  facts: Omit<PersonFacts, 'crypto' | 'isDemonstration'> & { accountId: string; phone: string },
): Promise<Somebody> {
  const { insert, city } = world;
  const { name, role, scopeId, livesAt, skills, accountId, phone } = facts;
  const membership = { scopeId, membershipId: randomUUID(), accountId, role, startsOn: since.startsOn };
  await insert(identityRows.membership, { ...membership, endsOn: facts.membershipEnds ?? null });
  if (livesAt !== undefined) {
    const { quarter, householdId } = livesAt;
    const wall = {
      scopeId: quarter.compound,
      cityId: city,
      streetId: quarter.street,
      companyId: quarter.company,
    };
    const personId = randomUUID();
    await insert(placesRows.person, {
      ...wall,
      personId,
      accountId,
      name,
      phone,
      createdAt: since.createdAt,
    });
    const occupancy = {
      personId,
      householdId,
      accountId,
      relation: livesAt.relation ?? 'owner',
      startsOn: livesAt.from ?? since.startsOn,
    };
    const endsOn = livesAt.until ?? null;
    await insert(placesRows.occupancy, { ...wall, ...occupancy, occupancyId: randomUUID(), endsOn });
  }
  if (skills !== undefined) {
    const quarter = scopeId === world.near.department ? world.near : world.far;
    const wall = { scopeId, cityId: city, streetId: quarter.street, companyId: quarter.company };
    const staffId = randomUUID();
    const staff = { ...wall, staffId, accountId, role: 'worker', displayName: name, title: '维修工' };
    await insert(placesRows.staff, { ...staff, startsOn: since.startsOn, endsOn: null });
    const rows = skills.map((skill) => ({ ...wall, staffId, skill, certificateNo: null, validUntil: null }));
    await insert(placesRows.staffSkill, ...rows);
  }
  const client = await signedIn(world, membership);
  const home = role === 'resident' ? scopeId : homeOf(world, scopeId);
  return new Somebody(world, { accountId, name, phone, client, home });
}

const homeOf = (world: World, scopeId: string) =>
  Object.values(world.far).includes(scopeId) ? world.far.compound : world.near.compound;

/** A session as signing in leaves it; how one signs in is tested in identity. */
async function signedIn(
  world: World,
  who: { accountId: string; scopeId: string; membershipId: string },
): Promise<Client> {
  const [secret, csrf] = [randomUUID() + randomUUID(), randomUUID()];
  const hash = createHash('sha256').update(secret).digest();
  const now = world.clock.now();
  await world.admin.query(
    `insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [hash, who.accountId, who.scopeId, who.membershipId, csrf, now, new Date(now.getTime() + 30 * DAY)],
  );
  return new Client(world.url, `gz_session=${secret}`, csrf);
}
