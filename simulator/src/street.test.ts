import { createHash } from 'node:crypto';
import { DAY, SECOND } from '@gongzhi/kernel';
import { expect, test } from 'vitest';
import { sixWeeks } from './orders/hours.ts';
import { replay } from './orders/replay.ts';
import { placeOfCause, wordsOf } from './orders/reports.ts';
import { causes } from './data/causes.ts';
import { matters } from './data/matters.ts';
import { makePlaces } from './places/places.ts';
import { Random } from './random.ts';
import { catalogue, queuesOf } from './rules.ts';
import { buildStreet, type StreetOptions } from './street.ts';
import { say } from './text.ts';

const monday = Date.parse('2026-11-23T10:20:00+08:00');
const sundayNight = Date.parse('2027-02-07T03:10:00+08:00');
const scale = 0.02;

function digest(options: StreetOptions): { places: string; orders: string } {
  const street = buildStreet(options);
  const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
  const { places, residents, staff } = street;
  return {
    places: hash([
      places.scopes,
      places.compounds.map((c) => [c.households, c.facilities, c.grids]),
      residents.byCompound.map((c) => c.persons),
      staff.members,
    ]),
    orders: hash(
      [...street.orders()].map(({ order, steps, events, shots, contact }) => [
        order,
        steps,
        events,
        shots,
        contact,
      ]),
    ),
  };
}

test('the same seed and now give the same street, row for row', () => {
  const first = digest({ scale, now: monday });
  expect(digest({ scale, now: monday })).toEqual(first);
  const later = digest({ scale, now: monday + DAY });
  expect(later.places).toBe(first.places);
  expect(later.orders).not.toBe(first.orders);
  expect(digest({ scale, now: monday, seed: 'another' }).places).not.toBe(first.places);
});

test('14 communities, 50 compounds, 17,000 households, 1.28 million square metres', () => {
  const places = makePlaces(new Random('gongzhi street 1').fork('places'), 1);
  expect(places.communities.length).toBe(14);
  expect(places.compounds.length).toBe(50);
  expect(new Set(places.compounds.map((c) => c.community)).size).toBe(14);
  expect(new Set(places.compounds.map((c) => c.department)).size).toBe(12);
  const households = places.compounds.flatMap((c) => c.households);
  expect(households.length).toBe(17_000);
  expect(places.compounds.find((c) => c.scope.name === '万隆小区')!.households.length).toBe(276);
  const hundredths = households.reduce((sum, h) => sum + h.areaHundredths, 0);
  expect(households.every((h) => Number.isInteger(h.areaHundredths) && h.areaHundredths > 3_000)).toBe(true);
  expect(Math.abs(hundredths / 100 / 1_280_000 - 1)).toBeLessThan(0.01);
  for (const compound of places.compounds) {
    const labels = new Set(compound.households.map((h) => h.label));
    expect(labels.size).toBe(compound.households.length);
    expect(compound.grids.reduce((sum, g) => sum + g.households.length, 0)).toBe(compound.households.length);
    for (const grid of compound.grids) {
      expect(grid.households.length).toBeLessThanOrEqual(500);
      if (compound.grids.length > 1) expect(grid.households.length).toBeGreaterThanOrEqual(300);
    }
  }
});

test('people: 1.4 a household, some 2,000 with the app, every grid has its pair, no number that anybody owns', () => {
  const street = buildStreet({ now: monday });
  const persons = street.residents.byCompound.flatMap((c) => c.persons);
  expect(persons.length / 17_000).toBeCloseTo(1.4, 1);
  expect(street.residents.accounts.length).toBeGreaterThan(1_800);
  expect(street.residents.accounts.length).toBeLessThan(2_200);
  const grids = street.places.compounds.flatMap((c) => c.grids);
  expect(grids.every((g) => g.socialWorkerAccountId !== null && g.stewardAccountId !== null)).toBe(true);
  const memberships = [...street.staff.memberships, ...street.residents.memberships];
  expect(new Set(memberships.map((m) => `${m.scopeId} ${m.accountId} ${m.role}`)).size).toBe(
    memberships.length,
  );
  const several = Map.groupBy(memberships, (m) => m.accountId)
    .values()
    .filter((own) => own.length > 1)
    .toArray();
  expect(several.length).toBeGreaterThan(30);
  const worksAndLives = street.personas.find((p) => p.id === 'social_worker')!.account.id;
  expect(memberships.filter((m) => m.accountId === worksAndLives).map((m) => m.role)).toEqual([
    'social_worker',
    'resident',
  ]);
  const accounts = [...street.staff.accounts, ...street.residents.accounts];
  expect(new Set(accounts.map((a) => a.phone)).size).toBe(accounts.length);
  for (const { phone } of [...accounts, ...persons]) if (phone !== null) expect(phone).toMatch(/^169\d{8}$/);
  for (const crew of street.crews) {
    for (const { skill } of catalogue)
      expect(crew.handsBySkill.has(skill), `${crew.department.name} has nobody for ${skill}`).toBe(true);
  }
  expect(street.personas.map((p) => p.membership.role)).toEqual([
    'resident',
    'resident',
    'worker',
    'steward',
    'desk',
    'manager',
    'company',
    'committee',
    'social_worker',
    'street',
    'city',
    'resident',
    'guard',
    'company',
  ]);
});

