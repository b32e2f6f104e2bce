import { createHash } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import Type from 'typebox';
import type { Executor } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { House } from '../house.ts';
import type { App } from '../http/app.ts';
import { runCommand } from '../http/command.ts';
import { Problem } from '../http/problem.ts';
import type { Visibility } from '../live/live.ts';
import type { Acting } from '../sessions/sessions.ts';
import { checkAudio, rangeOf } from './audio.ts';
import { isImageLineFull, maxImageBytes, normaliseImage } from './images.ts';
import { keepRoom, uploadRoom } from './room.ts';

const Uploaded = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    mediaType: Type.String(),
    /** Of a picture. */
    width: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
    height: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
    bytes: Type.Integer(),
  },
  { title: 'UploadedFile' },
);

export interface FileRouteOptions {
  /** Throws not_found when this actor does not reach the scope, or there is none. */
  readonly reachOf: (q: Executor, acting: Acting, scopeId: string) => Promise<unknown>;
  /** By attached type: the finer rule of the module that owns the object (a confidential order). */
  readonly visibility?: Readonly<Record<string, Visibility>>;
}

export async function fileRoutes(app: App, house: House, options: FileRouteOptions): Promise<void> {
  // A room of its own for the raw body: no other route reads twelve megabytes.
  await app.register(async (room) => {
    room.addHook('onRequest', keepRoom(uploadRoom));
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxImageBytes }, (_request, body, done) =>
      done(null, body),
    );
    room.setErrorHandler((error) => {
      if ((error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
        throw new Problem('file.too_large', { maxBytes: maxImageBytes });
      throw error;
    });
    uploadRoute(room as unknown as App, house, options);
  });
  readRoute(app, house, options);
}

function uploadRoute(app: App, house: House, options: FileRouteOptions): void {
  app.post(
    '/files',
    {
      config: { permission: 'file.upload' },
      bodyLimit: maxImageBytes,
      schema: {
        tags: ['files'],
        operationId: 'uploadFile',
        summary: 'Upload a picture or a voice note',
        description:
          'JPEG, PNG or WebP, at most 12 MB and 40 megapixels: re-encoded, and its metadata, location included, thrown away. Or WebM, MP4 or Ogg with sound and no picture, at most 1 MB, kept as it came.',
        consumes: ['image/jpeg', 'image/png', 'image/webp', 'audio/webm', 'audio/mp4', 'audio/ogg'],
        querystring: Type.Object(
          { scopeId: Type.String({ format: 'uuid' }) },
          { additionalProperties: false },
        ),
        response: { 201: Uploaded },
      },
    },
    async (request, reply) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.query;
      // Row-level security knows the actor's region, but not whether the scope lies in it.
      await house.db.read(acting.actor, (q) => options.reachOf(q, acting, scopeId));
      if (!Buffer.isBuffer(request.body)) throw new Problem('file.wrong_type');
      const id = uuidv7(house.clock.now().getTime());
      const kept = (request.headers['content-type'] ?? '').startsWith('audio/')
        ? await keepAudio(house, id, request.body)
        : await keepImage(house, id, request.body);
      const { bytes, mediaType, width, height } = kept;
      const { actor } = acting;
      try {
        const answered = await runCommand(house, request, reply, scopeId, async (tx, now) => {
          tx.write(
            sql`insert into platform.file (scope_id, file_id, city_id, street_id, company_id, uploaded_by, media_type, bytes, width, height, sha256, created_at)
                values (${scopeId}, ${id}, ${actor.kind === 'city' ? actor.regionId : null}, ${actor.kind === 'street' ? actor.regionId : null},
                  ${actor.kind === 'company' ? actor.regionId : null}, ${acting.accountId}, ${mediaType}, ${bytes.length}, ${width}, ${height},
                  ${createHash('sha256').update(bytes).digest()}, ${now})`,
          );
          return { status: 201, body: { id, mediaType, width, height, bytes: bytes.length } };
        });
        // Answered with an earlier file: this one's bytes belong to nobody.
        if (reply.hasHeader('idempotent-replay')) await house.files.remove(id);
        return answered;
      } catch (error) {
        // A refusal committed nothing. After a broken connection nobody knows: the sweep asks the database later.
        if (error instanceof Problem) await house.files.remove(id);
        throw error;
      }
    },
  );
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
}

