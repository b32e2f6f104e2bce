import { DAY } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../../../../test/family.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { sql } from '../../platform/db/sql.ts';
import { lockLines } from './queries.ts';
import { silentCalls, unsaidCalls } from './due.ts';
import {
  aCaller,
  aCallId,
  answered,
  aProvider,
  hungUp,
  masked,
  missedCall,
  type Provider,
  ringing,
  telephoneOf,
} from './fixtures.ts';

/** The desk: what rings, who sits where, who is to be called back. */

let world: World;
let provider: Provider;
let phone: ReturnType<typeof telephoneOf>;
beforeAll(async () => {
  world = await aWorld();
  provider = await aProvider(world, world.people.manager);
  phone = telephoneOf(world);
});
afterAll(() => world.close());

describe('a call', () => {
  it('waits in the queue, rings at whoever sits there, and is that one’s who answers', async () => {
    const { desk, steward, wang, farDesk, li, company, street } = world.people;
    await phone.sits(desk, '801');
    await phone.sits(steward, '802');
    const call = aCallId();
    await provider.tells(call, `+86${wang.phone}`, { type: 'queued', queue: '报修' });
    const waiting = await phone.deskOf(desk);
    expect(waiting).toMatchObject({
      hasLine: true,
      extension: '801',
      waiting: [{ state: 'waiting', numberMasked: masked(wang.phone), queue: '报修' }],
      own: [],
    });
    expect(JSON.stringify(waiting)).not.toContain(wang.phone);

    await provider.tells(call, wang.phone, ringing('801', '802'));
    for (const who of [desk, steward])
      expect((await phone.deskOf(who)).own).toMatchObject([{ state: 'ringing', number: wang.phone }]);
    // The number opens the panel that is there already.
    const [home] = expectStatus(
      await desk.client.post('/work-orders/callers', { phone: (await phone.deskOf(desk)).own[0].number }),
      200,
    ).homes;
    expect(home.label).toBe('3号楼2单元601');

    await provider.tells(call, wang.phone, answered('802'));
    expect((await phone.deskOf(desk)).own).toEqual([]);
    expect((await phone.deskOf(steward)).own).toMatchObject([{ state: 'talking', number: wang.phone }]);
    expect(await phone.deskOf(desk)).toMatchObject({ waiting: [], talking: 1 });
    await provider.tells(call, wang.phone, hungUp);
    expect(await phone.deskOf(steward)).toMatchObject({ own: [], talking: 0 });
    expect(await phone.taskOf(wang.phone)).toBeUndefined();
    expect(await phone.newest(wang.phone)).toMatchObject({
      state: 'ended',
      extension: '802',
      direction: 'in',
    });

    // Nobody else: another department, who works with their hands, who only oversees, who lives there.
    expect(await phone.deskOf(farDesk)).toMatchObject({ hasLine: false, waiting: [], talking: 0 });
    expect((await farDesk.client.get('/telephony/calls')).body.items).toEqual([]);
    for (const who of [li, company, street, wang])
      for (const path of ['desk', 'calls', 'tasks'])
        expect([who.name, (await who.client.get(`/telephony/${path}`)).status]).toEqual([who.name, 403]);
  });

  it('is told to open pages of those who answer, without its number', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), hungUp);
    const rows = await world.ask(
      `select kind, is_internal, payload::text as payload from platform.outbox where kind in ('phone_call.changed', 'phone_task.changed')`,
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.every(({ is_internal }) => is_internal)).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(caller);
  });

  it('lies sealed: no table holds a number', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    for (const table of ['call', 'task', 'event', 'line', 'seat'])
      for (const { row } of await world.ask(`select t::text as row from telephony.${table} t`))
        expect([table, row.includes(caller)]).toEqual([table, false]);
    const [{ hex }] = (await world.ask(
      `select encode(number_cipher, 'escape') as hex from telephony.task limit 1`,
    )) as [Json];
    expect(hex).not.toContain('131');
  });

  it('whose end was told before it rang shows nowhere, and is to be called back', async () => {
    const [call, caller] = [aCallId(), aCaller()];
    const start = world.clock.now().getTime();
    world.clock.advance(30_000);
    await provider.tells(call, caller, hungUp);
    await provider.tells(call, caller, { ...ringing('801'), at: new Date(start).toISOString() });
    expect((await phone.deskOf(world.people.desk)).own).toEqual([]);
    expect(await phone.newest(caller)).toMatchObject({
      state: 'missed',
      beganAt: new Date(start).toISOString(),
    });
    expect(await phone.taskOf(caller)).toMatchObject({ missedCount: 1 });
    // Answered after all: the news of it was the last to come.
    await provider.tells(call, caller, { ...answered('801'), at: new Date(start + 5_000).toISOString() });
    expect(await phone.taskOf(caller)).toBeUndefined();
    expect((await phone.newest(caller)).state).toBe('ended');
  });

  it('that two desks answer is the last one’s; at the same instant everybody comes to the same', async () => {
    const { desk, steward } = world.people;
    const [call, caller] = [aCallId(), aCaller()];
    await provider.tells(call, caller, ringing('801', '802'));
    const at = world.clock.now().toISOString();
    const both = ['b-801', 'a-802'].map((eventId) => ({
      ...answered(eventId.slice(2)),
      eventId: `${eventId}-${call}`,
      at,
    }));
    await Promise.all(both.map((event) => provider.tells(call, caller, event)));
    expect((await phone.deskOf(desk)).own).toEqual([]);
    expect((await phone.deskOf(steward)).own).toHaveLength(1);
    await provider.tells(call, caller, answered('801'));
    expect((await phone.deskOf(desk)).own).toHaveLength(1);
    expect((await phone.deskOf(steward)).own).toEqual([]);
    await provider.tells(call, caller, hungUp);
  });

  it('without a number is shown, and nobody can be called back', async () => {
    const before = (await phone.tasksOf()).length;
    const call = aCallId();
    await provider.tells(call, 'anonymous', ringing('801'));
    expect((await phone.deskOf(world.people.desk)).own).toMatchObject([{ number: null, numberMasked: null }]);
    await provider.tells(call, '', missedCall);
    expect(await phone.tasksOf()).toHaveLength(before);
  });

  it('of which nothing more is heard leaves the queue and is to be called back', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, { type: 'queued' });
    world.clock.advance(30 * 60_000);
    expect(await phone.dueOf(silentCalls)).toBe(0);
    world.clock.advance(1);
    expect(await phone.dueOf(silentCalls)).toBe(1);
    expect((await phone.deskOf(world.people.desk)).waiting).toEqual([]);
    expect((await phone.newest(caller)).state).toBe('lost');
    expect(await phone.taskOf(caller)).toMatchObject({ missedCount: 1 });
  });

  it('and whose number does not open waits for its key for a day, and no other waits with it', async () => {
    const [broken, caller] = [aCaller(), aCaller()];
    await provider.tells(aCallId(), broken, { type: 'queued' });
    const { id } = await phone.newest(broken);
    await provider.tells(aCallId(), caller, { type: 'queued' });
    await world.ask('update telephony.call set number_cipher = $2 where call_id = $1', [
      id,
      Buffer.from([0]),
    ]);
    const stateOf = () => world.ask('select state from telephony.call where call_id = $1', [id]);
    world.clock.advance(30 * 60_000 + 1);
    expect(await phone.dueOf(silentCalls)).toBe(1);
    expect(await stateOf()).toEqual([{ state: 'waiting' }]);
    expect(await phone.taskOf(caller)).toMatchObject({ missedCount: 1 });
    world.clock.advance(DAY);
    await phone.dueOf(silentCalls);
    expect(await stateOf()).toEqual([{ state: 'lost' }]);
  });
});

