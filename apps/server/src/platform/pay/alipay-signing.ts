import { type KeyObject, sign, verify } from 'node:crypto';

/**
 * Alipay's open platform, RSA2: https://opendocs.alipay.com/common/02mse7 (requests), 02mse3 (answers and notices).
 * Everything that has a value is sorted and joined; of a notice the kind of signature is left out too.
 */
export function contentOf(fields: Readonly<Record<string, string>>, without: readonly string[]): string {
  return Object.keys(fields)
    .filter((name) => fields[name] !== '' && !without.includes(name))
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
}

export function signFields(key: KeyObject, fields: Readonly<Record<string, string>>): string {
  return sign('sha256', Buffer.from(contentOf(fields, ['sign'])), key).toString('base64');
}

export function isSigned(key: KeyObject, content: string, signature: string): boolean {
  return verify('sha256', Buffer.from(content), key, Buffer.from(signature, 'base64'));
}

/**
 * An answer is `{"<method>_response":{…},"sign":"…"}`, and signed are the characters of the inner object as they came:
 * parsed and written again they might be others. So its end is looked for, and strings are passed over whole.
 */
export function innerText(text: string, name: string): string | null {
  const label = `"${name}"`;
  const at = text.indexOf(label);
  if (at < 0) return null;
  const from = text.indexOf('{', at + label.length);
  if (from < 0 || !/^\s*:\s*$/.test(text.slice(at + label.length, from))) return null;
  let depth = 0;
  let isString = false;
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (isString) {
      if (character === '\\') i++;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(from, i + 1);
  }
  return null;
}
