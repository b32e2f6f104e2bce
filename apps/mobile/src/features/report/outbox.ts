import { ApiProblem, isPassing } from '@gongzhi/ui/client/index.ts';
import { api } from '../../api.ts';
import type { NewOrder, Order } from '../../api-types.ts';
import { database, type StoredPhoto } from '../../app/store.ts';
import { dropFiles, filesOf, needToken, uploadKept } from '../photos/kept.ts';
import type { ReportDraft } from './draft.ts';

/** A report that the server has not answered yet. Its id is the idempotency key, made with the draft. */
export interface WaitingReport {
  id: string;
  accountId: string;
  /** In whose name it was written: it goes out in no other. */
  acting: { id: string; onBehalfOf: string | null };
  body: NewOrder;
  /** What it was made of, so that it can be taken back and changed. */
  draft: ReportDraft;
  photoCount: number;
  madeAt: number;
  refused: { code: string; params: Record<string, unknown> } | null;
}

/** What the outbox needs of the phone and the server; the tests give it others. */
export interface ReportWorld {
  create: (body: NewOrder, key: string, isQuiet: boolean, as: string) => Promise<Order>;
  upload: (file: StoredPhoto, scopeId: string, isQuiet: boolean, as: string) => Promise<string>;
  load: (accountId: string) => Promise<WaitingReport[]>;
  save: (report: WaitingReport) => Promise<void>;
  drop: (report: WaitingReport) => Promise<void>;
  files: (owner: string) => Promise<StoredPhoto[]>;
}

export type ReportOutcome =
  | { state: 'sent'; order: Order }
  | { state: 'waiting' }
  | { state: 'refused'; error: ApiProblem };

export const voiceOwner = (owner: string): string => `${owner}:voice`;

/**
 * Reports go through here, with or without a network: kept on the phone first, then sent, each once. What the server
 * refuses stays, with its reason, until the person changes it or gives it up. An ended session refuses nothing.
 */
export class ReportOutbox {
  readonly #accountId: string;
  readonly #world: ReportWorld;
  #reports: readonly WaitingReport[] = [];
  #listeners = new Set<() => void>();
  #sentListeners = new Set<(order: Order, report: WaitingReport) => void>();
  #errors = new Map<string, ApiProblem>();
  #orders = new Map<string, Order>();
  #restoring: Promise<void> | null = null;
  #sending: Promise<void> | null = null;

  constructor(accountId: string, world: ReportWorld = phone) {
    this.#accountId = accountId;
    this.#world = world;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): readonly WaitingReport[] => this.#reports;

  /** Told of what went out in the background, not of what somebody just sent and waits for. */
  onSent(listener: (order: Order, report: WaitingReport) => void): () => void {
    this.#sentListeners.add(listener);
    return () => this.#sentListeners.delete(listener);
  }

  restore(): Promise<void> {
    this.#restoring ??= this.#world.load(this.#accountId).then((kept) => {
      const known = new Set(this.#reports.map(({ id }) => id));
      this.#set(
        [...this.#reports, ...kept.filter(({ id }) => !known.has(id))].sort((a, b) => a.madeAt - b.madeAt),
      );
    });
    return this.#restoring;
  }

