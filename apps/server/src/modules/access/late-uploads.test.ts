import type { HealthFacts } from '@gongzhi/gate';
import { DAY, HOUR, MINUTE } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { sql } from '../../platform/db/sql.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { due } from './due.ts';
import { aMeasure, aPass, cryptoOf, type TestPass } from './fixtures.ts';
import {
  aGate,
  aPhone,
  closePosts,
  decision,
  north,
  now,
  openPosts,
  passagesAt,
  type Phone,
  proved,
  scope,
  south,
  uploads,
  welcome,
  world,
} from './guard-phones/fixtures.ts';
import { checkChain } from './service-passages.ts';
import { sealedFields } from './tables.ts';

/* What comes late: when its phone is another gate's or nobody's by now, and when its measure's data is destroyed. */
beforeAll(openPosts);
afterAll(closePosts);

const stillSignedIn = () =>
  world.admin.query('update identity.session set last_seen_at = $1, expires_at = $2', [
    world.clock.now(),
    new Date(now() + 30 * DAY),
  ]);
const idsAt = async (gateId: string) => (await passagesAt(gateId)).map(({ id }) => id);
const through = (more: Json = {}) => decision({ way: 'none', direction: 'out', ...more });
const of = ({ gateId, deviceId }: Phone) => ({ gateId, deviceId });
const kindsOf = ({ flags }: Json) => flags.map(({ kind, decidedAt }: Json) => [kind, decidedAt]);
const faultsAt = async (gateId: string) => {
  const { house } = world.server;
  const { faults } = await world.worker.work((tx) =>
    checkChain(house.crypto, tx, world.near.compound, gateId, null),
  );
  return faults;
};
const commands = (deviceId: string, body: Json) =>
  world.people.manager.client.post(`/access/devices/${deviceId}/commands${scope()}`, body);
const deviceVersion = async (deviceId: string): Promise<number> =>
  (await world.ask('select version from access.gate_device where device_id = $1', [deviceId]))[0]!['version'];

it('a day that two gates begin at once has one table', async () => {
  for (let day = 1; day <= 5; day++)
    await Promise.all(
      [1, 2, 3].map(() =>
        world.worker.work((tx) => tx.query(sql`select access.open_day(${`2027-05-0${day}`}::date)`)),
      ),
    );
  const days = await world.ask(
    `select d::text as day from access.kept_days() d where d between '2027-05-01' and '2027-05-05'`,
  );
  expect(days).toHaveLength(5);
});

