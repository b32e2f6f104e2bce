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
