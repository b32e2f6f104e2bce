import { placeholdersOf, tables } from '@gongzhi/i18n';
import { describe, expect, it } from 'vitest';
import { messageKinds } from '../main.ts';

/**
 * What leaves the house in an SMS, a mail or a chat. Each template lists the params that may; only these may be asked
 * for by its sentence, and only words of which none is personal may be listed.
 */
const templates = Object.keys(tables['zh-CN']).filter(
  (key) => key.startsWith('inbox.') && key !== 'inbox.unknown',
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
]);
/** Templates whose `reason` is a code of a closed list; anywhere else it is somebody's words. */
const codedReasons = new Set(['work_order.paused']);

describe('messages', () => {
  it('have a kind for every template', () => {
    expect(templates.length).toBeGreaterThan(20);
    const missing = templates.filter((key) => messageKinds[key.slice('inbox.'.length)] === undefined);
    expect(missing).toEqual([]);
  });

  it.each(templates)('%s asks only for what may leave the house', (key) => {
    const template = key.slice('inbox.'.length);
    const { outside } = messageKinds[template]!;
    for (const locale of ['zh-CN', 'en'] as const) {
      const asked = placeholdersOf((tables[locale] as Record<string, string>)[key]!);
      const given = new Set(
        outside.includes('titleZh') && outside.includes('titleEn') ? [...outside, 'title'] : outside,
      );
      expect(asked.filter((name) => !given.has(name))).toEqual([]);
    }
    expect(outside.filter((name) => !impersonal.has(name))).toEqual([]);
    expect(outside.includes('reason') && !codedReasons.has(template)).toBe(false);
  });
});