test('every matter of the catalogue has its words, and every word is written to the end', () => {
  const random = new Random('words');
  for (const { code } of catalogue) {
    expect(matters[code], code).toBeDefined();
    for (const template of [...wordsOf[code]!.said, ...wordsOf[code]!.done]) {
      for (let i = 0; i < 5; i++) expect(say(template, random)).not.toMatch(/[{}|]/);
    }
  }
});

test.each([
  ['a Monday morning', monday],
  ['a night in the Spring Festival week', sundayNight],
])('on %s every order can be replayed', (_, now) => {
  const street = buildStreet({ scale: 0.1, now });
  const seen = new Set<string>();
  let count = 0;
  for (const life of street.orders()) {
    const { state, order, events, steps, shots } = life;
    count++;
    seen.add(state.status);
    expect([...replay(events, order.wall.reporterAccountId)], order.number).toContain(state.status);
    expect(state.createdAt).toBeGreaterThanOrEqual(now - sixWeeks);
    const times = events.map((e) => e.at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(now);
    // What time has brought is marked: nothing waits for a due claim but the last few seconds.
    expect(state.nextDueAt === null || state.nextDueAt > now - 6 * SECOND).toBe(true);
    expect(events.flatMap((e) => e.photoIds).toSorted()).toEqual(shots.map((s) => s.fileId).toSorted());
    expect(steps.map((s) => s.position)).toEqual(steps.map((_step, i) => i + 1));
    expect(order.version).toBe(times.length === 0 ? 1 : new Set(times).size);
  }
  const expected =
    street.crews.reduce(
      (sum, c) => sum + c.compounds.reduce((n, g) => n + g.compound.households.length, 0),
      0,
    ) * 0.62;
  expect(count / expected).toBeGreaterThan(0.85);
  for (const status of [
    'submitted',
    'assigned',
    'accepted',
    'departed',
    'arrived',
    'in_progress',
    'paused',
    'finished',
    'confirmed',
    'closed',
    'disputed',
    'cancelled',
  ]) {
    expect(seen.has(status), status).toBe(true);
  }
});

test.each([
  ['a Monday morning', monday],
  ['a Sunday night', sundayNight],
])('on %s the desk of every department has a day before it', (_, now) => {
  const street = buildStreet({ scale: 0.1, now });
  const have = new Map(street.crews.map((crew) => [crew, new Map<string, number>()]));
  for (const life of street.orders()) {
    const crew = street.crews.find((c) =>
      c.compounds.some((g) => g.compound.scope.id === life.order.wall.scopeId),
    )!;
    for (const queue of queuesOf(life.state, now))
      have.get(crew)!.set(queue, (have.get(crew)!.get(queue) ?? 0) + 1);
  }
  for (const queues of have.values()) {
    for (const [queue, least] of Object.entries({
      unassigned: 4,
      due_hour: 4,
      late: 3,
      callback: 4,
      disputed: 2,
      open: 25,
    })) {
      expect(queues.get(queue) ?? 0, queue).toBeGreaterThanOrEqual(least);
    }
  }
});

test('the personas find their day: somebody on the way, one in hand, one just given', () => {
  const street = buildStreet({ scale, now: monday });
  const accountOf = (id: string): string => street.personas.find((p) => p.id === id)!.account.id;
  const all = [...street.orders()];
  const hers = all.filter((l) => l.order.wall.reporterAccountId === accountOf('resident'));
  expect(hers.map((l) => l.state.status).toSorted()).toEqual(['closed', 'departed', 'finished']);
  const his = all.filter((l) => l.state.assigneeAccountId === accountOf('worker')).map((l) => l.state.status);
  expect(his.filter((s) => s === 'in_progress').length).toBe(1);
  expect(his.filter((s) => s === 'assigned').length).toBe(1);
  expect(his).not.toContain('departed');
});

test('what has a cause keeps coming back at one place', () => {
  const street = buildStreet({ scale, now: monday });
  const orders = [...street.orders()].map(({ order }) => order);
  const found = causes.map(({ compound: name, category, facility, reportedDaysAgo }) => {
    const compound = street.places.compounds.find(({ scope }) => scope.name === name);
    const place = compound === undefined ? null : placeOfCause({ facility }, compound);
    const here = orders.filter(
      ({ facilityId, buildingId, state }) =>
        state.categoryCode === category &&
        (facility === null ? buildingId === place?.building?.id : facilityId === place?.facility?.id),
    );
    return { name, isThere: place !== null && here.length >= reportedDaysAgo.length - 2 };
  });
  expect(found.filter(({ isThere }) => !isThere)).toEqual([]);
});
