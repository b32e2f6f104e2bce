import type { Crypto } from '../crypto/crypto.ts';
import type { WorkerDatabase } from '../db/database.ts';
import type { DueSweep } from '../due/due.ts';
import type { Log } from '../events/dispatcher.ts';
import { type Channels, NotDeliverable } from './adapter.ts';
import { Breakers } from './breaker.ts';
import { claimDue, type Claimed, markFailed, markSent, type Part, postpone } from './queries-delivery.ts';
import type { MessageKinds } from './messages.ts';
import { holdQuiet, planDue } from './planning.ts';
import type { Recipients } from './recipients.ts';
import { messageOf } from './render.ts';

export interface DeliveryOptions {
  readonly worker: WorkerDatabase;
  readonly channels: Channels;
  readonly kinds: MessageKinds;
  readonly recipients: Recipients;
  readonly crypto: Crypto;
  readonly publicUrl: string | null;
  readonly log: Log;
}

/** At most so many providers are waited for at once, */
const atOnce = 8;
/** and so many are leased together: what comes meanwhile and matters more waits for no more than these. */
const leasedTogether = 2 * atOnce;
/** Of what is planned, which waits for nobody: an order of the day is not to stand behind a letter to a whole city. */
const plannedTogether = 1_000;
const retryMilliseconds = [60_000, 300_000, 1_800_000, 7_200_000];
/** Where another channel stands ready one repetition is enough. */
const retriesBeforeNext = 1;

/**
 * Sends what is due. A row is leased in one transaction, sent outside of any, and marked in another: no provider is
 * waited for while a row is locked. One row per (notification, channel): of an emergency all of them at once; otherwise,
 * when a channel has failed for good, the next of the plan gets a row of its own. A worker that dies between sending and
 * marking sends once more after the lease, under the same id, which the provider is asked to take once.
 */
export function deliverySweeps(options: DeliveryOptions): readonly DueSweep[] {
  const breakers = new Breakers();
  return [sweepOf(options, breakers, 'emergencies'), sweepOf(options, breakers, 'others')];
}

function sweepOf(options: DeliveryOptions, breakers: Breakers, part: Part): DueSweep {
  let claimed: Claimed[] = [];
  let claimedAt = new Date(0);

  const send = async (row: Claimed): Promise<void> => {
    const { worker, log, channels } = options;
    const adapter = channels.get(row.channel);
    const at = claimedAt;
    if (adapter === undefined) return worker.work(async (tx) => markFailed(tx, row, 'no_adapter', at));
    const openUntil = breakers.openUntil(row.channel, at.getTime());
    if (openUntil !== null) {
      // The provider is down: an emergency does not wait for it, the rest does, and no attempt is counted.
      const goesOn = row.urgency === 'emergency' && row.plan.length > 0;
      return worker.work(async (tx) =>
        goesOn ? markFailed(tx, row, 'provider_down', at) : postpone(tx, row, new Date(openUntil), at),
      );
    }
    const retries = row.plan.length > 0 ? retriesBeforeNext : retryMilliseconds.length;
    const wait = row.attempts > retries ? undefined : retryMilliseconds[row.attempts - 1];
    const rendered = await messageOf(options, row);
    if ('fault' in rendered) {
      const { fault } = rendered;
      // By itself, and whoever keeps the keys hears of it.
      if (fault !== 'no_address')
        log.error(
          { delivery: row.deliveryId, channel: row.channel, attempts: row.attempts, fault },
          'delivery cannot be put into words',
        );
      // It may be sealed with a key that this process is given at its next start.
      const isRepeated = fault === 'unreadable' && wait !== undefined;
      return worker.work(async (tx) => {
        if (isRepeated) postpone(tx, row, new Date(at.getTime() + wait), at, fault);
        else markFailed(tx, row, fault, at);
      });
    }
    const { message, masked } = rendered;
    try {
      const { reference } = await adapter.send(message);
      breakers.succeeded(row.channel);
      await worker.work(async (tx) =>
        markSent(tx, row, { reference, masked, confirms: adapter.confirms }, at),
      );
    } catch (error) {
      const reason = (error as Error).message.slice(0, 100);
      const isFinal = error instanceof NotDeliverable;
      // What one reader's number is to blame for says nothing about the provider.
      if (!isFinal) breakers.failed(row.channel, at.getTime());
      log.warn(
        { delivery: row.deliveryId, channel: row.channel, attempts: row.attempts, reason },
        'delivery failed',
      );
      await worker.work(async (tx) => {
        if (isFinal || wait === undefined) markFailed(tx, row, reason, at, masked);
        else postpone(tx, row, new Date(at.getTime() + wait), at, reason);
      });
    }
  };

  return {
    name: part === 'emergencies' ? 'platform.emergencies' : 'platform.delivery',
    lane: part === 'emergencies' ? 'emergencies' : 'messages',
    async claim(tx, now, limit) {
      claimed = [];
      claimedAt = now;
      const planned = await planDue(tx, options, part, now, Math.max(limit, plannedTogether));
      const due = await claimDue(tx, part, now, Math.min(limit, leasedTogether));
      claimed = await holdQuiet(tx, options, due, now);
      return planned + due.length;
    },
    async after() {
      const batch = claimed;
      claimed = [];
      const failed: unknown[] = [];
      // One that cannot be marked keeps none of the others from going out.
      for (let i = 0; i < batch.length; i += atOnce)
        for (const one of await Promise.allSettled(batch.slice(i, i + atOnce).map((row) => send(row))))
          if (one.status === 'rejected') failed.push(one.reason);
      if (failed.length > 0) throw failed[0];
    },
  };
}
