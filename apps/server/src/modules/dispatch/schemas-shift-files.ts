import Type from 'typebox';
import { SHIFT_FAULTS, SHIFT_FIELDS } from './domain.ts';
import { nullable, oneOf, Time, Uuid } from './schemas-roster.ts';

const strict = { additionalProperties: false };
const Field = oneOf(SHIFT_FIELDS);
const Text = Type.String();
const Heading = Type.Optional(Type.String({ minLength: 1, maxLength: 100 }));

export const ShiftColumnsBody = Type.Object(
  { name: Heading, phone: Heading, date: Heading, shift: Heading },
  { ...strict, title: 'ShiftColumns' },
);
const Fault = Type.Object({
  line: Type.Integer(),
  field: Field,
  code: oneOf(SHIFT_FAULTS),
  params: Type.Record(Text, Type.Union([Text, Type.Number()])),
});
const counts = {
  rows: Type.Integer(),
  taken: Type.Integer(),
  known: Type.Integer({ description: 'planned already with the same hours' }),
  free: Type.Integer({ description: 'days on which somebody is free' }),
  faults: Type.Array(Fault),
};

export const ShiftFileQuery = Type.Object(
  {
    scopeId: Type.Optional(Uuid),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    trial: Type.Optional(Type.Boolean()),
    columns: Type.Optional(
      Type.String({ maxLength: 600, description: 'which column is which, as JSON: ShiftColumns' }),
    ),
  },
  strict,
);
export const ShiftFileAnswer = Type.Object(
  {
    fileId: nullable(Uuid),
    titles: Type.Array(Text),
    columns: ShiftColumnsBody,
    missing: Type.Array(Field),
    shifts: Type.Array(Text, { description: 'names of shifts that may stand in the file' }),
    ...counts,
  },
  { title: 'ShiftFileResult' },
);
export const ShiftFileList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        id: Uuid,
        name: Text,
        ...counts,
        sentName: Text,
        sentAt: Time,
        withdrawnAt: nullable(Time),
        withdrawnName: nullable(Text),
      }),
    ),
  },
  { title: 'ShiftFileList' },
);
