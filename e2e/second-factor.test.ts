import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { VirtualClock } from '../apps/server/src/platform/clock/clock.ts';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { says } from './words.ts';

/*
 * A colleague protects the own sign-in: scans the code, signs in with both factors, loses the telephone and comes in by
 * a recovery code; then the manager resets it, and that is on record.
 */
let product: Product;
let clock: VirtualClock;
beforeAll(async () => {
  clock = new VirtualClock(new Date());
  product = await startProduct({ clock });
});
afterAll(() => product?.close());

/** One code a minute for a phone. */
const MINUTE_MS = 61_000;

async function firstFactor(phone: string): Promise<Page> {
  clock.advance(MINUTE_MS);
  const page = await product.open('desktop');
  await page.goto('/desk/sign-in');
  await page.getByLabel(says('console.signIn.phone')).fill(phone);
  await page.getByRole('button', { name: says('console.signIn.sendCode') }).click();
  const told = says('console.signIn.demoCode', { code: 'CODE' }).split('CODE')[0] ?? '';
  const line = await page.getByText(told).innerText();
  await page.getByRole('textbox', { name: says('console.signIn.code') }).fill(/\d{6}/.exec(line)?.[0] ?? '');
  await page.getByRole('button', { name: says('console.signIn.submit'), exact: true }).click();
  return page;
}

const isIn = (page: Page) => page.getByRole('navigation', { name: says('console.nav') }).waitFor();

story('two factors, a lost telephone, and a reset', async (step) => {
  const manager = await product.server.as('manager');
  const phone = `1390${String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')}`;
  const me = (await manager.get('/me')).body;
  const departmentId: string = me.acting.scopeId;
  let secret = '';
  let recoveryCode = '';
  const code = () =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() });

  await step('the manager takes somebody on, who signs in with the telephone', async () => {
    const hired = await manager.post('/staff', {
      scopeId: departmentId,
      phone,
      displayName: '贺两步',
      title: '前台',
      role: 'desk',
    });
    expect(hired.status).toBe(201);
  });

  await step('they set it up: a picture to scan, the secret to type, codes to write down', async () => {
    const page = await firstFactor(phone);
    await isIn(page);
    await page.getByRole('button', { name: says('console.user.menu') }).click();
    await page.getByRole('menuitem', { name: says('factor.title') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: says('factor.begin') }).click();
    await dialog.getByRole('img', { name: says('factor.qr') }).waitFor();
    secret = /[A-Z2-7]{32}/.exec(await dialog.innerText())?.[0] ?? '';
    expect(secret).not.toBe('');
    await dialog.getByRole('textbox', { name: says('secondStep.code') }).fill('000000');
    await dialog.getByRole('button', { name: says('factor.confirm') }).click();
    await dialog.getByText(says('errors.auth.second_factor_wrong')).waitFor();
    await dialog.getByRole('textbox', { name: says('secondStep.code') }).fill(code());
    await dialog.getByRole('button', { name: says('factor.confirm') }).click();
    await dialog.getByText(says('factor.codes')).waitFor();
    const codes = await dialog.getByRole('listitem').allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    recoveryCode = codes[0] ?? '';
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: says('factor.kept') }).click();
    expect(complaintsOf(page, /422/)).toEqual([]);
  });

  await step('from now on the code of the moment is asked for; a wrong one opens nothing', async () => {
    const page = await firstFactor(phone);
    await page.getByText(says('secondStep.title')).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('textbox', { name: says('secondStep.code') }).fill('000000');
    await page.getByRole('button', { name: says('secondStep.submit') }).click();
    await page.getByText(says('errors.auth.second_factor_wrong')).waitFor();
    expect((await page.request.get('/api/v1/me')).status()).toBe(401);
    await page.getByRole('textbox', { name: says('secondStep.code') }).fill(code());
    await page.getByRole('button', { name: says('secondStep.submit') }).click();
    await isIn(page);
  });

  await step('without the telephone a recovery code opens, once', async () => {
    const page = await firstFactor(phone);
    await page.getByRole('button', { name: says('secondStep.useRecovery') }).click();
    await page.getByRole('textbox', { name: says('secondStep.recovery') }).fill(recoveryCode);
    await page.getByRole('button', { name: says('secondStep.submit') }).click();
    await isIn(page);
    const again = await firstFactor(phone);
    await again.getByRole('button', { name: says('secondStep.useRecovery') }).click();
    await again.getByRole('textbox', { name: says('secondStep.recovery') }).fill(recoveryCode);
    await again.getByRole('button', { name: says('secondStep.submit') }).click();
    await again.getByText(says('errors.auth.second_factor_wrong')).waitFor();
  });

  await step('the manager resets it, which is on record; the first factor is enough again', async () => {
    const page = await product.enter('manager', 'desktop');
    await page.goto(`/desk/places?scope=${departmentId}&tab=staff`);
    await settled(page);
    await page.getByRole('button', { name: says('staffing.editOf', { name: '贺两步' }) }).click();
    await page.getByRole('button', { name: says('staffing.resetFactor') }).click();
    await page.getByRole('button', { name: says('staffing.resetFactor') }).waitFor({ state: 'detached' });
    const rows = await product.sql(
      `select 1 from platform.audit where action = 'staff.second_factor_reset' and account_id = $1`,
      [me.account.id],
    );
    expect(rows).toHaveLength(1);
    await isIn(await firstFactor(phone));
    expect(complaintsOf(page)).toEqual([]);
  });
});
