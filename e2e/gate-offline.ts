// `npm run bench:gate-page`: what a phone at a gate needs to decide without a network, for 20,000 people, on a processor
// four times slower than this one.
import { createHmac, randomBytes } from 'node:crypto';
import { codeMessage, PHONE_CODE, STEP, stepOf, writeCode } from '@gongzhi/gate';
import { localDate, uuidv7 } from '@gongzhi/kernel';
import {
  digitsIndexOf,
  digitsOf,
  dayKeyOf,
  passFields,
} from '../apps/server/src/modules/access/tables-passes.ts';
import { startTestPostgres } from '../test/postgres.ts';
import { Client } from '../test/server.ts';
import { GATES, pairingCode, someGates } from './gates.ts';
import { scan } from './pages-gate.ts';
import { startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

const PEOPLE = 20_000;
const SCANS = 200;
const SLOWER = 4;

const postgres = process.env['GONGZHI_TEST_ADMIN_URL'] ? undefined : await startTestPostgres();
if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
const product = await startProduct();
try {
  const origin = product.server.url;
  const { north, scopeId } = await someGates(origin);
  const { crypto } = product.server.house;
  const people = Array.from({ length: PEOPLE }, () => {
    const id = uuidv7(Date.now());
    return { id, ref: randomBytes(8).toString('hex'), secret: randomBytes(32) };
  });
  await product.sql(
    `insert into access.pass (scope_id, pass_id, city_id, street_id, company_id, ref, kind, status, valid_from, hours, entries_used,
       secret_cipher, six_digits_index, issued_at, version, updated_at)
     select s.scope_id, k.id, s.city_id, s.street_id, s.company_id, k.ref, 'resident', 'active', now() - interval '30 days', '[]', 0,
       k.secret, k.digits, now(), 1, now() - interval '1 hour'
     from places.scope s, unnest($2::uuid[], $3::text[], $4::bytea[], $5::bytea[]) as k (id, ref, secret, digits) where s.scope_id = $1`,
    [
      scopeId,
      people.map(({ id }) => id),
      people.map(({ ref }) => ref),
      people.map(({ id, secret }) => crypto.seal(secret.toString('base64'), passFields.secret, id)),
      people.map(({ secret }) => digitsIndexOf(crypto, scopeId, digitsOf(secret))),
    ],
  );
  const phone = new Client(origin);
  phone.keep(await phone.post('/auth/sessions', { personaId: 'guard' }));
  const other = await phone.post('/access/guard-phones', { code: await pairingCode(origin, north) });
  const basic = Buffer.from(`${scopeId}/${other.body.deviceId}:${other.body.key}`).toString('base64');
  const timed = async (): Promise<{ bytes: number; ms: number }> => {
    const begun = performance.now();
    const answer = await fetch(`${origin}/api/v1/access/bundle`, {
      headers: { authorization: `Basic ${basic}`, 'accept-encoding': 'identity' },
    });
    const { byteLength } = await answer.arrayBuffer();
    return { bytes: byteLength, ms: Math.round(performance.now() - begun) };
  };
  const [first, second] = [await timed(), await timed()];

  const page = await product.enter('guard', 'phone');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page
    .getByRole('textbox', { name: says('mobile.gate.pair.code') })
    .fill(await pairingCode(origin, north));
  await page.getByRole('button', { name: says('mobile.gate.pair.submit') }).click();
  await page.getByRole('heading', { name: GATES.N }).waitFor();
  await page.getByText(says('mobile.gate.list.none')).waitFor({ state: 'detached' });
  await page.context().setOffline(true);
  for (let i = 1; i <= SCANS; i++) {
    const { ref, secret } = people[(i * 97) % PEOPLE]!;
    const message = codeMessage(PHONE_CODE, ref, stepOf(Date.now()));
    const key = dayKeyOf(secret, scopeId, localDate(stepOf(Date.now()) * STEP, 'Asia/Shanghai'));
    await scan(page, writeCode(message, createHmac('sha256', key).update(message).digest()));
    await page.getByText(says('mobile.gate.waiting', { count: i }), { exact: true }).waitFor();
  }
  await page.context().setOffline(false);
  const rows = async () =>
    product.sql<{ us: number; outcome: string }>(
      `select latency_us as us, outcome from access.passage where gate_id = $1 and decided_by = 'offline' order by seq`,
      [north],
    );
  await until('all of it has arrived', async () => (await rows()).length === SCANS);
  const all = await rows();
  // The first one still waited for the line.
  const ms = all
    .slice(1)
    .map(({ us }) => us / 1000)
    .sort((a, b) => a - b);
  const at = (part: number): string => ms[Math.min(ms.length - 1, Math.floor(ms.length * part))]!.toFixed(1);
  process.stdout.write(
    `${JSON.stringify({
      people: PEOPLE,
      slower: SLOWER,
      bundleBytes: first.bytes,
      bundleFirstMs: first.ms,
      bundleAgainMs: second.ms,
      decisions: ms.length,
      passed: all.filter(({ outcome }) => outcome === 'pass').length,
      decisionMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) },
    })}\n`,
  );
} finally {
  await product.close();
  await postgres?.stop();
}
