import { isAhead } from '../clock/clock.ts';
import type { AnyChannel } from './messages.ts';

const failuresToOpen = 5;
const openMilliseconds = 60_000;

/**
 * A provider that failed five times in a row is left alone for a minute: everybody's messages would wait for its
 * time-outs otherwise. Then one is tried; its failure opens for another minute. Each worker process keeps its own.
 */
export class Breakers {
  readonly #states = new Map<AnyChannel, { failures: number; until: number }>();

  openUntil(channel: AnyChannel, now: number): number | null {
    const state = this.#states.get(channel);
    return state !== undefined && isAhead(state.until, now, openMilliseconds) ? state.until : null;
  }

  failed(channel: AnyChannel, now: number): void {
    const failures = (this.#states.get(channel)?.failures ?? 0) + 1;
    this.#states.set(channel, { failures, until: failures >= failuresToOpen ? now + openMilliseconds : 0 });
  }

  succeeded(channel: AnyChannel): void {
    this.#states.delete(channel);
  }
}
