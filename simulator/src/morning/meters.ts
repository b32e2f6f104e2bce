import { DAY, localDate } from '@gongzhi/kernel';
import { DEMONSTRATION_METER } from '../meters/demonstration.ts';
import type { Actor } from './actor.ts';

/**
 * Meters of some homes of the demonstration's first compound, and what was read on them since last autumn: of the water
 * before the month's bills, which say what was used, and the rest in the last days.
 */

export interface MetersStage {
  readonly manager: Actor;
  readonly resident: Actor;
  readonly desk: Actor;
  readonly now: () => number;
  /** Where a meter of the demonstration waits to be called; null where nothing runs beside the product. */
  readonly linePort: number | null;
}

interface Home {
  readonly id: string;
  readonly scopeId: string;
}

/** What such a home needs a day in each month, and how it differs from the next one. */
const needs = {
  power: [7.2, 6.8, 5.9, 5.2, 5.6, 7.9, 11.4, 11.8, 7.1, 5.4, 5.8, 6.9],
  water: Array<number>(12).fill(0.34),
} as const;
const year = [360, 330, 300, 270, 240, 210, 180, 150, 120, 90, 60, 30, 14, 10, 7, 5, 4, 3, 2, 1] as const;
const day = (at: number): string => localDate(at);

export async function playMeters({ manager, resident, desk, now, linePort }: MetersStage): Promise<void> {
  const me = await resident.get<{ acting: { households: readonly Home[] } }>('/me');
  const [own] = me.acting.households;
  if (own === undefined) throw new Error('the resident has no home');
  // On the line it goes on where the meter stands that runs beside the product.
  const values = readings('power', now(), year, linePort === null ? null : DEMONSTRATION_METER.kWh);
  const id = await hang(manager, own, own.id, 'power', 'D20210701', 400, now(), values.first);
  await readBack(manager, own.scopeId, id, now(), values.after);
  if (linePort !== null) {
    // Read from afar from now on, and not before what was read by hand is in the books.
    await putOnLine(manager, own.scopeId, id, linePort);
    await payAhead(manager, desk, own, id);
  }
  const { items } = await manager.get<{ items: readonly { id: string; serial: string }[] }>(
    `/meters?scopeId=${own.scopeId}&kind=water&limit=50`,
  );
  for (const { serial, daysAgo, since } of waterMeters) {
    const meter = items.find((one) => one.serial === serial);
    if (meter === undefined) throw new Error(`the meter ${serial} is not there`);
    const { after } = readings('water', now(), daysAgo, null, since);
    const late = after.filter(([ago]) => ago < waterBilled);
    await readBack(manager, own.scopeId, meter.id, now(), late);
  }
}

/** So many days before the end the water is billed. */
const waterBilled = 6.2;
/** The resident's own, and four others'. */
const waterMeters: readonly {
  readonly serial: string;
  readonly daysAgo: readonly number[];
  readonly since: number;
}[] = [
  {
    serial: 'S20210702',
    daysAgo: [...year.slice(0, year.indexOf(5)), waterBilled + 0.1, ...year.slice(year.indexOf(5))],
    since: 400,
  },
  ...[1, 2, 3, 4].map((index) => ({
    serial: `S20210730${index}`,
    daysAgo: [30, waterBilled + 0.1, index],
    since: 60,
  })),
];

/** The water meters of some homes, with all that was read on them until the month is billed. */
export async function hangWaterMeters(
  manager: Actor,
  scopeId: string,
  homes: readonly string[],
  end: number,
): Promise<void> {
  for (const [index, { serial, daysAgo, since }] of waterMeters.entries()) {
    const householdId = homes[index];
    if (householdId === undefined) throw new Error('there are too few homes');
    const { first, after } = readings('water', end, daysAgo, null, since);
    const id = await hang(
      manager,
      { id: householdId, scopeId },
      householdId,
      'water',
      serial,
      since,
      end,
      first,
    );
    const early = after.filter(([ago]) => ago > waterBilled);
    await readBack(manager, scopeId, id, end, early);
  }
}

async function hang(
  manager: Actor,
  { scopeId }: Home,
  householdId: string,
  kind: 'power' | 'water',
  serial: string,
  daysAgo: number,
  now: number,
  first: number,
): Promise<string> {
  const { id } = await manager.post<{ id: string }>('/meters', {
    scopeId,
    kind,
    serial,
    householdId,
    buildingId: null,
    spot: kind === 'power' ? '楼道表箱' : '厨房',
    digits: kind === 'power' ? 6 : 5,
    line: null,
    installedOn: day(now - daysAgo * DAY),
    firstValue: first,
  });
  return id;
}

/** What it showed on each of those days; `ends`: what it shows in the end. */
function readings(
  kind: 'power' | 'water',
  now: number,
  daysAgo: readonly number[],
  ends: number | null,
  since = 400,
): { readonly first: number; readonly after: readonly (readonly [daysAgo: number, value: number])[] } {
  let [value, before] = [kind === 'power' ? 3_120 : 186, since];
  const first = value;
  const after = [...daysAgo, ...(ends === null ? [] : [0])].map((ago) => {
    const month = Number(day(now - ago * DAY).slice(5, 7)) - 1;
    const need = needs[kind][month] ?? 1;
    value += need * Math.min(before - ago, 60) * (0.94 + ((ago * 7) % 5) / 40);
    before = ago;
    return [ago, value] as const;
  });
  const shift = ends === null ? 0 : ends - value;
  const shown = (figure: number): number => Math.round((figure + shift) * 100) / 100;
  return { first: shown(first), after: after.map(([ago, figure]) => [ago, shown(figure)]) };
}

async function readBack(
  manager: Actor,
  scopeId: string,
  meterId: string,
  now: number,
  values: readonly (readonly [daysAgo: number, value: number])[],
): Promise<void> {
  for (const [ago, value] of values)
    await manager.post(`/meters/${meterId}/readings?scopeId=${scopeId}`, {
      value,
      takenAt: new Date(now - ago * DAY).toISOString(),
      answer: 'sure',
    });
}

async function putOnLine(manager: Actor, scopeId: string, meterId: string, port: number): Promise<void> {
  const { gateway } = await manager.post<{ gateway: { id: string } }>('/meters/gateways', {
    scopeId,
    label: '1号集中器',
    transport: 'dial',
    dial: { host: '127.0.0.1', port },
    password: DEMONSTRATION_METER.password,
  });
  await manager.post(`/meters/${meterId}/changes?scopeId=${scopeId}`, {
    spot: '楼道表箱',
    line: { gatewayId: gateway.id, address: DEMONSTRATION_METER.address },
    expectedVersion: 1,
  });
}

/** A few days' worth, paid at the desk: low enough that the phone says so. */
async function payAhead(manager: Actor, desk: Actor, { id, scopeId }: Home, meterId: string): Promise<void> {
  await manager.post(`/meters/${meterId}/prepaid?scopeId=${scopeId}`, {
    keeps: 'meter',
    price: DEMONSTRATION_METER.price,
    alarm1Fen: 2_000,
    alarm2Fen: 500,
    overdraftFen: DEMONSTRATION_METER.overdraftFen,
    hoardingFen: 100_000,
    closePermitFen: 1_000,
    isCloseStrict: false,
  });
  const till = await desk.post<{ id: string }>('/payments/tills', { scopeId, till: '2', openingFen: 20_000 });
  await desk.post('/payments/desk', {
    scopeId,
    householdId: id,
    way: 'cash',
    sessionId: till.id,
    targets: [{ kind: 'meter_topup', id: meterId, amountFen: 1_850 }],
  });
}
