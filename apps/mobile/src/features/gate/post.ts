import {
  type Asked,
  type Digests,
  decideHere,
  GateList,
  NotFitting,
  type Packed,
  type PackedDifference,
  type PackedFull,
  readCode,
} from '@gongzhi/gate';
import { Accepted, REMEMBERED_MS } from './accepted.ts';
import { GateClock, type KeptClock, type Ticks } from './gate-clock.ts';
import {
  Altered,
  type Decision,
  type Flag,
  type GateDevice,
  type GateServer,
  type PostView,
  type RefusedDecision,
  Revoked,
  type Shown,
} from './post-types.ts';
import { shownOf, withoutList } from './post-verdict.ts';
import type { Vault } from './vault.ts';

/** Green or red in under a second: what has not come by then is decided here. */
const PATIENCE_MS = 700;
const BATCH = 100;
/** More differences than this are one list too many to keep apart. */
const MOST_DIFFERENCES = 40;

const DEVICE = 'device';
const CLOCK = 'clock';
const TODAY = 'today';
const FLAGS = 'flags';
const decisionName = (n: number): string => `decision-${String(n).padStart(10, '0')}`;
const listName = (n: number): string => `list-${String(n).padStart(4, '0')}`;

/**
 * The post at a gate: asks the server while it answers at once, decides by itself when it doesn't, and loses nothing
 * either way. Every decision made here is kept before it is shown, sent in order when the line is back, and forgotten
 * only when the server says it has it.
 */
