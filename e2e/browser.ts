import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../test/chromium.ts';

/** The screens the pages are made for: a cheap phone in a hand, a desk's display, one on the wall, two side by side. */
const screens = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false },
  wall: { viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false },
  wideWall: {
    viewport: { width: 3840, height: 1080 },
    deviceScaleFactor: 1,
    isMobile: false,
    hasTouch: false,
  },
} as const;
export type Screen = keyof typeof screens;

export interface Look {
  readonly locale?: 'zh-CN' | 'en';
  readonly colorScheme?: 'light' | 'dark';
}

/** How long a step may take on a machine that does other things too; nothing is asserted about it. */
const PATIENCE_MS = 60_000;

export async function launch(): Promise<Browser> {
  const { executablePath, args, env } = await findChromium();
  return chromium.launch({ executablePath, args, env: { ...process.env, ...env } as Record<string, string> });
}

/** A browser of one's own: no cookie, no draft of anybody else. */
export async function newContext(
  browser: Browser,
  screen: Screen,
  baseURL: string,
  look: Look = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...screens[screen],
    baseURL,
    locale: look.locale ?? 'zh-CN',
    colorScheme: look.colorScheme ?? 'light',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

const noticed = new WeakMap<Page, string[]>();

/**
 * Everything a page complains about from now on: errors it throws, what it writes to the console as an error, what
 * the content security policy refused, answers of 500 and more.
 */
export function watch(page: Page): string[] {
  const found: string[] = [];
  noticed.set(page, found);
  page.on('pageerror', (error) => found.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) found.push(`${response.status()}: ${response.url()}`);
  });
  return found;
}

/** What a watched page has complained about; `but` names what a test brings about on purpose. */
export function complaintsOf(page: Page, but?: RegExp): string[] {
  const found = noticed.get(page);
  if (found === undefined) throw new Error('this page is not watched');
  return but === undefined ? found : found.filter((line) => !but.test(line));
}
