import { randomUUID } from 'node:crypto';
import { addDays, localDate } from '@gongzhi/kernel';
import { Client } from '../test/server.ts';
import { drawn } from './checks.ts';
import { scrollsInItsBox, type Stop } from './stops.ts';
import type { MessageKey } from './words.ts';

/** A gate with a reader, a measure at it, and a morning's passages: put up once, as the manager and the street would. */
async function someGates(origin: string): Promise<string> {
  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(origin);
    client.keep(await client.post('/auth/sessions', { personaId }));
    return client;
  };
  const [manager, street] = [await as('manager'), await as('street')];
  const [{ scopeId }] = (await manager.get('/work-orders?limit=1&queue=open')).body.items;
  const own = (await manager.get(`/access/gates?scopeId=${scopeId}`)).body.items;
  if (own.some(({ code }: { code: string }) => code === 'E-1')) return scopeId;
  const made = await manager.post('/access/gates', {
    scopeId,
    code: 'E-1',
    name: '东门',
    kind: 'both',
    direction: 'both',
    buildingId: null,
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 300, toMinute: 1_440 }],
  });
  if (made.status !== 201) throw new Error(`the gate answered ${made.status}`);
  const hung = await manager.post(`/access/gates/${made.body.id}/devices?scopeId=${scopeId}`, {
    kind: 'reader',
    label: '东门读卡器',
  });
  const device = hung.body.devices[0].id as string;
  const { userName, password } = (
    await manager.post(`/access/devices/${device}/credentials?scopeId=${scopeId}`)
  ).body;
  const now = Date.now();
  const ordered = await street.post('/access/measures', {
    scopeId,
    buildingId: null,
    name: '进门测温',
    authority: '区疾病预防控制机构',
    documentNo: '区疾控〔2026〕7号',
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 7 * 86_400_000).toISOString(),
    checks: { temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'in' } },
    onNoAnswer: { kind: 'refer' },
    answerWithinMilliseconds: 800,
    answerHoldsMinutes: 30,
    retentionDays: 14,
    tracing: true,
    followUp: { days: 7, awayHours: 24 },
  });
  if (ordered.status !== 201) throw new Error(`the measure answered ${ordered.status}`);
  const issued = await manager.post('/access/passes', {
    scopeId,
    kind: 'contractor',
    name: '赵师傅',
    authority: '区电力维修队',
    permitNumber: '施工许可 2026-118',
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1_440 }],
    validFrom: new Date(now).toISOString(),
    validTo: new Date(now + 7 * 86_400_000).toISOString(),
  });
  if (issued.status !== 201) throw new Error(`issuing a pass answered ${issued.status}`);
  const { pass: who, code } = issued.body as { pass: { id: string }; code: string };
  const noted = await manager.post('/access/follow-ups', {
    scopeId,
    policyId: ordered.body.id,
    passId: who.id,
    words: '上周在外地出差',
    cameOn: localDate(now),
  });
  if (noted.status !== 201) throw new Error(`noting who came home answered ${noted.status}`);
  const checks = [
    { direction: 'out' },
    { direction: 'out' },
    { direction: 'in', temperature: 38.2 },
    { direction: 'in', urgent: 'dialysis' },
    { direction: 'in', temperature: 36.4, text: code },
  ].map((check) => ({ id: randomUUID(), ...check }));
  const sent = await fetch(`${origin}/api/v1/access/checks`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ checks }),
  });
  if (sent.status !== 200) throw new Error(`the checks answered ${sent.status}`);
  // What the committee asks for on a written request: one for the street to decide, one decided.
  const committee = await as('committee');
  for (const number of ['1', '2']) {
    const asked = await committee.post('/access/tracings', {
      scopeId,
      policyId: ordered.body.id,
      requestNo: `区卫健〔2026〕3${number}号`,
      authority: '区卫生健康局',
      documentRef: '社区档案 2026-17',
      requestedOn: localDate(now),
      matter: '一例确诊病例的同行人',
      gateId: made.body.id,
      passageId: checks.at(-1)!.id,
      from: ordered.body.startsAt,
      to: new Date().toISOString(),
      windowMinutes: 10,
      destroyOn: addDays(localDate(now), 7),
    });
    if (asked.status !== 201) throw new Error(`asking for a tracing answered ${asked.status}`);
    if (number === '1') continue;
    const decided = await street.post(`/access/tracings/${asked.body.id}/decision?scopeId=${scopeId}`, {
      expectedVersion: 1,
      isAuthorised: true,
      reason: '已核对原件',
    });
    if (decided.status !== 200) throw new Error(`deciding answered ${decided.status}`);
  }
  return scopeId;
}

