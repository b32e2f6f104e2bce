import { expect, it } from 'vitest';
import { withSaid } from './useSaid.ts';

it.each([
  ['', '漏水', '漏水'],
  [' \n', '漏水', '漏水'],
  ['电梯坏了', '漏水', '电梯坏了\n漏水'],
  // Opened again: they are there.
  ['电梯坏了\n漏水', '漏水', '电梯坏了\n漏水'],
])('%j and %j', (written, said, both) => {
  expect(withSaid(written, said)).toBe(both);
});
