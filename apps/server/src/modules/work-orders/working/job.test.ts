import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, Client, type Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { aPhoto, DAY, expectStatus, SECOND } from '../fixtures.ts';
import { working } from './fixtures.ts';

/** Somebody from outside with a link for one order, and everybody who would like to have one. */
let world: World;
let job: ReturnType<typeof working>;
beforeAll(async () => {
  world = await aWorld();
  job = working(world);
});
afterAll(() => world.close());

interface Link {
  readonly order: Json;
  readonly id: string;
  readonly token: string;
}

async function aLink(params: Record<string, unknown> = {}): Promise<Link> {
  const { desk } = world.people;
  let order = await world.anOrder('in_progress');
  order = await job.does(desk, order, 'invite_contractor', {
    contractor: '顺通防水',
    task: '厨房外墙打孔,带 3 米梯',
    days: 3,
    ...params,
  });
  const { id } = order.sheet.contractors.at(-1);
  const shown = await desk.client.get(
    `/work-orders/${order.id}/contractor-links/${id}?scopeId=${order.scopeId}`,
  );
  const path: string = expectStatus(shown, 200).path;
  return { order, id, token: path.replace('/m/job/', '') };
}

const visitor = () => new Client(world.url);
const looks = (token: string): Promise<Answer> => visitor().get(`/jobs/${token}`);
const acts = (token: string, action: string, more: Record<string, unknown> = {}): Promise<Answer> => {
  world.clock.advance(SECOND);
  return visitor().post(`/jobs/${token}`, { action, ...more });
};

describe('a contractor', () => {
  it('sees where, what, by when, and nothing of who lives there; accepts, arrives, shows, says it is done', async () => {
    const { desk, li, wang } = world.people;
    const { order, token } = await aLink({ dueAt: '2026-11-24T02:00:00Z' });
    const seen = expectStatus(await looks(token), 200);
    expect(seen).toEqual({
      contractor: '顺通防水',
      task: '厨房外墙打孔,带 3 米梯',
      number: order.number,
      scopeName: order.scopeName,
      placeLabel: order.placeLabel,
      categoryNameZh: '家中漏水',
      categoryNameEn: 'Water leak at home',
      isEmergency: false,
      dueAt: '2026-11-24T02:00:00.000Z',
      expiresAt: expect.any(String),
      state: 'invited',
      contactPurpose: null,
      isOver: false,
    });
    expect((await acts(token, 'arrive')).body.code).toBe('job.not_now');
    expect((await acts(token, 'say', { text: '到了' })).body.code).toBe('job.not_now');
    expect((await acts(token, 'accept')).body.state).toBe('accepted');
    expect((await acts(token, 'arrive')).body.state).toBe('arrived');
    const uploaded = await visitor().post(`/jobs/${token}/photos`, await aPhoto(), {
      'content-type': 'image/jpeg',
    });
    const { id: photo } = expectStatus(uploaded, 201);
    expect((await acts(token, 'done', { text: ' ' })).status).toBe(422);
    expect((await acts(token, 'done', { text: '孔打好了', photoIds: [photo] })).body.state).toBe('done');
    expect((await acts(token, 'say', { text: '再说一句' })).body.code).toBe('job.not_now');
    // Done is their word; the order is finished by who is responsible for it.
    expect((await li.sees(order)).status).toBe('in_progress');
    expect(
      [await desk.inbox(), await li.inbox()].every((inbox) => inbox.includes('work_order.contractor_done')),
    ).toBe(true);
    expect(await wang.seesPhoto(photo)).toBe(true);
    expect(
      (await wang.timelineOf(order)).slice(-3).map((line) => [line.kind, line.actorName, line.actorRole]),
    ).toEqual(
      ['accepted', 'arrived', 'done'].map((word) => [
        `work_order.contractor_${word}`,
        '顺通防水',
        'contractor',
      ]),
    );
  });

  it('is given the phone only for the purpose the desk stated, while at it, and never without a trace', async () => {
    const without = await aLink();
    expect((await acts(without.token, 'accept')).status).toBe(200);
    expect((await visitor().post(`/jobs/${without.token}/contact`, {})).body.code).toBe('job.not_now');
    const { token, id } = await aLink({ contactPurpose: '约进门时间' });
    expect((await visitor().post(`/jobs/${token}/contact`, {})).body.code).toBe('job.not_now');
    await acts(token, 'accept');
    expect((await visitor().post(`/jobs/${token}/contact`, {})).body).toMatchObject({ name: '王建国' });
    expect(
      await world.ask(
        `select action, detail->>'purpose' as purpose from platform.audit where account_id = $1`,
        [id],
      ),
    ).toEqual([{ action: 'work_order.contact_revealed', purpose: 'contractor' }]);
    // Whose number it is reads who looked, of which firm and what for.
    const { items } = expectStatus(await world.people.wang.client.get('/me/disclosures'), 200);
    expect(items).toMatchObject([
      { role: 'contractor', organisationName: '顺通防水', purpose: 'visit', words: '约进门时间' },
    ]);
  });

  it('is given no phone any more once the work is done, nor after the link was taken back', async () => {
    const { li, desk } = world.people;
    const [done, back] = [
      await aLink({ contactPurpose: '约进门时间' }),
      await aLink({ contactPurpose: '约进门时间' }),
    ];
    for (const { token } of [done, back]) await acts(token, 'accept');
    expect((await looks(done.token)).body.contactPurpose).toBe('约进门时间');
    await li.does(await li.sees(done.order), 'finish', { workDone: '打好了孔' });
    const late = await visitor().post(`/jobs/${done.token}/contact`, {});
    expect([late.status, late.body.code, late.body.name]).toEqual([409, 'job.not_now', undefined]);
    expect((await looks(done.token)).body.contactPurpose).toBeNull();
    const now = await desk.sees(back.order);
    await job.does(desk, { ...back.order, version: now.version }, 'revoke_contractor', { linkId: back.id });
    expect((await visitor().post(`/jobs/${back.token}/contact`, {})).body.code).toBe('job.link_invalid');
  });

  it('does once what is sent twice, and leaves no link in what is kept of a request', async () => {
    const { token, order } = await aLink();
    await acts(token, 'accept');
    const headers = { 'idempotency-key': 'said-once-and-for-all' };
    const said = () => visitor().post(`/jobs/${token}`, { action: 'say', text: '路上' }, headers);
    expect((await Promise.all([said(), said()])).map(({ status }) => status)).toEqual([200, 200]);
    const lines = (await world.people.desk.timelineOf(order)).filter(({ kind }) =>
      kind.endsWith('contractor_said'),
    );
    expect(lines).toHaveLength(1);
    expect(await world.keptAnswers()).not.toContain(token);
    for (const table of [
      'platform.idempotency',
      'platform.outbox',
      'work_orders.event',
      'work_orders.contractor_link',
    ])
      expect([
        table,
        await world.ask(`select from ${table} t where t::text like '%' || $1 || '%'`, [token]),
      ]).toEqual([table, []]);
  });
});

