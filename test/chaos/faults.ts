import { setTimeout as sleep } from 'node:timers/promises';
import { killedWhileMigrating } from './migrating.ts';
import type { Siege } from './siege.ts';

/** What breaks, and comes back: each ends when whoever was killed has been started again. */
export const faults = {
  async 'server killed'(siege, length) {
    await siege.child().kill();
    await sleep(length / 4);
    await siege.startChild();
  },
  async 'PostgreSQL killed'(siege, length) {
    siege.postgres.kill();
    await sleep(length / 2);
    await siege.postgres.start();
  },
  async 'one of its processes killed'({ world }) {
    const [victim] = await world.ask<{ pid: number }>(
      `select pid from pg_stat_activity where application_name like 'gongzhi %' order by random() limit 1`,
    );
    if (victim !== undefined) process.kill(victim.pid, 'SIGKILL');
  },
  async 'wire cut'({ proxy }, length) {
    for (let i = 0; i < 4; i++) {
      proxy.cut();
      await sleep(length / 4);
    }
  },
  async 'wire down'({ proxy }, length) {
    proxy.down();
    await sleep(length);
    proxy.mend();
  },
  async 'wire silent'({ proxy }, length) {
    proxy.freeze();
    await sleep(length);
    proxy.thaw();
  },
  async 'wire slow'({ proxy }, length) {
    proxy.delay(10 + (length % 90));
    await sleep(length);
    proxy.delay(0);
  },
  async 'both killed'(siege, length) {
    siege.postgres.kill();
    await siege.child().kill();
    await sleep(length / 4);
    await siege.postgres.start();
    await siege.startChild();
  },
  /** One server is ahead of the other, and goes on being. */
  async 'clock moved'({ world }, length) {
    world.clock.advance(length * 1_000);
    await sleep(length / 4);
  },
  /** One that was ahead is set right, or one that was right is set wrong: what came later is earlier than what came before. */
  async 'clock set back'({ world }, length) {
    world.clock.setBack(length * 1_000);
    await sleep(length / 4);
  },
  'killed while migrating': ({ postgres }, length) => killedWhileMigrating(postgres.adminUrl, length),
  async 'disk full'({ disk, postgres, world }, length) {
    disk!.fill();
    await sleep(length + 500);
    disk!.free();
    // Without room for its log PostgreSQL gives up, as it should.
    const isThere = await world.ask('select 1').then(
      () => true,
      () => false,
    );
    if (!isThere) await postgres.start();
  },
} satisfies Record<string, (siege: Siege, length: number) => Promise<void>>;

export type Fault = keyof typeof faults;
