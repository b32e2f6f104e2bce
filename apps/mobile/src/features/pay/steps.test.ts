import { expect, test } from 'vitest';
import { wordsIn } from '../../app/words.ts';
import type { Payment, PaymentDetail } from './api.ts';

type Refund = PaymentDetail['refunds'][number];
const states = {
  created: 0,
  pending: 0,
  paid: 0,
  closed: 0,
  failed: 0,
  disputed: 0,
} satisfies Record<Payment['state'], 0>;
const refunds = {
  asked: 0,
  declined: 0,
  sending: 0,
  processing: 0,
  done: 0,
  failed: 0,
} satisfies Record<Refund['state'], 0>;

// What waits for the merchant's money is a step of its own, of a refund that is being sent.
const steps = [...Object.keys(refunds), 'waiting'].map((state) => `refund_${state}`);

test.each([...Object.keys(states), ...steps])('the step %s of a payment is said in words', (state) => {
  for (const locale of ['zh-CN', 'en'] as const) {
    const said = wordsIn(locale).tKey(`payments.state.${state}`, {}, 'pay.one');
    expect(said).not.toBe(wordsIn(locale).t('pay.one'));
    expect(said).not.toContain('payments.state');
  }
});
