// oxlint-disable unicorn/no-useless-spread -- a row has dozens of columns: names and values stand in lines that belong together
import { createHash } from 'node:crypto';
import { decide, isVehicle, rankOf, type Seen, type Way } from '@gongzhi/gate';
import { HOUR, localDate, maskName, maskPhone, MINUTE } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Batch } from '../../platform/db/copy.ts';
import { maskPlate } from './domain/issuing.ts';
import type { NewPass } from './queries-passes.ts';
import type { NewPassage } from './queries-recording.ts';
import { whyOf } from './service-batch-notes.ts';
import { type Chain, goThrough, link } from './service-chain.ts';
import { factsOf } from './service-credentials.ts';
import { type CheckedPass, type GateRow, type HeldGate, sealedFields } from './tables.ts';
import { digitsIndexOf, digitsOf, passFields, plateIndexOf } from './tables-passes.ts';

/** Gates with their passes and passages as rows for the bulk loader, each decided and chained as a batch of checks is. */

type By = { readonly accountId: string; readonly name: string };

export interface LoadedPass
  extends Pick<NewPass, 'id' | 'ref' | 'kind' | 'vehicleKind' | 'householdId' | 'personId' | 'accountId'> {
  readonly homeBuildingId: string | null;
  readonly buildingIds: readonly string[] | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly plate: string | null;
  /** Of the phone or the letter it was sent by; null: none was asked for yet. */
  readonly secret: Buffer | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly entriesAllowed: number | null;
  readonly issuedBy: By;
  /** When its phone was given its key, which is a version of its own; null: it was issued with it, or has none. */
  readonly keyedAt: Date | null;
}

/** Somebody at a gate. */
export interface LoadedArrival {
  readonly id: string;
  readonly gateId: string;
  readonly at: number;
  readonly direction: 'in' | 'out';
  readonly way: Way;
  /** Null: nobody is known. */
  readonly pass: LoadedPass | null;
  /** The step of a phone's code. */
  readonly step: number | null;
  readonly latencyUs: number;
  /** By lot: sixteen bytes of who and sixteen of why, in hexadecimal digits. */
  readonly salts: string;
}

export interface LoadedGate extends Pick<GateRow, 'id' | 'code' | 'name' | 'kind'> {
  /** What people hold their codes to; null: a person looks. */
  readonly reader: { readonly id: string; readonly label: string; readonly secret: string } | null;
}

/** A compound's. */
export interface LoadedGates {
  readonly wall: Pick<GateRow, 'scopeId' | 'cityId' | 'streetId' | 'companyId'>;
  readonly timeZone: string;
  readonly createdAt: Date;
  readonly gates: readonly LoadedGate[];
  readonly passes: readonly LoadedPass[];
  /** In the order in which they came. */
  readonly arrivals: readonly LoadedArrival[];
  readonly until: number;
}

const wallColumns = ['city_id', 'street_id', 'company_id'];

export function gateBatches(all: readonly LoadedGates[], crypto: Crypto): Batch[] {
  const told = all.map((one) => ({ one, ...passThrough(one, crypto) }));
  const of = (make: (one: (typeof told)[number], over: readonly unknown[]) => unknown[][]): unknown[][] =>
    told.flatMap((each) => {
      const { cityId, streetId, companyId } = each.one.wall;
      return make(each, [cityId, streetId, companyId]);
    });
  return [
    {
      table: 'access.gate',
      columns: [
        ...['scope_id', 'gate_id', ...wallColumns, 'code', 'name', 'kind', 'direction', 'hours', 'version'],
        'created_at',
      ],
      rows: of(({ one }, over) =>
        one.gates.map(({ id, code, name, kind }) => [
          ...[one.wall.scopeId, id, ...over, code, name, kind, 'both', '[]', 1, one.createdAt],
        ]),
      ),
    },
    {
      table: 'access.gate_chain',
      columns: [
        ...['scope_id', 'gate_id', ...wallColumns, 'seq', 'digest', 'last_at', 'day', 'entries', 'exits'],
        ...['ins', 'outs', 'vehicle_ins', 'vehicle_outs'],
      ],
      rows: of(({ one, chains }, over) =>
        [...chains.values()].map(({ chain, lastAt }) => [
          ...[one.wall.scopeId, chain.gate.id, ...over, chain.seq, Buffer.from(chain.digest, 'hex')],
          ...[lastAt === null ? null : new Date(lastAt), lastAt === null ? null : chain.today],
          ...[chain.entries, chain.exits, chain.moved.ins, chain.moved.outs],
          ...[chain.moved.vehicleIns, chain.moved.vehicleOuts],
        ]),
      ),
    },
    {
      table: 'access.gate_device',
      columns: [
        ...['scope_id', 'device_id', ...wallColumns, 'gate_id', 'kind', 'label', 'secret_hash'],
        ...['credential_version', 'version', 'created_at', 'last_seen_at'],
      ],
      rows: of(({ one, chains }, over) =>
        one.gates.flatMap(({ id, reader }) => {
          if (reader === null) return [];
          const lastAt = chains.get(id)!.lastAt;
          const hash = createHash('sha256').update(reader.secret).digest();
          return [
            [
              ...[one.wall.scopeId, reader.id, ...over, id, 'reader', reader.label, hash, 1, 1],
              ...[one.createdAt, lastAt === null ? null : new Date(lastAt)],
            ],
          ];
        }),
      ),
    },
    {
      table: 'access.pass',
      columns: passColumns,
      rows: of(({ one, used }) =>
        one.passes.map((pass) => passValues(one.wall, pass, used.get(pass.id) ?? 0, crypto)),
      ),
    },
    {
      table: 'access.code_use',
      columns: ['scope_id', 'ref', 'step', ...wallColumns, 'gate_id', 'passage_id', 'used_at'],
      rows: of(({ uses }) => uses),
    },
    { table: 'access.passage', columns: passageColumns, rows: of(({ passages }) => passages) },
    {
      table: 'access.gate_hour',
      columns: ['scope_id', 'gate_id', 'hour_at', ...wallColumns, 'entries', 'exits', 'stopped'],
      rows: of(({ one, hours }, over) =>
        [...hours.values()].map(({ gateId, at, entries, exits, stopped }) => [
          ...[one.wall.scopeId, gateId, new Date(at), ...over, entries, exits, stopped],
        ]),
      ),
    },
  ];
}

