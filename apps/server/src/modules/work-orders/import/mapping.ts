import { isZone } from '@gongzhi/kernel';
import { Compile } from 'typebox/compile';
import { type DateReader, dateReader } from './dates.ts';
import { type Mapping, MappingSchema } from './mapping-schema.ts';

/** A mapping that can be worked with: checked, its patterns compiled. */
export interface CompiledMapping extends Mapping {
  readonly readDate: DateReader;
  readonly duplicates: { readonly when: RegExp; readonly pattern: RegExp } | null;
}

/** What is wrong with a mapping file, one line each: the JSON path, and what would be right. */
export class MappingError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

const schema = Compile(MappingSchema);

export function parseMapping(text: string): CompiledMapping {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new MappingError([`not JSON: ${(error as Error).message}`]);
  }
  if (!schema.Check(value)) throw new MappingError(describe(value));
  return compile(value);
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Record<string, unknown>;
  readonly message: string;
}

function describe(value: unknown): string[] {
  const lines: string[] = [];
  for (const error of schema.Errors(value) as unknown as SchemaError[]) {
    const where = error.instancePath;
    const { params } = error;
    const given = JSON.stringify(at(value, where)) ?? 'nothing';
    const is = `${where || '/'} is ${given.length > 60 ? `${given.slice(0, 60)}…` : given}`;
    if (error.keyword === 'required') {
      for (const name of params['requiredProperties'] as string[])
        lines.push(`${where}/${name} is missing: ${helpAt(`${where}/${name}`)}`);
    } else if (error.keyword === 'additionalProperties') {
      const known = Object.keys(schemaAt(where)?.properties ?? {});
      for (const name of params['additionalProperties'] as string[]) {
        lines.push(`${where}/${name} is not a field of a mapping; here may stand: ${known.join(', ')}`);
      }
    } else if (error.keyword === 'enum') {
      lines.push(`${is}; it must be one of: ${(params['allowedValues'] as unknown[]).join(', ')}`);
    } else if (error.keyword === 'type') {
      lines.push(`${is}; it must be ${asWords(String(params['type']))}: ${helpAt(where)}`);
    } else if (error.keyword !== 'boolean' && error.keyword !== 'propertyNames') {
      lines.push(`${is}; ${error.message}: ${helpAt(where)}`);
    }
  }
  return [...new Set(lines)].slice(0, 20);
}

const asWords = (type: string): string =>
  ({
    object: 'an object { … }',
    array: 'a list [ … ]',
    string: 'a text in quotes',
    integer: 'a whole number',
  })[type] ?? `a ${type}`;

interface Described {
  readonly description?: string;
  readonly properties?: Record<string, Described>;
  readonly items?: Described;
  readonly additionalProperties?: Described | boolean;
  readonly patternProperties?: Record<string, Described>;
}

function schemaAt(path: string): Described | undefined {
  let here: Described | undefined = MappingSchema as unknown as Described;
  for (const part of path.split('/').slice(1)) {
    here = here?.properties?.[part] ?? here?.items ?? Object.values(here?.patternProperties ?? {})[0];
  }
  return here;
}

const helpAt = (path: string): string =>
  schemaAt(path)?.description ?? schemaAt(path.replace(/\/[^/]*$/, ''))?.description ?? 'see docs/import.md';

function at(value: unknown, path: string): unknown {
  let here = value;
  for (const part of path.split('/').slice(1)) here = (here as Record<string, unknown> | undefined)?.[part];
  return here;
}

/** What a schema cannot say. */
function compile(mapping: Mapping): CompiledMapping {
  const lines: string[] = [];
  if (!isZone(mapping.city.timeZone)) {
    lines.push(
      `/city/timeZone is "${mapping.city.timeZone}", which is no time zone; it must be an IANA name such as America/New_York`,
    );
  }
  const readDate = dateReader(
    mapping.dateFormat,
    isZone(mapping.city.timeZone) ? mapping.city.timeZone : 'UTC',
  );
  if (typeof readDate === 'string') lines.push(`/dateFormat is "${mapping.dateFormat}": ${readDate}`);
  overlap(lines, '/status', mapping.status?.open, mapping.status?.closed);
  overlap(lines, '/verdict', mapping.verdict?.onTime, mapping.verdict?.late);
  if (mapping.verdict !== undefined && mapping.columns.due === undefined) {
    lines.push('/columns/due is missing: a verdict can only be compared where a due date is known');
  }
  if (mapping.category.group.values !== undefined && mapping.category.group.column === undefined) {
    lines.push('/category/group/column is missing: "values" needs the column they stand in');
  }
  let duplicates: CompiledMapping['duplicates'] = null;
  if (mapping.duplicate !== undefined) {
    const when = expression(lines, '/duplicate/when', mapping.duplicate.when, 'iu');
    const pattern = expression(lines, '/duplicate/pattern', mapping.duplicate.pattern, 'giu');
    if (pattern !== null && !mapping.duplicate.pattern.includes('(?<id>')) {
      lines.push(
        "/duplicate/pattern has no group named id; write (?<id>…) around the part that is the other request's id",
      );
    }
    if (when !== null && pattern !== null) duplicates = { when, pattern };
  }
  if (lines.length > 0 || typeof readDate === 'string') throw new MappingError(lines);
  return { ...mapping, readDate, duplicates };
}

function expression(lines: string[], path: string, source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    lines.push(`${path} is no regular expression: ${(error as Error).message}`);
    return null;
  }
}

function overlap(
  lines: string[],
  path: string,
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): void {
  const both = a?.find((value) => b?.includes(value));
  if (both !== undefined)
    lines.push(`${path} gives "${both}" two opposite meanings; each value may stand in one list only`);
}

/** Every column the mapping speaks of, with the JSON path that names it. */
function namedColumns(mapping: Mapping): [path: string, column: string][] {
  const found: [string, string][] = [];
  const add = (path: string, column: string | undefined) => {
    if (column !== undefined) found.push([path, column]);
  };
  for (const [name, column] of Object.entries(mapping.columns)) {
    if (Array.isArray(column)) column.forEach((each, i) => add(`/columns/${name}/${i}`, each));
    else add(`/columns/${name}`, column as string);
  }
  add('/status/column', mapping.status?.column);
  add('/verdict/column', mapping.verdict?.column);
  add('/place/column', mapping.place?.column);
  add('/category/column', mapping.category.column);
  add('/category/group/column', mapping.category.group.column);
  add('/kind/column', mapping.kind?.column);
  add('/duplicate/column', mapping.duplicate?.column);
  return found;
}

export function checkHeader(mapping: Mapping, header: readonly string[]): void {
  const lines = namedColumns(mapping)
    .filter(([, column]) => !header.includes(column))
    .map(
      ([path, column]) =>
        `${path} names the column "${column}", which the file does not have; it has: ${header.join(', ')}`,
    );
  if (lines.length > 0) throw new MappingError(lines);
}
