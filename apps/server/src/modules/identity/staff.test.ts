import { addDays, localDate } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { places } from '../places/index.ts';
import { type Browser, openTestHouse, type TestHouse } from './fixtures.ts';

let t: TestHouse;
let manager: Browser;
let company: Browser;
beforeAll(async () => {
  t = await openTestHouse();
  manager = await t.signedIn(t.town.staff.manager);
  company = await t.signedIn(t.town.staff.company);
});
afterAll(() => t.close());

let phones = 15_867_340_000;
const fresh = () => String(phones++);
const hire = (who: Browser, more: Record<string, unknown> = {}) =>
  who.post('/staff', {
    scopeId: t.town.near.department,
    phone: fresh(),
    displayName: '新师傅',
    title: '水暖维修工',
    role: 'worker',
    ...more,
  });
const listed = async (who: Browser, scopeId = t.town.near.department) =>
  (await who.get(`/staff?scopeId=${scopeId}`)).body;
const entryOf = async (who: Browser, staffId: string, scopeId?: string) =>
  (await listed(who, scopeId)).items.find((item: { staffId: string }) => item.staffId === staffId);
const command = (
  who: Browser,
  staffId: string,
  body: Record<string, unknown>,
  scopeId = t.town.near.department,
) => who.post(`/staff/${staffId}/commands?scopeId=${scopeId}`, body);

/** By one-time code, as anybody comes in. */
async function comesIn(phone: string) {
  const browser = t.browser();
  const { body } = await browser.post('/auth/codes', { phone });
  if (body.demoCode === undefined) return { browser, answer: null };
  const answer = await browser.post('/auth/sessions', { phone, code: body.demoCode });
  return { browser, answer };
}

