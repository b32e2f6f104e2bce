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
  readonly name: string;
}

/** Text is code, never data: only for identifiers and keywords chosen by the program itself. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const fixedTexts = new WeakMap<TemplateStringsArray, { text: string; name: string }>();
const composedNames = new Map<string, string>();
let nextName = 0;

function nameOf(text: string): string {
  const known = composedNames.get(text);
  if (known !== undefined) return known;
  // Composed statements come in as many shapes as there are filter combinations; a runaway number of shapes
  // means that data slipped into the text, which this module forbids.
  if (composedNames.size > 2_000) throw new Error('more than 2,000 SQL shapes: is a value part of a text?');
  const name = `s${nextName++}`;
  composedNames.set(text, name);
  return name;
}

export function sql(strings: TemplateStringsArray, ...values: unknown[]): Statement {
  const isComposed = values.some((value) => isStatement(value) || value instanceof Raw);
  if (!isComposed) {
    let fixed = fixedTexts.get(strings);
    if (fixed === undefined) {
      let text = strings[0] ?? '';
      for (let i = 1; i < strings.length; i++) text += `$${i}${strings[i]}`;
      fixed = { text, name: nameOf(text) };
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
  return { text, values: flat, name: nameOf(text) };
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
  return { text, values: flat, name: nameOf(text) };
}

function isStatement(value: unknown): value is Statement {
  return (
    typeof value === 'object' && value !== null && 'text' in value && 'values' in value && 'name' in value
  );
}
