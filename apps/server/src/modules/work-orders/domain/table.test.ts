import { describe, expect, it } from 'vitest';
import { allowedActions } from './decide.ts';
import { aReport, FRIDAY_10 } from './fixtures.ts';
import { refusalOf, TRANSITIONS } from './transitions.ts';
import {
  ACTIONS,
  defaultSettings,
  EVENT_KINDS,
  REASONS,
  type Relation,
  RELATIONS,
  STATUSES,
} from './types.ts';

describe('the table', () => {
  it('speaks only the words there are, and has every action', () => {
    for (const t of TRANSITIONS) {
      expect(ACTIONS).toContain(t.action);
      expect(EVENT_KINDS).toContain(t.event);
      for (const status of t.from) expect(STATUSES).toContain(status);
      for (const to of t.to) expect([...STATUSES, 'same', 'before_pause']).toContain(to);
      expect(t.from.length * t.who.length * t.to.length).toBeGreaterThan(0);
    }
    expect(new Set(TRANSITIONS.map((t) => t.action))).toEqual(new Set(ACTIONS));
  });

  it('lets only words, links, ratings, calls and what takes an ending back happen to an ended order', () => {
    const ended = new Set(
      TRANSITIONS.filter((t) => t.from.includes('closed') || t.from.includes('cancelled')).map(
        (t) => t.action,
      ),
    );
    expect(ended).toEqual(
      new Set([
        'comment',
        'link',
        'unlink',
        'rate',
        'reply_rating',
        'record_callback',
        'reopen',
        'unmerge',
        'reopen_parts',
      ]),
    );
  });

  it('gives overseers words and urging, and nothing else', () => {
    const theirs = new Set(TRANSITIONS.filter((t) => t.who.includes('overseer')).map((t) => t.action));
    expect(theirs).toEqual(new Set(['comment', 'urge']));
  });

  it('refuses for reasons that concern the order or the actor, in that closed list', () => {
    const order = aReport().order;
    for (const relation of RELATIONS) {
      for (const action of ACTIONS) {
        const reason = refusalOf(action, order, [relation], FRIDAY_10, defaultSettings);
        if (reason !== null) expect(REASONS[reason]).toBe('state');
      }
    }
  });

  it('reads, for a new order, exactly so', () => {
    const open = (who: Relation): string =>
      allowedActions(aReport().order, [who], FRIDAY_10, defaultSettings)
        .filter((a) => a.isAllowed)
        .map((a) => a.action)
        .join(' ');
    expect(Object.fromEntries(RELATIONS.map((who) => [who, open(who)]))).toEqual({
      reporter: 'cancel urge comment offer_windows',
      follower: 'urge',
      assignee: 'comment make_appointment',
      helper: 'comment',
      desk: 'triage change_category assign cancel refer merge split link unlink move urge comment make_appointment',
      manager: 'force_close comment',
      company: 'force_close move comment',
      overseer: 'urge comment',
      system: 'assign cancel',
      former: '',
      predecessor: '',
    });
  });
});
