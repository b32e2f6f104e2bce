import { describe, expect, it } from 'vitest';
import { aJob, aReport, category, Job, LI, leak, wang } from './fixtures.ts';
import { judgeSafety, type SafetyAnswer, type SafetyList, safetyListsFor, safetyOf } from './safety.ts';
import { RELATIONS } from './types.ts';
import { WORKING_RULES, workingActions } from './working.ts';
import { WORKING_ACTIONS, type WorkingAction, type WorkingCommand } from './working-words.ts';

describe('a check-list', () => {
  const sewage = category('water.sewage');
  const lists = safetyListsFor('water.sewage', '2026-11-22');
  const answers = (more: Partial<SafetyAnswer> = {}, at = 0): SafetyAnswer[] =>
    lists.flatMap((list) =>
      list.items.map((item, i) => ({
        list: list.code,
        item: item.code,
        answer: 'yes' as const,
        words: null,
        photoId: item.needsPhoto ? 'photo' : null,
        ...(i === at ? more : {}),
      })),
    );
  const answering = (given: readonly SafetyAnswer[]): WorkingCommand => ({
    action: 'answer_safety',
    lists,
    answers: given,
  });

  it('is asked for by the category, by the day’s wording', () => {
    expect([safetyOf('water.sewage'), safetyOf('water.tap')]).toEqual(['needed', 'none']);
    expect(lists.map(({ code }) => code)).toEqual(['confined_space']);
    expect(safetyListsFor('water.sewage', '2023-12-31')).toEqual([]);
    const version = (validFrom: string, categories: string[]): SafetyList => ({
      ...lists[0]!,
      validFrom,
      categories,
    });
    const two = [version('2024-01-01', ['a']), version('2026-05-01', ['b'])];
    expect(safetyListsFor('a', '2026-04-30', two)).toEqual([two[0]]);
    expect(safetyListsFor('a', '2026-05-01', two)).toEqual([]);
    expect(safetyListsFor('b', '2026-05-01', two)).toEqual([two[1]]);
  });

  it('comes before the work: no start, and no finishing without one', () => {
    const job = new Job(aReport(sewage, undefined, { isPublic: false }).arrived());
    const start = { action: 'start', photoIds: ['p'] } as const;
    expect(job.story.refused('assignee', start)).toBe('safety_first');
    expect(
      job.story.refused('assignee', {
        action: 'finish',
        workDone: '好了',
        photoIds: ['p'],
        beforePhotoIds: ['p'],
      }),
    ).toBe('safety_first');
    expect(job.refused('desk', answering(answers()))).toBe('not_yours');
    job.does('assignee', answering(answers()));
    expect(job.story.order.safety).toBe('passed');
    expect(job.refused('assignee', answering(answers()))).toBe('safety_not_needed');
    job.story.does('assignee', start);
    // Other hands look again.
    job.story.does('desk', { action: 'transfer', assignee: wang, reason: '换人' });
    expect(job.story.order.safety).toBe('needed');
  });

  it('stops at a single no, and only the desk lets it be asked again', () => {
    const job = new Job(aReport(sewage).arrived());
    job.does('assignee', answering(answers({ answer: 'no', words: '没有检测仪' })));
    expect(job.last!.notifications.map(({ to }) => to)).toEqual(['desk']);
    expect(job.story.refused('assignee', { action: 'start', photoIds: ['p'] })).toBe('safety_stopped');
    expect(job.refused('assignee', answering(answers()))).toBe('safety_stopped');
    expect(job.refused('assignee', { action: 'reset_safety', reason: '好了' })).toBe('not_yours');
    job.does('desk', { action: 'reset_safety', reason: '检测仪已送到' });
    expect(job.story.order.safety).toBe('needed');
  });

  it('is whole: every item once, a photo where one is asked, and nothing waved away that always applies', () => {
    const photoAt = lists[0]!.items.findIndex(({ needsPhoto }) => needsPhoto);
    expect(judgeSafety(lists, answers())).toEqual({ state: 'passed' });
    expect(judgeSafety(lists, answers().slice(1))).toEqual({ fault: 'safety_incomplete' });
    expect(judgeSafety(lists, [...answers(), answers()[0]!])).toEqual({ fault: 'safety_incomplete' });
    expect(judgeSafety(lists, answers({ item: 'other' }))).toEqual({ fault: 'safety_incomplete' });
    expect(judgeSafety(lists, answers({ answer: 'not_applicable' }))).toEqual({ fault: 'safety_incomplete' });
    expect(judgeSafety(lists, answers({ photoId: null }, photoAt))).toEqual({
      fault: 'safety_photo_missing',
    });
    // A no needs no picture: what is missing can't be photographed.
    expect(judgeSafety(lists, answers({ answer: 'no', photoId: null }, photoAt))).toEqual({
      state: 'stopped',
    });
  });
});

