import { type Packed, saidAs, type Verdict } from '@gongzhi/gate';
import { problemOf, Unreachable } from '@gongzhi/ui/client/index.ts';
import { api } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import { Altered, type GateDevice, type GateServer, Revoked } from './post-types.ts';

/** The post's own line to the server: with the phone's key, so that no session can end in the middle of a queue. */

const LIST_TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 20_000;
const SIGNATURE = 'x-gate-signature';

function credentials({ scopeId, deviceId, key }: GateDevice): string {
  return `Basic ${btoa(`${scopeId}/${deviceId}:${key}`)}`;
}

async function send(
  device: GateDevice,
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
  timeoutMs: number,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        authorization: credentials(device),
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      // The key says who this is; whose session is on in this browser is no matter here.
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  throw problem.code === 'access.credentials_wrong' ? new Revoked(problem.code) : problem;
}

async function read<Value>(response: Response): Promise<Value> {
  try {
    return (await response.json()) as Value;
  } catch (error) {
    // The line broke in the middle of the answer.
    throw new Unreachable(String(error));
  }
}

/** P-256, because every browser the phones have can verify it; Ed25519 came to Chrome only with version 137. */
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const verifiers = new Map<string, Promise<CryptoKey>>();

function verifierOf({ publicKey }: GateDevice): Promise<CryptoKey> {
  const name = JSON.stringify(publicKey);
  let key = verifiers.get(name);
  if (key === undefined) {
    key = crypto.subtle.importKey('jwk', publicKey, CURVE, false, ['verify']);
    verifiers.set(name, key);
  }
  return key;
}

export async function isSigned(
  device: GateDevice,
  bytes: ArrayBuffer,
  signature: string | null,
): Promise<boolean> {
  try {
    const given = Uint8Array.from(atob(signature ?? ''), (character) => character.charCodeAt(0));
    return await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      await verifierOf(device),
      given,
      bytes,
    );
  } catch {
    return false;
  }
}

export const gateServer: GateServer = {
  async list(device, since) {
    const query = since === null ? '' : `?since=${encodeURIComponent(since)}`;
    const response = await send(device, 'GET', `/access/bundle${query}`, undefined, LIST_TIMEOUT_MS);
    let bytes: ArrayBuffer;
    try {
      bytes = await response.arrayBuffer();
    } catch (error) {
      throw new Unreachable(String(error));
    }
    if (!(await isSigned(device, bytes, response.headers.get(SIGNATURE)))) throw new Altered();
    const packed = JSON.parse(new TextDecoder().decode(bytes)) as Packed;
    if (packed.deviceId !== device.deviceId || packed.scopeId !== device.scopeId) throw new Altered();
    return { packed, now: packed.issuedAt };
  },

  async check(device, question, patienceMs) {
    const { id, text, spoken, direction, urgent, temperatureTenths, wearsMask, healthCode } = question;
    const body: Body<'checkAtGate'> = {
      checks: [
        {
          id,
          direction,
          ...(text === null ? {} : saidAs(text)),
          ...(spoken === null ? {} : { passId: spoken.passId }),
          ...(urgent === null ? {} : { urgent }),
          ...(temperatureTenths === null ? {} : { temperature: temperatureTenths / 10 }),
          ...(wearsMask === null ? {} : { mask: wearsMask }),
          ...(healthCode === undefined ? {} : { healthCode }),
          at: new Date().toISOString(),
        },
      ],
    };
    // Whom somebody looked up is named by the person who did, and not by a device.
    const answer =
      spoken === null
        ? await read<Answer<'checkAtGate'>>(await send(device, 'POST', '/access/checks', body, patienceMs))
        : await api.checkByHand(device.scopeId, device.gateId, body);
    const [result] = answer.results;
    if (result?.fault === 'credentials_wrong') throw new Revoked(result.fault);
    if (result?.outcome == null || result.say === null) throw new Unreachable(result?.fault ?? 'no answer');
    const { outcome, say, params, failed, overriders, ref, way } = result;
    return {
      verdict: {
        outcome,
        say: say as Verdict['say'],
        params,
        findings: failed as Verdict['findings'],
        policies: [],
        overriders,
        urgent: result.urgent,
      },
      ref,
      way: way ?? 'none',
      now: Date.parse(answer.now),
    };
  },

  async upload(device, decisions, deviceNow) {
    // In whose compound is said by the key it is sent with.
    const said = decisions.map(({ scopeId: _, ...decision }) => decision);
    const body = { deviceNow, decisions: said } as unknown as Body<'uploadDecisions'>;
    const response = await send(device, 'POST', '/access/decisions', body, UPLOAD_TIMEOUT_MS);
    return read<Answer<'uploadDecisions'>>(response);
  },
};
