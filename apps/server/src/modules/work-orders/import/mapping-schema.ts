import Type from 'typebox';
import { DUTIES, GROUPS, KINDS, SKILLS } from '../domain/types.ts';

/**
 * What a mapping file may say: how the columns of some city's export become work orders. The schema is also the
 * reference (docs/import-mapping.schema.json is written from it), so every field explains itself.
 */
const strict = { additionalProperties: false };
const oneOf = <const T extends readonly string[]>(words: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words], description });
const Column = (description: string) => Type.String({ minLength: 1, description });
const Columns = (description: string) =>
  Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 8, description });
const Values = (description: string) =>
  Type.Array(Type.String(), { minItems: 1, uniqueItems: true, description });
const slug = '^[a-z0-9][a-z0-9-]{0,38}$';

export const MappingSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    source: Type.String({
      pattern: slug,
      description:
        'Name of this history, such as "boston-311": small letters, digits and dashes. One request id exists once per city and source.',
    }),
    city: Type.Object(
      {
        code: Type.String({
          pattern: slug,
          description: 'Short name of the city, such as "boston". The city is made when it is not there yet.',
        }),
        name: Type.String({ minLength: 1, maxLength: 80, description: 'What pages call the city.' }),
        timeZone: Type.String({
          description: 'IANA zone in which the dates are written, such as "America/New_York".',
        }),
      },
      { ...strict, description: 'The city whose history this is.' },
    ),
    dateFormat: Type.String({
      minLength: 2,
      description:
        'How dates are written: "iso" (2011-07-31T14:05:00, a zone or Z at the end wins over the city\'s), or a pattern of YYYY MM M DD D hh h mm ss A, such as "MM/DD/YYYY hh:mm:ss A". hh is 0-23, or 1-12 where A (AM, PM) appears. Write other letters in [brackets].',
    }),
    columns: Type.Object(
      {
        id: Column("The request's own number; becomes the order's number."),
        opened: Column('When it was reported.'),
        due: Type.Optional(Column('When it was to be resolved. Blank cells: no limit.')),
        closed: Column('When it was closed. Blank cells: not closed.'),
        description: Type.Optional(
          Columns("What is shown as the request's words: the columns that are not blank, each once."),
        ),
        address: Type.Optional(Column('Where it is, as people would say it.')),
        outcome: Type.Optional(Column('What was said at the end; shown when the order is closed.')),
        channel: Type.Optional(Column('How it came in: by phone, by app.')),
        handler: Type.Optional(Column('Which team or queue had it.')),
      },
      { ...strict, description: 'Names of columns, exactly as in the first line of the file.' },
    ),
    status: Type.Optional(
      Type.Object(
        {
          column: Column('The column.'),
          open: Values('Values that mean open.'),
          closed: Values('Values that mean closed.'),
        },
        { ...strict, description: 'Which requests are open. Without it, those without a closing date.' },
      ),
    ),
    verdict: Type.Optional(
      Type.Object(
        {
          column: Column('The column.'),
          onTime: Values('Values that mean on time.'),
          late: Values('Values that mean late; "" when a blank cell means it too.'),
        },
        {
          ...strict,
          description:
            "The source's own judgement. It is kept, and compared with ours on every row that has both dates.",
        },
      ),
    ),
    place: Type.Optional(
      Type.Object(
        {
          column: Column('The column. A blank cell: the city as a whole.'),
          names: Type.Optional(
            Type.Record(Type.String(), Type.String(), {
              description:
                'Other spellings of a neighbourhood, and the one that counts; "" for the city as a whole.',
            }),
          ),
        },
        {
          ...strict,
          description: 'Which neighbourhood a request belongs to; each becomes a street of the city.',
        },
      ),
    ),
    category: Type.Object(
      {
        column: Column('The column that says what it is about.'),
        kind: oneOf(KINDS, 'What requests of this history are, unless "kind" says more.'),
        group: Type.Object(
          {
            column: Type.Optional(Column('The column to group by.')),
            values: Type.Optional(
              Type.Record(Type.String(), oneOf(GROUPS, 'A group of the catalogue.'), {
                description: 'Value of that column → group of our catalogue.',
              }),
            ),
            otherwise: oneOf(GROUPS, 'The group of all others.'),
          },
          { ...strict, description: 'Under which heading the catalogue shows it.' },
        ),
        skill: oneOf(SKILLS, 'The skill it asks for.'),
        duty: oneOf(DUTIES, 'Whose duty it is.'),
        resolveMinutes: Type.Integer({
          minimum: 1,
          maximum: 5_256_000,
          description:
            "The limit of a category none of whose rows has one. The others get their rows' median.",
        }),
      },
      { ...strict, description: 'Categories are made as import:<city>:<name>.' },
    ),
    kind: Type.Optional(
      Type.Object(
        {
          column: Column('The column.'),
          values: Type.Record(Type.String(), oneOf(KINDS, 'A kind.'), {
            description: "Value → kind. All others: the category's kind.",
          }),
        },
        {
          ...strict,
          description: 'What a request is, where a column tells (a request that staff entered themselves).',
        },
      ),
    ),
    duplicate: Type.Optional(
      Type.Object(
        {
          column: Column('The column whose words name the other request.'),
          when: Type.String({
            minLength: 1,
            description: 'Regular expression, case ignored: the words speak of a duplicate at all.',
          }),
          pattern: Type.String({
            minLength: 1,
            description:
              'Regular expression with a group named id, as in "#(?<id>[0-9]+)". Every match in the words is taken.',
          }),
          shortId: Type.Optional(
            Type.Object(
              {
                digits: Type.Integer({
                  minimum: 1,
                  maximum: 40,
                  description: 'Length of an abbreviated id.',
                }),
                prefix: Type.String({
                  minLength: 1,
                  maxLength: 40,
                  description: 'What stands before it in the whole id.',
                }),
              },
              { ...strict, description: 'Ids that the words abbreviate.' },
            ),
          ),
        },
        {
          ...strict,
          description: 'Requests closed because another one tells the same: they are linked, both ways.',
        },
      ),
    ),
    numberPrefix: Type.Optional(
      Type.String({
        maxLength: 20,
        description:
          "Put before the id to make the order's number. Needed only where two histories of one city use the same ids.",
      }),
    ),
  },
  {
    ...strict,
    title: 'Gongzhi request mapping',
    description: 'How npx gongzhi import requests reads a file. See import.md.',
  },
);

export type Mapping = Type.Static<typeof MappingSchema>;