export class GatePost {
  readonly #vault: Vault;
  readonly #server: GateServer;
  readonly #digests: Digests;
  readonly #ticks: Ticks;
  readonly #accountId: string;
  #clock: GateClock;
  #list: GateList | null = null;
  #differences = 0;
  #queue: Decision[] = [];
  #nextN = 1;
  readonly #accepted = new Accepted();
  #syncing: Promise<void> = Promise.resolve();
  #isSyncing = false;
  #wantsMore = false;
  #view: PostView = {
    phase: 'opening',
    device: null,
    line: 'up',
    waiting: 0,
    refused: [],
    list: null,
    isListAltered: false,
    storage: 'kept',
    skewMs: 0,
    isClockBack: false,
    shown: null,
    isWorking: false,
    flags: [],
    today: { date: '', count: 0 },
  };
  #listeners = new Set<() => void>();

  constructor(tools: {
    readonly vault: Vault;
    readonly server: GateServer;
    readonly digests: Digests;
    readonly ticks: Ticks;
    readonly accountId: string;
  }) {
    this.#vault = tools.vault;
    this.#server = tools.server;
    this.#digests = tools.digests;
    this.#ticks = tools.ticks;
    this.#accountId = tools.accountId;
    this.#clock = new GateClock(tools.ticks, undefined);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): PostView => this.#view;

  /** What was kept: the phone's gate, its list, what still waits. */
  async restore(): Promise<void> {
    this.#clock = new GateClock(this.#ticks, await this.#vault.get<KeptClock>(CLOCK));
    for (const name of await this.#vault.names('decision-')) {
      const kept = await this.#vault.get<Decision | RefusedDecision>(name);
      if (kept === undefined) continue;
      if ('decision' in kept) this.#say({ refused: [...this.#view.refused, kept] });
      else {
        this.#queue.push(kept);
        this.#accept(kept, kept.at);
      }
      const n = 'decision' in kept ? kept.decision.n : kept.n;
      this.#nextN = Math.max(this.#nextN, n + 1);
    }
    const device = await this.#vault.get<GateDevice>(DEVICE);
    const [flags = [], today = { date: '', count: 0 }] = [
      await this.#vault.get<Flag[]>(FLAGS),
      await this.#vault.get<PostView['today']>(TODAY),
    ];
    if (device !== undefined) await this.#openList();
    this.#say({
      phase: device === undefined ? 'unpaired' : 'ready',
      device: device ?? null,
      flags,
      today,
      waiting: this.#queue.length,
      storage: this.#vault.state,
    });
  }

  async #openList(): Promise<void> {
    this.#list = null;
    this.#differences = 0;
    for (const name of await this.#vault.names('list-')) {
      const packed = await this.#vault.get<Packed>(name);
      if (packed === undefined) return;
      try {
        if (packed.kind === 'full') this.#list = new GateList(packed);
        else this.#list?.apply(packed);
      } catch {
        // What does not fit together is no list; the whole is asked for.
        this.#list = null;
        return;
      }
      this.#differences++;
    }
    this.#showList();
  }

  async pair(device: GateDevice): Promise<void> {
    await this.#forgetList();
    await this.#vault.put(DEVICE, device);
    this.#say({ phase: 'ready', device, isListAltered: false });
    await this.sync();
  }

  /** Only when everything was sent. */
  async leave(): Promise<boolean> {
    if (this.#queue.length > 0) return false;
    await this.#vault.delete(DEVICE);
    await this.#forgetList();
    this.#say({ phase: 'unpaired', device: null, shown: null });
    return true;
  }

  async #forgetList(): Promise<void> {
    for (const name of await this.#vault.names('list-')) await this.#vault.delete(name);
    this.#list = null;
    this.#differences = 0;
    this.#say({ list: null });
  }

  /** Whoever stands there. */
  async ask(asked: Asked): Promise<Shown> {
    const { device } = this.#view;
    if (device === null) throw new Error('no gate');
    const id = crypto.randomUUID();
    const begun = this.#ticks.steady();
    let shown: Shown | null = null;
    // A line that was just silent is not waited for: sync finds out when it is back. And what waits goes first.
    if (this.#view.line === 'up' && this.#queue.length === 0) {
      // Decided here it takes no longer than to draw that it is being decided.
      this.#say({ isWorking: true, shown: null });
      const askedAt = this.#ticks.wall();
      try {
        const answer = await this.#server.check(device, { ...asked, id }, PATIENCE_MS);
        this.#hear(answer.now, askedAt);
        shown = shownOf(id, asked.direction, answer, false);
        const step = asked.text === null ? null : (readCode(asked.text)?.step ?? null);
        this.#accept({ ref: answer.ref, step, verdict: answer.verdict, direction: asked.direction });
      } catch (error) {
        if (error instanceof Revoked) await this.#stop();
        this.#say({ line: 'down' });
      }
    }
    shown ??= await this.#decide(id, asked, begun);
    this.#count();
    this.#say({ shown, isWorking: false, isClockBack: this.#clock.isBack });
    return shown;
  }

  async #decide(id: string, asked: Asked, begun: number): Promise<Shown> {
    const at = this.#clock.now();
    const list = this.#list;
    const usable = list !== null && at < list.head.expiresAt && list.head.issuedAt - at < REMEMBERED_MS;
    const decided = usable
      ? await decideHere(
          list,
          asked,
          at,
          this.#accepted.since(this.#list?.head.issuedAt ?? 0, this.#isWaiting),
          this.#digests,
        )
      : { verdict: withoutList(asked), ref: null, way: 'none' as const, step: null };
    await this.#keep({
      id,
      at,
      direction: asked.direction,
      text: asked.text,
      spokenId: asked.spoken?.passId ?? null,
      ref: decided.ref,
      way: decided.way,
      step: decided.step,
      urgent: asked.urgent,
      temperatureTenths: asked.temperatureTenths,
      wearsMask: asked.wearsMask,
      verdict: decided.verdict,
      latencyUs: Math.round((this.#ticks.steady() - begun) * 1000),
      override: null,
    });
    void this.sync();
    return shownOf(id, asked.direction, decided, true);
  }

  /** Let through against the answer, with a reason: a record of its own, for what was answered stays. */
  async override(shown: Shown, reason: string): Promise<void> {
    await this.#keep({
      id: crypto.randomUUID(),
      at: this.#clock.now(),
      direction: shown.direction,
      text: null,
      spokenId: null,
      ref: shown.ref,
      way: shown.way,
      step: null,
      urgent: null,
      temperatureTenths: null,
      wearsMask: null,
      verdict: { ...shown.verdict, outcome: 'pass_report' },
      latencyUs: 0,
      override: { of: shown.id, reason },
    });
    this.#say({ shown: null });
    void this.sync();
  }

  next(): void {
    this.#say({ shown: null });
  }

  async seen(flagId: string): Promise<void> {
    const flags = this.#view.flags.filter(({ id }) => id !== flagId);
    await this.#vault.put(FLAGS, flags);
    this.#say({ flags });
  }

  async #keep(made: Omit<Decision, 'n' | 'deviceAt' | 'listVersion' | 'byAccountId'>): Promise<void> {
    const decision: Decision = {
      ...made,
      n: this.#nextN++,
      deviceAt: this.#ticks.wall(),
      listVersion: this.#list?.head.version ?? null,
      byAccountId: this.#accountId,
    };
    this.#queue.push(decision);
    this.#accept(decision, decision.at);
    await this.#vault.put(decisionName(decision.n), decision);
    this.#say({ waiting: this.#queue.length, storage: this.#vault.state });
  }

  #accept(
    { ref, step, verdict, direction }: Pick<Decision, 'ref' | 'step' | 'verdict' | 'direction'>,
    at = this.#clock.now(),
  ): void {
    const isThrough = verdict.outcome === 'pass' || verdict.outcome === 'pass_report';
    if (ref !== null && isThrough) this.#accepted.add({ ref, step, direction, at }, this.#isWaiting);
  }

  readonly #isWaiting = ({ ref, at }: { ref: string; at: number }): boolean =>
    this.#queue.some((one) => one.ref === ref && one.at === at);

  /** Sends what waits, in order, then asks for what is new. One at a time; calls that come meanwhile make one more. */
  sync(): Promise<void> {
    if (this.#isSyncing) this.#wantsMore = true;
    else {
      this.#isSyncing = true;
      this.#syncing = this.#rounds();
    }
    return this.#syncing;
  }

  async #rounds(): Promise<void> {
    do {
      this.#wantsMore = false;
      await this.#round().catch(async (error: unknown) => {
        if (error instanceof Revoked) await this.#stop();
        else this.#say({ line: 'down' });
      });
    } while (this.#wantsMore);
    // In the very turn of the last look: whoever calls from now on begins anew.
    this.#isSyncing = false;
  }

  async #round(): Promise<void> {
    const { device, phase } = this.#view;
    if (device === null || phase !== 'ready') return;
    await this.#upload(device);
    await this.#refresh(device);
    this.#say({ line: 'up' });
  }

  async #upload(device: GateDevice): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, BATCH);
      const askedAt = this.#ticks.wall();
      const answer = await this.#server.upload(device, batch, askedAt);
      this.#hear(answer.now, askedAt);
      const taken = new Set(answer.taken);
      const refused = new Map(answer.refused.map(({ id, code }) => [id, code]));
      const done = batch.filter(({ id }) => taken.has(id) || refused.has(id));
      // A server that says nothing of any of them would be asked for ever.
      if (done.length === 0) throw new Error('the server took nothing');
      const kept: RefusedDecision[] = [];
      for (const decision of done) {
        const code = refused.get(decision.id);
        if (code === undefined) await this.#vault.delete(decisionName(decision.n));
        else {
          kept.push({ decision, code });
          await this.#vault.put(decisionName(decision.n), { decision, code });
        }
      }
      this.#queue = this.#queue.filter((one) => !done.includes(one));
      const known = new Set(this.#view.flags.map(({ id }) => id));
      const flags = [...this.#view.flags, ...answer.flags.filter(({ id }) => !known.has(id))];
      if (answer.flags.length > 0) await this.#vault.put(FLAGS, flags);
      this.#say({
        waiting: this.#queue.length,
        refused: [...this.#view.refused, ...kept],
        flags,
        storage: this.#vault.state,
      });
    }
  }

  async #refresh(device: GateDevice): Promise<void> {
    const isFull = this.#differences > MOST_DIFFERENCES;
    const since = this.#list === null || isFull ? null : this.#list.head.version;
    const askedAt = this.#ticks.wall();
    try {
      const { packed, now } = await this.#server.list(device, since);
      this.#hear(now, askedAt);
      await this.#vault.put(CLOCK, this.#clock.kept);
      if (packed !== null) await this.#take(packed);
      this.#say({ isListAltered: false });
    } catch (error) {
      if (!(error instanceof Altered)) throw error;
      this.#say({ isListAltered: true });
    }
    this.#showList();
  }

  async #take(packed: Packed): Promise<void> {
    if (packed.kind === 'full') await this.#takeFull(packed);
    else await this.#takeDifference(packed);
  }

  async #takeFull(packed: PackedFull): Promise<void> {
    // Read before the old one is given up: what does not open is never the only one.
    const list = new GateList(packed);
    const old = await this.#vault.names('list-');
    await this.#vault.put(listName(0), packed);
    for (const name of old) if (name !== listName(0)) await this.#vault.delete(name);
    this.#list = list;
    this.#differences = 1;
  }

  async #takeDifference(packed: PackedDifference): Promise<void> {
    if (this.#list === null) return;
    try {
      this.#list.apply(packed);
    } catch (error) {
      if (!(error instanceof NotFitting)) throw error;
      // Half applied is not applied: what was kept is opened again, and the whole is asked for next time.
      await this.#openList();
      this.#differences = MOST_DIFFERENCES + 1;
      return;
    }
    await this.#vault.put(listName(this.#differences), packed);
    this.#differences++;
  }

  /** Stopped by the manager: the list is gone at once, what was decided stays. */
  async #stop(): Promise<void> {
    await this.#forgetList();
    await this.#vault.delete(DEVICE);
    this.#say({ phase: 'revoked', device: null, shown: null, line: 'down' });
  }

  #hear(serverAt: number, askedAt: number): void {
    this.#clock.heard(serverAt, askedAt);
    this.#say({ skewMs: this.#clock.skewMs, isClockBack: false });
  }

  #count(): void {
    const date = new Date(this.#clock.now()).toDateString();
    const { today } = this.#view;
    const next = { date, count: today.date === date ? today.count + 1 : 1 };
    void this.#vault.put(TODAY, next);
    this.#say({ today: next });
  }

  #showList(): void {
    const list = this.#list;
    this.#say({
      list:
        list === null
          ? null
          : { issuedAt: list.head.issuedAt, expiresAt: list.head.expiresAt, count: list.count },
    });
  }

  #say(part: Partial<PostView>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}