describe('a missed call', () => {
  it('is one task a number, however often they ring; done when they ring again and are answered', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    await provider.tells(aCallId(), `+86 ${caller}`, ringing('801'), hungUp);
    // Two at the same instant, from two telephones of one household sharing a number.
    await Promise.all([1, 2].map(() => provider.tells(aCallId(), caller, ringing('801'), missedCall)));
    expect((await phone.tasksOf()).filter((task) => task.numberMasked === masked(caller))).toMatchObject([
      { missedCount: 4, attempts: 0, claim: null },
    ]);
    await provider.tells(aCallId(), caller, ringing('801'), answered('801'), hungUp);
    expect(await phone.taskOf(caller)).toBeUndefined();
    expect(
      await world.ask(`select outcome from telephony.task where number_masked = $1`, [masked(caller)]),
    ).toEqual([{ outcome: 'called_again' }]);
  });

  it('is nobody’s task when the news comes after they were spoken with', async () => {
    const caller = aCaller();
    const early = world.clock.now().toISOString();
    world.clock.advance(60_000);
    await provider.tells(aCallId(), caller, ringing('801'), answered('801'), hungUp);
    await provider.tells(aCallId(), caller, { ...missedCall, at: early });
    expect(await phone.taskOf(caller)).toBeUndefined();
  });

  it('is called back by one alone, who learns the number; recorded', async () => {
    const { desk, steward, farDesk } = world.people;
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    const task = await phone.taskOf(caller);
    const both = await Promise.all([desk, steward].map((who) => phone.claims(who, task)));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const first = both[0]!.status === 200 ? desk : steward;
    const second = first === desk ? steward : desk;
    expect(both.find(({ status }) => status === 200)!.body.number).toBe(caller);
    const refused = both.find(({ status }) => status === 409)!.body;
    expect([refused.code, refused.params.name]).toEqual(['telephony.claimed', first.name]);
    expect(JSON.stringify(refused)).not.toContain(caller);
    expect(
      await world.ask(`select account_id, detail from platform.audit where object_id = $1`, [task.id]),
    ).toEqual([{ account_id: first.accountId, detail: { purpose: 'call_back' } }]);
    for (const outcome of ['reached', 'not_needed'])
      expect(codeOf(await phone.says(second, task, outcome))).toEqual([409, 'telephony.claimed']);
    expect((await phone.claims(farDesk, task)).status).toBe(404);
    expect((await phone.says(farDesk, task, 'not_needed')).status).toBe(404);

    // Not reached twice it stays, and anybody may try; the third time it is done.
    expect(expectStatus(await phone.says(first, task, 'unreachable'), 200).outcome).toBeNull();
    expect(codeOf(await phone.says(second, task, 'reached'))).toEqual([409, 'telephony.not_claimed']);
    expectStatus(await phone.claims(second, task), 200);
    expectStatus(await phone.says(second, task, 'unreachable'), 200);
    expect(await phone.taskOf(caller)).toMatchObject({ attempts: 2, claim: null });
    expectStatus(await phone.claims(second, task), 200);
    expect(expectStatus(await phone.says(second, task, 'unreachable'), 200).outcome).toBe('unreachable');
    expect(await phone.taskOf(caller)).toBeUndefined();
    expect(codeOf(await phone.claims(first, task))).toEqual([409, 'telephony.done']);

    // The next missed call is a task anew.
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    expect(await phone.taskOf(caller)).toMatchObject({ missedCount: 1, attempts: 0 });
    expect(expectStatus(await phone.says(desk, await phone.taskOf(caller), 'not_needed'), 200).outcome).toBe(
      'not_needed',
    );
  });

  it('is somebody else’s again when the lease has ended', async () => {
    const { desk, steward } = world.people;
    const caller = aCaller();
    await provider.tells(aCallId(), caller, missedCall);
    const task = await phone.taskOf(caller);
    expectStatus(await phone.claims(desk, task), 200);
    world.clock.advance(15 * 60_000 - 1);
    expect((await phone.claims(steward, task)).status).toBe(409);
    world.clock.advance(1);
    expectStatus(await phone.claims(steward, task), 200);
    expect(codeOf(await phone.says(desk, task, 'reached'))).toEqual([409, 'telephony.claimed']);
    expectStatus(await phone.says(steward, task, 'reached'), 200);
  });

  it('is done by calling back from the telephone, once somebody answers', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, missedCall);
    const outgoing = (...events: Json[]) =>
      provider.tells(
        aCallId(),
        '801',
        ...events.map((event) => ({ ...event, direction: 'out', to: caller })),
      );
    await outgoing({ type: 'ringing', extensions: ['801'] }, hungUp);
    expect(await phone.taskOf(caller)).toMatchObject({ attempts: 1 });
    await outgoing({ type: 'ringing', extensions: ['801'] }, answered('801'), hungUp);
    expect(await phone.taskOf(caller)).toBeUndefined();
    expect(await phone.newest(caller)).toMatchObject({ direction: 'out', state: 'ended' });
  });
});

