import { ApiProblem, isPassing } from '@gongzhi/ui/client/index.ts';
import { api } from '../../api.ts';
import type { Body, PatrolRound } from '../../api-types.ts';
import { database } from '../../app/store.ts';
import { needToken } from '../photos/kept.ts';

/** A checkpoint that was found well where there was no network. Its id is the idempotency key of the first try. */
export interface KeptCheck {
  readonly id: string;
  readonly accountId: string;
  /** In which capacity it was walked: it goes out in no other. */
  readonly actingId: string;
  readonly round: Pick<PatrolRound, 'id' | 'scopeId'>;
  /** What it is called, for when its round is over. */
  readonly place: string;
  readonly body: Body<'doPatrolCheck'>;
  readonly madeAt: number;
  readonly refused: { readonly code: string; readonly params: Record<string, unknown> } | null;
}

/** What it needs of the phone and the server; the tests give it another. */
export interface KeptWorld {
  send: (check: KeptCheck) => Promise<unknown>;
  load: (accountId: string) => Promise<KeptCheck[]>;
  save: (check: KeptCheck) => Promise<void>;
  drop: (check: KeptCheck) => Promise<void>;
}

/**
 * What was walked in a cellar: kept on the phone first, sent in the order in which it was walked once there is a line, each
 * once. What the server refuses stays with its reason until somebody has read it.
 */
export class KeptChecks {
  readonly #accountId: string;
  readonly #world: KeptWorld;
  readonly #listeners = new Set<() => void>();
  #checks: readonly KeptCheck[] = [];
  #restoring: Promise<void> | null = null;
  #sending: Promise<void> | null = null;

  constructor(accountId: string, world: KeptWorld = phone) {
    this.#accountId = accountId;
    this.#world = world;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): readonly KeptCheck[] => this.#checks;

  restore(): Promise<void> {
    this.#restoring ??= this.#world.load(this.#accountId).then((kept) => {
      const known = new Set(this.#checks.map(({ id }) => id));
      this.#set(
        [...kept.filter(({ id }) => !known.has(id)), ...this.#checks].sort((a, b) => a.madeAt - b.madeAt),
      );
    });
    return this.#restoring;
  }

  /** Under the key of the try that nobody answered: it may have arrived. */
  async keep(check: Omit<KeptCheck, 'accountId' | 'refused'>): Promise<void> {
    const kept: KeptCheck = { ...check, accountId: this.#accountId, refused: null };
    await this.#world.save(kept);
    this.#set([...this.#checks.filter(({ id }) => id !== kept.id), kept]);
  }

  async discard(check: KeptCheck): Promise<void> {
    await this.#world.drop(check);
    this.#set(this.#checks.filter(({ id }) => id !== check.id));
  }

  send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    for (const check of this.#checks) {
      if (check.refused !== null) continue;
      try {
        await this.#world.send(check);
        await this.discard(check);
      } catch (error) {
        // No answer, or a session that ended: all of it waits for the next chance.
        if (isPassing(error) || !(error instanceof ApiProblem) || error.status === 401) return;
        // Walked as somebody one is not at the moment: it waits until one is.
        if (error.code === 'auth.other_capacity') continue;
        const refused: KeptCheck = { ...check, refused: { code: error.code, params: error.params } };
        await this.#world.save(refused);
        this.#set(this.#checks.map((one) => (one.id === check.id ? refused : one)));
      }
    }
  }

  #set(checks: readonly KeptCheck[]): void {
    this.#checks = checks;
    for (const listener of this.#listeners) listener();
  }
}

let shared: { accountId: string; kept: KeptChecks; stop: () => void } | null = null;

/** One for all pages: two would send the same thing at once. From then on it sends by itself. */
export function keptChecksOf(accountId: string): KeptChecks {
  if (shared?.accountId !== accountId) {
    shared?.stop();
    const kept = new KeptChecks(accountId);
    shared = { accountId, kept, stop: keepSending(kept) };
  }
  return shared.kept;
}

const AGAIN_MS = 30_000;

function keepSending(kept: KeptChecks): () => void {
  const send = (): void => {
    if (kept.read().some(({ refused }) => refused === null)) void kept.send();
  };
  kept.restore().then(send, () => undefined);
  const timer = setInterval(send, AGAIN_MS);
  window.addEventListener('online', send);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', send);
  };
}

const beginOf = (accountId: string): string => `${accountId}:waiting-check:`;

/** The phone and the server. Checks lie among the drafts, under a name of their own. */
const phone: KeptWorld = {
  send: async ({ round, body, id, actingId }) => {
    await needToken();
    await api.doCheck(round, body, id, { isQuiet: true, as: actingId });
  },
  load: async (accountId) =>
    ((await (await database())?.getAll('drafts')) ?? [])
      .filter(({ name }) => name.startsWith(beginOf(accountId)))
      .map(({ value }) => value as KeptCheck),
  save: async (check) => {
    const { accountId, id } = check;
    const name = `${beginOf(accountId)}${id}`;
    await (await database())?.put('drafts', { name, accountId, value: check, savedAt: Date.now() });
  },
  drop: async ({ accountId, id }) => {
    await (await database())?.delete('drafts', `${beginOf(accountId)}${id}`);
  },
};
