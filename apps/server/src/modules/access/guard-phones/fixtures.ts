import { createHmac, randomUUID, webcrypto } from 'node:crypto';
import {
  codeMessage,
  type Packed,
  PHONE_CODE,
  type Proved,
  proofOf,
  STEP,
  stepOf,
  writeCode,
} from '@gongzhi/gate';
import { HOUR } from '@gongzhi/kernel';
import { expect } from 'vitest';
import type { Answer, Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../../work-orders/fixtures.ts';
import { dayKeyOf } from '../tables-passes.ts';

/** Two gates of a world, a guard, phones for them, and what those phones send. */
export let world: World;
export let guard: Somebody;
export let north: string;
export let south: string;
export async function openPosts(): Promise<void> {
  world = await aWorld();
  guard = await world.aPerson('赵门岗', 'guard', world.near.department);
  north = await aGate('N', '北门');
  south = await aGate('S', '南门');
}
export const closePosts = (): Promise<void> => world.close();

export async function aGate(code: string, name: string): Promise<string> {
  const { manager } = world.people;
  const facts = { code, name, kind: 'both', direction: 'both', buildingId: null, hours: [] };
  const body = { scopeId: world.near.compound, ...facts };
  return expectStatus(await manager.client.post('/access/gates', body), 201).id;
}

export const scope = () => `?scopeId=${world.near.compound}`;
export const codeOf = ({ status, body }: Answer) => [status, body.code];
export const home = () => ({ scopeId: world.near.compound, householdId: world.home });

export interface Phone {
  readonly scopeId: string;
  readonly gateId: string;
  readonly deviceId: string;
  readonly key: string;
  readonly publicKey: webcrypto.JsonWebKey;
}

export const registers = (who: Somebody, gateId: string): Promise<Answer> =>
  who.client.post(`/access/gates/${gateId}/guard-phones`, {
    scopeId: world.near.compound,
    label: '值班手机',
  });
export const pairs = (who: Somebody, code: string): Promise<Answer> =>
  who.client.post('/access/guard-phones', { code });

export async function aPhone(gateId: string): Promise<Phone> {
  const { code } = expectStatus(await registers(world.people.manager, gateId), 201);
  return expectStatus(await pairs(guard, code), 201);
}

export function asks(
  phone: Pick<Phone, 'scopeId' | 'deviceId' | 'key'>,
  path: string,
  body?: Json,
): Promise<Response> {
  const basic = Buffer.from(`${phone.scopeId}/${phone.deviceId}:${phone.key}`).toString('base64');
  return fetch(`${world.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${basic}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

export async function isSigned(
  phone: Phone,
  bytes: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await webcrypto.subtle.importKey('jwk', phone.publicKey, curve, false, ['verify']);
  const given = Buffer.from(signature, 'base64');
  return webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, given, bytes);
}

export async function bundleOf<T extends Packed = Packed>(phone: Phone, since?: string): Promise<T> {
  const answer = await asks(phone, `/access/bundle${since === undefined ? '' : `?since=${since}`}`);
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(await isSigned(phone, bytes, answer.headers.get('x-gate-signature')!)).toBe(true);
  return JSON.parse(Buffer.from(bytes).toString()) as T;
}

export interface Keyed {
  readonly id: string;
  readonly ref: string;
  readonly secret: Buffer;
}

/** A resident's own pass, and what their phone makes codes of. */
export async function keyed(who: Somebody): Promise<Keyed> {
  const pass = expectStatus(await who.client.post('/access/own/passes', home()), 200);
  const { secret } = expectStatus(await who.client.post(`/access/own/passes/${pass.id}/key${scope()}`), 200);
  return { id: pass.id, ref: pass.ref, secret: Buffer.from(secret, 'base64') };
}

export function codeAt({ ref, secret }: Keyed, at: number): string {
  const message = codeMessage(PHONE_CODE, ref, stepOf(at));
  const day = new Date(stepOf(at) * STEP + 8 * HOUR).toISOString().slice(0, 10);
  const key = dayKeyOf(secret, world.near.compound, day);
  return writeCode(message, createHmac('sha256', key).update(message).digest());
}

export const versionOf = async (passId: string): Promise<number> => {
  const page = `/access/passes${scope()}&q=${encodeURIComponent('3号楼2单元601')}`;
  const { items } = expectStatus(await world.people.desk.client.get(page), 200);
  return items.find((one: Json) => one.id === passId).version;
};
export const now = (): number => world.clock.now().getTime();
export const welcome = {
  outcome: 'pass',
  findings: [],
  say: 'welcome',
  params: {},
  policies: [],
  overriders: [],
  urgent: null,
};
let n = 0;
export const decision = (more: Json = {}): Json => ({
  id: randomUUID(),
  n: ++n,
  at: now(),
  deviceAt: now(),
  direction: 'in',
  text: null,
  spokenId: null,
  ref: null,
  way: 'code',
  step: null,
  urgent: null,
  temperatureTenths: null,
  wearsMask: null,
  verdict: welcome,
  listVersion: null,
  latencyUs: 900,
  byAccountId: guard.accountId,
  override: null,
  ...more,
});
/** As a phone makes it when it decides; with the key of another, no proof of anything. */
export async function proved(phone: Pick<Phone, 'deviceId' | 'gateId' | 'key'>, made: Json): Promise<Json> {
  const { deviceId, gateId, key } = phone;
  const named = { ...made, deviceId, gateId: made.gateId ?? gateId };
  const digests = {
    hmac: async (own: Uint8Array, message: Uint8Array | string) =>
      createHmac('sha256', own).update(message).digest(),
  };
  return { ...named, proof: await proofOf(digests, Buffer.from(key), named as Proved) };
}
export const ofCode = (pass: Keyed, at: number): Json => ({
  at,
  deviceAt: at,
  text: codeAt(pass, at),
  ref: pass.ref,
  step: stepOf(at),
});
export const uploads = async (phone: Phone, decisions: readonly Json[], more: Json = {}): Promise<Json> => {
  const answer = await asks(phone, '/access/decisions', { deviceNow: now(), decisions, ...more });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.json();
};
export const passagesAt = (gateId: string): Promise<Json[]> =>
  world.ask(
    `select passage_id as id, seq::int, outcome, decided_by as by, happened_at as at, pass_id as "passId", override_of as "overrideOf"
     from access.passage where gate_id = $1 order by seq`,
    [gateId],
  );
