import Type from 'typebox';
import {
  CHARGE_STATES,
  LINE_KINDS,
  ANSWER_WAYS,
  CHARGE_PAYERS,
  SAFETY_ANSWERS,
  SAFETY_STATES,
  WORKING_ACTIONS,
} from '../domain.ts';
import { WorkOrder } from '../schemas.ts';
import { nullable, oneOf, PhotoIds, Time, Uuid, Words } from '../schemas-words.ts';

/** The shapes on the wire of the work itself. Money is yuan as a decimal text, quantities likewise: no floats. */
const strict = { additionalProperties: false };
export const Day = Type.String({ format: 'date' });
export const Money = Type.String({
  pattern: '^\\d{1,9}(\\.\\d{1,2})?$',
  description: 'yuan, at most two decimals',
});
const Quantity = Type.String({ pattern: '^\\d{1,6}(\\.\\d{1,2})?$', description: 'at most two decimals' });
const Note = Type.Optional(Type.String({ maxLength: 1000 }));
const Photo = Type.Object({ id: Uuid });

const Charge = Type.Object({
  payer: oneOf(CHARGE_PAYERS),
  payerReason: nullable(Type.String()),
  lines: Type.Array(
    Type.Object({
      id: Uuid,
      kind: oneOf(LINE_KINDS),
      priceId: nullable(Uuid),
      name: Type.String(),
      unit: Type.String(),
      quantity: Type.String(),
      unitPrice: Type.String(),
      amount: Type.String(),
      warrantyMonths: Type.Integer(),
      reason: nullable(Type.String()),
    }),
  ),
  subtotal: Type.String(),
  discount: Type.String(),
  discountReason: nullable(Type.String()),
  total: Type.String(),
  quoteNo: Type.Integer(),
});

export const JobSheet = Type.Object(
  {
    version: Type.Integer(),
    /** Of the place: hours and days of visits and parts are its own. */
    timeZone: Type.String(),
    chargeState: nullable(oneOf(CHARGE_STATES)),
    /** Null: nothing was added, or it is not yours to know. */
    charge: nullable(Charge),
    entries: Type.Array(
      Type.Object({
        id: Uuid,
        quoteNo: Type.Integer(),
        kind: oneOf(['sent', 'withdrawn', 'asked', 'agreed', 'declined'] as const),
        how: nullable(oneOf(ANSWER_WAYS)),
        total: Type.String(),
        words: nullable(Type.String()),
        signerName: nullable(Type.String()),
        signature: nullable(Photo),
        byName: nullable(Type.String()),
        forName: nullable(Type.String()),
        at: Time,
      }),
    ),
    /** An earlier repair whose warranty still holds today. */
    warranty: nullable(Type.Object({ orderId: Uuid, number: Type.String(), finishedOn: Day, until: Day })),
    crew: Type.Array(
      Type.Object({
        id: Uuid,
        accountId: Uuid,
        name: Type.String(),
        title: Type.String(),
        isMe: Type.Boolean(),
        arrivedAt: nullable(Time),
        leftAt: nullable(Time),
      }),
    ),
    visits: Type.Array(
      Type.Object({
        id: Uuid,
        position: Type.Integer(),
        plannedFrom: Time,
        plannedTo: Time,
        purpose: Type.String(),
        doneAt: nullable(Time),
        doneWords: nullable(Type.String()),
        leftWords: nullable(Type.String()),
        cancelledAt: nullable(Time),
      }),
    ),
    parts: Type.Array(
      Type.Object({
        id: Uuid,
        what: Type.String(),
        supplier: nullable(Type.String()),
        expectedOn: Day,
        orderedByName: nullable(Type.String()),
        orderedAt: Time,
        arrivedAt: nullable(Time),
      }),
    ),
    /** Staff only. */
    safety: nullable(
      Type.Object({
        state: oneOf(SAFETY_STATES),
        lists: Type.Array(
          Type.Object({
            code: Type.String(),
            validFrom: Day,
            nameZh: Type.String(),
            nameEn: Type.String(),
            source: Type.String(),
            isFromMemory: Type.Boolean(),
            items: Type.Array(
              Type.Object({
                code: Type.String(),
                zh: Type.String(),
                en: Type.String(),
                needsPhoto: Type.Boolean(),
                mayNotApply: Type.Boolean(),
              }),
            ),
          }),
        ),
        answers: Type.Array(
          Type.Object({
            list: Type.String(),
            item: Type.String(),
            answer: oneOf(SAFETY_ANSWERS),
            words: nullable(Type.String()),
            photo: nullable(Photo),
            byName: nullable(Type.String()),
            at: Time,
          }),
        ),
      }),
    ),
    /** Staff only. */
    contractors: Type.Array(
      Type.Object({
        id: Uuid,
        contractor: Type.String(),
        task: Type.String(),
        dueAt: nullable(Time),
        contactPurpose: nullable(Type.String()),
        expiresAt: Time,
        revokedAt: nullable(Time),
        isOpen: Type.Boolean(),
        state: oneOf(['invited', 'accepted', 'arrived', 'done', 'declined'] as const),
        acceptedAt: nullable(Time),
        arrivedAt: nullable(Time),
        endedAt: nullable(Time),
        createdByName: nullable(Type.String()),
      }),
    ),
    actions: Type.Array(
      Type.Object({
        action: oneOf(WORKING_ACTIONS),
        isAllowed: Type.Boolean(),
        reasonCode: nullable(Type.String()),
      }),
    ),
  },
  { title: 'JobSheet' },
);

