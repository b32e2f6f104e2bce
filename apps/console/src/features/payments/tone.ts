import type { Tone } from '@gongzhi/ui';
import type { Payment, Refund } from './api.ts';

export const paymentTones: Readonly<Record<Payment['state'], Tone>> = {
  created: 'due',
  pending: 'due',
  paid: 'done',
  closed: 'waiting',
  failed: 'late',
  disputed: 'late',
};

export const refundTones: Readonly<Record<Refund['state'], Tone>> = {
  asked: 'due',
  declined: 'waiting',
  sending: 'moving',
  processing: 'moving',
  done: 'done',
  failed: 'late',
};