describe('calling back', () => {
  const outgoing = (call: string, to: string, ...events: Json[]) =>
    provider.tells(call, '801', ...events.map((event) => ({ ...event, direction: 'out', to })));
  const ringsOut = { type: 'ringing', extensions: ['801'] };
  const aTask = async (): Promise<[string, Json]> => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, missedCall);
    return [caller, await phone.taskOf(caller)];
  };

  it('is one attempt, whether the word comes first or the telephone', async () => {
    const { desk, steward } = world.people;
    const [caller, task] = await aTask();
    const attempts = async () => (await phone.taskOf(caller)).attempts;
    expectStatus(await phone.claims(desk, task), 200);
    const first = aCallId();
    await outgoing(first, caller, ringsOut, hungUp);
    // Still theirs: a colleague is not given the number, and who called says what came of it.
    expect(await phone.taskOf(caller)).toMatchObject({ attempts: 0, claim: { isMine: true } });
    expect(codeOf(await phone.claims(steward, task))).toEqual([409, 'telephony.claimed']);
    expectStatus(await phone.says(desk, task, 'unreachable'), 200);
    expect(await attempts()).toBe(1);
    await outgoing(first, caller, hungUp);
    expect(await attempts()).toBe(1);

    // The word first; of the call nothing but its end is told.
    expectStatus(await phone.claims(steward, task), 200);
    expectStatus(await phone.says(steward, task, 'unreachable'), 200);
    expect(await attempts()).toBe(2);
    await outgoing(aCallId(), caller, hungUp);
    expect(await attempts()).toBe(2);
    // It was joined with that one: what is called after it, by who has not taken it on, is another.
    await outgoing(aCallId(), caller, ringsOut, hungUp);
    expect(await phone.taskOf(caller)).toBeUndefined();
  });

  it('is counted when nothing was said of it by the end of the lease, once', async () => {
    const { desk, steward } = world.people;
    const [caller, task] = await aTask();
    expectStatus(await phone.claims(desk, task), 200);
    await outgoing(aCallId(), caller, ringsOut, hungUp);
    expect(await phone.dueOf(unsaidCalls)).toBe(0);
    world.clock.advance(15 * 60_000);
    expect(await phone.dueOf(unsaidCalls)).toBe(1);
    expect(await phone.dueOf(unsaidCalls)).toBe(0);
    expect(await phone.taskOf(caller)).toMatchObject({ attempts: 1, claim: null });

    // Taken on by somebody else before it was looked.
    expectStatus(await phone.claims(desk, task), 200);
    await outgoing(aCallId(), caller, ringsOut, hungUp);
    world.clock.advance(15 * 60_000);
    expectStatus(await phone.claims(steward, task), 200);
    expect(await phone.dueOf(unsaidCalls)).toBe(0);
    expect((await phone.taskOf(caller)).attempts).toBe(2);
    expectStatus(await phone.says(steward, task, 'reached'), 200);
  });

  it('does not end a call that came meanwhile', async () => {
    const { desk } = world.people;
    const [caller, task] = await aTask();
    for (let i = 0; i < 2; i++) {
      expectStatus(await phone.claims(desk, task), 200);
      expectStatus(await phone.says(desk, task, 'unreachable'), 200);
    }
    expectStatus(await phone.claims(desk, task), 200);
    // Both ring each other at once.
    await provider.tells(aCallId(), caller, missedCall);
    expect(expectStatus(await phone.says(desk, task, 'unreachable'), 200).outcome).toBeNull();
    expect(await phone.taskOf(caller)).toMatchObject({ missedCount: 2, attempts: 3, claim: null });

    expect(codeOf(await phone.says(desk, task, 'not_needed'))).toEqual([409, 'telephony.rang_again']);
    expectStatus(await phone.claims(desk, task), 200);
    expect(codeOf(await phone.says(desk, task, 'reached'))).toEqual([409, 'telephony.rang_again']);
    expect(expectStatus(await phone.says(desk, await phone.taskOf(caller), 'unreachable'), 200).outcome).toBe(
      'unreachable',
    );
  });

  it('that reached nobody in the end does not hide who rings again, by however slow a clock', async () => {
    const { desk } = world.people;
    const slow = () => new Date(world.clock.now().getTime() - 4 * 60_000).toISOString();
    for (const outcome of ['unreachable', 'not_needed', 'reached']) {
      const caller = aCaller();
      await provider.tells(aCallId(), caller, { ...missedCall, at: slow() });
      let task = await phone.taskOf(caller);
      while (task !== undefined) {
        expectStatus(await phone.claims(desk, task), 200);
        expectStatus(await phone.says(desk, task, outcome), 200);
        task = await phone.taskOf(caller);
      }
      world.clock.advance(2 * 60_000);
      await provider.tells(aCallId(), caller, { ...missedCall, at: slow() });
      expect([outcome, (await phone.taskOf(caller))?.missedCount]).toEqual([outcome, 1]);
    }
  });

  it('of a call that went silent waits for what the line is telling', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, { type: 'queued' });
    const spoken = aCallId();
    await provider.tells(spoken, caller, ringing('801'));
    await world.ask(`update telephony.call set state = 'ended' where provider_id = $1`, [spoken]);
    world.clock.advance(30 * 60_000 + 1);
    let sweep: Promise<unknown> = Promise.resolve();
    let isOver = false;
    await world.worker.work(async (tx) => {
      await lockLines(tx, world.near.department);
      sweep = phone.dueOf(silentCalls).finally(() => {
        isOver = true;
      });
      const isWaiting = async (): Promise<boolean> =>
        (
          await world.ask(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).length > 0;
      await expect.poll(async () => isOver || (await isWaiting())).toBe(true);
      tx.write(
        sql`update telephony.call set answered_at = ${world.clock.now()} where scope_id = ${world.near.department} and provider_id = ${spoken}`,
      );
    });
    await sweep;
    expect(await phone.taskOf(caller)).toBeUndefined();
  });
});

describe('a seat', () => {
  it('is one person’s: whoever sits down later has it, and gets up elsewhere', async () => {
    const { desk, steward, manager } = world.people;
    await phone.sits(desk, '810');
    await phone.sits(steward, '810');
    expect((await phone.deskOf(desk)).extension).toBeNull();
    expect((await phone.deskOf(steward)).seats).toMatchObject([
      { extension: '810', name: steward.name, isMine: true },
    ]);
    await phone.sits(steward, '811');
    await phone.sits(desk, '810');
    expect((await phone.deskOf(manager)).seats.map(({ extension, name }: Json) => [extension, name])).toEqual(
      [
        ['810', desk.name],
        ['811', steward.name],
      ],
    );
    await phone.sits(steward, null);
    expect((await phone.deskOf(manager)).seats).toHaveLength(1);
    for (const extension of ['80a', '', '12345678901'])
      expect((await phone.sitting(desk, { extension })).status).toBe(422);
    const both = await Promise.all([desk, steward].map((who) => phone.sitting(who, { extension: '820' })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(
      (await phone.deskOf(manager)).seats.filter(({ extension }: Json) => extension === '820'),
    ).toHaveLength(1);
    await phone.sits(desk, '801');
    await phone.sits(steward, '802');
  });
});
