import Type, { type Static, type TSchema } from 'typebox';

/** What a setting may hold, what it is where nobody set it, and where that default comes from. */
export interface Definition<T extends TSchema> {
  readonly schema: T;
  readonly default: Static<T>;
  readonly source: string;
}

export function define<T extends TSchema>(schema: T, value: Static<T>, source: string): Definition<T> {
  return { schema, default: value, source };
}

export const wholeNumber = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });

/** Of a whole. */
export const share = Type.Number({ minimum: 0, maximum: 1 });
