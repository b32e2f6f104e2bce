import type { Page } from 'playwright-core';
import { settled } from './checks.ts';
import { someAccounts } from './money.ts';
import type { Stop } from './stops.ts';
import { billingPages } from './pages-billing.ts';
import { cashDeskPages } from './pages-cash.ts';
import { meterFormPages, meterPages, meterPhonePages } from './pages-meters.ts';
import { paymentDeskPages, paymentPhonePages } from './pages-payments.ts';

/** Played once for each server: what was entered and published stays there for every way of looking. */
const played = new Map<string, Promise<string>>();

async function withAccounts(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  let playing = played.get(origin);
  if (playing === undefined) played.set(origin, (playing = someAccounts(origin)));
  const address = new URL(page.url());
  if (address.pathname.startsWith('/desk')) address.searchParams.set('scope', await playing);
  await playing;
  await page.goto(address.href);
  await settled(page);
}

const desk = (name: string, as: string, path: string, open?: Stop['open']): Stop => ({
  name,
  app: 'console',
  as,
  path: () => `/desk${path}`,
  open: async (page, say) => {
    await withAccounts(page);
    await open?.(page, say);
  },
});

export const moneyPages: readonly Stop[] = [
  ...meterPages,
  ...meterFormPages,
  ...billingPages.filter(({ app }) => app === 'console'),
  ...paymentDeskPages,
  ...cashDeskPages,
  desk('ledger', 'manager', '/ledger'),
  desk('ledger of a company', 'company', '/ledger'),
  desk('ledger, one account', 'manager', '/ledger?account=bank:common'),
  desk('ledger, months', 'manager', '/ledger?view=periods'),
  desk('ledger, the chain', 'street', '/ledger?view=chain', async (page, say) => {
    await page.getByRole('button', { name: say('ledger.chain.verify') }).click();
    await page
      .getByText(say('ledger.chain.by').split('{')[0] ?? '')
      .first()
      .waitFor();
  }),
  desk('common accounts', 'manager', '/accounts'),
  desk('common accounts, an entry', 'manager', '/accounts', async (page, say) => {
    await page.getByRole('button', { name: say('accounts.enter') }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  desk('common accounts, to be published', 'manager', '/accounts?tab=publish'),
  desk('common accounts, published', 'manager', '/accounts?tab=published', async (page) => {
    await page.locator('table a').first().click();
    await settled(page);
  }),
];

export const moneyPhonePages: readonly Stop[] = [
  ...billingPages.filter(({ app }) => app === 'mobile'),
  ...meterPhonePages,
  ...paymentPhonePages,
  {
    name: 'common accounts',
    app: 'mobile',
    as: 'resident',
    path: () => '/m/accounts',
    open: withAccounts,
  },
];
