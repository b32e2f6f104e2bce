import { createHash } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import Type from 'typebox';
import { sql } from '../../../platform/db/sql.ts';
import { isImageLineFull, maxImageBytes, normaliseImage } from '../../../platform/files/images.ts';
import type { App } from '../../../platform/http/app.ts';
import { type CommandRequest, runCommand } from '../../../platform/http/command.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { UNFINISHED } from '../domain.ts';
import { oneOf, PhotoIds, Time, nullable, Uuid } from '../schemas-words.ts';
import { actOnJob, contactForJob, type Job, jobOf, openLink } from './service-job.ts';

const tags = ['contractors'];
const TokenPath = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);

/** What somebody from outside needs for the one job, and nothing about who lives there. */
const ContractorJob = Type.Object(
  {
    contractor: Type.String(),
    task: Type.String(),
    number: Type.String(),
    scopeName: Type.String(),
    placeLabel: Type.String(),
    categoryNameZh: Type.String(),
    categoryNameEn: Type.String(),
    isEmergency: Type.Boolean(),
    dueAt: nullable(Time),
    expiresAt: Time,
    state: oneOf(['invited', 'accepted', 'arrived', 'done', 'declined'] as const),
    /** Why they may see the phone; null: they may not. */
    contactPurpose: nullable(Type.String()),
    isOver: Type.Boolean(),
  },
  { title: 'ContractorJob' },
);

function viewOf({ link, order, category, scopeName }: Job) {
  return {
    contractor: link.contractor,
    task: link.task,
    number: order.number,
    scopeName,
    placeLabel: order.placeLabel,
    categoryNameZh: category.nameZh,
    categoryNameEn: category.nameEn,
    isEmergency: order.state.isEmergency,
    dueAt: link.dueAt?.toISOString() ?? null,
    expiresAt: link.expiresAt.toISOString(),
    state: link.state,
    contactPurpose: UNFINISHED.includes(order.state.status) ? link.contactPurpose : null,
    isOver: order.state.status === 'closed' || order.state.status === 'cancelled',
  };
}

export async function jobRoutes(app: App, house: House): Promise<void> {
  app.get(
    '/jobs/:token',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'getContractorJob',
        summary: 'The one job a link is for',
        params: TokenPath,
        response: { 200: ContractorJob },
      },
    },
    async (request) => viewOf(await jobOf(house, await openLink(house, request.params.token, request.ip))),
  );

  app.post(
    '/jobs/:token',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'actOnContractorJob',
        summary: 'Accept, arrive, say something, say that it is done',
        params: TokenPath,
        body: Type.Object(
          {
            action: oneOf(['accept', 'decline', 'arrive', 'say', 'done'] as const),
            text: Type.Optional(Type.String({ maxLength: 1000 })),
            photoIds: Type.Optional(PhotoIds),
          },
          { additionalProperties: false },
        ),
        response: { 200: ContractorJob },
      },
    },
    async (request, reply) => {
      const link = await openLink(house, request.params.token, request.ip);
      return runCommand(house, as(request, link.acting), reply, link.scopeId, async (tx, now) => ({
        status: 200,
        body: viewOf(await actOnJob(tx, link, request.body, now)),
      }));
    },
  );

  app.post(
    '/jobs/:token/contact',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'revealContactToContractor',
        summary: 'Whom to call, for the purpose the desk stated; recorded',
        params: TokenPath,
        response: { 200: Type.Object({ name: Type.String(), phone: Type.String() }, { title: 'Contact' }) },
      },
    },
    async (request) => {
      const link = await openLink(house, request.params.token, request.ip);
      return contactForJob(house, link, house.clock.now());
    },
  );

  await app.register(async (room) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxImageBytes }, (_request, body, done) =>
      done(null, body),
    );
    room.setErrorHandler((error) => {
      if ((error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
        throw new Problem('file.too_large', { maxBytes: maxImageBytes });
      throw error;
    });
    photoRoute(room as unknown as App, house);
  });
}

/** The one who holds a link acts without a session: the pipeline is told who it is. */
function as(
  request: Omit<CommandRequest, 'acting'>,
  acting: NonNullable<CommandRequest['acting']>,
): CommandRequest {
  // The address bears the link itself: what is kept of a request is not to hold it.
  const { method, headers, body } = request;
  return { acting, method, url: '/jobs', headers, body };
}

function photoRoute(app: App, house: House): void {
  app.post(
    '/jobs/:token/photos',
    {
      config: { permission: 'public' },
      bodyLimit: maxImageBytes,
      // Known before its bytes are read: nobody fills the memory with what a stranger sends.
      onRequest: async (request) => {
        await openLink(house, (request.params as { token: string }).token, request.ip);
      },
      schema: {
        tags,
        operationId: 'uploadContractorPhoto',
        summary: 'A picture of the one job',
        consumes: ['image/jpeg', 'image/png', 'image/webp'],
        params: TokenPath,
        response: { 201: Type.Object({ id: Uuid }, { title: 'ContractorPhoto' }) },
      },
    },
    async (request, reply) => {
      const link = await openLink(house, request.params.token, request.ip);
      if (link.state !== 'accepted' && link.state !== 'arrived')
        throw new Problem('job.not_now', { action: 'say', state: link.state });
      if (!Buffer.isBuffer(request.body)) throw new Problem('file.wrong_type');
      if (isImageLineFull()) throw new Problem('unavailable', { retryAfterSeconds: 2 });
      const image = await normaliseImage(request.body);
      if (!image.ok) throw new Problem(image.error.code, image.error.params);
      const { full, thumb, width, height } = image.value;
      const id = uuidv7(house.clock.now().getTime());
      await house.files.put(id, 'full', full);
      await house.files.put(id, 'thumb', thumb);
      try {
        const answered = await runCommand(
          house,
          as(request, link.acting),
          reply,
          link.scopeId,
          async (tx, now) => {
            tx.write(
              sql`insert into platform.file (scope_id, file_id, uploaded_by, media_type, bytes, width, height, sha256, created_at)
                values (${link.scopeId}, ${id}, ${link.linkId}, 'image/jpeg', ${full.length}, ${width}, ${height},
                  ${createHash('sha256').update(full).digest()}, ${now})`,
            );
            return { status: 201, body: { id } };
          },
        );
        if (reply.hasHeader('idempotent-replay')) await house.files.remove(id);
        return answered;
      } catch (error) {
        if (error instanceof Problem) await house.files.remove(id);
        throw error;
      }
    },
  );
}
