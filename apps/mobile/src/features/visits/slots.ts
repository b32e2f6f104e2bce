import { addDays, instantOn, localDate, MINUTE } from '@gongzhi/kernel/time.ts';
import type { Window } from '../../api-types.ts';

/** The parts of a day that people speak of, as hours of the place's own clock. */
export const PARTS = ['morning', 'afternoon', 'evening'] as const;
export type Part = (typeof PARTS)[number];
const HOURS: Readonly<Record<Part, readonly [from: number, to: number]>> = {
  morning: [9, 12],
  afternoon: [14, 17],
  evening: [18, 21],
};
const DAYS = 4;
/** The server's rule: somebody must still be able to come in it. */
const SHORTEST_MS = 30 * MINUTE;

export interface Slot extends Window {
  part: Part;
}

export interface Day {
  /** 0 today, 1 tomorrow. */
  ahead: number;
  date: string;
  slots: readonly Slot[];
}

/** What can be offered now at that place, day by day; a day with nothing left is left out. */
export function daysFrom(now: number, zone?: string): readonly Day[] {
  const today = localDate(now, zone);
  return Array.from({ length: DAYS }, (_, ahead) => {
    const date = addDays(today, ahead);
    const slots = PARTS.map((part): Slot => {
      const [from, to] = HOURS[part];
      return {
        part,
        from: new Date(instantOn(date, from * 60, zone)).toISOString(),
        to: new Date(instantOn(date, to * 60, zone)).toISOString(),
      };
    }).filter(({ to }) => Date.parse(to) >= now + SHORTEST_MS);
    return { ahead, date, slots };
  }).filter(({ slots }) => slots.length > 0);
}

export const isSame = (a: Window, b: Window): boolean =>
  Date.parse(a.from) === Date.parse(b.from) && Date.parse(a.to) === Date.parse(b.to);

/** A window left from yesterday is offered to nobody. */
export const stillGood = (windows: readonly Window[], now: number): Window[] =>
  windows.filter(({ to }) => Date.parse(to) >= now + SHORTEST_MS);

/** Hours of the clock, 9:00–12:00. */
export function clocksOf({ part }: Slot): string {
  const [from, to] = HOURS[part];
  return `${from}:00–${to}:00`;
}
