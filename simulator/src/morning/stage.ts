import { HOUR, instantOn } from '@gongzhi/kernel';
import type { Actor } from './actor.ts';

/** The people of the demonstration, and the time that passes between what they do. */
export interface Stage {
  readonly url: string;
  readonly resident: Actor;
  readonly neighbour: Actor;
  readonly worker: Actor;
  readonly steward: Actor;
  readonly desk: Actor;
  readonly manager: Actor;
  readonly company: Actor;
  readonly now: () => number;
  /** The place's own day, so many days from now on. */
  readonly day: (ahead: number) => string;
  /** Until a moment before the curtain falls, in milliseconds. */
  readonly until: (beforeEnd: number) => void;
  readonly pass: (minutes: number) => void;
}

export const atHour = (day: string, hour: number): string =>
  new Date(instantOn(day, hour * 60)).toISOString();
export const hours = (count: number): number => count * HOUR;
