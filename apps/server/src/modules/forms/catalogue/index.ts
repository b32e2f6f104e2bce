import aliasesJson from './aliases.json' with { type: 'json' };
import { normalised } from '../domain/words.ts';

/** What the house knows already: a form takes it from here and asks nobody. */

export const SUBJECTS = ['resident', 'home', 'building', 'compound', 'community'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Where it comes from, and so where it is corrected: never in a form. */
export type Source = 'places' | 'people' | 'organisation' | 'orders';
export type FieldType = 'text' | 'number' | 'date' | 'relations';
export type Unit = 'm2' | 'year';

export interface KnownField {
  readonly key: string;
  readonly subject: Subject;
  readonly type: FieldType;
  readonly unit?: Unit;
  readonly source: Source;
  /** Of somebody by name: masked, and only before the eyes of who works with people by name (person.find). */
  readonly isPersonal?: true;
  /** Summed over the form's period; everything else is as of the reading. */
  readonly isOfPeriod?: true;
  /** Told of what lies in it too. Sums of a community are not: who works in one of its compounds sees that alone. */
  readonly isName?: true;
}

const text = (key: string, subject: Subject, source: Source = 'places'): KnownField => ({
  key: `${subject}.${key}`,
  subject,
  type: 'text',
  source,
});
const count = (key: string, subject: Subject, source: Source = 'places'): KnownField => ({
  ...text(key, subject, source),
  type: 'number',
});
const area = (subject: Subject): KnownField => ({ ...count('area', subject), unit: 'm2' });
const personal = (field: KnownField): KnownField => ({ ...field, isPersonal: true });
const ofPeriod = (subject: Subject): KnownField[] => [
  { ...count('orders', subject, 'orders'), isOfPeriod: true },
  { ...count('orders_done', subject, 'orders'), isOfPeriod: true },
];

export const fields: readonly KnownField[] = [
  personal(text('name', 'resident', 'people')),
  personal(text('phone', 'resident', 'people')),
  personal({ ...text('relation', 'resident', 'people'), type: 'relations' }),
  personal(text('home', 'resident', 'people')),
  personal({ ...text('since', 'resident', 'people'), type: 'date' }),
  text('label', 'home'),
  text('building', 'home'),
  text('unit', 'home'),
  text('room', 'home'),
  count('floor', 'home'),
  area('home'),
  text('grid', 'home', 'organisation'),
  count('people', 'home', 'people'),
  personal(text('owner', 'home', 'people')),
  personal(text('owner_phone', 'home', 'people')),
  text('name', 'building'),
  count('floors', 'building'),
  count('units', 'building'),
  count('homes', 'building'),
  area('building'),
  count('lifts', 'building'),
  count('people', 'building', 'people'),
  text('name', 'compound', 'organisation'),
  text('address', 'compound', 'organisation'),
  { ...count('built_year', 'compound', 'organisation'), unit: 'year' },
  text('company', 'compound', 'organisation'),
  count('buildings', 'compound'),
  count('units', 'compound'),
  count('homes', 'compound'),
  area('compound'),
  count('lifts', 'compound'),
  count('grids', 'compound', 'organisation'),
  count('people', 'compound', 'people'),
  ...ofPeriod('compound'),
  { ...text('name', 'community', 'organisation'), isName: true },
  { ...text('street', 'community', 'organisation'), isName: true },
  count('compounds', 'community', 'organisation'),
  count('buildings', 'community'),
  count('homes', 'community'),
  area('community'),
  count('grids', 'community', 'organisation'),
  count('people', 'community', 'people'),
  ...ofPeriod('community'),
];

const byKey = new Map(fields.map((field) => [field.key, field]));
export const fieldOf = (key: string): KnownField | null => byKey.get(key) ?? null;

/** What a row speaks of, nearest first: a home lies in a compound, and may be asked what that is called. */
const around: Readonly<Record<Subject, readonly Subject[]>> = {
  resident: ['resident', 'compound', 'community'],
  home: ['home', 'compound', 'community'],
  building: ['building', 'compound', 'community'],
  compound: ['compound', 'community'],
  community: ['community'],
};
export const isWithin = (subject: Subject, field: KnownField): boolean =>
  around[subject].includes(field.subject) &&
  (field.subject !== 'community' || subject === 'community' || field.isName === true);

/** Everything a field is called on paper, as data: the labels of both languages are among them (catalogue.test). */
const aliases = aliasesJson as Readonly<Record<string, readonly string[]>>;
export const namedInData = (): readonly string[] => Object.keys(aliases);
const keysByWords = new Map<string, string[]>();
for (const [key, words] of Object.entries(aliases))
  for (const word of words) {
    const known = keysByWords.get(normalised(word));
    if (known === undefined) keysByWords.set(normalised(word), [key]);
    else if (!known.includes(key)) known.push(key);
  }

/** The known field that these words ask for, about this subject or what it lies in; the nearest one. */
export function knownBy(words: string, subject: Subject): KnownField | null {
  const asked = normalised(words);
  const exact = fieldOf(words.trim().toLowerCase());
  if (exact !== null && isWithin(subject, exact)) return exact;
  const found = (keysByWords.get(asked) ?? []).flatMap((key) => fieldOf(key) ?? []);
  for (const near of around[subject]) {
    const field = found.find((one) => one.subject === near && isWithin(subject, one));
    if (field !== undefined) return field;
  }
  return null;
}
