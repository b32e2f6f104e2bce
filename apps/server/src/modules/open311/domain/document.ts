/**
 * An answer as GeoReport v2 has it, once: XML is written from it, and JSON, which is the XML without its root.
 * No attributes, no namespace; a value that is not there is an empty element, or null.
 */
export type Value = string | number | boolean | null | List | Fields;

/** A list stays a list in JSON, also of one; in XML every entry is an element of this name. */
export class List {
  readonly entry: string;
  readonly values: readonly Value[];
  constructor(entry: string, values: readonly Value[]) {
    this.entry = entry;
    this.values = values;
  }
}

/** In this order. What is undefined does not stand in the answer at all. */
export interface Fields {
  readonly [name: string]: Value | undefined;
}

export interface Document {
  readonly root: string;
  readonly value: List | Fields;
}

// What XML 1.0 has no way to write: control characters, halves of characters, and two that are none.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g; // oxlint-disable-line no-control-regex

/** As both formats can say it. */
function writable(text: string): string {
  return text.toWellFormed().replace(unwritable, '\ufffd');
}

export function escapeXml(text: string): string {
  return writable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function element(name: string, value: Value): string {
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: Value): string {
  if (value === null) return '';
  if (value instanceof List) return value.values.map((one) => element(value.entry, one)).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, part]) => (part === undefined ? '' : element(name, part)))
      .join('');
  }
  return escapeXml(String(value));
}

export function toXml({ root, value }: Document): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}\n`;
}

function plain(value: Value | undefined): unknown {
  if (value instanceof List) return value.values.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
  return value === '' ? null : typeof value === 'string' ? writable(value) : value;
}

export function toJson({ value }: Document): string {
  return JSON.stringify(plain(value));
}

export type Format = 'xml' | 'json';
export const mediaTypes: Readonly<Record<Format, string>> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

export function write(document: Document, format: Format): string {
  return format === 'xml' ? toXml(document) : toJson(document);
}

/** The name before the ending that says the format; null where there is no such ending. */
export function splitEnding(file: string): { name: string; format: Format } | null {
  const found = /^(.+)\.(xml|json)$/.exec(file);
  return found === null ? null : { name: found[1]!, format: found[2] as Format };
}
