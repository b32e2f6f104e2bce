import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf } from './browser.ts';
import { ableFor, orderFor } from './orders.ts';
import { type Product, startProduct } from './product.ts';
import { says } from './words.ts';

/* Somebody acts on what a page showed, and meanwhile it has changed: what changed is said, what was typed stays. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

interface Row {
  id: string;
  scopeId: string;
  version: number;
}
const at = ({ id, scopeId }: Row, rest = ''): string => `/work-orders/${id}${rest}?scopeId=${scopeId}`;

test('two desks assign one order: the second is told what the first did, and keeps its form', async () => {
  const colleague = await product.server.as('desk');
  const { order, other } = await orderFor(colleague, '李海生');

  const page = await product.open('desktop');
  // The line that would tell this page is cut: it stays behind.
  await page.route('**/api/v1/live', (route) => route.abort());
  await page.goto('/desk/sign-in');
  await page.getByRole('button', { name: '蒋春霞' }).click();
  await page.getByRole('navigation', { name: says('console.nav') }).waitFor();
  await page.goto(`/desk/?queue=unassigned&order=${order.id}&in=${order.scopeId}`);
  await page.getByRole('button', { name: says('actions.assign') }).click();
  await page.getByRole('option', { name: '李海生' }).click();

  const first = await colleague.post(at(order, '/commands'), {
    action: 'assign',
    expectedVersion: order.version,
    assigneeAccountId: other.accountId,
  });
  expect(first.status).toBe(200);

  const form = page.getByRole('form');
  await form.getByRole('button', { name: says('actions.assign'), exact: true }).click();
  const told = page.getByRole('alert').filter({ hasText: says('console.stale.title') });
  await told.getByText(other.displayName).first().waitFor();
  await told.getByText(says('console.stale.kept')).waitFor();
  await page.getByRole('option', { name: '李海生', selected: true }).waitFor();

  // Nothing was done behind anybody's back.
  const now = (await colleague.get(at(order))).body;
  expect(now.assigneeName).toBe(other.displayName);
  expect(complaintsOf(page, /409|ERR_FAILED/)).toEqual([]);
});

test("a worker accepts what was taken from him meanwhile: his page says so, and the order isn't touched", async () => {
  const desk = await product.server.as('desk');
  const worker = await product.server.as('worker');
  const [order] = (await worker.get('/work-orders?assignee=me&status=assigned&limit=1')).body.items as [Row];
  const other = (await ableFor(desk, order)).find(({ displayName }) => displayName !== '李海生');

  const page = await product.open('phone');
  await page.route('**/api/v1/live', (route) => route.abort());
  await page.goto('/m/sign-in');
  await page.getByRole('button', { name: '李海生' }).click();
  await page.getByRole('navigation').waitFor();
  await page.goto(`/m/work/${order.scopeId}/${order.id}`);
  const accept = page.getByRole('button', { name: says('actions.accept'), exact: true });
  await accept.waitFor();
  const moved = await desk.post(at(order, '/commands'), {
    action: 'transfer',
    expectedVersion: order.version,
    assigneeAccountId: other?.accountId,
    reason: '他离得近',
  });
  expect(moved.status).toBe(200);
  await accept.click();
  await page.getByText(says('mobile.work.notTaken')).first().waitFor();
  const now = (await desk.get(at(order))).body;
  expect([now.status, now.assigneeName]).toEqual(['assigned', other?.displayName]);
  expect(complaintsOf(page, /40[349]|ERR_FAILED/)).toEqual([]);
});
