import { PASS_KINDS } from '@gongzhi/gate';
import Type from 'typebox';

const strict = { additionalProperties: false } as const;
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Text = Type.String();
const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));

/** Empty: no measure in force asks, and a phone shows nothing of it. */
export const OwnHealthAnswer = Type.Object(
  {
    /** Who is told what is declared. */
    service: nullable(Text),
    items: Type.Array(
      Type.Object({
        passId: Uuid,
        kind: oneOf(PASS_KINDS),
        name: nullable(Text),
        measure: Type.Object({
          name: Text,
          authority: Text,
          documentNo: Text,
          endsAt: Time,
          /** How long after its end what the gate learnt is kept. */
          retentionDays: Type.Integer(),
        }),
      }),
    ),
  },
  { title: 'OwnHealth' },
);

export const HealthDeclarationBody = Type.Object(
  {
    scopeId: Uuid,
    passId: Uuid,
    /** Degrees Celsius; null: not measured. */
    temperature: nullable(Type.Number({ minimum: 34, maximum: 43 })),
    hasSymptoms: Type.Boolean(),
    wasInRiskArea: Type.Boolean(),
  },
  strict,
);
export const HealthCodeBody = Type.Object({ scopeId: Uuid, passId: Uuid }, strict);
export const HealthCodeAnswer = Type.Object(
  { code: Text, madeAt: Time, expiresAt: Time },
  { title: 'HealthCode' },
);
