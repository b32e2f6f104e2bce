declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** The other way: rows out, as a stream of text. */
  export function to(text: string): Readable & Submittable;
  export function from(text: string): Writable & Submittable & { readonly rowCount: number };
}
