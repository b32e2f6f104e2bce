import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import {
  codeMessage,
  dateOfStep,
  DAY_KEY_BYTES,
  dayKeyText,
  PHONE_CODE,
  type PolicyChecks,
  stepOf,
  writeCode,
} from '@gongzhi/gate';
import { maskName, maskPhone } from '@gongzhi/kernel';
import { expect } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { type Crypto, openCrypto } from '../../platform/crypto/crypto.ts';
import { sealedFields } from './tables.ts';

/** Gates of a world and who stands at them, as devices and phones would behave. */

export interface Sent {
  readonly status: number;
  readonly body: Json;
}

const cryptos = new WeakMap<World, Promise<Crypto>>();
export function cryptoOf(world: World): Promise<Crypto> {
  let crypto = cryptos.get(world);
  if (crypto === undefined) cryptos.set(world, (crypto = openCrypto(world.dataDir, { mode: 'demo' })));
  return crypto;
}

/** A pass as it lies in the database, and the secret its phone holds. */
export class TestPass {
  readonly id: string;
  readonly ref: string;
  readonly scopeId: string;
  readonly secret = randomBytes(32);
  constructor(scopeId: string) {
    this.scopeId = scopeId;
    this.id = randomUUID();
    this.ref = randomBytes(8).toString('hex');
  }
  /** What the phone shows at that moment. */
  code(at: Date, secret = this.secret): string {
    const step = stepOf(at.getTime());
    const key = createHmac('sha256', secret)
      .update(dayKeyText(this.scopeId, dateOfStep(step, 'Asia/Shanghai')))
      .digest()
      .subarray(0, DAY_KEY_BYTES);
    const message = codeMessage(PHONE_CODE, this.ref, step);
    return writeCode(message, createHmac('sha256', key).update(message).digest());
  }
}

export async function aPass(world: World, more: Record<string, unknown> = {}, scopeId = world.near.compound) {
  const pass = new TestPass(scopeId);
  const crypto = await cryptoOf(world);
  const quarter = scopeId === world.near.compound ? world.near : world.far;
  await world.admin.query(`insert into access.pass select (jsonb_populate_record(null::access.pass, $1)).*`, [
    JSON.stringify({
      scope_id: scopeId,
      pass_id: pass.id,
      city_id: world.city,
      street_id: quarter.street,
      company_id: quarter.company,
      ref: pass.ref,
      kind: 'resident',
      status: 'active',
      valid_from: '2026-01-01T00:00:00Z',
      hours: [],
      entries_used: 0,
      on_shift_only: false,
      secret_cipher: `\\x${crypto.seal(pass.secret.toString('base64'), sealedFields.secret, pass.id).toString('hex')}`,
      issued_at: '2026-01-01T00:00:00Z',
      version: 1,
      updated_at: '2026-01-01T00:00:00Z',
      ...more,
    }),
  ]);
  return pass;
}

/** A name and a phone on a pass, as they would be sealed. */
export async function sealedName(world: World, pass: TestPass, name: string, phone: string): Promise<void> {
  const crypto = await cryptoOf(world);
  await world.admin.query(
    `update access.pass set name_cipher = $3, name_masked = $4, phone_cipher = $5, phone_masked = $6, phone_last4_index = $7 where scope_id = $1 and pass_id = $2`,
    [
      pass.scopeId,
      pass.id,
      crypto.seal(name, sealedFields.name, pass.id),
      maskName(name),
      crypto.seal(phone, sealedFields.phone, pass.id),
      maskPhone(phone),
      crypto.scopeIndex(pass.scopeId, 'phone_last4', phone.slice(-4)),
    ],
  );
}

/** A device at a gate, with its key. */
export class TestGate {
  readonly world: World;
  readonly scopeId: string;
  readonly gate: Json;
  readonly deviceId: string;
  userName = '';
  password = '';

  constructor(world: World, scopeId: string, gate: Json, deviceId: string) {
    this.world = world;
    this.scopeId = scopeId;
    this.gate = gate;
    this.deviceId = deviceId;
  }

  async getsKey(by = this.world.people.manager): Promise<void> {
    const answer = await by.client.post(
      `/access/devices/${this.deviceId}/credentials?scopeId=${this.scopeId}`,
    );
    expect(answer.status).toBe(200);
    this.userName = answer.body.userName;
    this.password = answer.body.password;
  }

  async sends(checks: readonly Json[], more: { password?: string; url?: string } = {}): Promise<Sent> {
    const { password = this.password, url = this.world.url } = more;
    const response = await fetch(`${url}/api/v1/access/checks`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${this.userName}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ checks }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** One who stands there; what was said of them. */
  async sees(what: Json): Promise<Json> {
    const sent = await this.sends([{ id: randomUUID(), direction: 'in', ...what }]);
    expect([sent.status, sent.body]).toEqual([200, expect.anything()]);
    return sent.body.results[0];
  }
}

let gates = 0;

export async function aGate(world: World, more: Json = {}): Promise<TestGate> {
  const { manager } = world.people;
  const scopeId = more.scopeId ?? world.near.compound;
  const set = await manager.client.post('/access/gates', {
    scopeId,
    code: `G-${(gates += 1)}`,
    name: '东门',
    kind: 'both',
    direction: 'both',
    buildingId: null,
    hours: [],
    ...more,
  });
  expect([set.status, set.body]).toEqual([201, expect.anything()]);
  const added = await manager.client.post(`/access/gates/${set.body.id}/devices?scopeId=${scopeId}`, {
    kind: 'reader',
    label: '读卡器',
  });
  expect(added.status).toBe(201);
  const gate = new TestGate(world, scopeId, added.body, added.body.devices[0].id);
  await gate.getsKey();
  return gate;
}

export const measureBody = (world: World, checks: PolicyChecks, more: Json = {}): Json => ({
  scopeId: world.near.compound,
  buildingId: null,
  name: '进门检查',
  authority: '近区疾病预防控制机构',
  documentNo: '近疾控〔2026〕7号',
  startsAt: world.clock.now().toISOString(),
  endsAt: new Date(world.clock.now().getTime() + 7 * 86_400_000).toISOString(),
  checks,
  onNoAnswer: { kind: 'refer' },
  answerWithinMilliseconds: 400,
  answerHoldsMinutes: 30,
  retentionDays: 14,
  ...more,
});

export async function aMeasure(world: World, checks: PolicyChecks, more: Json = {}): Promise<Json> {
  const answer = await world.people.street.client.post('/access/measures', measureBody(world, checks, more));
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body;
}

/** As the program that checks a chain reads it. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
