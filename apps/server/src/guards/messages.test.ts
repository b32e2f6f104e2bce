import { placeholdersOf, tables } from '@gongzhi/i18n';
import { describe, expect, it } from 'vitest';
import { messageKinds } from '../main.ts';

/**
 * What leaves the house in an SMS, a mail or a chat. Each template lists the params that may; only these may be asked
 * for by its sentence, and only words of which none is personal may be listed.
 */
const templates = Object.keys(tables['zh-CN']).filter(
  (key) => /^(?:inbox|followedInbox|agreedInbox)\./.test(key) && key !== 'inbox.unknown',
);

/** Names of categories and offices, numbers, counts, and words from closed lists. Adding one means thinking about it. */
const impersonal = new Set([
  'titleZh',
  'titleEn',
  'number',
  'reason',
  'score',
  'receiver',
  'count',
  'when',
  'parts',
  // The hours of a visit, to the two who keep it; and which sentence is meant.
  'from',
  'to',
  // Names of places and companies, and a date without anybody.
  'compound',
  'scopeName',
  'date',
  // What a gate is called.
  'gate',
  // Where at the gate something lies, without whose it is.
  'shelf',
  // What is left on a meter, to the home it is in.
  'yuan',
  'isAgreed',
  'isFollowed',
]);
/** Templates whose `reason` is a code of a closed list; anywhere else it is somebody's words. */
const codedReasons = new Set(['work_order.paused']);

/** A sentence has its own form for who follows a matter, and for what is agreed already. */
const templateOf = (key: string) => key.slice(key.indexOf('.') + 1);

describe('messages', () => {
  it('have a kind for every template', () => {
    expect(templates.length).toBeGreaterThan(20);
    const missing = templates.filter((key) => messageKinds[templateOf(key)] === undefined);
    expect(missing).toEqual([]);
  });

  it.each(templates)('%s asks only for what may leave the house', (key) => {
    const template = templateOf(key);
    const { outside } = messageKinds[template]!;
    for (const locale of ['zh-CN', 'en'] as const) {
      const asked = placeholdersOf((tables[locale] as Record<string, string>)[key]!);
      const given = new Set<string>(outside);
      if (given.has('titleZh') && given.has('titleEn')) given.add('title');
      if (given.has('from') && given.has('to')) given.add('span');
      expect(asked.filter((name) => !given.has(name))).toEqual([]);
    }
    expect(outside.filter((name) => !impersonal.has(name))).toEqual([]);
    expect(outside.includes('reason') && !codedReasons.has(template)).toBe(false);
  });
});
