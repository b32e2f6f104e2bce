import { nearestWithoutQueues } from './bound.ts';
import { type DayResult, Engine } from './engine.ts';
import { demonstrationGrounds, drawOrders, type Ground } from './ground.ts';
import { type DayHouse, RulesHouse } from './house.ts';
import { measure, type Measures } from './measure.ts';
import { RoundRobinHouse } from './round-robin.ts';
import type { DaySettings } from './settings.ts';

/** The baseline first, the bound last. */
export const WAYS = ['round_robin', 'in_turn', 'grab', 'automatic', 'bound'] as const;
export type Way = (typeof WAYS)[number];

export interface Simulation {
  readonly day: DaySettings;
  readonly seeds: readonly number[];
  readonly ways: readonly Way[];
  /** Times the orders of the settings. */
  readonly load: number;
  /** Of the demonstration's twelve; all when left out. */
  readonly departments?: number;
  onRun?(done: number, of: number): void;
}

/** One row a way and seed. */
export interface Run {
  readonly way: Way;
  readonly seed: number;
  readonly measures: Measures;
}

const houseOf = (way: Exclude<Way, 'bound'>, ground: Ground): DayHouse =>
  way === 'round_robin' ? new RoundRobinHouse(ground) : new RulesHouse(ground, way);

export async function simulate({
  day,
  seeds,
  ways,
  load,
  departments,
  onRun = () => {},
}: Simulation): Promise<Run[]> {
  const grounds = demonstrationGrounds(departments);
  const runs: Run[] = [];
  for (const seed of seeds) {
    const all = grounds.map((ground) => ({ ground, orders: drawOrders(day, ground, seed, load) }));
    for (const way of ways) {
      const parts: { ground: Ground; result: DayResult }[] = [];
      for (const { ground, orders } of all) {
        const result =
          way === 'bound'
            ? nearestWithoutQueues(day, ground, orders)
            : await new Engine(day, ground, houseOf(way, ground), way, seed).play(orders);
        parts.push({ ground, result });
      }
      runs.push({ way, seed, measures: measure(parts) });
      onRun(runs.length, seeds.length * ways.length);
    }
  }
  return runs;
}
