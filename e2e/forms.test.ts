import { afterAll, beforeAll, expect } from 'vitest';
import type { Page } from 'playwright-core';
import type { Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { formBody, ok, someForms } from './forms.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * One entry serves many forms: the street may not ask for the owner's name, which is known; it asks whether a dog lives
 * there. The committee fills in nothing but that, hands it over, and the street takes it.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

const press = (page: Page, key: Parameters<typeof says>[0]) =>
  page.getByRole('button', { name: says(key), exact: true }).click();

story('a street asks, a committee fills in only what nobody knows', async (scene) => {
  const { server } = product;
  const { scopeId } = await someForms(server.url, Date.now());
  const street = await product.enter('street', 'desktop');
  const committee = await product.enter('committee', 'desktop');
  const draft = formBody(Date.now(), '', []);
  let formId = '';

  await scene('the street asks for the owner’s name and is told that it is known', async () => {
    await street.goto('/desk/forms/new');
    await settled(street);
    const fill = (key: Parameters<typeof says>[0], value: string) =>
      street.getByLabel(says(key), { exact: true }).fill(value);
    await fill('forms.name', '小区犬只登记');
    await fill('forms.authority', draft.authority);
    await fill('forms.documentNo', draft.documentNo);
    await fill('forms.periodFrom', draft.periodFrom);
    await fill('forms.periodTo', draft.periodTo);
    await fill('forms.dueOn', draft.dueOn);
    await street.getByLabel(says('forms.subject'), { exact: true }).selectOption('compound');
    await street.getByLabel(says('forms.addKnown'), { exact: true }).selectOption('compound.homes');
    await press(street, 'forms.addQuestion');
    await fill('forms.question', '物业公司名称');
    await press(street, 'forms.save');
    const field = says('forms.field.compound.company');
    await street.getByText(says('forms.knownAlready', { field })).waitFor();
    expect(await accessibilityFaults(street)).toEqual([]);
    await street.getByRole('button', { name: says('forms.useKnown', { field }) }).click();
    await press(street, 'forms.addQuestion');
    await fill('forms.question', '有无犬只活动区');
    await press(street, 'forms.save');
    await street.waitForURL(/forms\/[0-9a-f-]{36}$/u);
  });

  await scene('and publishes it', async () => {
    formId = street.url().split('/').at(-1) ?? '';
    await press(street, 'forms.publish');
    await street
      .getByRole('alertdialog')
      .getByRole('button', { name: says('forms.publish'), exact: true })
      .click();
    await street.getByRole('heading', { name: says('forms.progress') }).waitFor();
  });

  await scene('the committee answers the one question that is left, and hands it over', async () => {
    await committee.goto(`/desk/forms/tasks/${scopeId}/${formId}`);
    await settled(committee);
    await committee.locator('[data-question]').selectOption('yes');
    const hand = committee.getByRole('button', { name: says('forms.submit'), exact: true });
    await until('it may be handed over', async () => (await hand.getAttribute('aria-disabled')) === null);
    await hand.click();
    await committee.getByText(says('forms.states.submitted'), { exact: true }).waitFor();
    expect(await accessibilityFaults(committee)).toEqual([]);
  });

  await scene('the street takes it', async () => {
    await street.goto(`/desk/forms/tasks/${scopeId}/${formId}`);
    await press(street, 'forms.accept');
    await street.getByText(says('forms.states.accepted'), { exact: true }).first().waitFor();
    const api = await server.as('street');
    const burden: Json = ok(await api.get('/forms/report')).items.find(
      (item: Json) => item.formId === formId,
    );
    expect(burden).toMatchObject({ asked: 3, known: 2, questions: 1, typed: 1, reasked: 0, accepted: 1 });
  });
  // Refused on purpose.
  expect(complaintsOf(street, /status of 422/u)).toEqual([]);
  expect(complaintsOf(committee)).toEqual([]);
});

story('two who fill in the same sheet do not overwrite each other unseen', async (scene) => {
  const { server } = product;
  const { scopeId, formId } = await someForms(server.url, Date.now());
  const committee = await product.enter('committee', 'desktop');
  const worker = await product.enter('social_worker', 'desktop');
  // A home that nothing else here answers.
  const words = (page: Page) => page.locator('[data-question="备用钥匙存放"]').nth(3);
  const choice = (page: Page) => page.locator('[data-question="充电方式"]').nth(3);
  const saved = (page: Page) => page.getByText(says('forms.savedAt'), { exact: true }).waitFor();
  const cell = async (at: number): Promise<Json> => {
    const api = await server.as('committee');
    const { items } = ok(await api.get(`/forms/tasks/${formId}/rows?scopeId=${scopeId}&limit=4`));
    return items[3].cells[at].value;
  };
  for (const page of [committee, worker]) {
    await page.goto(`/desk/forms/tasks/${scopeId}/${formId}`);
    await words(page).waitFor();
  }

  await scene('the committee answers first', async () => {
    await words(committee).fill('在值班室');
    await words(committee).blur();
    await choice(committee).selectOption('换电柜');
    await until('both are kept', async () => (await cell(4)) === '换电柜' && (await cell(5)) === '在值班室');
    await saved(committee);
  });

  await scene('the social worker, who has not seen it, is shown both beside the cell', async () => {
    await words(worker).fill('在邻居家');
    await words(worker).blur();
    const alert = worker.getByRole('alert');
    await alert.getByText('在值班室').waitFor();
    expect(await words(worker).inputValue()).toBe('在邻居家');
    expect(await cell(5)).toBe('在值班室');
    expect(await accessibilityFaults(worker)).toEqual([]);
    // To leave it once more sends nothing.
    await words(worker).focus();
    await words(worker).blur();
    await alert.getByRole('button', { name: says('forms.putMine'), exact: true }).click();
    await alert.waitFor({ state: 'detached' });
    expect(await cell(5)).toBe('在邻居家');
    await saved(worker);
  });

  await scene('and leaves what the committee chose', async () => {
    // Seen by now, and chosen anew meanwhile.
    await until('it is seen', async () => (await choice(worker).inputValue()) === '换电柜');
    await choice(committee).selectOption('没有电动车');
    await until('it is kept', async () => (await cell(4)) === '没有电动车');
    await choice(worker).selectOption('充电棚');
    const alert = worker.getByRole('alert');
    await alert.getByText('没有电动车').waitFor();
    expect(await choice(worker).inputValue()).toBe('充电棚');
    await alert.getByRole('button', { name: says('forms.leaveTheirs'), exact: true }).click();
    await alert.waitFor({ state: 'detached' });
    expect(await choice(worker).inputValue()).toBe('没有电动车');
    expect(await cell(4)).toBe('没有电动车');
    await saved(worker);
  });
  expect(complaintsOf(committee)).toEqual([]);
  // Refused on purpose.
  expect(complaintsOf(worker, /status of 409/u)).toEqual([]);
});
