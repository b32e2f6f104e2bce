import { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { maxImageBytes } from './images.ts';
import { keepRoom } from './room.ts';

const upload = (accountId: string, bytes?: number | string) => ({
  request: {
    acting: { accountId },
    headers: bytes === undefined ? {} : { 'content-length': String(bytes) },
  } as unknown as FastifyRequest,
  reply: { raw: new EventEmitter() } as unknown as FastifyReply,
});

test('so many bytes wait at once, and a part of them for one account', async () => {
  const keep = keepRoom({ bytes: 100, bytesPerAccount: 60 });
  const take = async (accountId: string, bytes: number) => {
    const { request, reply } = upload(accountId, bytes);
    await keep(request, reply);
    return reply.raw;
  };
  const first = await take('a', 60);
  await expect(take('a', 1)).rejects.toMatchObject({ code: 'unavailable' });
  await take('b', 40);
  await expect(take('c', 1)).rejects.toMatchObject({ code: 'unavailable' });
  // Answered and closed: given back once.
  first.emit('finish');
  first.emit('close');
  await take('a', 60);
  await expect(take('c', 1)).rejects.toMatchObject({ code: 'unavailable' });
});

test('who announces nothing, or nonsense, is counted as the largest picture', async () => {
  for (const announced of [undefined, 'x', 10 * maxImageBytes]) {
    const keep = keepRoom({ bytes: maxImageBytes, bytesPerAccount: maxImageBytes });
    const one = upload('a', announced);
    await keep(one.request, one.reply);
    const two = upload('b', 1);
    await expect(keep(two.request, two.reply)).rejects.toMatchObject({ code: 'unavailable' });
  }
});
