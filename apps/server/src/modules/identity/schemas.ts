import { CONSENT_PURPOSES, type ConsentPurpose } from '@gongzhi/kernel';
import Type from 'typebox';
import { roles } from '../../platform/permissions/permissions.ts';
import { SCOPE_KINDS } from '../places/index.ts';
import { passwordRule } from './domain.ts';
import { SecondStep } from './schemas-second-factor.ts';

const Uuid = Type.String({ format: 'uuid' });
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const strict = { additionalProperties: false };
const Locale = oneOf(['zh-CN', 'en'] as const);
const Mode = oneOf(['demo', 'production'] as const);
/** As typed; the service strips spaces, +86 and full-width digits. */
const Phone = Type.String({ maxLength: 40 });
const Secret = Type.String({ maxLength: 4 * passwordRule.most });

const Membership = Type.Object({
  id: Uuid,
  role: oneOf(roles),
  scopeId: Uuid,
  scopeName: Type.String(),
  scopeKind: oneOf(SCOPE_KINDS),
  timeZone: Type.String({ description: 'of the place: its hours and days are meant' }),
  households: Type.Array(
    Type.Object({ id: Uuid, scopeId: Uuid, label: Type.String(), areaM2: Type.String() }),
  ),
  scopes: Type.Array(Type.Object({ id: Uuid, name: Type.String(), kind: oneOf(SCOPE_KINDS) })),
  onBehalf: Type.Unsafe<{ name: string; purposes: ConsentPurpose[]; isEnded: boolean } | null>(
    Type.Union(
      [
        Type.Object({
          name: Type.String({ description: 'Masked: for whom one acts' }),
          purposes: Type.Array(oneOf(CONSENT_PURPOSES)),
          isEnded: Type.Boolean({ description: 'Withdrawn or run out: nothing can be done any more' }),
        }),
        Type.Null(),
      ],
      { description: 'When it is a consent: then the id is the consent’s' },
    ),
  ),
});

export const Me = Type.Object({
  account: Type.Object({
    id: Uuid,
    displayName: Type.String(),
    phoneMasked: Type.String(),
    locale: Locale,
    isLargeType: Type.Boolean(),
  }),
  csrfToken: Type.String({ description: 'Goes into the header x-csrf-token of every write' }),
  mode: Mode,
  acting: Membership,
  memberships: Type.Array(Membership),
  permissions: Type.Array(Type.String()),
  mustEnrol: Type.Boolean({
    description: 'The role asks for a second factor and there is none: nothing else can be done before',
  }),
});

export const AuthOptions = Type.Object({
  mode: Mode,
  personas: Type.Array(
    Type.Object({
      id: Type.String(),
      role: oneOf(roles),
      name: Type.String(),
      phone: Type.String(),
      placeLabel: Type.String(),
      home: oneOf(['/m/', '/desk/'] as const),
    }),
    { description: 'Demonstration only: "enter as …"' },
  ),
});

export const CodeRequest = Type.Object({ phone: Phone }, strict);
export const CodeSent = Type.Object({
  expiresInSeconds: Type.Integer(),
  resendInSeconds: Type.Integer(),
  demoCode: Type.Optional(Type.String({ description: 'Demonstration accounts in demonstration mode only' })),
});

/** The parts are taken as typed: what is wrong with them gets a sentence of its own, not three variants' complaints. */
export const SignIn = Type.Union([
  ...SecondStep,
  Type.Object({ phone: Phone, code: Type.String({ maxLength: 20 }) }, strict),
  Type.Object({ phone: Phone, password: Secret }, strict),
  Type.Object({ personaId: Type.String({ minLength: 1, maxLength: 60 }) }, strict),
]);

export const ActAs = Type.Object({ membershipId: Uuid }, strict);
export const Preferences = Type.Object(
  { locale: Type.Optional(Locale), isLargeType: Type.Optional(Type.Boolean()) },
  strict,
);
export const NewPassword = Type.Object({ current: Type.Optional(Secret), password: Secret }, strict);
export const Nothing = Type.Null({ description: 'Done' });