interface HourOfGate {
  readonly gateId: string;
  readonly at: number;
  entries: number;
  exits: number;
  stopped: number;
}

/** Everybody who came, decided by the rules and written behind who came before. */
function passThrough(one: LoadedGates, crypto: Crypto) {
  const { wall, timeZone } = one;
  const chains = new Map(
    one.gates.map(({ id, kind }) => {
      const gate: HeldGate = {
        ...wall,
        ...{ id, kind, direction: 'both', buildingId: null, hours: [], retiredAt: null },
        ...{ seq: 0, digest: Buffer.alloc(0), day: null, entries: 0, exits: 0 },
      };
      const moved = { ins: 0, outs: 0, vehicleIns: 0, vehicleOuts: 0 };
      const chain: Chain = {
        gate,
        today: '',
        seq: 0,
        digest: '',
        entries: 0,
        exits: 0,
        moved,
        isTouched: false,
      };
      return [id, { chain, lastAt: null as number | null }];
    }),
  );
  const readers = new Map(one.gates.map(({ id, reader }) => [id, reader?.id ?? null]));
  const used = new Map<string, number>();
  const uses: unknown[][] = [];
  const passages: unknown[][] = [];
  const hours = new Map<string, HourOfGate>();
  // What is not over, and may grow still, is counted by the product.
  const wholeHours = Math.floor((one.until - 2 * MINUTE) / HOUR) * HOUR;
  for (const arrival of one.arrivals) {
    const { gateId, at, direction, way, pass, step } = arrival;
    const held = chains.get(gateId)!;
    const { chain } = held;
    const day = localDate(at, timeZone);
    if (chain.today !== day) held.chain = Object.assign(chain, { today: day, entries: 0, exits: 0 });
    held.lastAt = at;
    const checked = pass === null ? null : checkedOf(wall.scopeId, pass, used.get(pass.id) ?? 0);
    const seen: Seen = {
      at,
      timeZone,
      direction,
      gate: { ...chain.gate },
      credential:
        checked === null
          ? { way, pass: null, fault: 'unknown' }
          : { way, pass: factsOf(checked, 0), fault: null },
      urgent: null,
      lists: [],
      temperatureTenths: null,
      health: null,
      wearsMask: null,
      inside: [],
      freeSpaces: null,
    };
    const verdict = decide(seen, []);
    const isThrough = rankOf(verdict.outcome) < rankOf('refer');
    const attempt = { id: arrival.id, direction, temperatureTenths: null, wearsMask: null };
    const why = whyOf({ answer: null, override: null, offline: null, attempt }, seen, verdict);
    const passage = link(chain, {
      arrival: { from: { deviceId: readers.get(gateId)!, accountId: null }, attempt, override: null },
      verdict,
      pass: {
        way,
        id: pass?.id ?? null,
        kind: pass?.kind ?? null,
        householdId: pass?.householdId ?? null,
      },
      at,
      now: new Date(at),
      decidedBy: 'server',
      latencyUs: arrival.latencyUs,
      salt: { who: arrival.salts.slice(0, 32), why: arrival.salts.slice(32, 64) },
      why,
      isWiped: false,
      seal: (text) => crypto.seal(text, sealedFields.why, arrival.id),
    });
    passages.push(passageValues(passage));
    const hour = hourOf(hours, gateId, Math.floor(at / HOUR) * HOUR, wholeHours);
    if (!isThrough) {
      hour.stopped++;
      continue;
    }
    if (direction === 'in') hour.entries++;
    else hour.exits++;
    goThrough(chain, direction, isVehicle({ credential: seen.credential }));
    if (pass !== null && direction === 'in' && pass.entriesAllowed !== null)
      used.set(pass.id, (used.get(pass.id) ?? 0) + 1);
    if (pass !== null && step !== null)
      uses.push([
        ...[wall.scopeId, pass.ref, step, wall.cityId, wall.streetId, wall.companyId, gateId, arrival.id],
        new Date(at),
      ]);
  }
  return { chains, used, uses, passages, hours };
}