describe('a phone that is another gate’s by now', () => {
  it('brings what it decided at the former gate into that gate’s chain, once', async () => {
    const before = await aPhone(north);
    const kept = await proved(before, through());
    world.clock.advance(MINUTE);
    const after = await aPhone(south);
    const own = through(of(after));
    expect(await uploads(after, [kept, own])).toMatchObject({
      taken: [kept.id, own.id],
      refused: [],
      flags: [],
    });
    expect((await uploads(after, [kept])).taken).toEqual([kept.id]);
    expect((await idsAt(north)).filter((id) => id === kept.id)).toHaveLength(1);
    expect(await idsAt(south)).toContain(own.id);
    expect(await idsAt(south)).not.toContain(kept.id);
  });

  it('is told that a gate it never stood at, or another compound’s, is none of its', async () => {
    const phone = await aPhone(north);
    const elsewhere = await aPhone(south);
    const wrong = [
      through({ gateId: south }),
      await proved({ ...elsewhere, gateId: north }, through()),
      through({ gateId: world.far.compound, deviceId: world.far.compound }),
    ];
    const [never] = wrong as [Json];
    const { taken, refused } = await uploads(phone, wrong);
    expect(taken).toEqual([]);
    expect(refused).toEqual(wrong.map(({ id }) => ({ id, code: 'gate_unknown' })));
    expect([...(await idsAt(north)), ...(await idsAt(south))]).not.toContain(never.id);
  });

  it('proves which device it was: without that one’s key nobody decides in its name', async () => {
    // So many registrations, and then no more for a while.
    world.clock.advance(HOUR);
    const [former, phone] = [await aPhone(north), await aPhone(north)];
    const right = await proved(former, through());
    const { proof: _, ...unsaid } = await proved(former, through());
    const wrong = [
      unsaid,
      await proved({ ...former, key: phone.key }, through()),
      // Of one decision the proof is none of another, nor of the same said otherwise.
      { ...(await proved(former, through())), proof: right['proof'] },
      { ...(await proved(former, through())), verdict: { ...welcome, outcome: 'refuse' } },
      { ...(await proved(former, through())), at: now() - MINUTE },
      { ...(await proved(former, through())), spokenId: (await aPass(world)).id },
    ];
    const { taken, refused } = await uploads(phone, [right, ...wrong]);
    expect(taken).toEqual([right['id']]);
    expect(refused).toEqual(wrong.map((one) => ({ id: (one as Json)['id'], code: 'gate_unknown' })));
    const there = await idsAt(north);
    expect(there.filter((id) => wrong.some((one) => (one as Json)['id'] === id))).toEqual([]);
    // Its own it names with or without a proof.
    const own = [through({ deviceId: phone.deviceId, gateId: north }), await proved(phone, through())];
    expect((await uploads(phone, own)).taken).toEqual(own.map((one) => one['id']));
  });

  it('that was moved speaks for each gate as long as it stood there, and what it decided there afterwards is told', async () => {
    const phone = await aPhone(north);
    const early = through();
    world.clock.advance(MINUTE);
    expectStatus(
      await commands(phone.deviceId, {
        action: 'move',
        gateId: south,
        expectedVersion: await deviceVersion(phone.deviceId),
      }),
      200,
    );
    const [late, unaware] = [through(), decision({ way: 'none', gateId: north, direction: 'out' })];
    world.clock.advance(MINUTE);
    const answer = await uploads(phone, [early, late, unaware]);
    expect(answer.taken).toEqual([early.id, late.id, unaware.id]);
    expect(kindsOf(answer)).toEqual([['device_revoked', unaware.at]]);
    expect(await idsAt(north)).toEqual(expect.arrayContaining([early.id, unaware.id]));
    expect(await idsAt(south)).toContain(late.id);
    expect(await idsAt(south)).not.toContain(early.id);
  });

  it('that was taken away, or whose gate was closed for good, loses nothing it had decided; what came after is told', async () => {
    const { manager } = world.people;
    const third = await aGate('T', '东门');
    const [stopped, closed] = [await aPhone(north), await aPhone(third)];
    const early = [await proved(stopped, through()), await proved(closed, through())];
    world.clock.advance(MINUTE);
    expectStatus(
      await commands(stopped.deviceId, {
        action: 'revoke',
        expectedVersion: await deviceVersion(stopped.deviceId),
      }),
      200,
    );
    expectStatus(
      await manager.client.post(`/access/gates/${third}/commands${scope()}`, {
        action: 'retire',
        expectedVersion: 1,
      }),
      200,
    );
    const late = [await proved(stopped, through()), await proved(closed, through())];
    // Nobody was let through by it: there is nothing to tell.
    const no = await proved(stopped, through({ verdict: { ...welcome, outcome: 'refer', say: 'no_pass' } }));
    world.clock.advance(MINUTE);
    const again = await aPhone(south);
    const answer = await uploads(again, [...early, ...late, no]);
    expect(answer.refused).toEqual([]);
    expect(kindsOf(answer).filter(([kind]: string[]) => kind === 'device_revoked')).toEqual(
      late.map(({ at }) => ['device_revoked', at]),
    );
    expect(await idsAt(third)).toEqual([early[1]!['id'], late[1]!['id']]);
    expect(await idsAt(north)).toEqual(expect.arrayContaining([early[0]!['id'], late[0]!['id'], no['id']]));
    expect([await faultsAt(third), await faultsAt(north)]).toEqual([[], []]);
  });
});

