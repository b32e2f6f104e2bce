import { Client, type Json } from '../test/server.ts';
import { someGates } from './gates.ts';
import type { Stop } from './stops.ts';

async function entered(origin: string, personaId: string): Promise<Client> {
  const client = new Client(origin);
  client.keep(await client.post('/auth/sessions', { personaId }));
  return client;
}
const ok = ({ status, body }: { status: number; body: Json }): Json => {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};

/** While a measure asks for health codes; it ends before anything else is looked at. */
const asked =
  (open: Stop['open'], declares: boolean): Stop['open'] =>
  async (page, say) => {
    const { origin } = new URL(page.url());
    const { scopeId } = await someGates(origin);
    const [resident, street] = [await entered(origin, 'resident'), await entered(origin, 'street')];
    const [home] = ok(await resident.get('/me')).acting.households;
    const pass = ok(await resident.post('/access/own/passes', { scopeId, householdId: home.id }));
    const mild = { yellow: 'pass_report', red: 'pass_report', popup: 'pass_report' };
    const measure = ok(
      await street.post('/access/measures', {
        scopeId,
        buildingId: null,
        name: '进出请出示健康码',
        authority: '区疾病预防控制机构',
        documentNo: '区疾控〔2026〕33号',
        startsAt: new Date(Date.now()).toISOString(),
        endsAt: new Date(Date.now() + 86_400_000).toISOString(),
        checks: { health_code: { ...mild, entryDays: 21, when: 'in' } },
        onNoAnswer: { kind: 'pass' },
        answerWithinMilliseconds: 2_000,
        answerHoldsMinutes: 30,
        retentionDays: 14,
      }),
    );
    // Whoever had no code has one now.
    const body = { scopeId, passId: pass.id, temperature: null, hasSymptoms: false, wasInRiskArea: false };
    if (declares) ok(await resident.post('/access/own/health/declarations', body));
    await page.reload();
    await open(page, say);
    ok(
      await street.post(`/access/measures/${measure.id}/commands?scopeId=${scopeId}`, {
        action: 'end',
        expectedVersion: measure.version,
        reason: '结束',
      }),
    );
  };
const stop = (name: string, declares: boolean, open: Stop['open']): Stop => ({
  name,
  app: 'mobile',
  as: 'resident',
  path: () => '/m/open',
  open: asked(open, declares),
});

/** The own health code, and what one says for it. */
export const healthPages: readonly Stop[] = [
  stop('the gate, the own health code', true, async (page, say) => {
    await page.getByRole('button', { name: say('pass.health.show'), exact: true }).click();
    await page.locator('[data-health-code]').waitFor();
  }),
  stop('the gate, saying how one is', false, async (page, say) => {
    await page.getByRole('button', { name: say('pass.health.declare'), exact: true }).click();
    await page.getByRole('dialog').waitFor();
  }),
];
