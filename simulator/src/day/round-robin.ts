import type { Instant } from '@gongzhi/kernel';
import type { DayOrder, Ground } from './ground.ts';
import { type News, RulesHouse } from './house.ts';
import type { Person, Ranked } from './rules.ts';

/**
 * What one finds elsewhere, as the baseline: a timer hands orders out in turn among those on shift who can do it. It is
 * the mode `in_turn` with its countdown and its desk, but for who is asked: whoever's turn it is. How far they are, what
 * they have in hand and how urgent it is play no part, an emergency has its turn too, and nobody is alerted.
 */
export class RoundRobinHouse extends RulesHouse {
  readonly #turns = new Map<string, number>();
  readonly #first = new Map<string, number>();

  constructor(ground: Ground) {
    super(ground, 'in_turn', false);
  }

  override report(order: DayOrder, now: Instant): void {
    const turn = this.#turns.get(order.skill) ?? 0;
    this.#turns.set(order.skill, turn + 1);
    this.#first.set(order.key, turn);
    super.report(order, now);
  }

  protected override rank(order: DayOrder, now: Instant, people?: readonly Person[]): Ranked[] {
    const able = super
      .rank(order, now, people)
      .filter(({ rank }) => rank !== null)
      .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
    const first = (this.#first.get(order.key) ?? 0) % Math.max(1, able.length);
    return [...able.slice(first), ...able.slice(0, first)].map((one, i) => ({ ...one, rank: i + 1 }));
  }

  override settle(now: Instant): News {
    return { ...super.settle(now), alerted: [] };
  }
}
