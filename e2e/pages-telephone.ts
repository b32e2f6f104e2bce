import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { Say, Stop } from './stops.ts';
import { aTelephone, residentsNumber, sits } from './telephone.ts';

const desk = (name: string, as: string, path: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'console',
  as,
  path: () => `/desk${path}`,
  open,
});

/** Somebody of the street rings at 801, somebody else waits, and one has given up. */
async function rings(page: Page, say: Say): Promise<void> {
  const { origin } = new URL(page.url());
  // By the page's clock: pictures are taken of another day.
  const at = await page.evaluate<number>('Date.now()');
  const telephone = await aTelephone(origin, () => at);
  await sits(origin, 'desk', '801');
  await telephone.tells(randomUUID(), '13900001111', { type: 'queued', queue: 'A' });
  await telephone.tells(randomUUID(), '13900002222', { type: 'missed' });
  const number = await residentsNumber(origin);
  await telephone.tells(randomUUID(), number, { type: 'ringing', extensions: ['801'] });
  await page
    .getByRole('button', { name: say('telephony.writeDown') })
    .first()
    .waitFor();
}

/** Every page of the desk's telephone; the last of them, for a line that is made here shows on every other. */
export const telephonePages: readonly Stop[] = [
  desk('telephone', 'desk', '/phone'),
  desk('telephone, its lines', 'manager', '/phone'),
  desk('telephone, somebody rings', 'desk', '/callbacks', rings),
  desk('telephone, sitting down', 'steward', '/phone', async (page, say) => {
    await aTelephone(new URL(page.url()).origin);
    await page.getByRole('button', { name: say('telephony.sit') }).click();
    await page.getByRole('dialog').waitFor();
  }),
];
