import type { Random } from '../random.ts';

/** Who comes when to which gate, and how long they take: drawn by the seed, and by nothing that is measured. */

export const HOUR_MS = 3_600_000;

export interface Arrival {
  readonly at: number;
  readonly gate: number;
  readonly person: number;
  readonly direction: 'in' | 'out';
  /** Phone out of the pocket, code before the reader. */
  readonly showsMs: number;
  /** Through, until the next may step up. */
  readonly walksMs: number;
  readonly way: 'code' | 'card' | 'old_picture' | 'urgent';
  readonly temperatureTenths: number;
}

export interface MorningSettings {
  readonly people: number;
  readonly from: number;
  /** How many of a hundred come to each gate. */
  readonly shares: readonly number[];
}

/** A hill with its top at five past eight, on half of a plain: as people leave for work and school. */
function drawTime(random: Random): number {
  if (random.chance(0.5)) return random.next() * HOUR_MS;
  const hill = (random.next() + random.next() + random.next()) / 3;
  return Math.min(hill + 0.08, 1) * HOUR_MS;
}

export function drawMorning(random: Random, { people, from, shares }: MorningSettings): Arrival[] {
  const who = random.fork('who').shuffled(Array.from({ length: people }, (_, i) => i));
  const of = random.fork('arrivals');
  const gates = shares.map((share, gate) => [gate, share] as const);
  return who
    .map((person): Arrival => {
      const drawn = of.next();
      return {
        at: Math.round(from + drawTime(of)),
        gate: of.weighted(gates),
        person,
        direction: of.chance(0.8) ? 'out' : 'in',
        showsMs: Math.round(Math.min(15_000, of.lognormal(2_200, 0.4))),
        walksMs: Math.round(of.between(900, 1_700)),
        // Of a hundred: four with a picture of a code, six with a card, now and then an ambulance.
        way: drawn < 0.04 ? 'old_picture' : drawn < 0.1 ? 'card' : drawn < 0.103 ? 'urgent' : 'code',
        temperatureTenths: of.chance(0.005) ? 376 : of.int(361, 369),
      };
    })
    .sort((a, b) => a.at - b.at || a.person - b.person);
}
