import { createHash } from 'node:crypto';
import { localDate, MINUTE } from '@gongzhi/kernel';
import type { Actor } from './actor.ts';
import type { GatesOfMorning } from './gates.ts';
import { atHour, type Stage } from './stage.ts';

/**
 * The last hour at two gates: a measure that caps who is inside, counts by hand, a reader with its barrier, who went
 * through and who was stopped. The devices were there and say nothing any more, as whoever looks will see:
 * `npx gongzhi simulate device` is one that answers.
 */
interface Device {
  readonly userName: string;
  readonly password: string;
}
interface GateSeen {
  readonly devices: readonly { readonly id: string; readonly label: string; readonly version: number }[];
}
interface Invited {
  readonly items: readonly {
    readonly code: string | null;
    readonly pass: { readonly name: string | null };
  }[];
}
interface OwnSeen {
  readonly passes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly householdId: string | null;
  }[];
}

type HourStage = Pick<Stage, 'url' | 'resident' | 'neighbour' | 'desk' | 'manager' | 'now' | 'day' | 'until'>;

/** The same of the same morning. */
function uuidOf(text: string): string {
  const hash = createHash('sha256').update(`gate hour ${text}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const green = { yellow: 'refer', red: 'refer', popup: 'pass_report', entryDays: 21, when: 'in' } as const;

export async function playGateHour(
  stage: HourStage,
  { street, guard, committee }: Readonly<Record<'street' | 'guard' | 'committee', Actor>>,
  { scopeId, east, north }: GatesOfMorning,
): Promise<void> {
  const { url, resident, neighbour, desk, manager, now, day, until } = stage;
  const scope = `?scopeId=${scopeId}`;
  const at = () => new Date(now()).toISOString();
  const measure = (more: object) =>
    street.post<{ id: string }>('/access/measures', {
      scopeId,
      buildingId: null,
      authority: '区疾病预防控制中心',
      startsAt: at(),
      onNoAnswer: { kind: 'refer' },
      answerWithinMilliseconds: 800,
      answerHoldsMinutes: 60,
      retentionDays: 14,
      ...more,
    });
  const begun = at();
  const { id: policyId } = await measure({
    name: '控制人员聚集',
    documentNo: '区疾控〔2026〕31号',
    endsAt: atHour(day(7), 0),
    checks: { capacity: { most: 2_400, otherwise: 'pass_report' }, vehicle: { otherwise: 'refer' } },
    followUp: { days: 7, awayHours: 24 },
    tracing: true,
  });
  const count = (what: string, found: number) =>
    desk.post('/access/counts', { scopeId, what, buildingId: null, found });
  await count('people', 1_846);
  await count('vehicles', 268);

  const hung = async (gateId: string, kind: string, label: string) => {
    const { devices } = await manager.post<GateSeen>(`/access/gates/${gateId}/devices${scope}`, {
      kind,
      label,
    });
    const { id, version } = devices.find((one) => one.label === label)!;
    return { id, version, ...(await manager.post<Device>(`/access/devices/${id}/credentials${scope}`, {})) };
  };
  const barrier = await hung(east, 'barrier', '东门道闸');
  const reader = await hung(east, 'reader', '东门车牌识别');
  const scanner = await hung(north, 'reader', '北门读码器');
  await manager.post(`/access/devices/${reader.id}/commands${scope}`, {
    action: 'link',
    expectedVersion: reader.version,
    opensDeviceId: barrier.id,
  });

  /** As the device's maker would send it. */
  const says = async <Body>(device: Device, path: string, body?: unknown): Promise<Body> => {
    const { userName, password } = device;
    const response = await fetch(`${url}/api/v1/access/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  };
  let number = 0;
  const check = (what: object) => {
    number += 1;
    return { checks: [{ id: uuidOf(String(number)), direction: 'in', ...what }] };
  };
  const shows = (what: object) => says(scanner, 'checks', check({ at: at(), ...what }));
  /** The arm goes up for whoever may pass, and says so. */
  const drives = async (what: object) => {
    await says(reader, 'checks', check({ at: at(), ...what }));
    const { items } = await says<{ items: readonly { id: string }[] }>(barrier, 'barrier-orders');
    for (const { id } of items) await says(barrier, `barrier-orders/${id}/answer`, { outcome: 'opened' });
  };
  const { items: guests } = await resident.get<Invited>(`/access/invitations${scope}`);
  const codeOf = (name: string) => guests.find(({ pass }) => pass.name === name)?.code ?? name;
  const ownOf = async (who: Actor) => {
    const { passes } = await who.get<OwnSeen>(`/access/own${scope}`);
    return passes.find(({ kind }) => kind !== 'minor' && kind !== 'vehicle')!.id;
  };
  const [own, next] = [await ownOf(resident), await ownOf(neighbour)];
  const knows = (what: object) => guard.post(`/access/gates/${north}/checks${scope}`, check(what));

  until(55 * MINUTE);
  await drives({ direction: 'out', plate: '京A3F907' });
  for (let i = 0; i < 9; i++) await shows({ direction: 'out' });
  await knows({ direction: 'out', passId: own });
  until(44 * MINUTE);
  await drives({ plate: '京AD71520' });
  await shows({ text: codeOf('高晓岚') });
  await shows({ card: '04A1B2C3' });
  until(31 * MINUTE);
  await drives({ plate: '京B70913' });
  await drives({ plate: '京AD20816' });
  await knows({ direction: 'out', urgent: 'dialysis' });
  for (let i = 0; i < 6; i++) await shows({ direction: 'out' });
  until(18 * MINUTE);
  // Over within minutes, and what was measured goes with it: the certificate stays.
  const warm = await measure({
    name: '进门测温',
    documentNo: '区疾控〔2026〕29号',
    endsAt: atHour(day(1), 0),
    checks: { temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'in' } },
    retentionDays: 0,
  });
  await knows({ passId: own, temperature: 36.4 });
  await knows({ passId: next, temperature: 36.8 });
  const met = number;
  await says(barrier, 'heartbeats', { at: at() });
  await manager.post(`/access/barriers/${barrier.id}/open${scope}`, { reason: 'test' });
  until(12 * MINUTE);
  await street.post(`/access/measures/${warm.id}/commands${scope}`, {
    action: 'end',
    expectedVersion: 1,
    reason: '聚集性发热已处置完毕',
  });
  await drives({ plate: '京A3F907' });

  for (const [passId, words, cameOn] of [
    [next, '上周在外地出差,家里只有本人', localDate(now())],
    [own, '探亲回来,已说明行程', day(-1)],
  ])
    await manager.post('/access/follow-ups', { scopeId, policyId, passId, words, cameOn });
  await desk.post('/access/follow-ups/done', {
    scopeId,
    policyId,
    passId: own,
    kind: 'declared',
    expectedVersion: 1,
    note: '电话联系过,一切正常',
  });
  await committee.post('/access/tracings', {
    scopeId,
    policyId,
    requestNo: '区卫健〔2026〕31号',
    authority: '区卫生健康局',
    documentRef: '社区档案 2026-17',
    requestedOn: localDate(now()),
    matter: '一例传染病例的同行人',
    gateId: north,
    passageId: uuidOf(String(met)),
    from: begun,
    to: at(),
    windowMinutes: 10,
    destroyOn: day(7),
  });
  const homes = await desk.get<{ buildingId: string }>(
    `/places/households/${(await homeOf(resident)).id}${scope}`,
  );
  await measure({
    name: '本楼进出查看健康码',
    documentNo: '区疾控〔2026〕33号',
    buildingId: homes.buildingId,
    endsAt: atHour(day(3), 0),
    checks: { health_code: green },
  });
}

async function homeOf(who: Actor): Promise<{ readonly id: string }> {
  const { acting } = await who.get<{ acting: { households: readonly { id: string }[] } }>('/me');
  return acting.households[0]!;
}