async function keepImage(house: House, id: string, bytes: Buffer): Promise<Kept> {
  if (isImageLineFull()) throw new Problem('unavailable', { retryAfterSeconds: 2 });
  // Decoding takes a tenth of a second: before the transaction, not inside.
  const image = await normaliseImage(bytes);
  if (!image.ok) throw new Problem(image.error.code, image.error.params);
  const { full, thumb, width, height } = image.value;
  await house.files.put(id, 'full', full);
  await house.files.put(id, 'thumb', thumb);
  return { bytes: full, mediaType: 'image/jpeg', width, height };
}

async function keepAudio(house: House, id: string, bytes: Buffer): Promise<Kept> {
  const audio = checkAudio(bytes);
  if (!audio.ok) throw new Problem(audio.error.code, audio.error.params);
  await house.files.put(id, 'audio', bytes);
  return { bytes, mediaType: audio.value, width: null, height: null };
}

interface FileRow {
  media_type: string;
  sha256: Buffer;
  attached_type: string | null;
  attached_id: string | null;
}

function readRoute(app: App, house: House, options: FileRouteOptions): void {
  app.get(
    '/files/:id',
    {
      config: { permission: 'file.read' },
      schema: {
        tags: ['files'],
        operationId: 'getFile',
        summary: 'A picture, as image/jpeg, or a voice note',
        description: 'For whoever sees what it is attached to; before it is attached, for who uploaded it.',
        produces: ['image/jpeg', 'audio/webm', 'audio/mp4', 'audio/ogg'],
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        querystring: Type.Object(
          {
            scopeId: Type.String({ format: 'uuid' }),
            size: Type.Optional(
              Type.Union([Type.Literal('full'), Type.Literal('thumb')], { default: 'full' }),
            ),
          },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const acting = request.acting as Acting;
      const { id } = request.params;
      const { scopeId, size = 'full' } = request.query;
      const row = await house.db.read(acting.actor, async (q) => {
        const [found] = await q.query<FileRow>(
          sql`select media_type, sha256, attached_type, attached_id from platform.file where scope_id = ${scopeId} and file_id = ${id}`,
        );
        // A paper is read where its own module says who may.
        if (found === undefined || !/^(?:image|audio)\//.test(found.media_type))
          throw new Problem('not_found');
        const finer = found.attached_type === null ? undefined : options.visibility?.[found.attached_type];
        if (finer !== undefined && found.attached_id !== null) {
          const visible = await finer(q, acting, [{ scopeId, id: found.attached_id }]);
          if (!visible.has(found.attached_id)) throw new Problem('not_found');
        }
        return found;
      });
      const isAudio = row.media_type.startsWith('audio/');
      const variant = isAudio ? 'audio' : size;
      const etag = `"${row.sha256.toString('base64url')}-${variant}"`;
      // The bytes of an id never change; another session on this browser asks again (Vary).
      reply
        .header('etag', etag)
        .header('cache-control', 'private, max-age=31536000, immutable')
        .header('vary', 'cookie');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      const bytes = await house.files.read(id, variant);
      if (bytes === null) {
        request.log.error({ fileId: id, variant }, 'the bytes of a file are missing');
        throw new Problem('not_found');
      }
      reply.type(row.media_type).header('content-disposition', 'inline').header('accept-ranges', 'bytes');
      // A player asks for pieces; some play nothing that cannot be asked for so.
      const range = rangeOf(request.headers.range, bytes.length);
      if (range === 'unsatisfiable')
        return reply.code(416).header('content-range', `bytes */${bytes.length}`).send(Buffer.alloc(0));
      if (range === null) return reply.send(bytes);
      return reply
        .code(206)
        .header('content-range', `bytes ${range.from}-${range.to}/${bytes.length}`)
        .send(bytes.subarray(range.from, range.to + 1));
    },
  );
}
