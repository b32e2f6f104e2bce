import { addDays, DAY, HOUR, localDate, MINUTE, SECOND } from '@gongzhi/kernel';
import pg from 'pg';
import type { Config } from '../../../apps/server/src/config.ts';
import { startServer } from '../../../apps/server/src/main.ts';
import { VirtualClock } from '../../../apps/server/src/platform/clock/clock.ts';
import { morningMarker } from '../marker.ts';
import { playAccounts } from './accounts.ts';
import { Actor } from './actor.ts';
import { billsBegin, playBills } from './bills.ts';
import { playCalls } from './calls.ts';
import { devicesBegin, playDevices } from './devices.ts';
import { demonstrationPort } from '../meters/demonstration.ts';
import { playForms } from './forms.ts';
import { playMeters } from './meters.ts';
import { playGateHour } from './gate-hour.ts';
import { playGates } from './gates.ts';
import { playHeating, playHotline } from './hotline.ts';
import { playOrders } from './orders.ts';
import { playPasses } from './passages.ts';
import { playRules } from './rules.ts';
import type { Stage } from './stage.ts';

/**
 * What the six weeks of history cannot tell: the work itself, prices, rules, what the desk keeps for itself. Played
 * once, after the street is loaded, through the product's own doors with a clock that begins with the bills of eleven weeks
 * ago and goes on six days ago, so that nothing is there that the product would refuse. Answers false when it was played before.
 */
export async function playMorning(config: Config, end: Date): Promise<boolean> {
  if (config.adminUrl === null || !(await begin(config.adminUrl))) return false;
  const clock = new VirtualClock(new Date(end.getTime() - billsBegin));
  const server = await startServer({ ...config, port: 0, mqtt: null, logLevel: 'error' }, { clock });
  try {
    await playBills({
      enter: (persona) => Actor.enter(server.url, persona, () => {}, ` ${clock.now().toISOString()}`),
      now: () => clock.now().getTime(),
      pass: (minutes) => {
        clock.advance(minutes * MINUTE);
      },
      until: (beforeEnd) => clock.set(new Date(end.getTime() - beforeEnd)),
      end: end.getTime(),
    });
    clock.set(new Date(end.getTime() - 6 * DAY));
    // Nobody does two things at one instant.
    const enter = (persona: string): Promise<Actor> =>
      Actor.enter(server.url, persona, () => clock.advance(20 * SECOND));
    const today = localDate(end.getTime());
    const stage: Stage = {
      url: server.url,
      resident: await enter('resident'),
      neighbour: await enter('neighbour'),
      worker: await enter('worker'),
      steward: await enter('steward'),
      desk: await enter('desk'),
      manager: await enter('manager'),
      company: await enter('company'),
      now: () => clock.now().getTime(),
      day: (ahead) => addDays(today, ahead),
      until: (beforeEnd) => clock.set(new Date(end.getTime() - beforeEnd)),
      pass: (minutes) => {
        clock.advance(minutes * MINUTE);
      },
    };
    const cast = {
      street: await enter('street'),
      city: await enter('city'),
      socialWorker: await enter('social_worker'),
      committee: await enter('committee'),
    };
    await playRules(stage);
    await playAccounts(stage);
    await playForms(stage, cast);
    const hotlineToday = await playHotline(stage, cast);
    await playHeating(stage);
    await playOrders(stage);
    await hotlineToday();
    stage.until(0);
    await playCalls(stage);
    const { url: _, now: __, day: ___, until: ____, pass: _____, ...people } = stage;
    for (const actor of Object.values({ ...people, ...cast })) await actor.leave();
  } finally {
    await server.close();
  }
  await playAtGates(config, end);
  await playAtDevices(config, end);
  return true;
}

/** What the gates saw of the last hour, while all of that went on elsewhere. */
async function playAtGates(config: Config, end: Date): Promise<void> {
  const clock = new VirtualClock(new Date(end.getTime() - HOUR));
  const server = await startServer({ ...config, port: 0, mqtt: null, logLevel: 'error' }, { clock });
  try {
    const enter = (persona: string): Promise<Actor> => Actor.enter(server.url, persona, () => {});
    const today = localDate(end.getTime());
    const people = {
      resident: await enter('resident'),
      neighbour: await enter('neighbour'),
      desk: await enter('desk'),
      manager: await enter('manager'),
    };
    const others = {
      street: await enter('street'),
      guard: await enter('guard'),
      committee: await enter('committee'),
    };
    const stage = {
      ...people,
      url: server.url,
      now: () => clock.now().getTime(),
      day: (ahead: number) => addDays(today, ahead),
      until: (beforeEnd: number) => clock.set(new Date(end.getTime() - beforeEnd)),
    };
    await playPasses(stage);
    await playGateHour(stage, others, await playGates(stage, others.guard));
    for (const actor of Object.values({ ...people, ...others })) await actor.leave();
  } finally {
    await server.close();
  }
}

/** Eight hours of readings go on beside all that: a clock of their own, and nobody who would answer their calls. */
async function playAtDevices(config: Config, end: Date): Promise<void> {
  const clock = new VirtualClock(new Date(end.getTime() - devicesBegin));
  const server = await startServer({ ...config, port: 0, mqtt: null, logLevel: 'error' }, { clock });
  try {
    const enter = (persona: string): Promise<Actor> => Actor.enter(server.url, persona, () => {});
    const [manager, company, worker, desk] = [
      await enter('manager'),
      await enter('company'),
      await enter('worker'),
      await enter('desk'),
    ];
    const until = (beforeEnd: number): void => clock.set(new Date(end.getTime() - beforeEnd));
    const now = (): number => clock.now().getTime();
    await playDevices({ url: server.url, manager, company, worker, now, until });
    const resident = await enter('resident');
    await playMeters({ manager, resident, desk, now, linePort: demonstrationPort(config.dataDir) });
    for (const actor of [manager, company, worker, desk, resident]) await actor.leave();
  } finally {
    await server.close();
  }
}

async function begin(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'gongzhi demonstration' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local role gongzhi_loader');
    const { rowCount } = await client.query(
      `insert into platform.setting (scope_id, key, valid_from, value, source)
       select scope_id, $1, valid_from, 'true', 'simulator' from platform.setting where key = 'demonstration.loaded'
         and not exists (select 1 from platform.setting where key = $1)`,
      [morningMarker],
    );
    await client.query('commit');
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
