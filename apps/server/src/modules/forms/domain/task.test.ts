import { describe, expect, test } from 'vitest';
import {
  credited,
  decide,
  isFillable,
  TASK_STATES,
  type TaskAction,
  type TaskState,
  tellingAfter,
} from './task.ts';

const task = (state: TaskState, more: Partial<Parameters<typeof decide>[0]> = {}) => ({
  state,
  missing: 0,
  submittedBy: 'wu',
  by: 'zheng',
  ...more,
});

describe('a task', () => {
  test.each<[TaskAction, string]>([
    ['submit', 'open:submitted returned:submitted'],
    ['return', 'submitted:returned'],
    ['accept', 'submitted:accepted'],
    ['withdraw', 'open:withdrawn submitted:withdrawn returned:withdrawn'],
  ])('%s moves %s and nothing else', (action, moves) => {
    const may = TASK_STATES.flatMap((state) => {
      const decided = decide(task(state), action);
      return decided.ok ? [`${state}:${decided.value}`] : [];
    });
    expect(may.join(' ')).toBe(moves);
  });

  test('is handed over whole, and taken by another', () => {
    expect(decide(task('open', { missing: 1 }), 'submit')).toEqual({ ok: false, error: 'missing' });
    expect(decide(task('submitted', { by: 'wu' }), 'accept')).toEqual({ ok: false, error: 'own_hand' });
    expect(decide(task('submitted', { by: 'wu' }), 'return')).toEqual({ ok: false, error: 'own_hand' });
    expect(TASK_STATES.filter(isFillable)).toEqual(['open', 'returned']);
  });

  test.each([
    ['given', '2026-11-30', '2026-11-23', 'soon 2026-11-29'],
    ['given', '2026-11-24', '2026-11-23', 'late 2026-11-25'],
    ['returned', '2026-11-30', '2026-11-28', 'soon 2026-11-29'],
    ['returned', '2026-11-30', '2026-11-29', 'late 2026-12-01'],
    ['soon', '2026-11-30', '2026-11-29', 'late 2026-12-01'],
    ['soon', '2026-11-30', '2026-12-01', null],
    ['late', '2026-11-30', '2026-11-01', null],
  ] as const)('after %s of what is due %s, on %s: %s', (told, dueOn, today, next) => {
    const found = tellingAfter(told, dueOn, today);
    expect(found === null ? null : `${found.telling} ${found.day}`).toBe(next);
  });

  test.each([
    [90, 0, 90],
    [90.9, 0, 90],
    [0, 0, 0],
    [-5, 0, 0],
    [Number.NaN, 0, 0],
    [300, 0, 300],
    [301, 0, 300],
    [86_400, 0, 300],
    [120, 28_740, 60],
    [120, 28_800, 0],
    [120, 30_000, 0],
  ])('%d s claimed after %d s today count %d', (claimed, before, counted) => {
    expect(credited(claimed, before)).toBe(counted);
  });
});
