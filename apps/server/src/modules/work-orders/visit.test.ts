import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, expectStatus, HOUR } from './fixtures.ts';

/** Appointments and voice notes over HTTP; the rules are domain/visits.test.ts. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const tuesday = { from: '2026-11-24T01:00:00.000Z', to: '2026-11-24T04:00:00.000Z' };
const webm = Buffer.from('\x1a\x45\xdf\xa3....webm....A_OPUS....', 'latin1');

async function reported(more: Record<string, unknown>): Promise<Json> {
  const body = { ...aWorkOrder().about('water.tap').atHome(world.home).body(world.near.compound), ...more };
  return expectStatus(await world.people.wang.client.post('/work-orders', body), 201);
}

test('from the hours a resident offers to the visit, told to whom it concerns', async () => {
  const { wang, desk, li, chen } = world.people;
  let order = await reported({ windows: [tuesday], hasSeveral: true });
  expect(order).toMatchObject({ windows: [tuesday], appointment: null, hasSeveral: true });
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'accept');
  const due = order.arriveDueAt;
  order = await li.does(order, 'make_appointment', tuesday);
  expect(order).toMatchObject({ appointment: { ...tuesday, isAgreed: true }, arriveDueAt: tuesday.to });
  expect(due).not.toBe(tuesday.to);
  expect((await wang.inbox())[0]).toBe('work_order.appointment_made');
  const wednesday = { from: '2026-11-25T10:00:00.000Z', to: '2026-11-25T12:00:00.000Z' };
  order = await desk.does(order, 'make_appointment', { ...wednesday, reason: '师傅请假' });
  expect(order).toMatchObject({ appointment: { isAgreed: false }, rescheduleCount: 1 });
  order = await wang.does(order, 'agree_appointment');
  expect(order.arriveDueAt).toBe(wednesday.to);
  expect((await li.inbox())[0]).toBe('work_order.appointment_agreed');
  world.clock.set(new Date(wednesday.from));
  order = await li.does(order, 'depart');
  expect((await li.tries(order, 'nobody_home')).body.params.reason).toBe('photos_required');
  order = await li.does(order, 'nobody_home', { photoIds: [await li.uploads()] });
  expect(order).toMatchObject({
    status: 'paused',
    pausedReason: 'waiting_resident',
    missedCount: 1,
    arriveLateAt: null,
  });
  expect((await wang.inbox())[0]).toBe('work_order.nobody_home');
  const next = { from: '2026-11-26T01:00:00.000Z', to: '2026-11-26T04:00:00.000Z' };
  order = await wang.does(order, 'offer_windows', { windows: [next] });
  expect((await desk.inbox())[0]).toBe('work_order.windows_offered');
  const line = (await wang.timelineOf(order)).find(({ kind }) => kind === 'work_order.nobody_home')!;
  expect(line.photos).toHaveLength(1);
  expect((await chen.looksAt(order)).status).toBe(404);
});

test('bad hours are refused with their reason, before and after the report', async () => {
  const { wang } = world.people;
  const now = world.clock.now().getTime();
  const at = (hours: number) => new Date(now + hours * HOUR).toISOString();
  const tries = async (windows: unknown[]) => {
    const body = { ...aWorkOrder().about('water.tap').atHome(world.home).body(world.near.compound), windows };
    const answer = await wang.client.post('/work-orders', body);
    return [answer.status, answer.body.params?.reason ?? answer.body.code];
  };
  expect(await tries([{ from: at(-5), to: at(-3) }])).toEqual([422, 'window_past']);
  expect(await tries([{ from: at(3), to: at(2) }])).toEqual([422, 'window_length']);
  expect(await tries([])).toEqual([422, 'validation.failed']);
  expect(await tries(Array.from({ length: 6 }, () => tuesday))).toEqual([422, 'validation.failed']);
  expect(await tries([{ from: 'tomorrow', to: 'later' }])).toEqual([422, 'validation.failed']);
  const order = await reported({});
  const far = { from: '2027-11-24T01:00:00Z', to: '2027-11-24T04:00:00Z' };
  expect((await wang.tries(order, 'offer_windows', { windows: [far] })).body).toMatchObject({
    status: 422,
    params: { reason: 'window_too_far' },
  });
});

test('a voice note is played by who may know the reporter, and by no neighbour', async () => {
  const { wang, chen, li, desk, fang } = world.people;
  const voice = async () => expectStatus(await wang.tryUpload(webm, 'audio/webm'), 201).id as string;
  const plays = async (who: typeof wang, id: string) =>
    (await who.client.get(`/files/${id}?scopeId=${world.near.compound}`)).status;
  const body = (more: Record<string, unknown>) => ({
    ...aWorkOrder().about('gate.fault').inPublic().body(world.near.compound),
    ...more,
  });
  const id = await voice();
  let order = expectStatus(await wang.client.post('/work-orders', body({ voiceId: id })), 201);
  expect([order.voices, order.photos]).toEqual([[{ id }], []]);
  expect([
    await plays(wang, id),
    await plays(fang, id),
    await plays(desk, id),
    await plays(chen, id),
  ]).toEqual([200, 404, 200, 404]);
  expect(await chen.sees(order)).toMatchObject({ voices: [] });
  const said = await voice();
  order = await wang.does(order, 'comment', { text: '语音留言', voiceId: said });
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  expect([await plays(li, said), await plays(chen, said)]).toEqual([200, 404]);
  expect(
    (await li.timelineOf(order)).find(({ kind }) => kind === 'work_order.commented')!.params.voiceId,
  ).toBe(said);
  // In a confidential matter a voice would give away who speaks.
  const whisper = await voice();
  let secret = expectStatus(
    await wang.client.post('/work-orders', {
      ...body({ voiceId: whisper }),
      categoryCode: 'neighbour.dog',
    }),
    201,
  );
  const again = await voice();
  secret = await wang.does(secret, 'comment', { text: '语音留言', voiceId: again });
  const { zhao } = world.people;
  secret = await desk.does(secret, 'assign', { assigneeAccountId: zhao.accountId });
  expect((await zhao.sees(secret)).voices).toEqual([]);
  expect(JSON.stringify(await zhao.timelineOf(secret))).not.toContain(again);
  expect([await plays(zhao, whisper), await plays(zhao, again), await plays(desk, again)]).toEqual([
    404, 404, 200,
  ]);
  // A picture is no voice note, and the other way round.
  const refused = await wang.client.post('/work-orders', body({ voiceId: await wang.uploads() }));
  expect(refused.body).toMatchObject({ code: 'file.not_attachable', fields: [{ path: '/voiceId' }] });
  expect(
    (await wang.client.post('/work-orders', body({ photoIds: [await voice()] }))).body.fields[0].path,
  ).toBe('/photoIds');
});