const stop = (name: string, as: string, tab: string | null, open: Stop['open']): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/gates',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    const scopeId = await someGates(origin);
    const query = new URLSearchParams({ scope: scopeId, ...(tab === null ? {} : { tab }) });
    await page.goto(`${origin}/desk/gates?${query}`);
    await open(page, say);
  },
});
const table: Stop['open'] = async (page) => {
  await page.getByRole('table').first().waitFor();
};
const dialog: Stop['open'] = async (page) => {
  await page.getByRole('alertdialog').waitFor();
};

const pressing =
  (key: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page
      .getByRole('button', { name: say(key), exact: true })
      .first()
      .click();
    await dialog(page, say);
  };
/** Until it is known which gate each passage was at, the page says that it is being opened and shows no row. */
const namesComeLate: Stop['open'] = async (page, say) => {
  let come = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route('**/access/gates?*', async (route) => {
    await held;
    await route.continue();
  });
  const passages = page.waitForResponse(/\/access\/passages\?/);
  await page.reload();
  await (await passages).finished();
  await page
    .getByRole('status')
    .filter({ hasText: say('common.loading') })
    .first()
    .waitFor();
  await drawn(page);
  const early = await page.getByRole('table').count();
  come();
  await page.getByRole('table').first().waitFor();
  await page.unroute('**/access/gates?*');
  if (early > 0) throw new Error('rows are shown before their gates have names');
};
/** A button that says to whom or what it belongs. */
const starting =
  (key: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page
      .getByRole('button', { name: new RegExp(`^${say(key)} `, 'u') })
      .first()
      .click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
  };

/** Gates, who went through, and the measures at them. */
export const gatePages: readonly Stop[] = [
  stop('gates', 'manager', null, table),
  stop('gates, a new one', 'manager', null, async (page, say) => {
    await page.getByRole('button', { name: say('gates.new'), exact: true }).click();
    await dialog(page, say);
  }),
  stop('gates, a key shown once', 'manager', null, async (page, say) => {
    await table(page, say);
    await page
      .getByRole('button', { name: new RegExp(`^${say('gates.keyAgain')} `, 'u') })
      .first()
      .click();
    await page
      .getByRole('button', { name: say('gates.keyAgain'), exact: true })
      .last()
      .click();
    await page.getByText(say('gates.keyWords')).waitFor();
  }),
  stop('gates, who went through', 'manager', 'passages', table),
  stop('gates, on a phone', 'manager', null, scrollsInItsBox),
  stop('gates, who went through, on a phone', 'manager', 'passages', scrollsInItsBox),
  stop('gates, passages before any names', 'manager', 'passages', namesComeLate),
  stop('gates, letting somebody through', 'manager', 'passages', async (page, say) => {
    await table(page, say);
    await page
      .getByRole('button', { name: say('gates.passage.override'), exact: true })
      .first()
      .click();
    await dialog(page, say);
  }),
  stop('gates, measures', 'street', 'measures', async (page, say) => {
    await page
      .getByRole('button', { name: new RegExp(`^${say('gates.measures.end')} `, 'u') })
      .first()
      .waitFor();
  }),
  stop('gates, carrying out a decision', 'street', 'measures', async (page, say) => {
    await page.getByRole('button', { name: say('gates.measures.new'), exact: true }).click();
    await dialog(page, say);
  }),
  stop('gates, who is looked after', 'manager', 'followUps', table),
  stop('gates, noting who came home', 'manager', 'followUps', pressing('followUp.declare')),
  stop('gates, what came of it', 'manager', 'followUps', starting('followUp.settle')),
  stop('gates, asking for a tracing', 'committee', 'passages', starting('tracing.ask')),
  stop('gates, tracings', 'committee', 'tracing', starting('tracing.open')),
  stop('gates, deciding on a tracing', 'street', 'tracing', starting('tracing.decideTitle')),
  stop('gates, a measure of the whole street', 'street', 'measures', async (page, say) => {
    await pressing('gates.measures.new')(page, say);
    await page.getByLabel(say('gates.reach.label'), { exact: false }).first().selectOption('street');
    await page.getByText(say('gates.reach.words')).waitFor();
  }),
  stop('gates, nothing destroyed yet', 'street', 'destroyed', async (page, say) => {
    await page.getByText(say('gates.destroyed.none')).waitFor();
  }),
];
