import type { FastifyReply } from 'fastify';

/** A paper as the answer: shown by the browser under its own name, kept by nobody in between. */
export function sendPaper(reply: FastifyReply, bytes: Buffer, name: string, fallback: string): FastifyReply {
  reply.type('application/pdf');
  reply.header('cache-control', 'private, no-store');
  reply.header('x-content-type-options', 'nosniff');
  reply.header(
    'content-disposition',
    `inline; filename="${fallback}.pdf"; filename*=UTF-8''${encodeURIComponent(`${name}.pdf`)}`,
  );
  return reply.send(bytes);
}
