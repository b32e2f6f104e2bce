import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../../../../scripts/lib/environment.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aDevice } from './fixtures.ts';
import { DEVICE_KINDS, defaultRules, measures, MESSAGE_FAULTS, topicsOf } from './domain.ts';

/* What docs/sensing.md tells the makers of devices, done as it is written there. */

const guide = readFileSync(join(projectRoot, 'docs', 'sensing.md'), 'utf8');
const example = (name: string) => {
  const found = new RegExp(`\`\`\`json ${name}\\n([^]*?)\`\`\``).exec(guide)?.[1];
  expect(found).toBeDefined();
  return found!.trim();
};

let world: World;
beforeAll(async () => {
  world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_PORT: '0' } });
});
afterAll(() => world?.close());

test('its examples are taken as it says', async () => {
  // The moment at which its device speaks.
  world.clock.advance(5_000);
  const pump = await aDevice(world, 'pump');
  const rights = { scopeId: pump.scopeId, deviceId: pump.id };
  const topic = (name: string) => {
    const written = new RegExp(`\`(gongzhi/v1/[^\`]*/${name})\``).exec(guide)?.[1];
    return written!.replace('<compound>/<device>', pump.userName);
  };
  const { readings, state, commands } = topicsOf(rights);
  expect([topic('readings'), topic('state'), topic('commands')]).toEqual([readings, state, commands]);
  const client = await connectAsync(world.server.mqttUrl!, {
    username: pump.userName,
    password: pump.password,
    will: { topic: topic('state'), payload: Buffer.from('gone'), qos: 1, retain: false },
  });
  const heard: unknown[] = [];
  client.on('message', (_topic, payload) => heard.push(JSON.parse(payload.toString())));
  await client.subscribeAsync(topic('commands'));
  await client.publishAsync(topic('readings'), example('reading'), { qos: 1 });
  await client.publishAsync(topic('readings'), '{"id": "2", "value": 4.1}', { qos: 1 });
  const command = { ...JSON.parse(example('command')), now: world.clock.now().toISOString() };
  await expect.poll(() => heard).toEqual([command]);
  await client.endAsync();
  const sent = await pump.sends(JSON.parse(example('http')).readings);
  expect([sent.status, sent.body.results[0].status]).toEqual([200, 'stored']);
  const rows = await world.ask<{ id: string; value: number; at: Date }>(
    'select message_id as id, value, at from sensing.reading where device_id = $1 order by message_id',
    [pump.id],
  );
  expect(rows).toEqual([
    { id: 'a7-000341', value: 0.32, at: new Date('2026-11-23T02:00:05Z') },
    { id: 'a7-000342', value: 0.31, at: world.clock.now() },
  ]);
});

test('its tables are those of the program', () => {
  for (const kind of DEVICE_KINDS) {
    const line = guide.split('\n').find((one) => one.startsWith(`| \`${kind}\``));
    expect(line).toBeDefined();
    const { type, least, most } = measures[kind];
    const plain = line!.replaceAll('−', '-');
    if (type === 'number') expect(plain).toContain(`${least} to ${most === 1e12 ? '1e12' : most} |`);
  }
  const ofConnections = new Set(['topic_foreign', 'too_many']);
  for (const fault of MESSAGE_FAULTS.filter((word) => !ofConnections.has(word)))
    expect([fault, guide.includes(`\`${fault}\``)]).toEqual([fault, true]);
  const hours = (kind: string) => {
    const rule = defaultRules.find(({ code }) => code === `${kind}.silent`)!;
    return rule.condition.is === 'silent' ? rule.condition.afterSeconds / 3_600 : 0;
  };
  const kinds = ['lift', 'pump', 'gateway', 'water', 'gate', 'thermometer', 'smoke', 'meter'];
  expect(kinds.map(hours)).toEqual([1 / 6, 1 / 6, 1 / 4, 6, 6, 6, 24, 26]);
  expect(guide.replace(/\s+/g, ' ')).toContain(
    'lift and pump 10 minutes, gateway 15 minutes, water, gate and thermometer 6 hours, smoke detectors 24 hours, meters 26 hours',
  );
});
