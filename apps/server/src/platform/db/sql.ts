import { createHash } from 'node:crypto';

/**
 * SQL in the open: a tagged template that turns every interpolated value into a bind parameter.
 *
 *   const rows = await q.query<{ id: string }>(sql`select id from places.building where scope_id = ${scopeId}`);
 *
 * A statement that never interpolates another statement has the same text every time, so its text and its
 * prepared-statement name are computed once per call site and PostgreSQL parses it once per connection.
 */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Empty: parsed anew each time. */
  readonly name: string;
  /** Instants come as ISO 8601 text and not as Date: for lists that pass them on unread. */
  readonly hasIsoDates?: true;
}

/** What nobody calculates with need not be parsed and printed again: a hundred instants in a page of a list. */
export function withIsoDates({ text, values, name }: Statement): Statement {
  return { text, values, name, hasIsoDates: true };
}

/** Text is code, never data: only for identifiers and keywords chosen by the program itself. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const fixedTexts = new WeakMap<TemplateStringsArray, { text: string; name: string }>();
const names = new Map<string, string>();
let composedShapes = 0;

/**
 * Composed statements come in as many shapes as there are combinations of filters, and whoever asks for a list chooses
 * the combination: names go to the first shapes only. A prepared list costs PostgreSQL some 100 kB on each connection.
 */
const mostComposedShapes = 200;

function nameOf(text: string, isComposed: boolean): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (isComposed && ++composedShapes > mostComposedShapes) return '';
  // From the text alone: behind a pooler, connections outlive processes, and one name must mean one text everywhere.
  const name = `s${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
  names.set(text, name);
  return name;
}

/** Most of them are pieces of a larger one and never sent: only what is sent takes a name. */
class Composed implements Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  constructor(text: string, values: readonly unknown[]) {
    this.text = text;
    this.values = values;
  }
  get name(): string {
    return nameOf(this.text, true);
  }
}

export function sql(strings: TemplateStringsArray, ...values: unknown[]): Statement {
  const isComposed = values.some((value) => isStatement(value) || value instanceof Raw);
  if (!isComposed) {
    let fixed = fixedTexts.get(strings);
    if (fixed === undefined) {
      let text = strings[0] ?? '';
      for (let i = 1; i < strings.length; i++) text += `$${i}${strings[i]}`;
      fixed = { text, name: nameOf(text, false) };
      fixedTexts.set(strings, fixed);
    }
    return { text: fixed.text, values, name: fixed.name };
  }
  let text = strings[0] ?? '';
  const flat: unknown[] = [];
  values.forEach((value, i) => {
    if (value instanceof Raw) text += value.text;
    else if (isStatement(value)) {
      text += value.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + flat.length}`);
      flat.push(...value.values);
    } else {
      flat.push(value);
      text += `$${flat.length}`;
    }
    text += strings[i + 1] ?? '';
  });
  return new Composed(text, flat);
}

/** For what is put together the same way every time: its name is no filter's that a request chose. */
export function fixedShape({ text, values }: Statement): Statement {
  return { text, values, name: nameOf(text, false) };
}

export const empty: Statement = { text: '', values: [], name: '' };

/** A piece of program text (a column list, a sort direction). Never pass anything that came from a request. */
export function raw(text: string): Raw {
  return new Raw(text);
}

export function join(parts: readonly Statement[], separator: string): Statement {
  let text = '';
  const flat: unknown[] = [];
  parts.forEach((part, i) => {
    if (i > 0) text += separator;
    text += part.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + flat.length}`);
    flat.push(...part.values);
  });
  return new Composed(text, flat);
}

function isStatement(value: unknown): value is Statement {
  return (
    typeof value === 'object' && value !== null && 'text' in value && 'values' in value && 'name' in value
  );
}
