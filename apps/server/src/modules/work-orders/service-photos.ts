import type { Tx } from '../../platform/db/database.ts';
import { attach } from '../../platform/files/attach.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { PhotoRow } from './queries.ts';
import type { CommandBody } from './schemas.ts';
import type { Order } from './tables.ts';

/** The pictures of an order: whose they are, and who sees them. */

export interface Photos {
  readonly fileIds: readonly string[];
  /** Which part of the order they belong to. */
  readonly type:
    | 'work_order.report'
    | 'work_order.before'
    | 'work_order.work'
    | 'work_order.dispute'
    | 'work_order.rating'
    | 'work_order.comment'
    | 'work_order.signature'
    | 'work_order.safety'
    | 'work_order.report_voice'
    | 'work_order.comment_voice';
  readonly isInternal?: boolean;
}

/** What the work looked like before and after is as public as the order; what people show each other is theirs. */
const openPhotos: readonly Photos['type'][] = ['work_order.report', 'work_order.before', 'work_order.work'];

export async function attachPhotos(
  tx: Tx,
  acting: Acting,
  order: Order,
  photos: Photos,
  now: Date,
): Promise<PhotoRow[]> {
  const { type, fileIds, isInternal = false } = photos;
  if (fileIds.length === 0) return [];
  const isVoice = type.endsWith('_voice');
  const isPublic = order.wall.isPublic && openPhotos.includes(type);
  const attached = await attach(tx, {
    scopeId: order.wall.scopeId,
    fileIds,
    type,
    objectId: order.id,
    uploadedBy: acting.accountId,
    wall: { ...order.wall, isPublic, isInternal },
    media: isVoice ? 'audio' : 'image',
    at: now,
  });
  if (!attached.ok)
    throw new Problem(attached.error.code, attached.error.params, [
      { path: isVoice ? '/voiceId' : '/photoIds', code: 'not_attachable', params: attached.error.params },
    ]);
  return fileIds.toSorted().map((id) => ({ id, type }));
}

/** What was said into the phone with it, if anything. */
export function voiceWith(body: CommandBody): Photos | null {
  if (body.action !== 'comment' || body.voiceId === undefined) return null;
  return {
    type: 'work_order.comment_voice',
    fileIds: [body.voiceId],
    isInternal: body.isInternal === true,
  };
}

/** The pictures that came with a command. */
export function photosWith(body: CommandBody): readonly Photos[] {
  switch (body.action) {
    case 'start':
      return [{ type: 'work_order.before', fileIds: body.photoIds ?? [] }];
    case 'finish':
      return [
        { type: 'work_order.before', fileIds: body.beforePhotoIds ?? [] },
        { type: 'work_order.work', fileIds: body.photoIds ?? [] },
      ];
    case 'nobody_home':
      return [{ type: 'work_order.work', fileIds: body.photoIds ?? [] }];
    case 'confirm_for':
      return [{ type: 'work_order.signature', fileIds: body.photoIds ?? [] }];
    case 'dispute':
      return [{ type: 'work_order.dispute', fileIds: body.photoIds ?? [] }];
    case 'rate':
      return [{ type: 'work_order.rating', fileIds: body.photoIds ?? [] }];
    case 'comment':
      return [
        {
          type: 'work_order.comment',
          fileIds: body.photoIds ?? [],
          isInternal: body.isInternal === true,
        },
      ];
    default:
      return [];
  }
}
