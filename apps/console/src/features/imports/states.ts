import type { Tone } from '@gongzhi/ui';
import type { ImportRun } from '../../api-types.ts';

const tones: Readonly<Record<ImportRun['state'], Tone>> = {
  waiting: 'moving',
  mapping: 'due',
  checked: 'waiting',
  refused: 'late',
  queued: 'moving',
  done: 'done',
  failed: 'late',
};

export const toneOf = (state: ImportRun['state']): Tone => tones[state];

/** The server is at it: the page asks again. */
export const isMoving = (state: ImportRun['state']): boolean => state === 'waiting' || state === 'queued';
