import Type from 'typebox';
import { ASPECTS, LINK_KINDS, OUTCOMES, RATINGS, STATUSES } from './domain.ts';
import { command, nullable, oneOf, PhotoIds, Reason, strict, Uuid, Words } from './schemas-words.ts';

/** Orders that belong together, and what is said of the work afterwards. */

/** Each in the three words of the rating itself; what nobody was asked is left out. */
export const Aspects = Type.Object(
  Object.fromEntries(ASPECTS.map((aspect) => [aspect, Type.Optional(oneOf(RATINGS))])) as Record<
    (typeof ASPECTS)[number],
    Type.TOptional<Type.TUnsafe<(typeof RATINGS)[number]>>
  >,
  strict,
);

/** What was answered to the script's questions, by their keys. */
export const Answers = Type.Record(
  Type.String({ pattern: '^[a-z0-9_]{1,40}$' }),
  Type.Union([Type.Boolean(), Type.String({ maxLength: 500 })]),
  { maxProperties: 20 },
);

/** Another order as far as it may be seen from this one. */
export const Related = Type.Object({
  kind: oneOf(LINK_KINDS),
  scopeId: Uuid,
  id: Uuid,
  number: Type.String(),
  status: oneOf(STATUSES),
  station: Type.Integer({ minimum: 0, maximum: 4 }),
  outcome: nullable(oneOf(OUTCOMES)),
  categoryNameZh: Type.String(),
  categoryNameEn: Type.String(),
  description: Type.String({ description: 'its beginning' }),
});

/** Another order by the number people say; case, spaces and dashes do not matter. */
const OrderNumber = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'the number of the other order',
});

export const familyCommands = [
  command('reply_rating', { text: Words(1, 500) }),
  command('merge', { number: OrderNumber }),
  command('unmerge', { reason: Reason }),
  command('split', {
    parts: Type.Array(
      Type.Object(
        {
          categoryCode: Type.String({ minLength: 1, maxLength: 80 }),
          description: Words(1, 2000),
          photoIds: Type.Optional(PhotoIds),
        },
        strict,
      ),
      { minItems: 2, maxItems: 6 },
    ),
  }),
  command('link', { number: OrderNumber }),
  command('unlink', { number: OrderNumber }),
] as const;
