import { describe, expect, it } from 'vitest';
import { effectOf, spansOf, YEAR } from './effect.ts';
import { ACTIONS, allowedActions, decide, MOST_STEPS, type Project, STATES } from './project.ts';
import { expectedOf, type Place, risksOf } from './risk.ts';

const DAY = 86_400_000;

describe('a project', () => {
  const at = (state: Project['state'], ...steps: Project['steps'][number]['state'][]): Project => ({
    state,
    steps: steps.map((one, i) => ({ no: i + 1, state: one })),
  });
  it.each([
    ['proposed', 'accept', 'accepted'],
    ['proposed', 'decline', 'declined'],
    ['accepted', 'decline', 'declined'],
    ['declined', 'accept', 'accepted'],
    ['accepted', 'add_step', 'accepted'],
    ['watched', 'take_up_again', 'accepted'],
    ['closed', 'take_up_again', 'accepted'],
  ] as const)('%s, %s: %s', (state, action, to) => {
    expect(decide(at(state), action)).toEqual({ to });
  });
  it('does nothing else', () => {
    const allowed = STATES.flatMap((state) =>
      ACTIONS.filter((action) => 'to' in decide(at(state, 'open', 'done'), action, 1)).map(
        (action) => `${state} ${action}`,
      ),
    );
    expect(allowed).toEqual([
      'proposed accept',
      'proposed decline',
      'accepted decline',
      'accepted add_step',
      'accepted finish_step',
      'accepted drop_step',
      'declined accept',
      'watched take_up_again',
      'closed take_up_again',
    ]);
  });
  it('is done when every step is, and one was', () => {
    expect(decide(at('accepted'), 'finish')).toEqual({ refusal: 'nothing_done' });
    expect(decide(at('accepted', 'dropped'), 'finish')).toEqual({ refusal: 'nothing_done' });
    expect(decide(at('accepted', 'done', 'open'), 'finish')).toEqual({ refusal: 'step_open' });
    expect(decide(at('accepted', 'done', 'dropped'), 'finish')).toEqual({ to: 'watched' });
  });
  it('ends open steps only, and has an end of steps', () => {
    expect(decide(at('accepted', 'done'), 'finish_step', 1)).toEqual({ refusal: 'no_step' });
    expect(decide(at('accepted', 'open'), 'drop_step', 2)).toEqual({ refusal: 'no_step' });
    const full = at('accepted', ...Array.from({ length: MOST_STEPS }, () => 'open' as const));
    expect(decide(full, 'add_step')).toEqual({ refusal: 'too_many_steps' });
  });
  it('tells a page what it may do', () => {
    expect(allowedActions(at('proposed'))).toEqual(['accept', 'decline']);
    expect(allowedActions(at('accepted', 'done'))).toEqual(['decline', 'add_step', 'finish']);
  });
});

describe('the effect', () => {
  const doneAt = Date.UTC(2026, 8, 1);
  const project = { acceptedAt: doneAt - 20 * DAY, doneAt, watchUntil: doneAt + 56 * DAY };
  it('is nothing before a whole week', () => {
    expect(spansOf(project, doneAt + 7 * DAY - 1, 56, 0)).toBeNull();
    expect(spansOf(project, doneAt + 7 * DAY, 56, 0)?.after).toEqual({
      from: doneAt,
      until: doneAt + 7 * DAY,
    });
  });
  it('is against the same days of last year where they were kept, four weeks of beginning apart', () => {
    const kept = doneAt - YEAR - 28 * DAY;
    const now = doneAt + 30 * DAY;
    expect(spansOf(project, now, 56, kept)).toEqual({
      basis: 'last_year',
      before: { from: doneAt - YEAR, until: doneAt + 28 * DAY - YEAR },
      after: { from: doneAt, until: doneAt + 28 * DAY },
    });
    expect(spansOf(project, now, 56, kept + 1)).toMatchObject({
      basis: 'weeks_before',
      before: { from: project.acceptedAt - 56 * DAY, until: project.acceptedAt },
    });
  });
  it('counts no weeks of which nothing was kept, and needs one that was', () => {
    const from = (kept: number) => spansOf(project, doneAt + 30 * DAY, 56, kept)?.before.from ?? null;
    const { acceptedAt } = project;
    expect(from(acceptedAt - 56 * DAY)).toBe(acceptedAt - 56 * DAY);
    expect(from(acceptedAt - 19 * DAY)).toBe(acceptedAt - 19 * DAY);
    expect(from(acceptedAt - 7 * DAY)).toBe(acceptedAt - 7 * DAY);
    expect(from(acceptedAt - 7 * DAY + 1)).toBeNull();
  });
  it('ends with the watch', () => {
    expect(spansOf(project, doneAt + 500 * DAY, 56, 0)?.after.until).toBe(project.watchUntil);
  });
  it('is what the same time would have brought less what came', () => {
    const compared = spansOf(project, doneAt + 28 * DAY, 56, doneAt - 76 * DAY)!;
    // Twelve in 56 days are six in 28; two came. 1.96 √(12·¼ + 2) = 4.4.
    expect(effectOf(compared, 12, 2)).toMatchObject({ expected: 6, avoided: 4, least: -0.4, most: 8.4 });
    expect(effectOf(compared, 0, 3)).toMatchObject({ expected: 0, avoided: -3 });
  });
});

describe('risks', () => {
  const place = (more: Partial<Place> = {}): Place => ({
    buildingId: 'b1',
    facilityId: null,
    category: 'lift.fault',
    weeks: [1, 0, 1, 0, 1, 0, 1, 1],
    lastYear: null,
    tellers: 2,
    inHomes: false,
    late: 0,
    open: 0,
    ...more,
  });
  const rules = { chance: 0.01, riseLeast: 4 };
  it('expect as many as there were, the last weeks counting more', () => {
    expect(expectedOf([2, 2, 2, 2], null)).toBeCloseTo(8);
    expect(expectedOf([0, 0, 0, 4], null)).toBeGreaterThan(expectedOf([4, 0, 0, 0], null));
    expect(expectedOf([], null)).toBe(0);
  });
  it('take last year in by three tenths', () => {
    expect(expectedOf([1, 1], 14)).toBeCloseTo(0.7 * 4 + 0.3 * 14);
    expect(expectedOf([0, 0], 0)).toBe(0);
  });
  it('are listed where it is likelier than not, with a reason that can be said', () => {
    const [risk] = risksOf([place()], rules);
    expect(risk?.chance).toBeGreaterThan(0.5);
    expect(risk?.reasons).toEqual([{ code: 'repeated', count: 5, weeks: 8 }]);
    expect(risksOf([place({ weeks: [1, 0, 0, 0, 0, 0, 0, 0] })], rules)).toEqual([]);
    // One, last week: likely enough, but no reason to give.
    expect(risksOf([place({ weeks: [0, 0, 0, 0, 0, 0, 0, 1] })], rules)).toEqual([]);
    expect(risksOf([place({ weeks: [0, 0, 0, 0, 0, 0, 0, 1], late: 1 })], rules)).toHaveLength(1);
  });
  it('never point at one home', () => {
    expect(risksOf([place({ inHomes: true, tellers: 1 })], rules)).toEqual([]);
    expect(risksOf([place({ inHomes: true, tellers: 2 })], rules)).toHaveLength(1);
  });
  it('begin with the likeliest', () => {
    const list = risksOf([place(), place({ weeks: [1, 1, 1, 1, 2, 2, 3, 5] })], rules);
    expect(list.map(({ expected }) => expected)).toEqual(
      list.map(({ expected }) => expected).sort((a, b) => b - a),
    );
  });
});
