import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDraft, writeDraft } from '../../components/draft.ts';
import { freshDraft } from './caller-draft.ts';
import { callKey, callsKey, noCalls, writeDown } from './calls.ts';

const me = { account: { id: 'a' }, acting: { id: 'm' } };
const calls = () => readDraft(callsKey(me), noCalls);
const draft = (call: number) => readDraft(callKey(me, call), freshDraft(''));

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  });
  vi.stubGlobal('window', new EventTarget());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('who rings', () => {
  it('is written on the blank sheet, and the next on one beside it', () => {
    writeDown(me, '13800000001', null, 's');
    expect([calls(), draft(1).caller, draft(1).scopeId]).toEqual([
      { calls: [1], open: 1 },
      '13800000001',
      's',
    ]);
    writeDown(me, '13800000002', { scopeId: 't', householdId: 'h' }, 's');
    expect(calls()).toEqual({ calls: [1, 2], open: 2 });
    expect(draft(2)).toMatchObject({ caller: '13800000002', scopeId: 't', householdId: 'h', place: 'home' });
    expect(draft(1).caller).toBe('13800000001');
  });

  it('comes back to their own sheet, with what is written on it', () => {
    writeDown(me, '13800000001', null, 's');
    writeDraft(callKey(me, 1), freshDraft(''), { description: 'water' });
    writeDown(me, '13800000002', null, 's');
    writeDown(me, '13800000001', null, 's');
    expect([calls().open, draft(1).description]).toEqual([1, 'water']);
  });

  it('without a number gets a blank sheet, never somebody else’s', () => {
    writeDraft(callKey(me, 1), freshDraft(''), { description: 'water' });
    writeDown(me, '', null, 's');
    expect(calls()).toEqual({ calls: [1, 2], open: 2 });
    expect(draft(1).description).toBe('water');
  });
});
