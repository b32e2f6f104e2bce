import {
  CHECK_NAMES,
  DIRECTIONS,
  FINDING_CODES,
  GATE_DIRECTIONS,
  GATE_KINDS,
  OUTCOMES,
  OVERRIDERS,
  PASS_KINDS,
  PLUGGED_CHECKS,
  URGENT_TRIPS,
  WAYS,
} from '@gongzhi/gate';
import Type from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { PublicKey } from './schemas.ts';
import { FLAG_KINDS } from './domain/flags.ts';

const strict = { additionalProperties: false } as const;
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
/** Milliseconds since 1970. */
const Instant = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const Text = Type.String();
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));
const Ref = Type.String({ pattern: '^[0-9a-f]{16}$' });

export const GatePath = Type.Object({ id: Uuid }, strict);
export const GateScope = Type.Object({ scopeId: Uuid }, strict);

export const NewGuardPhone = Type.Object({ scopeId: Uuid, label: Words(60) }, strict);
export const GuardPairing = Type.Object({
  deviceId: Uuid,
  gateId: Uuid,
  label: Text,
  /** Eight digits, told to the guard once. */
  code: Text,
  expiresAt: Time,
});

export const PairGuardPhone = Type.Object({ code: Type.String({ pattern: '^\\d{8}$' }) }, strict);
export const GuardPhone = Type.Object({
  scopeId: Uuid,
  gateId: Uuid,
  gateName: Text,
  deviceId: Uuid,
  /** Shown once and kept on the phone. */
  key: Text,
  publicKey: PublicKey,
});

export const BundleQuery = Type.Object({ since: Type.Optional(Type.String({ maxLength: 40 })) }, strict);

const Column = Type.Unsafe<unknown>({});
/** Signed as a whole; packages/gate/src/pack.ts reads it. */
export const Bundle = Type.Object(
  {
    v: Type.Integer(),
    kind: oneOf(['full', 'difference']),
    scopeId: Uuid,
    deviceId: Uuid,
    gate: Type.Object({
      id: Uuid,
      kind: oneOf(GATE_KINDS),
      direction: oneOf(GATE_DIRECTIONS),
      buildingId: nullable(Uuid),
      hours: Type.Array(Column),
    }),
    timeZone: Text,
    version: Text,
    issuedAt: Instant,
    expiresAt: Instant,
    policies: Type.Array(Column),
    days: Type.Array(Text),
    visitorKeys: Type.Record(Type.String(), Text),
    markKeys: Type.Record(Type.String(), Text),
    /** What changes by the minute. */
    latest: Type.Object({
      at: Instant,
      counts: Column,
      plates: Type.Array(Column),
      shifts: Type.Array(Column),
    }),
    passes: Column,
    /** Of a difference: since which version, who is no longer in it, how many there are then. */
    from: Type.Optional(Text),
    gone: Type.Optional(Type.Array(Text)),
    count: Type.Optional(Type.Integer()),
  },
  { title: 'GateBundle' },
);

const Params = Type.Record(
  Type.String({ maxLength: 40 }),
  Type.Union([Type.String({ maxLength: 100 }), Type.Number()]),
);
const Finding = Type.Object(
  {
    check: oneOf([...CHECK_NAMES, ...PLUGGED_CHECKS]),
    state: oneOf(['ok', 'fail', 'unknown']),
    outcome: oneOf(OUTCOMES),
    code: nullable(oneOf(FINDING_CODES)),
    params: Params,
    policyId: nullable(Uuid),
    overriders: Type.Array(oneOf(OVERRIDERS), { maxItems: 5 }),
  },
  strict,
);
const Verdict = Type.Object(
  {
    outcome: oneOf(OUTCOMES),
    findings: Type.Array(Finding, { maxItems: 60 }),
    say: oneOf([...FINDING_CODES, 'welcome', 'goodbye', 'urgent', 'no_list']),
    params: Params,
    policies: Type.Array(Type.Object({ id: Uuid, version: Type.Integer({ minimum: 1 }) }, strict), {
      maxItems: 20,
    }),
    overriders: Type.Array(oneOf(OVERRIDERS), { maxItems: 5 }),
    urgent: nullable(oneOf(URGENT_TRIPS)),
  },
  strict,
);