export const WorkingAnswer = Type.Object({ order: WorkOrder, sheet: JobSheet }, { title: 'WorkingAnswer' });

const versioned = { expectedVersion: Type.Integer({ minimum: 1 }) };
function command<const A extends string, P extends Type.TProperties>(action: A, params: P) {
  return Type.Object({ action: Type.Literal(action), ...versioned, ...params }, strict);
}
/** What the number of the quotation guards: a comment meanwhile changes nothing about it. */
function answering<const A extends string, P extends Type.TProperties>(action: A, params: P) {
  return Type.Object(
    {
      action: Type.Literal(action),
      expectedVersion: Type.Optional(Type.Integer({ minimum: 1 })),
      quoteNo: Type.Integer({ minimum: 1 }),
      ...params,
    },
    strict,
  );
}
const Reason = Words(1, 500);

export const WorkingCommand = Type.Union(
  [
    command('add_line', {
      priceId: Type.Optional(Uuid),
      kind: Type.Optional(oneOf(LINE_KINDS)),
      name: Type.Optional(Words(1, 60)),
      unit: Type.Optional(Words(1, 10)),
      unitPrice: Type.Optional(Money),
      quantity: Quantity,
      reason: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    command('remove_line', { lineId: Uuid }),
    command('set_discount', { amount: Money, reason: Type.Optional(Type.String({ maxLength: 200 })) }),
    command('set_payer', { payer: oneOf(CHARGE_PAYERS), reason: Reason }),
    command('send_quote', {}),
    command('withdraw_quote', {}),
    answering('agree', {
      total: Money,
      signerName: Type.Optional(Words(1, 60)),
      signatureFileId: Type.Optional(Uuid),
      words: Note,
    }),
    answering('decline', { words: Note }),
    answering('ask', { words: Words(1, 500) }),
    command('add_helper', { accountId: Uuid }),
    command('remove_helper', { accountId: Uuid }),
    command('helper_arrive', {}),
    command('helper_leave', {}),
    command('order_part', {
      what: Words(1, 200),
      supplier: Type.Optional(Type.String({ maxLength: 100 })),
      expectedOn: Day,
    }),
    command('part_arrived', { partId: Uuid }),
    command('plan_visit', { from: Time, to: Time, purpose: Words(1, 200) }),
    command('complete_visit', { visitId: Uuid, done: Words(1, 1000), left: Note }),
    command('cancel_visit', { visitId: Uuid, reason: Reason }),
    command('answer_safety', {
      answers: Type.Array(
        Type.Object(
          {
            list: Type.String({ maxLength: 40 }),
            item: Type.String({ maxLength: 40 }),
            answer: oneOf(SAFETY_ANSWERS),
            words: Note,
            photoId: Type.Optional(Uuid),
          },
          strict,
        ),
        { maxItems: 60 },
      ),
      /** Of the items that ask for one, in their order: pictures that waited on the phone for a network. */
      photoIds: Type.Optional(PhotoIds),
    }),
    command('reset_safety', { reason: Reason }),
    command('hand_back', { reason: Reason }),
    command('invite_contractor', {
      contractor: Words(1, 60),
      task: Words(1, 500),
      dueAt: Type.Optional(Time),
      days: Type.Integer({ minimum: 1, maximum: 30 }),
      /** What the resident's phone is for; without it the contractor never sees one. */
      contactPurpose: Type.Optional(Words(1, 100)),
    }),
    command('revoke_contractor', { linkId: Uuid }),
  ],
  { discriminator: { propertyName: 'action' }, title: 'WorkingCommand' },
);
export type WorkingBody = Type.Static<typeof WorkingCommand>;

export const Price = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeKind: oneOf(['company', 'department'] as const),
    code: Type.String(),
    version: Type.Integer(),
    kind: oneOf(['material', 'labour'] as const),
    name: Type.String(),
    unit: Type.String(),
    price: Type.String(),
    warrantyMonths: Type.Integer(),
    validFrom: Day,
    isWithdrawn: Type.Boolean(),
    /** Counts today; else from its day on. */
    isInForce: Type.Boolean(),
    /** Staff only. */
    writtenName: nullable(Type.String()),
    writtenAt: nullable(Time),
  },
  { title: 'Price' },
);

export const NewPrice = Type.Object(
  {
    scopeId: Uuid,
    /** Of a price there is; a new one gets a code of its own. */
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[\\w.-]+$' })),
    /** 0: there is none yet. */
    expectedVersion: Type.Integer({ minimum: 0 }),
    kind: oneOf(['material', 'labour'] as const),
    name: Words(1, 60),
    unit: Words(1, 10),
    price: Money,
    warrantyMonths: Type.Integer({ minimum: 0, maximum: 120 }),
    validFrom: Day,
    isWithdrawn: Type.Optional(Type.Boolean()),
  },
  { ...strict, title: 'NewPrice' },
);

export const JobLink = Type.Object({ path: Type.String(), expiresAt: Time }, { title: 'JobLink' });
