import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { until } from './until.ts';
import { says } from './words.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds on the page as it stands: the rule and the elements. `best-practice` is asked too. Pages are
 * checked from outside the policy (the debugger's evaluate), so the policy itself stays as strict as it is.
 */
export async function accessibilityFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  const hasAxe = await page.evaluate<boolean>('typeof window.axe === "object"');
  if (!hasAxe) await page.evaluate(`${axe};undefined`);
  const options = rules === undefined ? {} : { runOnly: { type: 'rule', values: rules } };
  const { violations } = await page.evaluate<AxeResults>(
    `window.axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
}

/** How many pixels the page is wider than the screen, and what sticks out. */
export async function sidewaysScroll(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const root = document.documentElement;
    const room = root.clientWidth;
    if (root.scrollWidth <= room) return [];
    const out = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1 && element.offsetParent !== null)
      .map((element) => element.tagName + '.' + element.className + ': ' + (element.textContent ?? '').slice(0, 40));
    return ['wider by ' + (root.scrollWidth - room) + ' px', ...out.slice(-5)];
  })()`);
}

/** Everything a person reads or hears: texts, labels, hints, pictures' words. */
export async function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const texts = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) texts.push(walk.currentNode.textContent ?? '');
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
      for (const element of document.querySelectorAll('[' + name + ']')) texts.push(element.getAttribute(name) ?? '');
    return texts.filter((text) => text.trim() !== '');
  })()`);
}

const loading = (['zh-CN', 'en'] as const).flatMap((locale) =>
  (['common.loading', 'mobile.page.loading'] as const).map((key) => says(key, {}, locale)),
);

const isSettled = `(() => {
  const words = ${JSON.stringify(loading)};
  const isLoading = [...document.querySelectorAll('output')].some((one) => words.includes(one.textContent.trim()));
  const room = window.innerHeight;
  const isDrawn = (image) => image.complete || image.getBoundingClientRect().top > room;
  return document.querySelector('main') !== null && !isLoading && [...document.images].every(isDrawn);
})()`;

/** Until the page is there and nothing of it is still being loaded. */
export async function settled(page: Page): Promise<void> {
  await until('the page is loaded', () => page.evaluate<boolean>(isSettled));
}

/** Until what changed a moment ago has been drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))))',
  );
}
