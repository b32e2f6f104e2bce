import { createHmac } from 'node:crypto';
import { codeMessage, dayKeyText, PHONE_CODE, STEP, stepOf, writeCode } from '@gongzhi/gate';
import { HOUR, localDate } from '@gongzhi/kernel';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type FaultProxy, openFaultProxy } from '../test/fault-proxy.ts';
import type { Client, Json } from '../test/server.ts';
import { complaintsOf, newContext, watch } from './browser.ts';
import { GATES, pairingCode, type SomeGates, someGates } from './gates.ts';
import { scan } from './pages-gate.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * The gate at eight in the morning, in a browser whose wire is really cut: a resident, a visitor, a van, and a
 * neighbour under a notice of isolation who must go to dialysis.
 */
let product: Product;
let wire: FaultProxy;
beforeAll(async () => {
  product = await startProduct();
  wire = await openFaultProxy(product.server.url);
});
afterAll(async () => {
  await wire?.close();
  await product?.close();
});

const ok = ({ status, body }: { status: number; body: Json }, wanted: number): Json => {
  if (status !== wanted) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};

interface PhoneOfResident {
  readonly scopeId: string;
  readonly householdId: string;
  readonly ref: string;
  readonly passId: string;
  readonly secret: Buffer;
}

async function phoneOf(client: Client): Promise<PhoneOfResident> {
  const [home] = ok(await client.get('/me'), 200).acting.households;
  const own = { scopeId: home.scopeId, householdId: home.id };
  const pass = ok(await client.post('/access/own/passes', own), 200);
  const key = ok(await client.post(`/access/own/passes/${pass.id}/key?scopeId=${own.scopeId}`), 200);
  return { ...own, ref: pass.ref, passId: pass.id, secret: Buffer.from(key.secret, 'base64') };
}

/** What that phone shows now, or so many half minutes from now; it needs nobody for it. */
function codeOf({ scopeId, ref, secret }: PhoneOfResident, ahead = 0): string {
  const step = stepOf(Date.now()) + ahead;
  const message = codeMessage(PHONE_CODE, ref, step);
  const day = createHmac('sha256', secret)
    .update(dayKeyText(scopeId, localDate(step * STEP, 'Asia/Shanghai')))
    .digest()
    .subarray(0, 16);
  return writeCode(message, createHmac('sha256', day).update(message).digest());
}

