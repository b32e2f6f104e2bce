import Type from 'typebox';

const strict = { additionalProperties: false };
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** As typed; the service strips gaps and full-width digits. */
const Code = Type.String({ minLength: 1, maxLength: 40 });

export const FactorState = Type.Object({
  isEnrolled: Type.Boolean(),
  enrolledAt: nullable(Type.String({ format: 'date-time' })),
  recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  isRequired: Type.Boolean(),
  requiredFrom: nullable(Type.String({ format: 'date' })),
  mustEnrol: Type.Boolean(),
});
export const FactorSecret = Type.Object({
  secret: Type.String({ description: 'Base32, for typing in' }),
  uri: Type.String({ description: 'otpauth://, for the QR code' }),
});
export const FactorProof = Type.Union([
  Type.Object({ totp: Code }, strict),
  Type.Object({ recoveryCode: Code }, strict),
]);
export const FactorConfirmation = Type.Object({ totp: Code }, strict);
export const RecoveryCodes = Type.Object({
  recoveryCodes: Type.Array(Type.String(), { description: 'Each opens one door once; shown this once' }),
});
export const SecondStep = [
  Type.Object({ ticket: Type.String({ minLength: 20, maxLength: 100 }), totp: Code }, strict),
  Type.Object({ ticket: Type.String({ minLength: 20, maxLength: 100 }), recoveryCode: Code }, strict),
] as const;
export const TicketGiven = Type.Object(
  { ticket: Type.String(), expiresInSeconds: Type.Integer() },
  { description: 'The first factor was right; send this with a code of the second' },
);