  /** Keeps it, then tries to send it. The pictures are handed over by `takeAlong` once it is kept. */
  async submit(
    report: Omit<WaitingReport, 'accountId' | 'refused'>,
    takeAlong: (owner: string) => Promise<void>,
  ): Promise<ReportOutcome> {
    const kept: WaitingReport = { ...report, accountId: this.#accountId, refused: null };
    await this.#world.save(kept);
    await takeAlong(kept.id);
    this.#set([...this.#reports.filter(({ id }) => id !== kept.id), kept]);
    this.#errors.delete(kept.id);
    await this.#sending;
    await this.send(false, kept.id);
    const order = this.#orders.get(kept.id);
    if (order !== undefined) return { state: 'sent', order };
    const error = this.#errors.get(kept.id);
    return error === undefined ? { state: 'waiting' } : { state: 'refused', error };
  }

  /** Sends what can be sent: all of it, or the one named. */
  send(isQuiet: boolean, only?: string): Promise<void> {
    this.#sending ??= this.#round(isQuiet, only).finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #round(isQuiet: boolean, only: string | undefined): Promise<void> {
    for (const report of this.#reports) {
      if (report.refused !== null || (only !== undefined && report.id !== only)) continue;
      try {
        const order = await this.#sendOne(report, isQuiet);
        this.#orders.set(report.id, order);
        await this.#forget(report);
        if (only === undefined) for (const listener of this.#sentListeners) listener(order, report);
      } catch (error) {
        // No answer, or a session that ended: all of it waits for the next chance.
        if (isPassing(error) || !(error instanceof ApiProblem) || error.status === 401) return;
        // The person acts for somebody else by now: it waits until they act as then, and what is behind it does not.
        if (error.code === 'auth.other_capacity') continue;
        this.#errors.set(report.id, error);
        await this.#change(report, { refused: { code: error.code, params: error.params } });
      }
    }
  }

  async #sendOne(report: WaitingReport, isQuiet: boolean): Promise<Order> {
    const { body, id, acting } = report;
    const photoIds: string[] = [];
    for (const photo of await this.#world.files(id))
      photoIds.push(await this.#world.upload(photo, body.scopeId, isQuiet, acting.id));
    const [voice] = await this.#world.files(voiceOwner(id));
    const voiceId =
      voice === undefined ? undefined : await this.#world.upload(voice, body.scopeId, isQuiet, acting.id);
    const whole = { ...body, photoIds, ...(voiceId === undefined ? {} : { voiceId }) };
    return this.#world.create(whole, id, isQuiet, acting.id);
  }

  /** Given up, or taken back into the draft by whoever moved its pictures there before. */
  async discard(report: WaitingReport): Promise<void> {
    await this.#forget(report);
  }

  async #forget(report: WaitingReport): Promise<void> {
    await this.#world.drop(report);
    this.#set(this.#reports.filter(({ id }) => id !== report.id));
  }

  async #change(report: WaitingReport, part: Partial<WaitingReport>): Promise<void> {
    const next = { ...report, ...part };
    await this.#world.save(next);
    this.#set(this.#reports.map((one) => (one.id === report.id ? next : one)));
  }

  #set(reports: readonly WaitingReport[]): void {
    this.#reports = reports;
    for (const listener of this.#listeners) listener();
  }
}

let shared: { accountId: string; outbox: ReportOutbox; stop: () => void } | null = null;

/** One for the page and the background: two would send the same thing at once. From then on it sends by itself. */
export function reportOutboxOf(accountId: string): ReportOutbox {
  if (shared?.accountId !== accountId) {
    shared?.stop();
    const outbox = new ReportOutbox(accountId);
    shared = { accountId, outbox, stop: keepSending(outbox) };
  }
  return shared.outbox;
}

const AGAIN_MS = 30_000;

/** Sends what is left whenever there is a chance. Answers how to stop. */
function keepSending(outbox: ReportOutbox): () => void {
  const send = (): void => {
    if (outbox.read().some(({ refused }) => refused === null)) void outbox.send(true);
  };
  outbox.restore().then(send, () => undefined);
  const timer = setInterval(send, AGAIN_MS);
  window.addEventListener('online', send);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', send);
  };
}

const nameOf = (report: Pick<WaitingReport, 'accountId' | 'id'>): string =>
  `${report.accountId}:waiting-report:${report.id}`;

/** The phone and the server. Reports lie among the drafts, under a name of their own. */
const phone: ReportWorld = {
  create: async (body, key, isQuiet, as) => {
    await needToken();
    return api.createOrder(body, key, isQuiet, as);
  },
  upload: uploadKept,
  load: async (accountId) =>
    ((await (await database())?.getAll('drafts')) ?? [])
      .filter(({ name }) => name.startsWith(`${accountId}:waiting-report:`))
      .map(({ value }) => value as WaitingReport),
  save: async (report) => {
    const { accountId } = report;
    const db = await database();
    await db?.put('drafts', { name: nameOf(report), accountId, value: report, savedAt: Date.now() });
  },
  drop: async (report) => {
    const db = await database();
    await db?.delete('drafts', nameOf(report));
    for (const owner of [report.id, voiceOwner(report.id)]) await dropFiles(owner);
  },
  files: filesOf,
};
