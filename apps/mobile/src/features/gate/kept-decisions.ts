import type { Decision, RefusedDecision } from './post-types.ts';
import type { Vault } from './vault.ts';

const nameOf = (n: number): string => `decision-${String(n).padStart(10, '0')}`;

/**
 * What was decided here: waiting in its order until the server says that it has it. What the server refused stays on
 * the phone, with why.
 */
export class KeptDecisions {
  readonly #vault: Vault;
  #waiting: Decision[] = [];
  #nextN = 1;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async restore(): Promise<{
    readonly waiting: readonly Decision[];
    readonly refused: readonly RefusedDecision[];
  }> {
    const refused: RefusedDecision[] = [];
    for (const name of await this.#vault.names('decision-')) {
      const kept = await this.#vault.get<Decision | RefusedDecision>(name);
      if (kept === undefined) continue;
      if ('decision' in kept) refused.push(kept);
      else this.#waiting.push(kept);
      const { n } = 'decision' in kept ? kept.decision : kept;
      this.#nextN = Math.max(this.#nextN, n + 1);
    }
    return { waiting: this.#waiting, refused };
  }

  /** The place of the next one in the order of all. */
  takeNumber(): number {
    return this.#nextN++;
  }

  /** It waits at once; it is kept when the promise is. */
  add(decision: Decision): Promise<void> {
    this.#waiting.push(decision);
    return this.#vault.put(nameOf(decision.n), decision);
  }

  get count(): number {
    return this.#waiting.length;
  }

  /** What this phone may send where it is registered. */
  ofScope(scopeId: string | undefined): Decision[] {
    return this.#waiting.filter((one) => one.scopeId === scopeId);
  }

  has({ ref, at }: { readonly ref: string | null; readonly at: number }): boolean {
    return this.#waiting.some((one) => one.ref === ref && one.at === at);
  }

  /** The server has said what becomes of these; answers which of them it refused, as they are now kept. */
  async settle(done: readonly Decision[], refusals: ReadonlyMap<string, string>): Promise<RefusedDecision[]> {
    const refused: RefusedDecision[] = [];
    for (const decision of done) {
      const code = refusals.get(decision.id);
      if (code === undefined) await this.#vault.delete(nameOf(decision.n));
      else {
        refused.push({ decision, code });
        await this.#vault.put(nameOf(decision.n), { decision, code });
      }
    }
    this.#waiting = this.#waiting.filter((one) => !done.includes(one));
    return refused;
  }
}
