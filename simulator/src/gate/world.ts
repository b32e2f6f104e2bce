import { createHash, createHmac } from 'node:crypto';
import {
  codeMessage,
  dateOfStep,
  DAY_KEY_BYTES,
  dayKeyText,
  PHONE_CODE,
  stepOf,
  writeCode,
} from '@gongzhi/gate';
import pg from 'pg';
import { demonstrationFacts } from '../../../apps/server/src/modules/access/index.ts';
import { openCrypto } from '../../../apps/server/src/platform/crypto/crypto.ts';
import type { Random } from '../random.ts';

/** One compound with four gates, two devices each, and everybody who lives there: rows as the product would write them. */

export const GATES = ['东门', '西门', '南门', '北门'] as const;
export const TIME_ZONE = 'Asia/Shanghai';

export interface Key {
  readonly deviceId: string;
  readonly userName: string;
  readonly password: string;
}
export interface SimulatedGate {
  readonly id: string;
  readonly name: string;
  readonly reader: Key;
  readonly barrier: Key;
}
export interface Person {
  readonly ref: string;
  readonly secret: Buffer;
  readonly card: string;
}
export interface GateWorld {
  readonly scopeId: string;
  readonly gates: readonly SimulatedGate[];
  readonly people: readonly Person[];
}

type Row = Readonly<Record<string, unknown>>;
const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

/** What their phone shows at that moment. */
export function codeOf({ ref, secret }: Person, scopeId: string, at: number): string {
  const step = stepOf(at);
  const key = createHmac('sha256', secret)
    .update(dayKeyText(scopeId, dateOfStep(step, TIME_ZONE)))
    .digest()
    .subarray(0, DAY_KEY_BYTES);
  const message = codeMessage(PHONE_CODE, ref, step);
  return writeCode(message, createHmac('sha256', key).update(message).digest());
}