describe('a link that is none', () => {
  const refused = async (token: string) => {
    const answers = await Promise.all([
      looks(token),
      acts(token, 'accept'),
      visitor().post(`/jobs/${token}/contact`, {}),
    ]);
    return answers.map(({ status, body }) => [status, body.code]);
  };
  const invalid = Array.from({ length: 3 }, () => [404, 'job.link_invalid']);

  it('guessed, cut short, of another order’s id, or with one bit wrong, opens nothing', async () => {
    const { token, order } = await aLink();
    const other = await aLink();
    const bytes = Buffer.from(token, 'base64url');
    const flipped = Buffer.from(bytes);
    flipped[63]! ^= 1;
    // The one link's secret under the other one's id.
    const crossed = Buffer.concat([
      Buffer.from(other.token, 'base64url').subarray(0, 32),
      bytes.subarray(32),
    ]);
    const withOrder = Buffer.concat([
      bytes.subarray(0, 16),
      Buffer.from((order.id as string).replaceAll('-', ''), 'hex'),
      bytes.subarray(32),
    ]);
    for (const guess of [
      randomUUID(),
      token.slice(0, -1),
      ...[flipped, crossed, withOrder].map((guess) => guess.toString('base64url')),
    ])
      expect(await refused(guess)).toEqual(invalid);
    expect((await looks(token)).status).toBe(200);
  });

  it('run out or revoked, opens nothing any more, also to what was begun; and the guesser is told to wait', async () => {
    const { desk, li, wang } = world.people;
    world.clock.advance(2 * 60 * 60_000);
    const short = await aLink({ days: 1 });
    let { order } = short;
    world.clock.advance(DAY - 10_000);
    expect((await looks(short.token)).status).toBe(200);
    world.clock.advance(20_000);
    expect(await refused(short.token)).toEqual(invalid);
    const address = `/work-orders/${order.id}/contractor-links/${short.id}?scopeId=${order.scopeId}`;
    expect((await desk.client.get(address)).body.code).toBe('work_order.link_unknown');

    const gone = await aLink();
    await acts(gone.token, 'accept');
    order = await desk.sees(gone.order);
    for (const other of [li, wang])
      expect(
        (await job.tries(other, order, 'revoke_contractor', { linkId: gone.id })).body.params.reason,
      ).toBe('not_yours');
    order = await job.does(desk, order, 'revoke_contractor', { linkId: gone.id });
    expect(order.sheet.contractors[0].isOpen).toBe(false);
    expect(await refused(gone.token)).toEqual(invalid);
    const upload = await visitor().post(`/jobs/${gone.token}/photos`, await aPhoto(), {
      'content-type': 'image/jpeg',
    });
    expect(upload.status).toBe(404);
    for (let i = 0; i < 20; i++) await looks(gone.token);
    expect((await looks(gone.token)).body.code).toBe('auth.too_many');
    // Who has a link is not kept out by who guesses: from the same address too.
    expect((await looks((await aLink()).token)).status).toBe(200);
  });

  it('is shown to the desk of the place alone', async () => {
    const { li, wang, farDesk, street } = world.people;
    const { order, id } = await aLink();
    const address = `/work-orders/${order.id}/contractor-links/${id}?scopeId=${order.scopeId}`;
    expect((await farDesk.client.get(address)).status).toBe(404);
    for (const who of [li, wang, street]) expect((await who.client.get(address)).status).toBe(403);
    expect((await job.sees(wang, order)).contractors).toEqual([]);
  });
});
