import { Client, type Json } from '../test/server.ts';
import { someGates } from './gates.ts';
import type { Stop } from './stops.ts';
import { onWatch } from './pages-gate.ts';

/** A barrier at the north gate that nobody has plugged in, and a resident who stands there and asks. */

async function entered(origin: string, personaId: string): Promise<Client> {
  const client = new Client(origin);
  client.keep(await client.post('/auth/sessions', { personaId }));
  return client;
}

const ok = ({ status, body }: { status: number; body: Json }): Json => {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};

const BARRIER = '北门道闸';

async function aBarrier(origin: string): Promise<{ scopeId: string; north: string }> {
  const { scopeId, north } = await someGates(origin);
  const manager = await entered(origin, 'manager');
  const gateOf = async (): Promise<Json> =>
    ok(await manager.get(`/access/gates?scopeId=${scopeId}`)).items.find(({ id }: Json) => id === north);
  const barrierOf = (gate: Json): Json => gate.devices.find(({ label }: Json) => label === BARRIER);
  if (barrierOf(await gateOf()) === undefined) {
    for (const [kind, label] of [
      ['barrier', BARRIER],
      ['reader', '北门扫码器'],
    ])
      ok(await manager.post(`/access/gates/${north}/devices?scopeId=${scopeId}`, { kind, label }));
    const { id } = barrierOf(await gateOf());
    ok(await manager.post(`/access/devices/${id}/credentials?scopeId=${scopeId}`));
  }
  const { id } = barrierOf(await gateOf());
  ok(await manager.post(`/access/barriers/${id}/open?scopeId=${scopeId}`, { reason: 'test' }));
  return { scopeId, north };
}

/** One question at a time, and so many in ten minutes: what still waits is looked at again. */
async function somebodyAsks(origin: string, personas: readonly string[]): Promise<{ scopeId: string }> {
  const { scopeId, north } = await aBarrier(origin);
  for (const persona of personas) {
    const client = await entered(origin, persona);
    const { households } = ok(await client.get('/me')).acting;
    const pass = ok(await client.post('/access/own/passes', { scopeId, householdId: households[0].id }));
    const { now, items } = ok(await client.get(`/access/own/openings?scopeId=${scopeId}`));
    const [last] = items;
    if (last?.state === 'waiting') {
      if (Date.parse(last.expiresAt) - Date.parse(now) > 45_000) return { scopeId };
      ok(await client.post(`/access/own/openings/${last.id}/withdraw?scopeId=${scopeId}`));
    }
    const asked = await client.post('/access/own/openings', {
      scopeId,
      gateId: north,
      passId: pass.id,
      direction: 'in',
    });
    if (asked.status === 201) return { scopeId };
  }
  throw new Error('everybody has asked as often as one may');
}

const desk = (name: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'console',
  as: 'manager',
  path: () => '/desk/gates',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    const { scopeId } = await somebodyAsks(origin, ['neighbour', 'resident']);
    await page.goto(`${origin}/desk/gates?scope=${scopeId}`);
    await page.getByRole('region', { name: say('opening.title') }).waitFor();
    await page
      .getByRole('button', { name: `${say('barrier.open')} ${BARRIER}`, exact: true })
      .first()
      .waitFor();
    await open(page, say);
  },
});

export const barrierDeskPages: readonly Stop[] = [
  desk('gates, barriers and who asks'),
  desk('gates, opening a barrier', async (page, say) => {
    await page
      .getByRole('button', { name: `${say('barrier.open')} ${BARRIER}`, exact: true })
      .first()
      .click();
    await page.getByRole('alertdialog').waitFor();
  }),
];

const openPage = async (
  page: Parameters<Stop['open']>[0],
  say: Parameters<Stop['open']>[1],
): Promise<void> => {
  const begin = page
    .getByRole('button', { name: say('pass.gate.begin'), exact: true })
    .or(page.getByRole('button', { name: say('pass.gate.move'), exact: true }));
  const ask = page.getByRole('button', { name: say('pass.ask.begin'), exact: true });
  const again = page.getByRole('button', { name: say('pass.ask.again'), exact: true });
  const waiting = page.getByRole('button', { name: say('pass.ask.withdraw'), exact: true });
  await begin.or(ask).or(again).or(waiting).first().waitFor();
};

export const barrierPhonePages: readonly Stop[] = [
  {
    name: 'the gate, asking the guard',
    app: 'mobile',
    as: 'neighbour',
    path: () => '/m/open',
    open: async (page, say) => {
      const { origin } = new URL(page.url());
      await aBarrier(origin);
      const client = await entered(origin, 'neighbour');
      const { scopeId, id: householdId } = ok(await client.get('/me')).acting.households[0];
      ok(await client.post('/access/own/passes', { scopeId, householdId }));
      for (const one of ok(await client.get(`/access/own/openings?scopeId=${scopeId}`)).items)
        if (one.state === 'waiting')
          ok(await client.post(`/access/own/openings/${one.id}/withdraw?scopeId=${scopeId}`));
      await page.reload();
      await openPage(page, say);
      await page
        .getByRole('button', { name: say('pass.ask.begin'), exact: true })
        .or(page.getByRole('button', { name: say('pass.ask.again'), exact: true }))
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'the gate, waiting for the guard',
    app: 'mobile',
    as: 'resident',
    path: () => '/m/open',
    open: async (page, say) => {
      const { origin } = new URL(page.url());
      await somebodyAsks(origin, ['resident']);
      await page.reload();
      await page.getByRole('button', { name: say('pass.ask.withdraw'), exact: true }).waitFor();
    },
  },
  {
    name: 'gate, somebody asks to be let in',
    app: 'mobile',
    as: 'guard',
    path: () => '/m/gate',
    open: async (page, say) => {
      await onWatch(page, say);
      await somebodyAsks(new URL(page.url()).origin, ['neighbour', 'resident']);
      await page.getByText(say('opening.title'), { exact: true }).waitFor();
      await page.getByText(BARRIER).first().waitFor();
    },
  },
];
