import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../../../../scripts/lib/environment.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { COMMAND_LASTS, gateTopicsOf, holdSecondsOf, ofGateDevice, SAID_AGAIN_AFTER } from './domain.ts';
import { Acknowledgement, Order } from './schemas-barriers.ts';

/* What docs/gate.md tells makers, done as it is written there: the very bytes, on a socket. */

const guide = readFileSync(join(projectRoot, 'docs', 'gate.md'), 'utf8');
const example = (kind: string, name: string): string => {
  const found = new RegExp(`\`\`\`${kind} ${name}\\n([^]*?)\`\`\``).exec(guide)?.[1];
  if (found === undefined) throw new Error(`docs/gate.md has no example "${name}"`);
  return found.trim();
};
const bytesOf = (name: string) => Buffer.from(example('hex', name).replaceAll(/\s/g, ''), 'hex');

const compound = '0190aaaa-0000-7000-8000-000000000001';
const device = '0190bbbb-0000-7000-8000-000000000002';
const gate = '0190dddd-0000-7000-8000-000000000004';

let world: World;
beforeAll(async () => {
  world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_PORT: '0' } });
  const copy = (table: string, id: string, change: object) =>
    world.admin.query(
      `insert into ${table} select (jsonb_populate_record(t, $1)).* from ${table} t where ${id} limit 1`,
      [JSON.stringify(change)],
    );
  await copy('places.scope', `scope_id = '${world.near.compound}'`, { scope_id: compound, name: '样例小区' });
  const wall = {
    scope_id: compound,
    city_id: world.city,
    street_id: world.near.street,
    company_id: world.near.company,
  };
  const insert = (table: string, row: object) => {
    const all = { ...wall, ...row };
    const names = Object.keys(all);
    // What is not said is as the table has it.
    return world.admin.query(
      `insert into ${table} (${names.join(', ')}) select ${names.map((name) => `r.${name}`).join(', ')}
       from jsonb_populate_record(null::${table}, $1) r`,
      [JSON.stringify(all)],
    );
  };
  const at = world.clock.now().toISOString();
  await insert('access.gate', {
    gate_id: gate,
    code: 'E-1',
    name: '东门',
    kind: 'both',
    direction: 'both',
    hours: [],
    version: 1,
    created_at: at,
  });
  await insert('access.gate_chain', { gate_id: gate, seq: 0, digest: '\\x', entries: 0, exits: 0 });
  await insert('access.gate_device', {
    gate_id: gate,
    device_id: device,
    kind: 'reader',
    label: '样例',
    secret_hash: `\\x${createHash('sha256').update('k3yShownOnce').digest('hex')}`,
    credential_version: 1,
    version: 1,
    created_at: at,
  });
});
afterAll(() => world?.close());

test('its bytes are taken, and answered by the bytes it names', async () => {
  const { hostname, port } = new URL(world.server.mqttUrl!);
  const socket = connectSocket(Number(port), hostname);
  const heard: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => heard.push(chunk));
  await once(socket, 'connect');
  socket.write(bytesOf('connect'));
  const said = () =>
    Buffer.concat(heard)
      .toString('hex')
      .replaceAll(/(..)(?=.)/g, '$1 ');
  const [accepted, acknowledged] = ['20 02 00 00', '40 02 00 02'];
  for (const answer of [accepted, acknowledged]) expect(guide).toContain(`\`${answer}\``);
  await expect.poll(said).toBe(accepted);
  socket.write(bytesOf('publish'));
  await expect.poll(said).toBe(`${accepted} ${acknowledged}`);
  socket.destroy();
  expect(
    await world.ask('select passage_id as id, outcome from access.passage where gate_id = $1', [gate]),
  ).toEqual([{ id: '6f0f2b9e-6a0e-4c53-9f3e-0e3d9a6c1b11', outcome: 'refer' }]);
});

test('its topics, orders and figures are ours', () => {
  for (const topic of Object.values(gateTopicsOf({ scopeId: '<compound>', deviceId: '<device>' })))
    expect(guide).toContain(`\`${topic}\``);
  const order = JSON.parse(example('json', 'order'));
  expect(Value.Check(Order, order)).toBe(true);
  expect([order.validForMs, order.holdSeconds]).toEqual([COMMAND_LASTS, holdSecondsOf(null)]);
  expect(Value.Check(Acknowledgement, JSON.parse(example('json', 'ack')))).toBe(true);
  expect([COMMAND_LASTS, SAID_AGAIN_AFTER, holdSecondsOf('ambulance')]).toEqual([10_000, 2_000, 90]);
  expect(guide).toContain(`${ofGateDevice.burst} checks at once and ${ofGateDevice.perSecond} a second`);
});
