import { HOUR, MINUTE } from '@gongzhi/kernel';
import type { Actor } from './actor.ts';
import { beginPatrols } from './patrols.ts';

/** What devices of one compound said in the last eight hours, as their two gateways passed it on. */

interface Found {
  readonly id: string;
  readonly name: string;
}
interface Rule {
  readonly code: string;
  readonly condition: { readonly is: string };
  readonly forSeconds: number;
  readonly clearForSeconds: number;
  readonly restSeconds: number;
  readonly quiet: unknown;
  readonly categoryCode: string;
  readonly isActive: boolean;
  readonly ownVersion: number;
}
interface Rules {
  readonly earliest: string;
  readonly items: readonly Rule[];
}
interface Secret {
  readonly userName: string;
  readonly password: string;
}

/** Minutes before the end → what it says then; null: nothing. */
type Says = (before: number) => number | null;
interface Watcher {
  readonly kind: string;
  readonly label: string;
  readonly spot: string;
  /** Of which building, counted from one. */
  readonly building?: number;
  readonly says: Says;
}

export interface DevicesStage {
  readonly url: string;
  readonly manager: Actor;
  readonly company: Actor;
  readonly worker: Actor;
  readonly now: () => number;
  /** Until so many milliseconds before the curtain falls. */
  readonly until: (beforeEnd: number) => void;
}

/** A little up and down that is the same at every start. */
const wave = (before: number, seed: number): number =>
  Math.sin(before / 37 + seed) * 0.6 + Math.sin(before / 11 + seed * 2) * 0.4;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

const still: Says = () => 0;
const lift = (building: number, says: Says = still): Watcher => ({
  kind: 'lift',
  label: `${building}号电梯`,
  spot: '机房',
  building,
  says,
});
const pressure = (label: string, least: (before: number) => number, seed: number): Watcher => ({
  kind: 'pump',
  label,
  spot: '生活泵房',
  says: (before) => round(least(before) + 0.012 * wave(before, seed), 3),
});
const warmth = (label: string, building: number, seed: number): Watcher => ({
  kind: 'thermometer',
  label,
  spot: '一层大堂',
  building,
  says: (before) => round(20.4 + seed / 3 + 0.8 * wave(before / 4, seed), 1),
});
const meter = (label: string, begin: number, perHour: number): Watcher => ({
  kind: 'meter',
  label,
  spot: '配电间',
  says: (before) => round(begin + (480 - before) * (perHour / 60), 1),
});

const watchers: readonly Watcher[] = [
  // Standing for half an hour: its order is open.
  lift(1, (before) => (before <= 30 ? 1 : 0)),
  ...[2, 3, 4, 5, 6, 7, 8].map((building) => lift(building)),
  pressure('1号生活水泵', () => 0.36, 1),
  // Falling since three quarters of an hour.
  pressure('2号生活水泵', (before) => (before > 50 ? 0.34 : Math.max(0.11, 0.34 - (50 - before) * 0.008)), 2),
  pressure('高区加压泵', () => 0.62, 3),
  { kind: 'water', label: '生活泵房水浸', spot: '生活泵房', says: still },
  { kind: 'water', label: '消防泵房水浸', spot: '消防泵房', says: still },
  // Wet for twenty minutes in the night, and dry before anybody had set out.
  {
    kind: 'water',
    label: '地下车库水浸',
    spot: '地下车库集水井',
    says: (before) => (before <= 300 && before > 280 ? 1 : 0),
  },
  { kind: 'water', label: '配电间水浸', spot: '配电间', says: still },
  { kind: 'gate', label: '东门', spot: '东门', says: (before) => (before % 90 === 0 ? 1 : 0) },
  { kind: 'gate', label: '车库入口', spot: '车库入口', says: still },
  // Its battery gave up after the first word.
  { kind: 'gate', label: '西门', spot: '西门', says: (before) => (before >= 480 ? 0 : null) },
  ...[1, 2, 3, 4].map(
    (building): Watcher => ({
      kind: 'smoke',
      label: `${building}号烟感`,
      spot: '一层电表间',
      building,
      says: still,
    }),
  ),
  warmth('东厅室温', 1, 1),
  warmth('中厅室温', 5, 2),
  warmth('西厅室温', 8, 3),
  meter('公共照明电表', 18_422, 6.5),
  meter('水泵电表', 40_310, 11),
  meter('绿化水表', 2_204, 0.4),
];

