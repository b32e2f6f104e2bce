import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Refused } from './asking.ts';
import { bytesOf, mediaTypes, type OutTable } from './table-writer.ts';

type Reply = Pick<FastifyReply, 'header' | 'type' | 'send'>;

/** Says that a file comes, and what it is called in any script. */
export function asFile(reply: Reply, name: string, format: OutTable['format']): Reply {
  const safe = `${name.replace(/[\\/:*?"<>|\r\n]+/g, '-')}.${format}`;
  const plain = safe.replace(/[^\x20-\x7e]/g, '_').replaceAll('"', '');
  reply.type(mediaTypes[format]);
  reply.header(
    'content-disposition',
    `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(safe)}`,
  );
  reply.header('x-content-type-options', 'nosniff');
  return reply;
}

/**
 * A list as a file. The first rows are read before the answer begins, so that whoever may not read them, or asks wrongly,
 * gets a proper refusal; what fails later breaks the download off, and no half list looks whole.
 */
export async function sendTable(reply: Reply, table: OutTable): Promise<never> {
  const rows = table.rows[Symbol.asyncIterator]();
  const first = await rows.next();
  async function* all() {
    if (first.done !== true) yield first.value;
    yield* { [Symbol.asyncIterator]: () => rows };
  }
  const bytes = Readable.from(bytesOf({ ...table, rows: all() }), { objectMode: false });
  return asFile(reply, table.name, table.format).send(bytes) as never;
}

/** What a list refused is refused in its own words. */
export function sendRefusal(
  reply: Pick<FastifyReply, 'code' | 'header' | 'serializer' | 'send'>,
  refused: Refused,
): never {
  reply.code(refused.status).header('content-type', 'application/problem+json; charset=utf-8');
  return reply.serializer((text) => text as string).send(refused.body as never) as never;
}
