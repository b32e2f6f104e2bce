import { localDate } from '@gongzhi/kernel';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { recompute } from '../test/recompute-rates.ts';
import type { Client, Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { type MessageKey, says } from './words.ts';

/*
 * Scenario 3: a hotline order comes down city → street → community → company with its deadline, is answered, called
 * back, appealed or excluded; the month's ranking can be recomputed from the export.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

const ok = ({ status, body }: { status: number; body: Json }): Json => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};
const button = (within: Page | Locator, key: MessageKey): Locator =>
  within.getByRole('button', { name: says(key), exact: true });

/** One step of a case as a person takes it: the button, the form, the same button. */
async function does(page: Page, key: MessageKey, fill: (form: Locator) => Promise<void>): Promise<void> {
  await button(page, key).click();
  const form = page.getByRole('form', { name: says(key), exact: true });
  await fill(form);
  await button(form, key).click();
  await form.waitFor({ state: 'detached' });
}

async function passesTo(page: Page, name: string): Promise<void> {
  await does(page, 'hotline.action.pass', async (form) => {
    await form.getByRole('combobox').fill(name);
    await page.getByRole('option', { name }).first().click();
  });
}

async function opens(page: Page, id: string): Promise<void> {
  await page.goto(`/desk/hotline/${id}`);
  await settled(page);
}

const step = async (who: Client, id: string, action: string, more: object = {}): Promise<Json> => {
  const { version } = ok(await who.get(`/hotline/cases/${id}`));
  return ok(await who.post(`/hotline/cases/${id}/commands`, { action, expectedVersion: version, ...more }));
};

story('a hotline order from the city to the company and back', async (scene) => {
  const { server } = product;
  const [cityApi, streetApi, deskApi, workerApi, social] = await Promise.all(
    ['city', 'street', 'desk', 'worker', 'social_worker'].map((persona) => server.as(persona)),
  );
  if (!cityApi || !streetApi || !deskApi || !workerApi || !social) throw new Error('somebody is missing');
  const scopeOf = async (who: Client, kind: string): Promise<Json> =>
    ok(await who.get('/me')).acting.scopes.find((scope: Json) => scope.kind === kind);
  const community = await scopeOf(social, 'community');
  const compounds: Json[] = ok(await deskApi.get('/me')).acting.scopes.filter(
    (scope: Json) => scope.kind === 'compound',
  );
  const within = await Promise.all(
    compounds.map(async ({ id }) => ok(await deskApi.get(`/places/scopes/${id}`))),
  );
  const compound = within.find((one) => one.communityId === community.id) ?? within[0];
  const number = `ST${Date.now()}`;
  let id = '';
  const pages: Page[] = [];
  const enter = async (persona: string): Promise<Page> => {
    const page = await product.enter(persona, 'desktop');
    pages.push(page);
    return page;
  };

  const city = await enter('city');
  await scene('the city writes down a call, with its deadline', async () => {
    await city.goto('/desk/hotline');
    await settled(city);
    await city.getByRole('link', { name: says('hotline.new') }).click();
    const field = (key: MessageKey) => city.getByLabel(says(key), { exact: true });
    const optional = (key: MessageKey) => city.getByLabel(says('console.optional', { label: says(key) }));
    // What is missing is said beside the field, and nothing is lost.
    await field('hotline.column.description').fill('三号楼自来水发黄有异味');
    await button(city, 'hotline.new.send').click();
    await expect.poll(() => city.getByText(says('hotline.need')).count()).toBe(2);
    await field('hotline.column.number').fill('12');
    const today = localDate(Date.now());
    await field('hotline.column.receivedAt').fill(`${today}T00:00`);
    await button(city, 'hotline.new.send').click();
    await city.getByText(says('hotline.fault.number_invalid')).waitFor();
    await field('hotline.column.number').fill(number);
    await expect.poll(() => city.getByText(says('hotline.fault.number_invalid')).count()).toBe(0);
    await optional('hotline.column.callerName').fill('葛素珍');
    await optional('hotline.column.callerPhone').fill('16900010001');
    await button(city, 'hotline.new.send').click();
    await city.getByRole('heading', { level: 1, name: number }).waitFor();
    id = city.url().split('/').at(-1) ?? '';
  });

  const street = await enter('street');
  const office = ok(await streetApi.get('/me')).acting.scopeName as string;
  await scene('it comes down from hand to hand, each with a share of what is left', async () => {
    await passesTo(city, office);
    await street.goto('/desk/hotline');
    await settled(street);
    await street.getByRole('link', { name: number }).click();
    await street.getByRole('heading', { level: 1, name: number }).waitFor();
    await passesTo(street, community.name);
    const socialPage = await enter('social_worker');
    await opens(socialPage, id);
    await passesTo(socialPage, compound.name);
    const held = ok(await cityApi.get(`/hotline/cases/${id}`));
    expect(held.hands.map((hand: Json) => hand.level)).toEqual(['city', 'street', 'community', 'company']);
    expect(Date.parse(held.dueAt) - Date.parse(held.receivedAt)).toBe(7 * 86_400_000);
    expect(Date.parse(held.holderDueAt)).toBeLessThan(Date.parse(held.dueAt));
  });

  const desk = await enter('desk');
  await scene(
    'who signs leads, and cannot answer before the caller was asked and the work is done',
    async () => {
      await opens(desk, id);
      await button(desk, 'hotline.action.sign').click();
      await button(desk, 'hotline.action.contact').waitFor();
      await expect.poll(() => button(desk, 'hotline.action.pass').count()).toBe(0);
      await does(desk, 'hotline.action.open_order', async (form) => {
        await form.getByRole('searchbox').fill('自来水浑浊');
        await form.getByRole('option').filter({ hasText: '自来水浑浊' }).first().click();
      });
      await does(desk, 'hotline.action.contact', async (form) => {
        await form.getByText(says('hotline.how.phone'), { exact: true }).click();
      });
      await expect.poll(() => button(desk, 'hotline.action.answer').count()).toBe(0);
      const [order] = ok(await deskApi.get(`/hotline/cases/${id}`)).orders;
      const does_ = async (who: Client, action: string, more: object = {}): Promise<void> => {
        const { version } = ok(await who.get(`/work-orders/${order.id}?scopeId=${order.scopeId}`));
        ok(
          await who.post(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, {
            action,
            expectedVersion: version,
            ...more,
          }),
        );
      };
      await does_(deskApi, 'assign', {
        assigneeAccountId: ok(await workerApi.get('/me')).account.id,
      });
      await does_(workerApi, 'accept');
      await does_(workerApi, 'start');
      await does_(workerApi, 'finish', { workDone: '冲洗了水箱和立管' });
      // The page hears of it by itself.
      await does(desk, 'hotline.action.answer', async (form) => {
        await form.getByRole('textbox').fill('水已经清了');
      });
    },
  );

  await scene('the street replies, out of the facts of the case', async () => {
    await opens(street, id);
    await button(street, 'hotline.action.reply').click();
    const form = street.getByRole('form', { name: says('hotline.action.reply'), exact: true });
    const draft = await form.getByRole('textbox').inputValue();
    for (const fact of [number, '冲洗了水箱和立管', '水已经清了']) expect(draft).toContain(fact);
    await button(form, 'hotline.action.reply').click();
    await form.waitFor({ state: 'detached' });
  });

  await scene('it is called back', async () => {
    await does(street, 'hotline.action.record_callback', async (form) => {
      await form.getByText(says('hotline.field.valid.yes'), { exact: true }).click();
      const answer = (key: MessageKey, word: MessageKey) =>
        form
          .getByRole('radiogroup', { name: says(key) })
          .getByText(says(word), { exact: true })
          .click();
      await answer('hotline.field.contacted', 'common.yes');
      await answer('hotline.field.solved', 'common.yes');
      await answer('hotline.field.satisfaction', 'ratings.basically_satisfied');
    });
    await street.getByText(says('hotline.status.closed')).first().waitFor();
  });

  let second = '';
  await scene(
    'another is appealed, done by the street itself, and its callback left out by a second person',
    async () => {
      second = ok(
        await streetApi.post('/hotline/cases', {
          number: `${number}B`,
          receivedAt: new Date(Date.now() - 60_000).toISOString(),
          description: '北墙裂了，怕倒',
        }),
      ).id;
      await step(streetApi, second, 'pass', { toScopeId: compound.id });
      await opens(desk, second);
      await does(desk, 'hotline.action.object', async (form) => {
        await form.getByRole('combobox').selectOption('not_our_duty');
        await form.getByRole('textbox').fill('北墙是隔壁单位的');
      });
      await opens(street, second);
      await does(street, 'hotline.action.uphold', async (form) => {
        await form.getByRole('textbox').fill('属实，街道自己办');
      });
      expect((await deskApi.get(`/hotline/cases/${second}`)).status).toBe(404);
      await step(streetApi, second, 'sign');
      await step(streetApi, second, 'contact', { how: 'visit' });
      await step(streetApi, second, 'reply', { text: '已请产权单位加固' });
      await step(streetApi, second, 'record_callback', {
        isValid: true,
        wasContacted: true,
        isSolved: false,
        satisfaction: 'unsatisfied',
      });
      await opens(street, second);
      await does(street, 'hotline.action.ask_exclusion', async (form) => {
        await form.getByRole('combobox').selectOption({ index: 1 });
        await form.getByRole('textbox').fill('不是街道的职责');
      });
      // Who asked does not decide it, and reads why.
      await expect.poll(() => button(street, 'hotline.action.decide_exclusion').count()).toBe(0);
      await street.getByText(says('hotlineReasons.second_person')).first().waitFor();
      await city.goto('/desk/hotline?queue=exclusion');
      await settled(city);
      await city.getByRole('link', { name: `${number}B` }).click();
      await does(city, 'hotline.action.decide_exclusion', async (form) => {
        await form.getByText(says('hotline.field.approve.yes'), { exact: true }).click();
        await form.getByRole('textbox').fill('核实属实');
      });
      await city.getByText(says('hotline.exclusions.approved')).first().waitFor();
    },
  );

  await scene(
    'the ranking is what anybody computes from the export; each figure opens its list',
    async () => {
      const csv = await cityApi.get('/exports/hotline-callbacks?format=csv&locale=zh-CN');
      const own = recompute(csv.body as string);
      await city.goto('/desk/hotline-rates');
      await settled(city);
      const table = city.getByRole('region', { name: says('hotline.rates.title') });
      expect(own.size).toBeGreaterThan(0);
      for (const [unit, [, , , score]] of own) {
        const row = table
          .getByRole('row')
          .filter({ has: city.getByRole('rowheader', { name: unit, exact: true }) });
        expect([unit, (await row.getByRole('cell').last().innerText()).trim()]).toEqual([
          unit,
          score === null ? '–' : score.toFixed(1),
        ]);
      }
      await table.getByRole('row').nth(1).getByRole('link').last().click();
      await city
        .getByRole('link', { name: new RegExp(number) })
        .first()
        .waitFor();
    },
  );
  // The number that was refused on purpose.
  for (const page of pages) expect(complaintsOf(page, /422 .*\/hotline\/cases\)/)).toEqual([]);
});
