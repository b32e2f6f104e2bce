import { afterEach, expect, test, vi } from 'vitest';
import { Intent, meant } from './intent.ts';
import { ApiProblem, Unreachable } from './problem.ts';

/** A server that answers, refuses or is not heard; what reached it. */
function aLine(...answers: readonly ('yes' | Error)[]) {
  const sent: { body: unknown; key: string }[] = [];
  const left = [...answers];
  const call = async (body: unknown, key: string): Promise<string> => {
    sent.push({ body, key });
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? 'yes';
  };
  return { sent, call };
}

test.each([
  ['no answer came', new Unreachable('cut'), 'same'],
  ['the server could not just now', new ApiProblem(503), 'same'],
  ['too many at once', new ApiProblem(429), 'same'],
  ['it was refused', new ApiProblem(422), 'another'],
  ['somebody was before', new ApiProblem(409), 'another'],
])('%s: pressed again it is the %3$s request', async (_what, error, which) => {
  const { sent, call } = aLine(error);
  const intent = new Intent<{ at: number }>();
  let clock = 1;
  const make = () => ({ at: clock++ });
  await expect(intent.send('a visitor', make, call)).rejects.toBe(error);
  await intent.send('a visitor', make, call);
  expect(sent[1]?.key === sent[0]?.key).toBe(which === 'same');
  expect(sent[1]?.body).toEqual({ at: which === 'same' ? 1 : 2 });
});

test('other words are another intent, and so is what is said again after it was done', async () => {
  const { sent, call } = aLine(new Unreachable('cut'));
  const intent = new Intent<string>();
  await expect(intent.send('one', () => 'one', call)).rejects.toThrow('cut');
  await intent.send('two', () => 'two', call);
  await intent.send('two', () => 'two', call);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(3);
});

afterEach(() => {
  vi.useRealTimers();
});

test('a wish that lies in a draft is the same within a quarter of an hour, and another one the next day', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T14:00:00Z') });
  const first = meant(null, 'a visitor, from now on', () => Date.now());
  vi.setSystemTime(Date.parse('2026-11-23T14:14:59Z'));
  expect(meant(first, 'a visitor, from now on', () => Date.now())).toBe(first);
  vi.setSystemTime(Date.parse('2026-11-23T14:15:00Z'));
  const later = meant(first, 'a visitor, from now on', () => Date.now());
  expect(later.key).not.toBe(first.key);
  expect(later.body).toBe(Date.parse('2026-11-23T14:15:00Z'));
});
