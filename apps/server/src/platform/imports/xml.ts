import { TableError } from './table.ts';

/**
 * The little XML that workbooks are made of, read as it comes: no document type, no entities of its own (with them a
 * few lines unfold to gigabytes), names without their prefix.
 */
export interface XmlHandler {
  /** `attributes` is the text between the name and the bracket; ask it with `attribute`. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** A tag or a text that goes on longer than this is no workbook of anybody's. */
const longestToken = 1024 * 1024;

export async function readXml(chunks: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  for await (const _ of parseXml(chunks, handler));
}

/** Yields after every piece, so that whoever reads rows can take those that are whole. */
export async function* parseXml(chunks: AsyncIterable<Buffer>, handler: XmlHandler): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of chunks) {
    rest = take(rest + decode(() => decoder.decode(chunk, { stream: true })), handler);
    if (rest.length > longestToken) throw new TableError('table.broken');
    yield;
  }
  rest = take(rest + decode(() => decoder.decode()), handler);
  if (rest.trim() !== '') throw new TableError('table.broken');
}

function decode(run: () => string): string {
  try {
    return run();
  } catch {
    throw new TableError('table.broken');
  }
}

/** Returns what is not whole yet. */
function take(text: string, handler: XmlHandler): string {
  let at = 0;
  for (;;) {
    const bracket = text.indexOf('<', at);
    if (bracket < 0) return text.slice(at);
    if (bracket > at) handler.text(unescape(text.slice(at, bracket)));
    at = bracket;
    const kind = text.charCodeAt(bracket + 1);
    if (kind === 0x21 || kind === 0x3f) {
      const end = special(text, bracket, handler);
      if (end < 0) return text.slice(bracket);
      at = end;
      continue;
    }
    const end = text.indexOf('>', bracket);
    if (end < 0) return text.slice(bracket);
    if (kind === 0x2f) handler.close(local(text.slice(bracket + 2, end).trimEnd()));
    else {
      const isEmpty = text.charCodeAt(end - 1) === 0x2f;
      const inside = text.slice(bracket + 1, isEmpty ? end - 1 : end);
      const space = inside.search(/\s/);
      const name = local(space < 0 ? inside : inside.slice(0, space));
      handler.open(name, space < 0 ? '' : inside.slice(space));
      if (isEmpty) handler.close(name);
    }
    at = end + 1;
  }
}

/** Comments, declarations and CDATA. The place after it, or -1 when it is not whole yet. */
function special(text: string, at: number, handler: XmlHandler): number {
  for (const [begin, close] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(begin, at)) continue;
    const end = text.indexOf(close, at + begin.length);
    if (end < 0) return -1;
    if (begin === '<![CDATA[') handler.text(text.slice(at + begin.length, end));
    return end + close.length;
  }
  if (text.length - at < 9) return -1;
  throw new TableError('table.broken');
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

const patterns = new Map<string, RegExp>();

export function attribute(attributes: string, name: string): string | undefined {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(name, pattern);
  }
  const found = pattern.exec(attributes);
  return found === null ? undefined : unescape(found[1] ?? found[2] ?? '');
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? whole;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
