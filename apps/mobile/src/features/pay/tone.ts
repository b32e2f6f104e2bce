import type { Tone } from '@gongzhi/ui/tone.ts';
import type { Payment } from './api.ts';

const tones: Readonly<Record<Payment['state'], Tone>> = {
  created: 'due',
  pending: 'due',
  paid: 'done',
  closed: 'waiting',
  failed: 'late',
  disputed: 'late',
};

export const toneOf = (state: Payment['state']): Tone => tones[state];
