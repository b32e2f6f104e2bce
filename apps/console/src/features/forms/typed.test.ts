import { expect, it } from 'vitest';
import { begun, clean, stood, taken, typedOver, typing } from './typed.ts';

it('shows what stands there until something is typed', () => {
  expect(typing(clean('no'), 'no')).toBe('no');
  // Somebody else's has come, and nothing was typed here.
  expect(typing(clean('no'), 'yes')).toBe('yes');
  expect(typing(begun(clean('no'), 'no', 'maybe'), 'yes')).toBe('maybe');
});

it('is typed over what was seen when it began, whatever comes meanwhile', () => {
  const first = begun(clean('one'), 'one', 'tw');
  const further = begun(first, 'somebody else’s', 'two');
  expect(typedOver(further, 'somebody else’s')).toBe('one');
  // Typed back to what it was: nothing is being typed.
  expect(typedOver(begun(further, 'somebody else’s', 'one'), 'somebody else’s')).toBe('somebody else’s');
});

it('stands over what was sent once that is taken, and shows it as the server writes it', () => {
  const sent = begun(clean(''), '', '012');
  expect(typing(taken(sent, '012'), '12')).toBe('12');
  // Typed on while it was on its way.
  const on = begun(sent, '', '0123');
  expect([typing(taken(on, '012'), '012'), typedOver(taken(on, '012'), '012')]).toEqual(['0123', '012']);
});

it('keeps what was refused, and what is sent next is sent over what stands there', () => {
  const refused = stood(begun(clean('a'), 'a', 'mine'), 'mine', 'theirs');
  expect([typing(refused, 'theirs'), typedOver(refused, 'theirs'), refused.refused]).toEqual([
    'mine',
    'theirs',
    'mine',
  ]);
  // Once more somebody else: that was not seen either.
  expect(typedOver(refused, 'a third one')).toBe('theirs');
});