export const OfflineDecision = Type.Object(
  {
    id: Uuid,
    n: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
    /** For which gate, and by which device: a phone that is another gate's by now still has what it decided there. */
    gateId: Type.Optional(Uuid),
    deviceId: Type.Optional(Uuid),
    /** By the named device's key, where that is another's by now: HMAC-SHA256 in hexadecimal digits (docs/gate.md). */
    proof: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    at: Instant,
    deviceAt: Instant,
    direction: oneOf(DIRECTIONS),
    /** What was shown or said, and whom a person vouched for: looked at once more. */
    text: nullable(Type.String({ maxLength: 200 })),
    spokenId: nullable(Uuid),
    ref: nullable(Ref),
    way: oneOf(WAYS),
    step: nullable(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
    urgent: nullable(oneOf(URGENT_TRIPS)),
    temperatureTenths: nullable(Type.Integer({ minimum: 0, maximum: 999 })),
    wearsMask: nullable(Type.Boolean()),
    verdict: Verdict,
    listVersion: nullable(Type.String({ maxLength: 40 })),
    latencyUs: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
    /** Null: nobody stood there but the device. */
    byAccountId: nullable(Uuid),
    override: nullable(Type.Object({ of: Uuid, reason: Words(200) }, strict)),
  },
  strict,
);
export type OfflineDecisionBody = Type.Static<typeof OfflineDecision>;

export const UploadBody = Type.Object(
  { deviceNow: Instant, decisions: Type.Array(OfflineDecision, { minItems: 1, maxItems: 100 }) },
  strict,
);
export const UploadAnswer = Type.Object({
  now: Instant,
  taken: Type.Array(Uuid),
  refused: Type.Array(Type.Object({ id: Uuid, code: Text })),
  flags: Type.Array(Type.Object({ id: Uuid, kind: oneOf(FLAG_KINDS), decidedAt: Instant })),
});

export const FlagsQuery = Type.Object(
  { ...pageQuery, scopeId: Type.Optional(Uuid), isOpenOnly: Type.Optional(Type.Boolean()) },
  strict,
);
export const Flag = Type.Object({
  id: Uuid,
  scopeId: Uuid,
  scopeName: Text,
  kind: oneOf(FLAG_KINDS),
  gateId: Uuid,
  gateName: Text,
  otherGateName: nullable(Text),
  passKind: nullable(oneOf(PASS_KINDS)),
  nameMasked: nullable(Text),
  decidedAt: Time,
  noticedAt: Time,
  seenAt: nullable(Time),
  seenByName: nullable(Text),
});
export const Flags = Type.Object({ items: Type.Array(Flag), nextCursor: nullable(Text) });

export const SEARCH_KINDS = ['place', 'last'] as const;
export const SEARCH_PURPOSES = ['no_phone', 'code_unreadable', 'visitor_at_gate'] as const;
export const GateSearch = Type.Object(
  {
    scopeId: Uuid,
    gateId: Uuid,
    by: oneOf(SEARCH_KINDS),
    text: Words(40),
    purpose: oneOf(SEARCH_PURPOSES),
  },
  strict,
);
export type GateSearchBody = Type.Static<typeof GateSearch>;
export const GateSearchAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Uuid,
      ref: Ref,
      kind: oneOf(PASS_KINDS),
      nameMasked: nullable(Text),
      place: nullable(Text),
    }),
  ),
});

export const NewGateNote = Type.Object({ text: Words(500) }, strict);
export const GateNote = Type.Object({ id: Uuid, text: Text, byName: Text, at: Time });
export const GateNotes = Type.Object({ items: Type.Array(GateNote) });
