import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id, OWASP's first choice of 2025: 19 MiB, two passes, one lane. The library's default variant is id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same characters from every keyboard and input method. */
const plain = (password: string) => password.normalize('NFKC');

export function hashPassword(password: string): Promise<string> {
  return hash(plain(password), cost);
}

let nobodys: Promise<string> | undefined;

/** Takes the same time for an account without a password, and for no account at all. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(16).toString('hex'));
  const isRight = await verify(stored ?? (await nobodys), plain(password));
  return isRight && stored !== null;
}