function hourOf(hours: Map<string, HourOfGate>, gateId: string, at: number, before: number): HourOfGate {
  const key = `${gateId} ${at}`;
  const known = hours.get(key);
  if (known !== undefined) return known;
  const hour: HourOfGate = { gateId, at, entries: 0, exits: 0, stopped: 0 };
  if (at < before) hours.set(key, hour);
  return hour;
}

/** As the check reads it. */
const checkedOf = (scopeId: string, pass: LoadedPass, entriesUsed: number): CheckedPass => ({
  scopeId,
  id: pass.id,
  ref: pass.ref,
  kind: pass.kind,
  status: 'active',
  householdId: pass.householdId,
  homeBuildingId: pass.homeBuildingId,
  gateIds: null,
  buildingIds: pass.buildingIds === null ? null : [...pass.buildingIds],
  validFrom: pass.validFrom,
  validTo: pass.validTo,
  hours: [],
  entriesAllowed: pass.entriesAllowed,
  entriesUsed,
  updatedAt: pass.validFrom,
  holdsSpace: pass.vehicleKind === 'resident' || pass.vehicleKind === 'monthly',
  shifts: null,
  secret: null,
  cardIndex: null,
  plateIndex: null,
  digitsIndex: null,
  lists: null,
  health: null,
  healthAsOf: null,
});

const passColumns = [
  ...[
    'scope_id',
    'pass_id',
    ...wallColumns,
    'ref',
    'kind',
    'vehicle_kind',
    'status',
    'household_id',
    'person_id',
  ],
  ...['account_id', 'home_building_id', 'name_cipher', 'name_masked', 'phone_cipher', 'phone_masked'],
  ...['phone_last4_index', 'plate_cipher', 'plate_masked', 'plate_index', 'six_digits_index', 'building_ids'],
  ...['valid_from', 'valid_to', 'hours', 'entries_allowed', 'entries_used', 'secret_cipher', 'issued_by'],
  ...['issued_by_name', 'issued_at', 'version', 'updated_at'],
];

function passValues(
  { scopeId, cityId, streetId, companyId }: LoadedGates['wall'],
  pass: LoadedPass,
  entriesUsed: number,
  crypto: Crypto,
): unknown[] {
  const { id, name, phone, plate, secret, keyedAt } = pass;
  return [
    ...[scopeId, id, cityId, streetId, companyId, pass.ref, pass.kind, pass.vehicleKind, 'active'],
    ...[pass.householdId, pass.personId, pass.accountId, pass.homeBuildingId],
    ...(name === null ? [null, null] : [crypto.seal(name, passFields.name, id), maskName(name)]),
    ...(phone === null
      ? [null, null, null]
      : [
          crypto.seal(phone, passFields.phone, id),
          maskPhone(phone),
          crypto.scopeIndex(scopeId, 'phone_last4', phone.slice(-4)),
        ]),
    ...(plate === null
      ? [null, null, null]
      : [crypto.seal(plate, passFields.plate, id), maskPlate(plate), plateIndexOf(crypto, scopeId, plate)]),
    secret === null ? null : digitsIndexOf(crypto, scopeId, digitsOf(secret)),
    ...[pass.buildingIds, pass.validFrom, pass.validTo, '[]', pass.entriesAllowed, entriesUsed],
    secret === null ? null : crypto.seal(secret.toString('base64'), passFields.secret, id),
    ...[pass.issuedBy.accountId, pass.issuedBy.name, pass.validFrom, keyedAt === null ? 1 : 2],
    keyedAt ?? pass.validFrom,
  ];
}

const passageColumns = [
  ...['scope_id', 'gate_id', 'seq', 'recorded_at', 'passage_id', ...wallColumns, 'device_id', 'account_id'],
  ...['happened_at', 'direction', 'outcome', 'urgent', 'decided_by', 'latency_us', 'policy_ids'],
  ...['policy_versions', 'override_of', 'way', 'pass_kind', 'pass_id', 'household_id', 'who_salt'],
  ...['who_digest', 'why_cipher', 'why_salt', 'why_digest', 'digest'],
];

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

function passageValues(one: NewPassage): unknown[] {
  const { gate, policies, sealedWhy } = one;
  const at = new Date(one.happenedAt);
  return [
    ...[gate.scopeId, gate.id, one.seq, at, one.id, gate.cityId, gate.streetId, gate.companyId],
    ...[one.deviceId, one.accountId, at, one.direction, one.outcome, one.urgent, one.decidedBy],
    ...[one.latencyUs, policies.map(({ id }) => id), policies.map(({ version }) => version)],
    ...[one.overrideOf, one.way, one.passKind, one.passId, one.householdId, bytes(one.whoSalt)],
    ...[bytes(one.whoDigest), sealedWhy?.cipher ?? null, sealedWhy === null ? null : bytes(sealedWhy.salt)],
    ...[one.whyDigest === null ? Buffer.alloc(0) : bytes(one.whyDigest), bytes(one.digest)],
  ];
}
