import { afterAll, beforeAll, expect } from 'vitest';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/* Somebody else's app reports to the street and follows what becomes of it; the street and the desk decide what it may. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

interface Answer {
  readonly status: number;
  // What another app reads; its shape is what the test looks at.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly said: any;
}

const ask = async (path: string, form?: Record<string, string>): Promise<Answer> => {
  const init = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const response = await fetch(`${product.server.url}/open311/v2/${path}`, init);
  return { status: response.status, said: await response.json() };
};

story('an app is given a key, reports, and reads the words that the desk approved', async (step) => {
  const street = await product.enter('street', 'desktop');
  const app = `街拍 ${Date.now()}`;
  let key = '';
  await step('the street gives a key, which is shown once', async () => {
    await street.goto('/desk/open311');
    await street.getByRole('button', { name: says('open311.clients.add') }).click();
    const form = street.getByRole('alertdialog');
    await form.getByRole('textbox', { name: says('open311.clients.name') }).fill(app);
    await form.getByRole('button', { name: says('open311.clients.create') }).click();
    const shown = street.getByRole('dialog', { name: says('open311.clients.key') });
    key = (await shown.locator('code').textContent()) ?? '';
    await shown.getByRole('button', { name: says('open311.clients.done') }).click();
    await shown.waitFor({ state: 'detached' });
    await street.getByText(app).waitFor();
    expect(key).toMatch(/^[\w-]{32}$/);
    expect(await street.content()).not.toContain(key);
  });

  let id = '';
  await step('the app reports a loose cover at the street’s second building', async () => {
    const desk = await product.server.as('desk');
    const { id: scopeId } = (await desk.get('/places/scopes?kind=compound')).body.items[0];
    const [building] = (await desk.get(`/places/scopes/${scopeId}/buildings`)).body.items;
    const report = {
      api_key: key,
      service_code: 'building.manhole',
      address_id: building.id,
      description: `井盖翘起来了 ${Date.now()}`,
      first_name: '小燕',
      last_name: '陈',
      phone: '13000001234',
      media_url: 'https://photos.example/1.jpg',
    };
    const refused = await ask('requests.json', report);
    expect([refused.status, refused.said[0].description]).toEqual([
      400,
      expect.stringContaining('attribute[fenced]'),
    ]);
    const taken = await ask('requests.json', { ...report, 'attribute[fenced]': 'no' });
    expect(taken.status).toBe(200);
    id = taken.said[0].service_request_id;
    const read = await ask(`requests/${id}.json`);
    expect(read.said[0]).toMatchObject({ status: 'open', description: null, address_id: building.id });
  });

  const desk = await product.enter('desk', 'desktop');
  const panel = desk.getByRole('region', { name: says('open311.panel.title') });
  await step('the desk sees what came, and who sent it after saying why', async () => {
    await desk.goto(`/desk/?queue=all&q=${id.slice(0, -5)}`);
    await desk.locator('[data-row]').first().click();
    await panel.getByText(says('open311.panel.public', { id })).waitFor();
    const link = panel.getByRole('link', { name: 'https://photos.example/1.jpg' });
    expect(await link.getAttribute('rel')).toContain('noreferrer');
    await panel.getByText('130****1234').waitFor();
    await panel.getByRole('button', { name: says('open311.panel.sender.show') }).click();
    await panel.getByRole('button', { name: says('people.reveal.do') }).click();
    await panel.getByRole('link', { name: '13000001234' }).waitFor();
    await settled(desk);
    expect(await accessibilityFaults(desk)).toEqual([]);
    await panel.getByRole('button', { name: says('people.reveal.hide') }).click();
  });

  await step('words are approved, and the app reads them', async () => {
    await panel.getByRole('button', { name: says('open311.panel.text.edit') }).click();
    await panel.getByRole('textbox', { name: says('open311.panel.text') }).fill('楼前井盖松动,已围挡');
    await panel.getByRole('button', { name: says('open311.panel.text.save') }).click();
    await panel.getByText('楼前井盖松动,已围挡').waitFor();
    // The words stand in the field before they are stored.
    await expect
      .poll(async () => (await ask(`requests/${id}.json`)).said[0].description)
      .toBe('楼前井盖松动,已围挡');
  });

  await step('a word from the app stands in the order’s story', async () => {
    const update = { api_key: key, service_request_id: id, update_id: '1', description: '还在那里' };
    expect((await ask('servicerequestupdates.json', update)).status).toBe(200);
    await desk.getByText('还在那里').first().waitFor();
  });

  await step(
    'the street takes the category back, and nobody reads it any more; then offers it again',
    async () => {
      const box = street.getByRole('checkbox', {
        name: says('open311.services.publish', { name: '井盖缺失' }),
      });
      const isGone = async (): Promise<boolean> => (await ask(`requests/${id}.json`)).status === 404;
      // The box itself is drawn; what is pressed is its label. It shows what the server answered, which comes after what an app reads.
      await street.getByText('井盖缺失', { exact: true }).click();
      await until('it is gone', isGone);
      await until(
        'its box is empty and free',
        async () => !(await box.isChecked()) && (await box.isEnabled()),
      );
      await street.getByText('井盖缺失', { exact: true }).click();
      await until('it is back', async () => !(await isGone()));
    },
  );

  await step('the key is revoked, and opens nothing', async () => {
    await street.getByRole('button', { name: says('open311.clients.revoke.named', { name: app }) }).click();
    await street
      .getByRole('alertdialog')
      .getByRole('button', { name: says('open311.clients.revoke'), exact: true })
      .click();
    await street.getByRole('alertdialog').waitFor({ state: 'detached' });
    const refused = await ask('requests.json', { api_key: key, service_code: 'building.manhole' });
    expect(refused.status).toBe(403);
  });
  expect([...complaintsOf(street), ...complaintsOf(desk)]).toEqual([]);
});