export async function buildGateWorld(options: {
  readonly adminUrl: string;
  readonly dataDir: string;
  readonly random: Random;
  readonly people: number;
  readonly from: number;
}): Promise<GateWorld> {
  const { random, from } = options;
  const crypto = await openCrypto(options.dataDir, { mode: 'demo' });
  const bytes = (count: number): Buffer => {
    const drawn = new Uint8Array(Math.ceil(count / 4) * 4);
    random.fill(drawn);
    return Buffer.from(drawn.subarray(0, count));
  };
  const uuid = (): string => {
    const text = bytes(16).toString('hex');
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-7${text.slice(13, 16)}-8${text.slice(17, 20)}-${text.slice(20)}`;
  };
  const client = new pg.Client({ connectionString: options.adminUrl });
  await client.connect();
  await client.query('set role gongzhi_loader');
  const insert = async (table: string, rows: readonly Row[]): Promise<void> => {
    const columns = Object.keys(rows[0]!);
    for (let at = 0; at < rows.length; at += 1_000)
      await client.query(
        `insert into ${table} (${columns.join(', ')}) select ${columns.map((c) => `r.${c}`).join(', ')}
         from json_populate_recordset(null::${table}, $1) r`,
        [JSON.stringify(rows.slice(at, at + 1_000))],
      );
  };
  const [city, street, company, scopeId] = [uuid(), uuid(), uuid(), uuid()];
  const at = new Date(from - 86_400_000);
  const place = { time_zone: TIME_ZONE, is_demonstration: true, created_at: at };
  const wall = { city_id: city, street_id: street, company_id: company };
  await insert('places.scope', [{ scope_id: city, kind: 'city', name: '青澜市', city_id: city, ...place }]);
  await insert('places.scope', [
    {
      scope_id: street,
      kind: 'street',
      name: '静安里街道',
      parent_id: city,
      city_id: city,
      street_id: street,
      ...place,
    },
  ]);
  await insert('places.scope', [
    { scope_id: company, kind: 'company', name: '物业公司', city_id: city, company_id: company, ...place },
  ]);
  await insert('places.scope', [
    { scope_id: scopeId, kind: 'compound', name: '静安里小区', parent_id: street, ...wall, ...place },
  ]);
  const own = { scope_id: scopeId, ...wall };
  const gates: SimulatedGate[] = [];
  const keyOf = (): Key => {
    const deviceId = uuid();
    return { deviceId, userName: `${scopeId}.${deviceId}`, password: bytes(24).toString('base64url') };
  };
  for (const [i, name] of GATES.entries()) {
    const gate: SimulatedGate = { id: uuid(), name, reader: keyOf(), barrier: keyOf() };
    gates.push(gate);
    await insert('access.gate', [
      {
        ...own,
        gate_id: gate.id,
        code: `G${i + 1}`,
        name,
        kind: 'both',
        direction: 'both',
        hours: [],
        version: 1,
        created_at: at,
      },
    ]);
    await insert('access.gate_chain', [
      { ...own, gate_id: gate.id, seq: 0, digest: '\\x', entries: 0, exits: 0 },
    ]);
    const device = (key: Key, kind: string, opens: string | null): Row => ({
      ...own,
      device_id: key.deviceId,
      gate_id: gate.id,
      kind,
      label: `${name} ${kind}`,
      opens_device_id: opens,
      secret_hash: hex(createHash('sha256').update(key.password).digest()),
      credential_version: 1,
      version: 1,
      created_at: at,
    });
    await insert('access.gate_device', [device(gate.barrier, 'barrier', null)]);
    await insert('access.gate_device', [device(gate.reader, 'reader', gate.barrier.deviceId)]);
  }
  const people: Person[] = [];
  const passes: Row[] = [];
  const health: Row[] = [];
  for (let p = 0; p < options.people; p++) {
    const pass_id = uuid();
    const person: Person = { ref: bytes(8).toString('hex'), secret: bytes(32), card: `C${p}` };
    people.push(person);
    passes.push({
      ...own,
      pass_id,
      ref: person.ref,
      kind: 'resident',
      status: 'active',
      valid_from: at,
      valid_to: null,
      hours: [],
      entries_used: 0,
      secret_cipher: hex(crypto.seal(person.secret.toString('base64'), 'access.pass.secret', pass_id)),
      card_index: hex(crypto.scopeIndex(scopeId, 'gate_card', person.card)),
      issued_at: at,
      version: 1,
      updated_at: at,
    });
    // As the service said it yesterday evening.
    const asOf = from - 12 * 3_600_000;
    health.push({
      ...own,
      pass_id,
      facts_cipher: hex(
        crypto.seal(JSON.stringify(greenFacts(pass_id, from)), 'access.health_fact', pass_id),
      ),
      as_of: new Date(asOf),
    });
  }
  await insert('access.pass', passes);
  await insert('access.health_fact', health);
  const policy_id = uuid();
  const until = new Date(from + 30 * 86_400_000);
  const paper = { authority: '区疾病预防控制机构', documentNo: '区疾控〔2026〕7号' };
  await insert('access.policy', [
    {
      ...own,
      policy_id,
      name: '测温、查码',
      authority: paper.authority,
      document_no: paper.documentNo,
      version: 1,
      starts_at: at,
      ends_at: until,
      retention_days: 14,
      created_at: at,
    },
  ]);
  await insert('access.policy_version', [
    {
      ...own,
      policy_id,
      version: 1,
      content: {
        checks: {
          temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'both' },
          health_code: { yellow: 'refer', red: 'refuse', popup: 'pass_report', entryDays: 21, when: 'both' },
        },
        onNoAnswer: { kind: 'last_known', maxAgeMinutes: 1_440 },
        answerWithinMilliseconds: ANSWER_WITHIN_MS,
        answerHoldsMinutes: 60,
        ...paper,
        startsAt: at.toISOString(),
        endsAt: until.toISOString(),
      },
      written_by: company,
      written_by_name: 'simulation',
      written_at: at,
    },
  ]);
  await client.query('reset role');
  await client.query('analyze');
  await client.end();
  return { scopeId, gates, people };
}

/** So long the measure waits for the service of codes. */
export const ANSWER_WITHIN_MS = 300;

/** Green, whoever it is: what is measured here is the queue. */
export function greenFacts(reference: string, at: number) {
  const facts = demonstrationFacts(reference, at);
  return {
    ...facts,
    code: { colour: 'green' as const, asOf: at },
    travel: { stays: [], enteredCountryOn: null, hasTimeSpaceLink: false, isFromBorderCounty: false },
  };
}
