import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import { maxImageBytes } from './images.ts';

/**
 * A picture's bytes lie in memory from their first to the end of its request. So many may lie there together; who
 * comes when it is full is told to come again before a byte is read. One account gets a part of it, so that nobody's
 * slow line shuts the others out.
 */
export interface UploadRoom {
  readonly bytes: number;
  readonly bytesPerAccount: number;
  /** The most that one may be; a picture's when left out. */
  readonly mostBytes?: number;
}

export const uploadRoom: UploadRoom = { bytes: 8 * maxImageBytes, bytesPerAccount: 3 * maxImageBytes };

/** A hook for onRequest, after the one that says who it is. */
export function keepRoom(room: UploadRoom): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const most = room.mostBytes ?? maxImageBytes;
  let held = 0;
  const heldBy = new Map<string, number>();
  return async (request, reply) => {
    const account = request.acting?.accountId;
    if (account === undefined) return;
    const announced = Number(request.headers['content-length'] ?? most);
    const bytes = Math.min(Number.isFinite(announced) ? announced : most, most);
    const own = heldBy.get(account) ?? 0;
    if (held + bytes > room.bytes || own + bytes > room.bytesPerAccount)
      throw new Problem('unavailable', { retryAfterSeconds: 2 });
    held += bytes;
    heldBy.set(account, own + bytes);
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      held -= bytes;
      const left = (heldBy.get(account) ?? 0) - bytes;
      if (left > 0) heldBy.set(account, left);
      else heldBy.delete(account);
    };
    // Answered, or gone before.
    reply.raw.once('finish', release);
    reply.raw.once('close', release);
  };
}
