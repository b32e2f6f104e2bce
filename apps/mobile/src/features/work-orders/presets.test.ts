import { expect, test } from 'vitest';
import { withPreset } from './presets.ts';

const presets = ['still broken', 'nobody came'];

test.each([
  ['', 'still broken', 'still broken'],
  ['  ', 'still broken', 'still broken'],
  ['nobody came', 'still broken', 'still broken'],
  ['the tap drips on', 'still broken', 'the tap drips on\nstill broken'],
  ['the tap drips on\nstill broken', 'still broken', 'the tap drips on\nstill broken'],
  ['the tap drips on\nstill broken', 'nobody came', 'the tap drips on\nstill broken\nnobody came'],
])('%j, pressing %j: %j', (text, preset, then) => {
  expect(withPreset(text, preset, presets)).toBe(then);
});
