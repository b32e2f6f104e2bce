import Type from 'typebox';

/** The shapes on the wire. The schema is the JSON Schema: OpenAPI and the typed client come from it. */
export const strict = { additionalProperties: false };
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
/**
 * Or null. A plain type says so as `type: [..., 'null']`, which is printed by a typeof; a union would be validated
 * branch by branch for every field of every row.
 */
export function nullable<T extends Type.TSchema>(schema: T) {
  const { type } = schema as { type?: unknown };
  if (typeof type !== 'string' || 'enum' in schema)
    return Type.Unsafe<Type.Static<T> | null>(Type.Union([schema, Type.Null()]));
  return Type.Unsafe<Type.Static<T> | null>({ ...schema, type: [type, 'null'] });
}
/** A plain enum in JSON Schema and the union of its words in TypeScript. */
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });

export const Words = (least: number, most: number) =>
  Type.String({ minLength: least, maxLength: most, pattern: least > 0 ? '\\S' : '' });
export const PhotoIds = Type.Array(Uuid, { maxItems: 9, uniqueItems: true });

export const Reason = Words(1, 500);
export const Note = Type.Optional(Type.String({ maxLength: 1000 }));

export function command<const A extends string, P extends Type.TProperties>(action: A, params: P) {
  return Type.Object(
    { action: Type.Literal(action), expectedVersion: Type.Integer({ minimum: 1 }), ...params },
    strict,
  );
}