story('eight in the morning, with the wire cut', async (step) => {
  const origin = new URL(wire.through(product.server.url)).origin;
  const gates: SomeGates = await someGates(product.server.url);
  const { scopeId } = gates;
  const as = (persona: string): Promise<Client> => product.server.as(persona);
  const [resident, neighbour, desk, manager, street, committee, guard] = await Promise.all([
    as('resident'),
    as('neighbour'),
    as('desk'),
    as('manager'),
    as('street'),
    as('committee'),
    as('guard'),
  ]);
  const [own, next] = [await phoneOf(resident), await phoneOf(neighbour)];
  const at = (ahead: number): string => new Date(Date.now() + ahead).toISOString();
  const invite = async (name: string, entries: number): Promise<Json> =>
    ok(
      await resident.post('/access/invitations', {
        scopeId,
        householdId: own.householdId,
        kind: 'visitor',
        name,
        validFrom: at(0),
        validTo: at(4 * HOUR),
        entries,
      }),
      201,
    );
  const guest = await invite('高晓岚', 2);
  const friend = await invite('马师傅', 1);
  ok(
    await desk.post('/access/passes', {
      scopeId,
      kind: 'vehicle',
      vehicleKind: 'resident',
      plate: '京A3F907',
      householdId: own.householdId,
      name: '沈若兰',
      validFrom: at(0),
    }),
    201,
  );
  const measure = ok(
    await street.post('/access/measures', {
      scopeId,
      buildingId: null,
      name: '居家隔离',
      authority: '某区疾病预防控制中心',
      documentNo: '2026-17',
      startsAt: at(-HOUR),
      endsAt: at(7 * 24 * HOUR),
      checks: { list: { otherwise: 'refer' } },
      onNoAnswer: { kind: 'refer' },
      answerWithinMilliseconds: 500,
      answerHoldsMinutes: 60,
      retentionDays: 30,
    }),
    201,
  );
  ok(
    await committee.post('/access/list-entries', {
      scopeId,
      kind: 'isolation',
      householdId: next.householdId,
      reason: '密切接触者',
      authority: '某区疾病预防控制中心',
      documentNo: '2026-17-3',
      policyId: measure.id,
      endsAt: at(6 * 24 * HOUR),
    }),
    201,
  );

  const context = await newContext(product.browser, 'phone', origin);
  const [name = '', value = ''] = guard.cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: origin }]);
  const page: Page = await context.newPage();
  watch(page);
  const answer = (key: Parameters<typeof says>[0]): Promise<void> =>
    page.getByRole('status').getByText(says(key), { exact: true }).waitFor();
  const nextPerson = (): Promise<void> =>
    page.getByRole('button', { name: says('mobile.gate.next') }).click();
  const way = (direction: 'in' | 'out'): Promise<void> =>
    page.getByText(says(`mobile.gate.${direction}`), { exact: true }).click();
  const waiting = (count: number) => page.getByText(says('mobile.gate.waiting', { count }), { exact: true });
  const passages = (gateId: string): Promise<Json[]> =>
    product.sql(
      `select passage_id as id, outcome, decided_by as by, direction from access.passage where gate_id = $1 order by seq`,
      [gateId],
    );

  await step('the phone becomes the north gate’s and keeps its page and its list', async () => {
    await page.goto('/m/');
    await page
      .getByRole('textbox', { name: says('mobile.gate.pair.code') })
      .fill(await pairingCode(product.server.url, gates.north));
    await page.getByRole('button', { name: says('mobile.gate.pair.submit') }).click();
    await page.getByRole('heading', { name: GATES.N }).waitFor();
    await page.getByText(says('mobile.gate.idle')).waitFor();
    await page.getByText(says('mobile.gate.list.none')).waitFor({ state: 'detached' });
    await until('the page is kept on the phone', () =>
      page.evaluate<boolean>(
        `caches.match('/m/').then((page) => page !== undefined && navigator.serviceWorker.controller !== null)`,
      ),
    );
  });

  await step('with the line: a resident, once and not twice', async () => {
    // The very same one: half a minute later the phone shows another.
    const shown = codeOf(own);
    await scan(page, shown);
    await answer('gate.say.welcome');
    await scan(page, shown);
    await answer('gate.say.code_replayed');
    await nextPerson();
    const rows = await passages(gates.north);
    expect(rows.map(({ outcome, by }) => [outcome, by])).toEqual([
      ['pass', 'server'],
      ['refuse', 'server'],
    ]);
  });

  await step('the wire is cut, the page is opened anew, and the gate goes on', async () => {
    wire.down();
    await page.reload();
    await page.getByRole('heading', { name: GATES.N }).waitFor();
    await scan(page, guest.code);
    await answer('gate.say.welcome');
    await page.getByText(says('mobile.gate.decidedHere')).waitFor();
    await page.getByText(says('mobile.gate.line.down'), { exact: true }).waitFor();
    await waiting(1).waitFor();
    // The resident's next code, from a phone without a network at a gate without one.
    await scan(page, codeOf(own, 1));
    await waiting(2).waitFor();
    await answer('gate.say.welcome');
    await scan(page, friend.code);
    await waiting(3).waitFor();
    await answer('gate.say.welcome');
    await scan(page, friend.code);
    await answer('gate.say.pass_used_up');
    await nextPerson();
    await waiting(4).waitFor();
  });

  await step('a van, by its plate', async () => {
    await page.getByRole('button', { name: says('mobile.gate.more') }).click();
    await page.getByRole('textbox', { name: says('mobile.gate.number') }).fill('京A·3F907');
    await page.getByRole('button', { name: says('mobile.gate.check'), exact: true }).click();
    await answer('gate.say.welcome');
  });

  await step('who is to stay at home is asked to; to dialysis the way is free', async () => {
    await way('out');
    await scan(page, codeOf(next));
    await answer('gate.say.isolated');
    await page.getByText(says('gate.remedy.isolated')).waitFor();
    await nextPerson();
    await page.getByRole('button', { name: says('mobile.gate.more') }).click();
    await page.getByRole('button', { name: says('gate.urgent.dialysis') }).click();
    await answer('gate.say.urgent');
    await waiting(7).waitFor();
  });

  await step('meanwhile the same guest’s friend is let in at the south gate', async () => {
    const south = ok(
      await guard.post('/access/guard-phones', {
        code: await pairingCode(product.server.url, gates.south),
      }),
      201,
    );
    const basic = Buffer.from(`${south.scopeId}/${south.deviceId}:${south.key}`).toString('base64');
    const said = await fetch(`${product.server.url}/api/v1/access/checks`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        checks: [{ id: crypto.randomUUID(), direction: 'in', code: friend.code }],
      }),
    });
    expect(await said.json()).toMatchObject({ results: [{ outcome: 'pass' }] });
  });

  await step(
    'the wire is mended: everything arrives once, in order, and what was wrong is told to both',
    async () => {
      wire.mend();
      await page.getByText(says('mobile.gate.line.up'), { exact: true }).waitFor();
      await waiting(7).waitFor({ state: 'detached' });
      const rows = (await passages(gates.north)).slice(2);
      expect(rows.map(({ outcome, by, direction }) => [outcome, by, direction])).toEqual([
        ['pass', 'offline', 'in'],
        ['pass', 'offline', 'in'],
        ['pass', 'offline', 'in'],
        ['refuse', 'offline', 'in'],
        ['pass', 'offline', 'in'],
        ['refer', 'offline', 'out'],
        ['pass_report', 'offline', 'out'],
      ]);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(7);
      await page.getByText(says('mobile.gate.flags.title', { count: 1 })).waitFor();
      const { items } = ok(await manager.get(`/access/flags?scopeId=${scopeId}`), 200);
      expect(items).toMatchObject([{ kind: 'used_twice', gateName: GATES.N, otherGateName: GATES.S }]);
      await page.getByRole('button', { name: says('mobile.gate.flags.seen') }).click();
      await page.getByText(says('mobile.gate.flags.title', { count: 1 })).waitFor({ state: 'detached' });
    },
  );

  await step('the manager sees it at the desk and settles it', async () => {
    const desktop = await product.enter('manager', 'desktop');
    await desktop.goto('/desk/gate-phones');
    await desktop.getByText(says('gatePhones.kind.used_twice')).waitFor();
    await desktop.getByRole('button', { name: says('gatePhones.settle'), exact: true }).click();
    await desktop.getByText(says('gatePhones.noFlags'), { exact: true }).waitFor();
    expect(complaintsOf(desktop)).toEqual([]);
  });

  expect(complaintsOf(page, /ERR_|Failed to (?:load|fetch)|net::/)).toEqual([]);
  await context.close();
});
