import { err, ok, type Result } from '@gongzhi/kernel';
import { type Fault, fault } from './fault.ts';

/** A form's fields by name, in the order in which they came. An empty one counts as not given. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** No report of a person has more; each costs. */
const mostFields = 500;

/** `application/x-www-form-urlencoded` in UTF-8, strictly: what is not UTF-8 is refused and not guessed at. */
export function parseForm(text: string): Result<Form, Fault> {
  const form = new Map<string, string[]>();
  const pairs = text.split('&');
  if (pairs.length > mostFields) return err(fault('too_large'));
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + 1));
    if (name === null || value === null || name.includes('\0') || value.includes('\0'))
      return err(fault('form_broken'));
    const trimmed = value.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim();
    if (trimmed === '') continue;
    const known = form.get(name);
    if (known === undefined) form.set(name, [trimmed]);
    else known.push(trimmed);
  }
  return ok(form);
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** Given twice, the first counts. */
export function one(form: Form, name: string): string | null {
  return form.get(name)?.[0] ?? null;
}

export function commaList(text: string | null): string[] | null {
  if (text === null) return null;
  const found = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return found.length === 0 ? null : [...new Set(found)];
}

const attributeName = /^attribute\[([^[\]]{1,100})\](?:\[\])?$/;

/** `attribute[CODE]=V`, `attribute[CODE][]=V` and the same one repeated all mean the values of CODE. */
export function attributesOf(form: Form): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, values] of form) {
    const code = attributeName.exec(name)?.[1];
    if (code !== undefined) found.set(code, [...(found.get(code) ?? []), ...values]);
  }
  return found;
}