describe('photos before', () => {
  const roof = category('water.upstairs');
  it('come with the start where the category asks for photos, and with the finish of who never started', () => {
    const story = aReport(roof).arrived();
    expect(story.refused('assignee', { action: 'start' })).toBe('before_photos_required');
    const finish = { action: 'finish', workDone: '好了', photoIds: ['b'] } as const;
    expect(story.refused('assignee', finish)).toBe('before_photos_required');
    expect(story.refused('assignee', { ...finish, beforePhotoIds: ['a'] })).toBeNull();
    story.does('assignee', { action: 'start', photoIds: ['a'] });
    expect(story.last.events.at(-1)!.photoIds).toEqual(['a']);
    expect(story.refused('assignee', finish)).toBeNull();
    expect(aReport(leak).arrived().refused('assignee', { action: 'start' })).toBeNull();
  });
});

describe('several hands', () => {
  it('join and leave; a helper marks their own time, speaks, and finishes nothing', () => {
    const job = aJob().does('assignee', { action: 'add_helper', helper: wang });
    const crew = job.story.order.crewAccountIds;
    expect(crew).toEqual([wang.accountId]);
    expect(job.refused('desk', { action: 'add_helper', helper: wang })).toBe('helper_already');
    expect(job.refused('desk', { action: 'add_helper', helper: { ...wang, accountId: LI } })).toBe(
      'same_assignee',
    );
    expect(job.story.refused('helper', { action: 'comment', text: '带了梯子' })).toBeNull();
    expect(job.story.refused('helper', { action: 'finish', workDone: '好了' })).toBe('not_yours');
    job.helper = { arrivedAt: null, leftAt: null };
    expect(job.refused('helper', { action: 'helper_leave' })).toBe('already_marked');
    job.does('helper', { action: 'helper_arrive' });
    job.helper = { arrivedAt: job.story.now, leftAt: null };
    job.story.after(95);
    job.does('helper', { action: 'helper_leave' });
    expect(job.last!.events[0]!.params['minutes']).toBe(95);
    // Who is handed the job is no longer their own helper.
    job.story.does('desk', { action: 'transfer', assignee: wang, reason: '换人' });
    expect(job.story.order.crewAccountIds).toEqual([]);
  });
});

describe('waiting and coming again', () => {
  it('a part ordered lets the work rest until it is expected; the last one that comes ends that', () => {
    const job = aJob();
    const until = job.story.now + 86_400_000;
    const part: WorkingCommand = {
      action: 'order_part',
      what: '阀芯',
      supplier: null,
      expectedOn: '2026-11-21',
      until,
    };
    expect(job.refused('assignee', { ...part, until: job.story.now })).toBe('until_in_past');
    job.does('assignee', part);
    expect(job.story.order).toMatchObject({
      status: 'paused',
      pausedReason: 'waiting_parts',
      pausedUntil: until,
    });
    job.does('assignee', { ...part, what: '软管' });
    job.does('assignee', { action: 'part_arrived', what: '阀芯', isLast: false });
    expect(job.story.order.status).toBe('paused');
    job.does('assignee', { action: 'part_arrived', what: '软管', isLast: true });
    expect(job.story.order.status).toBe('in_progress');
  });

  it('a visit lies ahead and has an end; handed back, the desk has its turn', () => {
    const job = aJob();
    const { now } = job.story;
    const visit = (from: number, to: number): WorkingCommand => ({
      action: 'plan_visit',
      from,
      to,
      purpose: '二次粉刷',
    });
    expect(job.refused('assignee', visit(now, now + 1))).toBe('until_in_past');
    expect(job.refused('assignee', visit(now + 2, now + 2))).toBe('span_wrong');
    job.does('assignee', visit(now + 1, now + 2));
    expect(job.story.order.status).toBe('in_progress');
    job.does('assignee', { action: 'hand_back', reason: '交班' });
    expect(job.story.order).toMatchObject({ status: 'triaged', assigneeAccountId: null });
    expect(job.last!.stepChanges.map(({ type }) => type)).toEqual(['close', 'open']);
  });
});

describe('the table of the work', () => {
  it('answers for everybody as the decision does', () => {
    const asked: WorkingAction[] = [];
    for (const story of [aReport(), aReport().working(), aReport().finished(), aReport().confirmed()])
      for (const relation of RELATIONS)
        for (const { action, isAllowed, reasonCode } of workingActions(story.order, [relation], story.now)) {
          expect(isAllowed).toBe(reasonCode === null);
          if (isAllowed) asked.push(action);
          if (!WORKING_RULES[action].who.includes(relation)) expect(reasonCode).toBe('not_yours');
        }
    expect(new Set(asked)).not.toContain('agree');
    expect(WORKING_ACTIONS.length).toBe(Object.keys(WORKING_RULES).length);
  });
});