describe('what comes after its measure’s data is destroyed', () => {
  const cameFromRisk = async (pass: TestPass) => {
    const facts: HealthFacts = {
      code: null,
      test: null,
      vaccination: null,
      travel: {
        stays: [{ level: 'high', leftOn: new Date(now()).toISOString().slice(0, 10) }],
        enteredCountryOn: null,
        hasTimeSpaceLink: false,
        isFromBorderCounty: false,
      },
    };
    const seal = (await cryptoOf(world)).seal(JSON.stringify(facts), sealedFields.health, pass.id);
    await world.admin.query(
      `insert into access.health_fact (scope_id, pass_id, city_id, street_id, company_id, facts_cipher, as_of)
       select p.scope_id, p.pass_id, p.city_id, p.street_id, p.company_id, $2, $3 from access.pass p where p.pass_id = $1`,
      [pass.id, seal, world.clock.now()],
    );
  };
  const kept = async (id: string) =>
    (
      await world.ask(
        `select why_cipher is not null as why, why_salt is not null as salt, length(why_digest) as digest,
           cardinality(policy_ids)::int as measures from access.passage where passage_id = $1`,
        [id],
      )
    )[0];
  const lookedAfter = async ({ id }: TestPass) =>
    (await world.ask('select 1 from access.follow_up where pass_id = $1', [id])).length;

  it('is written with its digest alone, and nobody is looked after for it', async () => {
    const phone = await aPhone(north);
    const [early, late] = [await aPass(world), await aPass(world)];
    const measure = await aMeasure(
      world,
      {
        temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'in' },
        travel: { levels: ['high'], withinDays: 14, otherwise: 'pass_report', when: 'in' },
      },
      {
        retentionDays: 1,
        endsAt: new Date(now() + DAY).toISOString(),
        followUp: { days: 7, awayHours: 24 },
      },
    );
    world.clock.advance(MINUTE);
    const seen = ({ id, ref }: TestPass) =>
      decision({ spokenId: id, ref, way: 'spoken', temperatureTenths: 384 });
    const [first, second] = [seen(early), seen(late)];
    await cameFromRisk(early);
    await uploads(phone, [first]);
    expect(await kept(first.id)).toEqual({ why: true, salt: true, digest: 32, measures: 1 });
    expect(await lookedAfter(early)).toBe(1);
    world.clock.advance(2 * DAY + HOUR);
    await runDueOnce({
      worker: world.worker,
      sweeps: due,
      house: world.server.house,
      clock: world.clock,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    expect(
      await world.ask('select 1 from access.policy where policy_id = $1 and wiped_at is not null', [
        measure['id'],
      ]),
    ).toHaveLength(1);
    expect(await lookedAfter(early)).toBe(0);
    // Known again for another reason: of this measure nothing comes of it.
    await cameFromRisk(late);
    expect((await uploads(phone, [second])).taken).toEqual([second.id]);
    expect(await kept(second.id)).toEqual({ why: false, salt: false, digest: 32, measures: 1 });
    expect(await lookedAfter(late)).toBe(0);
    expect(await faultsAt(north)).toEqual([]);
  });

  it('waits for a destruction that is under way, and leaves nothing behind it', async () => {
    await stillSignedIn();
    const phone = await aPhone(south);
    const measure = await aMeasure(
      world,
      { temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'in' } },
      { endsAt: new Date(now() + DAY).toISOString() },
    );
    world.clock.advance(MINUTE);
    const hot = decision({ way: 'none', temperatureTenths: 384 });
    world.clock.advance(2 * DAY);
    const destroying = await world.admin.connect();
    try {
      await destroying.query('begin');
      await destroying.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
        `access.wipe ${measure['id']}`,
      ]);
      const upload = uploads(phone, [hot]);
      await expect
        .poll(
          async () =>
            (
              await destroying.query(
                `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
              )
            ).rowCount,
        )
        .toBe(1);
      await destroying.query('update access.policy set wiped_at = $2 where policy_id = $1', [
        measure['id'],
        world.clock.now(),
      ]);
      await destroying.query('commit');
      expect((await upload).taken).toEqual([hot.id]);
    } finally {
      destroying.release(true);
    }
    expect(await kept(hot.id)).toEqual({ why: false, salt: false, digest: 32, measures: 1 });
    expect(await faultsAt(south)).toEqual([]);
  });
});