const STEP = 10;
const BEGIN = 480;
/** No device of the demonstration goes on speaking after it was loaded; nobody is to be sent because of that. */
const LONG = 7 * 24 * 3_600;

export async function playDevices({
  url,
  manager,
  company,
  worker,
  now,
  until,
}: DevicesStage): Promise<void> {
  const me = await manager.get<{ acting: { scopes: readonly { id: string; kind: string }[] } }>('/me');
  const scopeId = me.acting.scopes.find(({ kind }) => kind === 'compound')?.id;
  if (scopeId === undefined) throw new Error('the manager has no compound');
  const buildings = (await manager.get<{ items: readonly Found[] }>(`/places/scopes/${scopeId}/buildings`))
    .items;
  const rulesPath = `/sensing/rules?scopeId=${scopeId}`;
  const patient = async (codes: (code: string) => boolean): Promise<void> => {
    const { earliest, items } = await company.get<Rules>(rulesPath);
    for (const rule of items.filter(({ code }) => code.endsWith('.silent') && codes(code))) {
      const { forSeconds, clearForSeconds, restSeconds, quiet, categoryCode, isActive } = rule;
      await company.put(`/sensing/rules/${rule.code}`, {
        scopeId,
        expectedVersion: rule.ownVersion,
        validFrom: earliest,
        source: '演示小区没有真设备,失联一周内不派人',
        condition: { is: 'silent', afterSeconds: LONG, goneAfterSeconds: LONG },
        forSeconds,
        clearForSeconds,
        restSeconds,
        quiet,
        categoryCode,
        isActive,
      });
    }
  };
  const put = (
    kind: string,
    label: string,
    spot: string,
    building: number | undefined,
    gatewayId: string | null,
  ) =>
    manager.post<{ id: string }>('/sensing/devices', {
      scopeId,
      kind,
      label,
      spot,
      buildingId: building === undefined ? null : (buildings[building - 1]?.id ?? null),
      facilityId: null,
      gatewayId,
    });
  until(BEGIN * MINUTE + MINUTE);
  await patient((code) => code !== 'gate.silent');
  const gateways: { id: string; secret: Secret }[] = [];
  for (const [label, spot] of [
    ['泵房网关', '生活泵房'],
    ['楼栋网关', '监控室'],
  ] as const) {
    const { id } = await put('gateway', label, spot, undefined, null);
    const secret = await manager.post<Secret>(`/sensing/devices/${id}/credentials?scopeId=${scopeId}`, {});
    gateways.push({ id, secret });
  }
  const placed: { id: string; gateway: number; watcher: Watcher }[] = [];
  for (const watcher of watchers) {
    const gateway = watcher.building === undefined ? 0 : 1;
    const { kind, label, spot, building } = watcher;
    const { id } = await put(kind, label, spot, building, gateways[gateway]?.id ?? null);
    placed.push({ id, gateway, watcher });
  }
  let patrol = async (): Promise<void> => {};
  for (let before = BEGIN; before >= 0; before -= STEP) {
    until(before * MINUTE);
    for (const [at, { secret }] of gateways.entries()) {
      const readings = placed
        .filter(({ gateway }) => gateway === at)
        .flatMap(({ id, watcher }) => {
          const value = watcher.says(before);
          return value === null ? [] : [{ id: `m${before}`, value, device: id }];
        });
      await say(url, secret, readings);
    }
    if (before === BEGIN)
      patrol = await beginPatrols({
        manager,
        company,
        worker,
        scopeId,
        today: (await company.get<Rules>(rulesPath)).earliest,
        now,
        device: (label) => placed.find(({ watcher }) => watcher.label === label)?.id ?? null,
      });
    await patrol();
  }
  // The west gate has been silent for two hours by now; what time brings is done by the worker, a moment later.
  const gate = placed.find(({ watcher }) => watcher.label === '西门')?.id ?? '';
  for (let turn = 0; turn < 100; turn++) {
    const seen = await manager.get<{ device: { state: string } }>(
      `/sensing/devices/${gate}?scopeId=${scopeId}`,
    );
    if (seen.device.state === 'silent') break;
    await new Promise((done) => setTimeout(done, 50));
  }
  await patient((code) => code === 'gate.silent');
}

async function say(url: string, { userName, password }: Secret, readings: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/api/v1/sensing/readings`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ readings }),
  });
  if (!response.ok) throw new Error(`the gateway was answered ${response.status} ${await response.text()}`);
}

/** How long before the end the devices begin. */
export const devicesBegin = (BEGIN / 60) * HOUR + 5 * MINUTE;
