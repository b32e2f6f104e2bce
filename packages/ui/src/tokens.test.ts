import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The declarations of the block that begins with this selector. */
function block(selector: string): Record<string, string> {
  const start = source.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no block ${selector}`);
  const body = source.slice(start, source.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/(--gz-[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}

const light = block(':root');
const variants: Record<string, { colours: Record<string, string>; least: number }> = {
  light: { colours: light, least: 4.5 },
  'light, large type': { colours: { ...light, ...block(':root[data-type="large"]') }, least: 7 },
  dark: {
    colours: { ...light, ...block(':root:not([data-theme="light"], [data-theme="wall"])') },
    least: 4.5,
  },
  'dark, large type': {
    colours: {
      ...light,
      ...block(':root[data-type="large"]'),
      ...block(':root:not([data-theme="light"], [data-theme="wall"])'),
      ...block(':root[data-type="large"]:not([data-theme="light"], [data-theme="wall"])'),
    },
    least: 7,
  },
  wall: { colours: { ...light, ...block(':root[data-theme="wall"]') }, least: 4.5 },
};

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 1, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const STATUS = ['waiting', 'moving', 'due', 'late', 'done'];
/** What is written on what. */
const PAIRS: readonly (readonly [text: string, ground: string])[] = [
  ...['ink', 'ink-2', 'jade'].flatMap((text) =>
    ['paper', 'surface', 'sunken'].map((ground) => [text, ground] as const),
  ),
  ['on-jade', 'jade'],
  ['on-jade', 'jade-pressed'],
  ['jade', 'jade-soft'],
  ...STATUS.flatMap((tone) => [
    [tone, 'paper'] as const,
    [tone, 'surface'] as const,
    [tone, `${tone}-soft`] as const,
    ['on-status', tone] as const,
  ]),
];

describe.each(Object.entries(variants))('%s', (_, { colours, least }) => {
  it.each(PAIRS)('%s can be read on %s', (text, ground) => {
    const [front, back] = [colours[`--gz-${text}`], colours[`--gz-${ground}`]];
    expect(front).toMatch(/^#[0-9a-f]{6}$/);
    expect(contrast(front ?? '', back ?? '')).toBeGreaterThanOrEqual(least);
  });

  it('shows the edge of a field and the focus', () => {
    for (const ground of ['paper', 'surface'])
      for (const edge of ['line-strong', 'focus'])
        expect(
          contrast(colours[`--gz-${edge}`] ?? '', colours[`--gz-${ground}`] ?? ''),
        ).toBeGreaterThanOrEqual(3);
  });
});

it('has the colours of pages.md', () => {
  expect(light).toMatchObject({
    '--gz-paper': '#f7f8f5',
    '--gz-line': '#e3e7e1',
    '--gz-ink': '#17211d',
    '--gz-ink-2': '#5b6b66',
    '--gz-jade': '#0b7a5b',
    '--gz-jade-pressed': '#075e46',
    '--gz-waiting': '#5b6b66',
    '--gz-moving': '#1d5fa8',
    '--gz-due': '#b45309',
    '--gz-late': '#c2361f',
    '--gz-done': '#2f6b2f',
  });
});
