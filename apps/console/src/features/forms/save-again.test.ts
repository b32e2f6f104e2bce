import { ApiProblem, Unreachable } from '@gongzhi/ui/client/index.ts';
import { expect, it } from 'vitest';
import type { Form, FormInput } from './api.ts';
import { savesForm } from './save-again.ts';

const input = (title: string, expectedVersion = 0) => ({ title, expectedVersion }) as FormInput;

/** A server that takes what the real one takes; the next answers are lost before or after it took it. */
function aServer(...faults: ('before' | 'after' | null)[]) {
  let [version, title] = [0, ''];
  const sent: string[] = [];
  const save = savesForm(async (body) => {
    sent.push(`${body.title} ${body.expectedVersion}`);
    const fault = faults.shift();
    if (fault === 'before') throw new Unreachable();
    if (body.title === 'wrong') throw new ApiProblem(422);
    const isSaved = version === body.expectedVersion + 1 && title === body.title;
    if (!isSaved && version !== body.expectedVersion) throw new ApiProblem(409, { code: 'forms.stale' });
    if (!isSaved) [version, title] = [version + 1, body.title];
    if (fault === 'after') throw new Unreachable();
    return { version, title } as Form;
  });
  return { save, sent };
}

it('sends what is new, and the same again after a lost answer', async () => {
  const { save, sent } = aServer('after');
  await expect(save(input('one'))).rejects.toThrow(Unreachable);
  expect(await save(input('one'))).toEqual({ version: 1, title: 'one' });
  expect(await save(input('two', 1))).toEqual({ version: 2, title: 'two' });
  expect(sent).toEqual(['one 0', 'one 0', 'two 1']);
});

it.each(['before', 'after'] as const)(
  'puts later changes onto what was lost %s it was taken',
  async (fault) => {
    const { save, sent } = aServer(fault, null, fault);
    await expect(save(input('one'))).rejects.toThrow(Unreachable);
    // Lost once more on the way: the third press gets there.
    await expect(save(input('two'))).rejects.toThrow(Unreachable);
    expect((await save(input('two'))).title).toBe('two');
    expect(sent.slice(0, 3)).toEqual(['one 0', 'one 0', 'two 1']);
  },
);

it('lets go of what is refused', async () => {
  const { save, sent } = aServer('before');
  await expect(save(input('wrong'))).rejects.toThrow(Unreachable);
  expect(await save(input('right'))).toEqual({ version: 1, title: 'right' });
  expect(sent).toEqual(['wrong 0', 'wrong 0', 'right 0']);
});
