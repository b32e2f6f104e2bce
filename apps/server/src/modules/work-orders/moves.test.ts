import { randomUUID } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import type { Json } from '../../../../../test/server.ts';
import { loaders as placesRows } from '../places/index.ts';
import { aWorkOrder, expectStatus, type Somebody } from './fixtures.ts';
import { moves } from './service-moves.ts';

const webm = Buffer.from('\x1a\x45\xdf\xa3....webm....A_OPUS....', 'latin1');

describe('a matter moved to another company', () => {
  let world: World;
  let unitId: string;
  beforeAll(async () => {
    world = await aWorld();
    unitId = randomUUID();
    const scopeId = randomUUID();
    const above = {
      code: null,
      parentId: null,
      districtId: null,
      streetId: null,
      communityId: null,
      companyId: null,
    };
    await world.insert(placesRows.scope, {
      ...above,
      scopeId,
      kind: 'organisation',
      name: '纺织厂',
      cityId: world.city,
      departmentId: null,
      address: null,
      builtYear: null,
      timeZone: 'Asia/Shanghai',
      isDemonstration: true,
      createdAt: new Date('2026-01-01'),
    });
    await world.insert(placesRows.organisation, {
      scopeId,
      organisationId: unitId,
      kind: 'property_right_unit',
      name: '纺织厂',
    });
  });
  afterAll(() => world.close());
  const move = (more: Record<string, unknown> = {}) => ({
    toScopeId: world.far.compound,
    decidedBy: 'street',
    documentNumber: '近街发〔2026〕7号',
    reason: '这段管道归那边',
    ...more,
  });

  test('is closed here and reopened there, with its deadline, its words, its picture and whom to call', async () => {
    const { wang, desk, farDesk, farWorker } = world.people;
    const photo = await wang.uploads();
    const order = await wang.reports(aWorkOrder().atHome(world.home).showing(photo));
    const done = await desk.does(order, 'move', move());
    expect(done).toMatchObject({ status: 'closed', outcome: 'moved', referredTo: '远物业 远小区' });
    await world.told();
    const told = (await desk.timelineOf(done)).find((entry) => entry.kind === 'work_order.moved');
    const there = { id: told.params.toOrderId, scopeId: world.far.compound };
    // Linked both ways, for whom both are visible.
    const { cityHall } = world.people;
    expect((await cityHall.sees(done)).related).toMatchObject([{ kind: 'moved_to', id: there.id }]);
    expect((await cityHall.sees(there)).related).toMatchObject([{ kind: 'moved_from', id: order.id }]);
    let other = await farDesk.sees(there);
    expect(other).toMatchObject({
      status: 'triaged',
      description: order.description,
      resolveDueAt: order.resolveDueAt,
      createdAt: order.createdAt,
      householdId: null,
      related: [],
    });
    expect(other.placeLabel).toBe('近小区 3号楼2单元601');
    expect(await farDesk.seesPhoto(other.photos[0].id, world.far.compound)).toBe(true);
    expect(await farDesk.seesPhoto(photo, world.near.compound)).toBe(false);
    const contact = await farDesk.client.post(`/work-orders/${there.id}/contact?scopeId=${there.scopeId}`, {
      purpose: 'visit',
    });
    expect(contact.body).toMatchObject({ name: '王建国', phone: wang.phone });
    expect(await farDesk.inbox()).toContain('work_order.moved_in');

    other = await farDesk.does(other, 'assign', { assigneeAccountId: farWorker.accountId });
    other = await farWorker.does(other, 'accept');
    other = await farWorker.does(other, 'start');
    await farWorker.does(other, 'finish', { workDone: '换了接头' });
    await world.told();
    const story = await wang.timelineOf(order);
    expect(
      story.filter((entry) => entry.kind === 'work_order.moved_progress').map((entry) => entry.params.result),
    ).toEqual(['opened', 'accepted', 'arrived', 'started', 'finished']);
    expect(await wang.inbox()).toContain('work_order.moved_progress');
    // The other company's people are not named to whom they do not serve, nor the other way round.
    expect(JSON.stringify(story)).not.toContain('远师傅');
    expect((await desk.looksAt(there)).status).toBe(404);
    expect((await farDesk.looksAt(order)).status).toBe(404);
  });

  test('what happened there in one instant is told here in its order, whatever else draws ids meanwhile', async () => {
    const { wang, desk } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const done = await desk.does(order, 'move', move());
    await world.told();
    const told = (await desk.timelineOf(done)).find((entry) => entry.kind === 'work_order.moved');
    const at = world.clock.now().getTime();
    const events = Array.from({ length: 8 }, (_, n) => at + n).flatMap((millis) =>
      ['arrived', 'started'].map((step) => ({
        kind: `work_order.${step}`,
        scopeId: world.far.compound,
        objectId: told!['params'].toOrderId,
        eventId: uuidv7(millis),
        occurredAt: new Date(millis),
      })),
    );
    await world.worker.work((tx) => {
      const busy = new Proxy(tx, {
        get(target, name) {
          // Somebody else's, of another moment.
          uuidv7(1);
          const member: unknown = Reflect.get(target, name);
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
      return moves.handle(events as never, busy, world.server.house);
    });
    const story = (await desk.timelineOf(order)).filter(
      ({ kind, params }) => kind === 'work_order.moved_progress' && params.result !== 'opened',
    );
    expect(story.map(({ params }) => params.result)).toEqual(
      Array.from({ length: 8 }, () => ['arrived', 'started']).flat(),
    );
  });

  test('what was only spoken is heard there too, by whom it may be', async () => {
    const { wang, desk, farDesk, farWorker } = world.people;
    const voiceId = expectStatus(await wang.tryUpload(webm, 'audio/webm'), 201).id as string;
    const body = { ...aWorkOrder().atHome(world.home).saying('语音留言').body(world.near.compound), voiceId };
    const order = expectStatus(await wang.client.post('/work-orders', body), 201);
    const done = await desk.does(await desk.sees(order), 'move', move());
    await world.told();
    const told = (await desk.timelineOf(done)).find((entry) => entry.kind === 'work_order.moved');
    const there = { id: told!['params'].toOrderId, scopeId: world.far.compound };
    const [voice, ...others] = (await farDesk.sees(there)).voices;
    expect(others).toEqual([]);
    expect(voice.id).not.toBe(voiceId);
    const hears = (who: Somebody, id: string, scopeId: string) =>
      fetch(`${world.url}/api/v1/files/${id}?scopeId=${scopeId}`, { headers: { cookie: who.client.cookie } });
    const heard = await hears(farDesk, voice.id, there.scopeId);
    expect([heard.status, Buffer.from(await heard.arrayBuffer())]).toEqual([200, webm]);
    expect((await hears(farDesk, voiceId, order.scopeId)).status).toBe(404);
    expect((await hears(farWorker, voice.id, there.scopeId)).status).toBe(404);
    expect((await hears(wang, voiceId, order.scopeId)).status).toBe(200);
  });

  test('by the property-right unit that owns the building, and by no other', async () => {
    const { wang, desk, street } = world.people;
    const owner = (organisationId: string | null, startsOn: string) =>
      street.client.post(`/places/scopes/${world.near.compound}/owners`, {
        buildingId: world.near.buildings['3'],
        organisationId,
        startsOn,
      });
    const set = await owner(unitId, '2026-01-01');
    expect(set.body.items.find((item: Json) => item.buildingName === '3号楼')).toMatchObject({
      organisationName: '纺织厂',
      since: '2026-01-01',
    });
    expect((await owner(randomUUID(), '2026-02-01')).body.code).toBe('owner.organisation_unknown');
    expect((await owner(null, '2026-01-01')).body.code).toBe('owner.before_predecessor');
    expect((await desk.client.post(`/places/scopes/${world.near.compound}/owners`, {})).status).toBe(403);

    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const by = (organisationId?: string) =>
      move({ decidedBy: 'property_right_unit', ...(organisationId === undefined ? {} : { organisationId }) });
    expect((await desk.tries(order, 'move', by())).body.code).toBe('work_order.move_decider');
    const [other] = await world.ask<{ organisation_id: string }>(
      `select organisation_id from places.organisation where kind = 'property_company' limit 1`,
    );
    expect((await desk.tries(order, 'move', by(other!.organisation_id))).body.code).toBe(
      'work_order.move_decider',
    );
    const moved = await desk.does(order, 'move', by(unitId));
    const [told] = (await desk.timelineOf(moved)).filter((entry) => entry.kind === 'work_order.moved');
    expect(told.params).toMatchObject({ decider: '纺织厂', reference: '近街发〔2026〕7号' });
  });

  test.each([
    ['to the own company', 'near', 'work_order.move_same_company'],
    ['to nowhere', 'nowhere', 'work_order.move_unknown'],
    ['to a street', 'street', 'work_order.move_unknown'],
  ])('%s is refused', async (_name, where, code) => {
    const { wang, desk } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const toScopeId = { near: world.near.compound, nowhere: randomUUID(), street: world.far.street }[where];
    expect((await desk.tries(order, 'move', move({ toScopeId }))).body.code).toBe(code);
  });

  test('a resident does not move it, nor a worker', async () => {
    const { wang } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const answer = await wang.tries(order, 'move', move());
    expect([answer.status, answer.body.params.reason]).toEqual([409, 'not_yours']);
  });

  test('no id is older than its order', async () => {
    const wrong = await world.ask(
      `select o.number from work_orders.work_order o
       where ('x' || lpad(substr(replace(o.work_order_id::text, '-', ''), 1, 12), 16, '0'))::bit(64)::bigint < (extract(epoch from o.created_at) * 1000)::bigint`,
    );
    expect(wrong).toEqual([]);
  });
});