describe('taking somebody on', () => {
  test('a new phone becomes an account that can sign in as what it was taken on for', async () => {
    const phone = fresh();
    const answer = await hire(manager, {
      phone: `+86 ${phone.slice(0, 3)} ${phone.slice(3)}`,
      displayName: '马新 ',
    });
    expect(answer.status).toBe(201);
    const entry = await entryOf(manager, answer.body.staffId);
    expect(entry).toMatchObject({
      displayName: '马新',
      role: 'worker',
      startsOn: '2026-11-21',
      lastDay: null,
      isHere: true,
      mayChange: true,
      hasSecondFactor: false,
    });
    expect(entry.phoneMasked).not.toContain(phone.slice(3, 7));
    const { answer: signedIn } = await comesIn(phone);
    expect([signedIn?.status, signedIn?.body.acting.role]).toEqual([201, 'worker']);
    const rows = await t.admin.query(
      `select detail, account_id from platform.audit where action = 'staff.hired' and object_id = $1`,
      [answer.body.staffId],
    );
    expect(rows.rows[0].account_id).toBe(t.town.staff.manager.accountId);
    expect(JSON.stringify(rows.rows)).not.toContain(phone);
    expect(JSON.stringify(rows.rows)).not.toContain('马新');
  });

  test('who lives here keeps the account and gets another capacity; twice is refused', async () => {
    const { neighbour } = t.town;
    const answer = await hire(manager, { phone: neighbour.phone, role: 'desk', title: '前台' });
    expect(answer.status).toBe(201);
    const again = await hire(manager, { phone: neighbour.phone, role: 'desk', title: '前台' });
    expect([again.status, again.body.code]).toEqual([409, 'staff.exists']);
    const { rows } = await t.admin.query(
      'select role from identity.membership where account_id = $1 order by role',
      [neighbour.accountId],
    );
    expect(rows.map((row: { role: string }) => row.role)).toEqual(['desk', 'resident']);
  });

  test('from a later day: until then the capacity does not count', async () => {
    const phone = fresh();
    const answer = await hire(manager, { phone, startsOn: '2026-11-25' });
    expect((await entryOf(manager, answer.body.staffId)).isHere).toBe(false);
    expect((await comesIn(phone)).answer?.body.code).toBe('auth.membership_none');
  });

  test('two at the same instant make one account and one post', async () => {
    const phone = fresh();
    const answers = await Promise.all([
      hire(manager, { phone }),
      hire(company, { phone }),
      hire(manager, { phone }),
    ]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
    const { rows } = await t.admin.query(
      `select count(*)::integer as count from identity.phone_registry where phone_index = $1`,
      [t.crypto.cityIndex(phone)],
    );
    expect(rows[0].count).toBe(1);
  });

  test.each([
    [{ phone: '12345' }, 422, 'auth.phone_invalid'],
    [{ displayName: '   ' }, 422, 'validation.failed'],
    [{ role: 'resident' }, 422, 'validation.failed'],
    [{ startsOn: '2026-11-20' }, 422, 'staff.starts_in_past'],
    [{ startsOn: '2026-02-30' }, 422, 'validation.failed'],
    [{ extra: 1 }, 422, 'validation.failed'],
    [{ title: 'a\u0000b' }, 422, 'validation.failed'],
  ])('%j is refused with %i %s', async (more, status, code) => {
    const answer = await hire(manager, more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('who may', () => {
  test.each([
    ['manager', 'department', 'manager', 201],
    ['manager', 'department', 'company', 403],
    ['manager', 'company', 'company', 404],
    ['company', 'department', 'manager', 201],
    ['company', 'company', 'company', 201],
    ['committee', 'community', 'social_worker', 201],
    ['committee', 'department', 'worker', 404],
    ['street', 'community', 'committee', 201],
    ['street', 'street', 'street', 201],
    ['street', 'department', 'worker', 404],
    ['city', 'street', 'street', 201],
    ['desk', 'department', 'worker', 403],
  ] as const)('a %s at a %s as %s: %i', async (role, place, wanted, status) => {
    const who = await t.signedIn(t.town.staff[role]);
    const answer = await hire(who, { scopeId: t.town.near[place], role: wanted });
    expect([answer.status, answer.body.code]).toEqual([
      status,
      status === 201 ? undefined : answer.body.code,
    ]);
  });

  test('another department, another street: not found', async () => {
    for (const who of [manager, company])
      expect((await hire(who, { scopeId: t.town.far.department })).status).toBe(404);
    expect((await manager.get(`/staff?scopeId=${t.town.far.department}`)).status).toBe(404);
    expect((await manager.get(`/staff?scopeId=${t.town.near.compound}`)).status).toBe(404);
  });

  test('nobody changes his own post, or gives one above it', async () => {
    const own = await hire(company, { phone: t.town.staff.manager.phone, role: 'desk' });
    expect(own.status).toBe(201);
    const answer = await command(manager, own.body.staffId, {
      action: 'end',
      expectedVersion: 1,
      lastDay: '2026-11-20',
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'staff.not_yourself']);
    expect((await hire(manager, { phone: t.town.staff.manager.phone })).body.code).toBe('staff.not_yourself');
    const worker = (await hire(manager)).body;
    const raised = await command(manager, worker.staffId, {
      action: 'change_role',
      expectedVersion: 1,
      role: 'company',
    });
    expect([raised.status, raised.body.code]).toEqual([403, 'staff.role_not_yours']);
  });
});

describe('changes', () => {
  test('a new role at once, also for who is signed in', async () => {
    const phone = fresh();
    const { staffId } = (await hire(manager, { phone })).body;
    const { browser } = await comesIn(phone);
    expect((await browser.get('/me')).body.acting.role).toBe('worker');
    const answer = await command(manager, staffId, {
      action: 'change_role',
      expectedVersion: 1,
      role: 'desk',
    });
    expect([answer.status, answer.body.version]).toEqual([200, 2]);
    expect((await browser.get('/me')).body.acting.role).toBe('desk');
    const stale = await command(manager, staffId, {
      action: 'rename',
      expectedVersion: 1,
      displayName: '他',
      title: '她',
    });
    expect([stale.status, stale.body.code, stale.body.params.version]).toEqual([409, 'place.stale', 2]);
  });

  test('yesterday as the last day ends it at once, and coming back is possible', async () => {
    const phone = fresh();
    const { staffId } = (await hire(manager, { phone })).body;
    const { browser } = await comesIn(phone);
    expect(
      (await command(manager, staffId, { action: 'end', expectedVersion: 1, lastDay: '2026-11-20' })).status,
    ).toBe(200);
    expect((await browser.get('/me')).status).toBe(401);
    const back = await hire(manager, { phone });
    expect([back.status, back.body.staffId]).toEqual([201, staffId]);
    expect(await entryOf(manager, staffId)).toMatchObject({ isHere: true, lastDay: null, version: 3 });
  });

  test('two managers at one person: the second is told', async () => {
    const { staffId } = (await hire(manager)).body;
    const rename = (who: Browser, displayName: string) =>
      command(who, staffId, { action: 'rename', expectedVersion: 1, displayName, title: '电工' });
    const answers = await Promise.all([rename(manager, '甲'), rename(company, '乙')]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  });
});

describe('grids', () => {
  const scope = () => t.town.near.compound;
  const grids = async (who: Browser) => (await who.get(`/places/scopes/${scope()}/grids`)).body.items;
  const change = (who: Browser, gridId: string, body: Record<string, unknown>) =>
    who.post(`/places/grids/${gridId}/commands?scopeId=${scope()}`, body);

  test('the pair: the property names its steward, the committee its social worker, and each finds the grid', async () => {
    const committee = await t.signedIn(t.town.staff.committee);
    const [stewardPhone, socialPhone] = [fresh(), fresh()];
    const steward = await hire(manager, { phone: stewardPhone, role: 'steward', displayName: '和管家' });
    const social = await hire(committee, {
      scopeId: t.town.near.community,
      phone: socialPhone,
      role: 'social_worker',
      displayName: '田社工',
    });
    const accountOf = async (who: Browser, staffId: string, place: string) =>
      (await entryOf(who, staffId, place)).accountId;
    const stewardAccount = await accountOf(manager, steward.body.staffId, t.town.near.department);
    const socialAccount = await accountOf(committee, social.body.staffId, t.town.near.community);
    const [grid] = await grids(manager);
    const half = (who: Browser, which: string, accountId: string | null, expectedVersion: number) =>
      change(who, grid.id, { action: 'set_half', half: which, accountId, expectedVersion });

    expect((await half(manager, 'social_worker', socialAccount, 1)).body.code).toBe('grid.half_not_yours');
    expect((await half(committee, 'steward', stewardAccount, 1)).body.code).toBe('grid.half_not_yours');
    expect((await half(manager, 'steward', socialAccount, 1)).body.code).toBe('grid.half_unknown');
    expect((await half(manager, 'steward', stewardAccount, 1)).status).toBe(200);
    expect((await half(committee, 'social_worker', socialAccount, 1)).body.code).toBe('place.stale');
    const done = await half(committee, 'social_worker', socialAccount, 2);
    expect(done.body.grid).toMatchObject({ stewardName: '和管家', socialWorkerName: '田社工', version: 3 });

    const { browser } = await comesIn(stewardPhone);
    expect((await browser.get('/places/grids/mine')).body.items).toEqual([
      {
        id: grid.id,
        scopeId: scope(),
        scopeName: '近小区',
        code: '01',
        name: '第一网格',
        half: 'steward',
        partnerName: '田社工',
        householdCount: 6,
        buildingNames: ['3号楼', '13号楼'],
      },
    ]);
    const { browser: other } = await comesIn(socialPhone);
    expect((await other.get('/places/grids/mine')).body.items[0]).toMatchObject({
      half: 'social_worker',
      partnerName: '和管家',
    });
    expect((await manager.get('/places/grids/mine')).status).toBe(403);
    expect((await half(manager, 'steward', null, 3)).body.grid.stewardName).toBeNull();
  });

  test('a new grid takes a building, a unit, single households; its code is its own', async () => {
    const made = await manager.post(`/places/scopes/${scope()}/grids`, { code: '02', name: '第二网格' });
    expect(made.status).toBe(201);
    const taken = await manager.post(`/places/scopes/${scope()}/grids`, { code: '02', name: '又一个' });
    expect([taken.status, taken.body.code]).toEqual([409, 'grid.code_taken']);
    const gridId = made.body.id;
    const { buildings, households } = t.town.near;
    const assign = (expectedVersion: number, more: Record<string, unknown>) =>
      change(manager, gridId, { action: 'assign', expectedVersion, ...more });
    const one = await assign(1, { buildingId: buildings['3'], householdIds: [households['3-2-601']] });
    expect([one.body.movedHouseholds, one.body.grid.householdCount]).toEqual([1, 1]);
    const whole = await assign(2, { buildingId: buildings['3'] });
    expect([whole.body.movedHouseholds, whole.body.grid.householdCount]).toEqual([2, 3]);
    expect((await assign(3, { buildingId: t.town.far.buildings['3'] })).body.code).toBe(
      'grid.building_unknown',
    );
    const plan = await manager.get(`/places/scopes/${scope()}/buildings/${buildings['3']}/plan`);
    expect(plan.body).toMatchObject({ name: '3号楼', floors: 6, isCut: false, units: [{ name: '2单元' }] });
    expect(
      plan.body.rooms.map((room: { roomNo: string; gridId: string }) => [room.roomNo, room.gridId]),
    ).toEqual([
      ['601', gridId],
      ['101', gridId],
      ['102', gridId],
    ]);
    const far = await t.signedIn(t.town.farDesk);
    expect((await far.get(`/places/scopes/${scope()}/buildings/${buildings['3']}/plan`)).status).toBe(404);
  });
});

describe('as days pass', () => {
  test('skills: a lapsed certificate is no skill, exists, and can be renewed', async () => {
    const { staffId } = (await hire(manager)).body;
    const set = (expectedVersion: number, more: Record<string, unknown>) =>
      command(manager, staffId, {
        action: 'set_skill',
        expectedVersion,
        skill: 'lift',
        certificateNo: 'T-1',
        ...more,
      });
    expect((await set(1, { validUntil: '2026-11-20' })).body.code).toBe('staff.skill_lapsed');
    expect((await set(1, { validUntil: '2026-11-21' })).status).toBe(200);
    const onStaff = async () =>
      (await manager.get(`/places/scopes/${t.town.near.department}/staff?skill=lift`)).body.items.some(
        (item: { staffId: string }) => item.staffId === staffId,
      );
    expect(await onStaff()).toBe(true);
    t.clock.set(new Date('2026-11-21T16:00:00Z'));
    expect(await onStaff()).toBe(false);
    expect((await entryOf(manager, staffId)).skills).toEqual([
      { skill: 'lift', certificateNo: 'T-1', validUntil: '2026-11-21', isValid: false },
    ]);
    expect((await set(2, { validUntil: null, certificateNo: ' ' })).status).toBe(200);
    expect(
      (await command(manager, staffId, { action: 'end_skill', expectedVersion: 3, skill: 'lift' })).status,
    ).toBe(200);
    expect(await onStaff()).toBe(false);
    expect(
      (await command(manager, staffId, { action: 'end_skill', expectedVersion: 4, skill: 'gas' })).status,
    ).toBe(404);
    expect((await set(4, { skill: 'flying' })).body.code).toBe('validation.failed');
  });

  test('the last day is a day of work, and the session is nobody afterwards', async () => {
    const phone = fresh();
    const { staffId } = (await hire(manager, { phone })).body;
    const { browser } = await comesIn(phone);
    await command(manager, staffId, { action: 'end', expectedVersion: 1, lastDay: '2026-11-22' });
    expect((await browser.get('/me')).status).toBe(200);
    // Midnight in Beijing.
    t.clock.set(new Date('2026-11-22T15:59:57Z'));
    expect((await browser.get('/me')).status).toBe(200);
    t.clock.set(new Date('2026-11-22T16:00:03Z'));
    expect((await browser.get('/me')).status).toBe(401);
    expect((await entryOf(manager, staffId)).isHere).toBe(false);
  });
});

describe('who keeps a grid', () => {
  const scope = () => t.town.near.compound;
  const change = (gridId: string, body: Record<string, unknown>) =>
    manager.post(`/places/grids/${gridId}/commands?scopeId=${scope()}`, body);

  test('is on record with their days; what was put right the same day never was', async () => {
    const [one, two] = await Promise.all(
      ['甲管家', '乙管家'].map(async (displayName) => {
        const { body } = await hire(manager, { phone: fresh(), role: 'steward', displayName });
        return (await entryOf(manager, body.staffId, t.town.near.department)).accountId as string;
      }),
    );
    const made = await manager.post(`/places/scopes/${scope()}/grids`, { code: '09', name: '第九网格' });
    let version = 1;
    const keeps = async (accountId: string | null) => {
      const answer = await change(made.body.id, {
        action: 'set_half',
        half: 'steward',
        accountId,
        expectedVersion: version++,
      });
      expect(answer.status).toBe(200);
      return answer.body.grid.keepers;
    };
    const day = () => localDate(t.clock.now().getTime(), 'Asia/Shanghai');
    const first = day();
    await keeps(one!);
    expect(await keeps(two!)).toEqual([{ half: 'steward', name: '乙管家', startsOn: first, lastDay: null }]);
    t.clock.advance(3 * 86_400_000);
    // The same again changes nothing.
    expect(await keeps(two!)).toHaveLength(1);
    const fourth = day();
    expect(await keeps(one!)).toEqual([
      { half: 'steward', name: '甲管家', startsOn: fourth, lastDay: null },
      { half: 'steward', name: '乙管家', startsOn: first, lastDay: addDays(fourth, -1) },
    ]);
    t.clock.advance(86_400_000);
    expect((await keeps(null)).map((keeper: { lastDay: string }) => keeper.lastDay)).toEqual([
      fourth,
      addDays(fourth, -1),
    ]);
    const { items } = (await manager.get(`/places/scopes/${scope()}/grids`)).body;
    const listed = items.find(({ id }: { id: string }) => id === made.body.id);
    expect(listed).toMatchObject({ stewardName: null, keepers: [{ name: '甲管家' }, { name: '乙管家' }] });
  });

  test('who has left is half of no pair any more, and the record ends with the last day', async () => {
    const { body } = await hire(manager, { phone: fresh(), role: 'steward', displayName: '丙管家' });
    const entry = await entryOf(manager, body.staffId, t.town.near.department);
    const made = await manager.post(`/places/scopes/${scope()}/grids`, { code: '10', name: '第十网格' });
    await change(made.body.id, {
      action: 'set_half',
      half: 'steward',
      accountId: entry.accountId,
      expectedVersion: 1,
    });
    const today = localDate(t.clock.now().getTime(), 'Asia/Shanghai');
    const ended = await command(manager, body.staffId, { action: 'end', expectedVersion: 1, lastDay: today });
    expect(ended.status).toBe(200);
    const sweep = places.due?.find(({ name }) => name === 'places.left_halves');
    const swept = async () => {
      await t.worker.work((tx) => sweep!.claim(tx, t.clock.now(), 100, t.house));
      const { items } = (await manager.get(`/places/scopes/${scope()}/grids`)).body;
      return items.find(({ id }: { id: string }) => id === made.body.id);
    };
    // The last day is a day of work.
    expect(await swept()).toMatchObject({ stewardName: '丙管家', keepers: [{ lastDay: null }] });
    t.clock.advance(86_400_000);
    expect(await swept()).toMatchObject({
      stewardName: null,
      keepers: [{ half: 'steward', name: '丙管家', startsOn: today, lastDay: today }],
    });
  });
});
