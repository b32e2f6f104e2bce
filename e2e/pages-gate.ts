import type { Page } from 'playwright-core';
import { pairingCode, someGates } from './gates.ts';
import type { Say, Stop } from './stops.ts';

/** The phone is the gate's: it asks for the manager's digits once, and then for codes. */
export async function onWatch(page: Page, say: Say): Promise<void> {
  const digits = page.getByRole('textbox', { name: say('mobile.gate.pair.code') });
  const idle = page.getByText(say('mobile.gate.idle'), { exact: true });
  await digits.or(idle).waitFor();
  if (await idle.isVisible()) return;
  const { origin } = new URL(page.url());
  const { north } = await someGates(origin);
  await digits.fill(await pairingCode(origin, north));
  await page.getByRole('button', { name: say('mobile.gate.pair.submit') }).click();
  await idle.waitFor();
}

const others = async (page: Page, say: Say): Promise<void> => {
  await onWatch(page, say);
  await page.getByRole('button', { name: say('mobile.gate.more') }).click();
  await page.getByRole('dialog').waitFor();
};

/** As fast as a scanner types, also where the page itself is kept waiting: a real key bears the time it was pressed. */
export async function scan(page: Page, text: string): Promise<void> {
  await page.evaluate(
    `const begun = performance.now();
    [...${JSON.stringify(text)}, 'Enter'].forEach((key, i) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: begun + i });
      document.body.dispatchEvent(event);
    })`,
  );
}

const stopped = async (page: Page, say: Say): Promise<void> => {
  await onWatch(page, say);
  await scan(page, 'https://city.example/x');
  await page.getByRole('button', { name: say('mobile.gate.next') }).waitFor();
};

const letThrough = async (page: Page, say: Say): Promise<void> => {
  await stopped(page, say);
  await page.getByRole('button', { name: say('mobile.gate.override.title') }).click();
  await page.getByRole('dialog').waitFor();
};

const registering = async (page: Page, say: Say): Promise<void> => {
  const { origin } = new URL(page.url());
  await someGates(origin);
  await page.reload();
  await page
    .getByRole('button', { name: say('gatePhones.register') })
    .first()
    .click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
};

const phone = (name: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'mobile',
  as: 'guard',
  path: () => '/m/gate',
  open,
});
const desk = (name: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'console',
  as: 'manager',
  path: () => '/desk/gate-phones',
  open,
});

const atCounter =
  (view: 'look' | 'take'): Stop['open'] =>
  async (page, say) => {
    await onWatch(page, say);
    await page.getByRole('button', { name: say('mobile.gate.counter.title') }).click();
    await page
      .getByRole('dialog')
      .getByText(say(`mobile.gate.counter.${view}`), { exact: true })
      .first()
      .click();
  };

export const gatePhonePages: readonly Stop[] = [
  phone('gate, no phone of it yet'),
  phone('gate, on watch', onWatch),
  phone('gate, other ways', others),
  phone('gate, parcels and goods', atCounter('look')),
  phone('gate, taking a parcel in', atCounter('take')),
  phone('gate, somebody is stopped', stopped),
  phone('gate, let through with a reason', letThrough),
];

export const gateDeskPages: readonly Stop[] = [
  desk('gate phones'),
  desk('gate phones, registering one', registering),
];
