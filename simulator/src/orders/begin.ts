import { type Instant, SECOND } from '@gongzhi/kernel';
import type { Hand } from './crews.ts';
import type { Life, Stage } from './life.ts';
import { drawingOf } from './submit.ts';

/** Work begins: what is dangerous is checked, and where pictures are asked for one shows how it was before. */
export function begin(life: Life, at: Instant, hand: Hand, stage: Stage): boolean {
  if (!life.checkIfOpen(at - 45 * SECOND, hand.party)) return false;
  const fileId = life.category.photosRequired && at <= stage.now ? stage.newId(at - 30 * SECOND) : null;
  if (!life.actIfOpen(at, hand.party, { action: 'start', photoIds: fileId === null ? [] : [fileId] }))
    return false;
  if (fileId !== null)
    life.shots.push({
      fileId,
      drawing: drawingOf(life.category.group, false),
      uploadedBy: hand.member.account.id,
      type: 'work_order.before',
      at: at - 30 * SECOND,
    });
  return true;
}
