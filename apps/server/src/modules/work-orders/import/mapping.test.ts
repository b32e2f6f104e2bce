import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dateReader, type DateReader } from './dates.ts';
import { bostonFolder, mappingFile, townMapping } from './fixtures.ts';
import { checkHeader, MappingError, parseMapping } from './mapping.ts';
import { MappingSchema } from './mapping-schema.ts';

function faults(mapping: unknown): string[] {
  try {
    parseMapping(typeof mapping === 'string' ? mapping : JSON.stringify(mapping));
  } catch (error) {
    if (error instanceof MappingError) return [...error.lines];
    throw error;
  }
  return [];
}

test('the mapping that ships, and a small one, are right', () => {
  expect(faults(readFileSync(mappingFile, 'utf8'))).toEqual([]);
  expect(faults(townMapping)).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['no JSON', '{ "source": ', /^not JSON: /],
  ['nothing', {}, /^\/source is missing: Name of this history/],
  [
    'a field nobody knows',
    { ...townMapping, sorce: 'x' },
    /^\/sorce is not a field of a mapping; here may stand: .*source/,
  ],
  [
    'a missing column',
    { ...townMapping, columns: { opened: 'a', closed: 'b' } },
    /^\/columns\/id is missing: The request's own number/,
  ],
  [
    'a wrong type',
    { ...townMapping, columns: { ...townMapping.columns, id: 7 } },
    /^\/columns\/id is 7; it must be a text in quotes/,
  ],
  [
    'an unknown kind',
    { ...townMapping, category: { ...townMapping.category, kind: 'pothole' } },
    /^\/category\/kind is "pothole"; it must be one of: repair, complaint/,
  ],
  [
    'an unknown group',
    {
      ...townMapping,
      category: { ...townMapping.category, group: { column: 'x', values: { a: 'b' }, otherwise: 'service' } },
    },
    /^\/category\/group\/values\/a is "b"; it must be one of: water/,
  ],
  [
    'no time zone',
    { ...townMapping, city: { ...townMapping.city, timeZone: 'Boston' } },
    /^\/city\/timeZone is "Boston", which is no time zone; it must be an IANA name/,
  ],
  [
    'a strange date format',
    { ...townMapping, dateFormat: 'YYYY-QQ' },
    /^\/dateFormat is "YYYY-QQ": "Q" means nothing in it; use YYYY MM/,
  ],
  [
    'a date format without days',
    { ...townMapping, dateFormat: 'MM/YYYY' },
    /^\/dateFormat is "MM\/YYYY": DD or D is missing/,
  ],
  [
    'a pattern without id',
    { ...townMapping, duplicate: { column: 'x', when: 'dup', pattern: '#([0-9]+)' } },
    /^\/duplicate\/pattern has no group named id; write \(\?<id>/,
  ],
  [
    'a broken pattern',
    { ...townMapping, duplicate: { column: 'x', when: '(', pattern: '(?<id>x)' } },
    /^\/duplicate\/when is no regular expression: /,
  ],
  [
    'two meanings',
    { ...townMapping, status: { column: 's', open: ['a'], closed: ['a'] } },
    /^\/status gives "a" two opposite meanings/,
  ],
])('%s is refused with its path and what would be right', (_, mapping, sentence) => {
  expect(faults(mapping)[0]).toMatch(sentence);
});

test('columns that the file does not have are named, with those it has', () => {
  const mapping = parseMapping(JSON.stringify(townMapping));
  expect(() => checkHeader(mapping, ['id', 'opened', 'closed'])).toThrow(
    /\/columns\/due names the column "due", which the file does not have; it has: id, opened, closed/,
  );
});

test('docs/import-mapping.schema.json is the schema (write it anew: see docs/import.md)', () => {
  const path = join(bostonFolder, '..', '..', 'docs', 'import-mapping.schema.json');
  const committed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  expect(committed).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...JSON.parse(JSON.stringify(MappingSchema)),
  });
});

function reader(format: string, zone = 'America/New_York'): DateReader {
  const read = dateReader(format, zone);
  if (typeof read === 'string') throw new Error(read);
  return read;
}
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

test.each([
  ['YYYY-MM-DD hh:mm:ss', '2011-07-01 01:32:33', '2011-07-01T05:32:33.000Z'],
  ['YYYY-MM-DD hh:mm:ss', '2011-12-01 01:32:33.177', '2011-12-01T06:32:33.177Z'],
  ['M/D/YYYY h:mm A', '7/4/2011 12:05 AM', '2011-07-04T04:05:00.000Z'],
  ['M/D/YYYY h:mm A', '7/4/2011 12:05 p.m.', '2011-07-04T16:05:00.000Z'],
  ['DD.MM.YYYY', '31.12.2011', '2011-12-31T05:00:00.000Z'],
  ['YYYY[y]M[m]D[d]', '2011y7m4d', '2011-07-04T04:00:00.000Z'],
  ['iso', '2011-07-01T01:32:33', '2011-07-01T05:32:33.000Z'],
  ['iso', '2011-07-01T01:32:33+08:00', '2011-06-30T17:32:33.000Z'],
])('%s reads %s', (format, text, expected) => {
  expect(iso(reader(format)(text))).toBe(expected);
});

test.each([
  '2011-02-30 00:00:00',
  '2011-07-01',
  '2011-07-01 24:00:00',
  '07/01/2011 00:00:00',
  'yesterday',
  '',
])('%s is no date', (text) => {
  expect(reader('YYYY-MM-DD hh:mm:ss')(text)).toBeNull();
});

test('the hour that spring skips moves forward; of the two in autumn it is the first, or the later when asked', () => {
  const read = reader('YYYY-MM-DD hh:mm:ss');
  expect(iso(read('2011-03-13 02:30:00'))).toBe('2011-03-13T07:30:00.000Z');
  expect(iso(read('2011-11-06 01:30:00'))).toBe('2011-11-06T05:30:00.000Z');
  expect(iso(read('2011-11-06 01:30:00', 'later'))).toBe('2011-11-06T06:30:00.000Z');
  // Beside them, nothing is different.
  expect(iso(read('2011-11-06 00:59:59'))).toBe('2011-11-06T04:59:59.000Z');
  expect(iso(read('2011-11-06 02:00:00'))).toBe('2011-11-06T07:00:00.000Z');
});
