import { DIRECTIONS, OUTCOMES, OVERRIDERS, PASS_KINDS, URGENT_TRIPS, WAYS } from '@gongzhi/gate';
import Type from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { DESTRUCTION_KINDS } from './domain/retention.ts';
import { CheckResult, Day, nullable, oneOf, Sentence, strict, Time, Uuid, Words } from './schemas.ts';

/** Who went through, as pages read it. */

export const PassagesQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Uuid,
    gateId: Type.Optional(Uuid),
    stopped: Type.Optional(Type.Boolean()),
    /** A day of the place; today when left out. */
    day: Type.Optional(Day),
  },
  strict,
);
export const Passage = Type.Object(
  {
    id: Uuid,
    gateId: Uuid,
    seq: Type.Integer(),
    recordedAt: Time,
    /** When it happened, where the gate decided alone. */
    happenedAt: Time,
    direction: oneOf(DIRECTIONS),
    outcome: oneOf(OUTCOMES),
    urgent: nullable(oneOf(URGENT_TRIPS)),
    decidedBy: oneOf(['server', 'offline', 'person'] as const),
    latencyUs: Type.Integer(),
    way: nullable(oneOf(WAYS)),
    passKind: nullable(oneOf(PASS_KINDS)),
    passId: nullable(Uuid),
    /** Masked. */
    name: nullable(Type.String()),
    home: nullable(Type.String()),
    overrideOf: nullable(Uuid),
    /** Why somebody was stopped; null when nothing was in the way, or when it was destroyed. */
    sentence: nullable(Sentence),
    reason: nullable(Type.String()),
    overriders: Type.Array(oneOf(OVERRIDERS)),
    /** There were reasons, and they were destroyed with their measure. */
    isErased: Type.Boolean(),
  },
  { title: 'Passage' },
);
export const Passages = Type.Object(
  { items: Type.Array(Passage), nextCursor: nullable(Type.String()) },
  { title: 'Passages' },
);

export const PassageSearch = Type.Object(
  {
    scopeId: Uuid,
    passId: Uuid,
    /** Why somebody's ways are looked up: kept with who looked. */
    purpose: Words(200),
    from: Day,
    to: Day,
  },
  strict,
);

export const FlowQuery = Type.Object({ scopeId: Uuid, day: Type.Optional(Day) }, strict);
export const Flow = Type.Object(
  {
    day: Day,
    hours: Type.Array(
      Type.Object({
        gateId: Uuid,
        hour: Type.Integer(),
        entries: Type.Integer(),
        exits: Type.Integer(),
        stopped: Type.Integer(),
      }),
    ),
    /** In less out, of that day. */
    inside: Type.Integer(),
  },
  { title: 'GateFlow' },
);

export const ChainQuery = Type.Object(
  {
    scopeId: Uuid,
    /** `next` of the slice before; left out: from the beginning, or from behind what was destroyed. */
    after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  },
  strict,
);
export const ChainReport = Type.Object(
  {
    checked: Type.Integer(),
    from: Type.Integer(),
    until: Type.Integer(),
    /** The last number of the whole chain. */
    end: Type.Integer(),
    /** Where the next slice goes on; null: this was the last. */
    next: nullable(Type.Integer()),
    destroyedAt: nullable(Time),
    faults: Type.Array(
      Type.Object({
        kind: oneOf(['missing', 'altered'] as const),
        /** Behind which number something is missing, or which one was altered. */
        seq: Type.Integer(),
        part: nullable(oneOf(['who', 'why', 'row'] as const)),
      }),
    ),
  },
  { title: 'ChainReport' },
);

export const Destructions = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Uuid,
          /** Of a list that was traced: which request. */
          requestNo: nullable(Type.String()),
          kind: oneOf(DESTRUCTION_KINDS),
          measure: nullable(Type.String()),
          documentNo: nullable(Type.String()),
          from: Time,
          to: Time,
          count: Type.Integer(),
          doneAt: Time,
        },
        { title: 'Destruction' },
      ),
    ),
  },
  { title: 'Destructions' },
);

export const Certificate = Type.Object(
  {
    id: Uuid,
    place: Type.String(),
    kind: oneOf(DESTRUCTION_KINDS),
    measure: nullable(Type.String()),
    authority: nullable(Type.String()),
    documentNo: nullable(Type.String()),
    requestNo: nullable(Type.String()),
    from: Time,
    to: Time,
    count: Type.Integer(),
    /** Of a measure: reasons of passages, facts of health, people looked after. */
    reasons: nullable(Type.Integer()),
    health: nullable(Type.Integer()),
    followUps: nullable(Type.Integer()),
    /** Of what was noted beside passages: orders to barriers, questions from phones, flags, words for the next shift. */
    orders: nullable(Type.Integer()),
    openings: nullable(Type.Integer()),
    flags: nullable(Type.Integer()),
    notes: nullable(Type.Integer()),
    /** Of a day: so many gates, each chain going on behind it. */
    gates: Type.Integer(),
    /** Of what a place keeps shorter: after how many days. */
    days: nullable(Type.Integer()),
    doneAt: Time,
  },
  { title: 'DestructionCertificate' },
);

export const OverrideBody = Type.Object(
  {
    /** Of the passage that lets somebody through: sent twice, it is one. */
    id: Uuid,
    passageId: Uuid,
    reason: Words(200),
  },
  strict,
);
export const OverrideAnswer = CheckResult;
