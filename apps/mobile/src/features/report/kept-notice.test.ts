import { dismissNotice, readNotices } from '@gongzhi/ui/notices.ts';
import { afterEach, expect, it } from 'vitest';
import { sayOutcome } from './kept-notice.ts';

const texts = (): string[] => readNotices().notices.map(({ text }) => text);

afterEach(() => {
  for (const { id } of readNotices().notices) dismissNotice(id);
});

it('what was kept is said until something is sent, never beside it', () => {
  sayOutcome('kept', 'kept: the lamp');
  sayOutcome('kept', 'kept: the door');
  expect(texts()).toEqual(['kept: the lamp', 'kept: the door']);
  sayOutcome('sent', 'sent: the lamp');
  sayOutcome('sent', 'sent: the door');
  expect(texts()).toEqual(['sent: the lamp', 'sent: the door']);
  sayOutcome('kept', 'kept: the stairs');
  expect(texts()).toEqual(['kept: the stairs']);
});
