import { describe, expect, it } from 'vitest';
import { bodyOf, checksOf, emptyDraft } from './measure-draft.ts';

const whole = {
  ...emptyDraft,
  name: '进门检查',
  authority: '区疾控',
  documentNo: '7号',
  from: '2026-11-23T21:00',
  to: '2026-11-30T21:00',
};

describe('the form of a measure', () => {
  it('is whole only with authority, document, a beginning and an end behind it', () => {
    expect(bodyOf(whole, 's')).not.toBeNull();
    for (const part of ['name', 'authority', 'documentNo', 'from', 'to'] as const)
      expect(bodyOf({ ...whole, [part]: '' }, 's')).toBeNull();
    expect(bodyOf({ ...whole, to: whole.from }, 's')).toBeNull();
    expect(bodyOf({ ...whole, retentionDays: '-1' }, 's')).toBeNull();
  });

  it('asks for something, with figures that are some', () => {
    expect(checksOf({ ...whole, asks: { ...whole.asks, temperature: false } })).toBeNull();
    expect(checksOf({ ...whole, degrees: 'warm' })).toBeNull();
    expect(checksOf({ ...whole, degrees: '50' })).toBeNull();
    expect(checksOf({ ...whole, asks: { ...whole.asks, test: true }, hours: '' })).toBeNull();
    expect(checksOf(whole)?.temperature).toMatchObject({ limitTenths: 373, counts: 'at_limit' });
    // A figure that is not asked for may be anything.
    expect(checksOf({ ...whole, hours: '' })).not.toBeNull();
  });
});
