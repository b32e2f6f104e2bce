import {
  type Asked,
  type Digests,
  decideHere,
  type GateList,
  proofOf,
  readCode,
  type Tally,
} from '@gongzhi/gate';
import { Accepted } from './accepted.ts';
import { GateClock, type KeptClock, type Ticks } from './gate-clock.ts';
import { KeptDecisions } from './kept-decisions.ts';
import { KeptList } from './kept-list.ts';
import {
  Altered,
  type Decision,
  type Flag,
  type GateDevice,
  type GateServer,
  type PostView,
  Revoked,
  type Shown,
} from './post-types.ts';
import { listShown, shownOf, withoutList } from './post-verdict.ts';
import type { Vault } from './vault.ts';

/** Green or red in under a second: what has not come by then is decided here. */
const PATIENCE_MS = 700;
/** Who shows a health code waits for its service, too. */
const HEALTH_PATIENCE_MS = 3000;
/** A clock that says a list was made later than this from now is not believed. */
const CLOCK_BEHIND_MS = 10 * 60_000;
const BATCH = 100;

const DEVICE = 'device';
const CLOCK = 'clock';
const TODAY = 'today';
const FLAGS = 'flags';

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
  readonly #kept: KeptList;
  readonly #decisions: KeptDecisions;
  readonly #accepted = new Accepted();
  #syncing: Promise<void> = Promise.resolve();
  #isSyncing = false;
  #wantsMore = false;
  #view: PostView = {
    phase: 'opening',
    device: null,
    line: 'up',
    waiting: 0,
    elsewhere: 0,
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
    this.#kept = new KeptList(tools.vault);
    this.#decisions = new KeptDecisions(tools.vault);
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
    const { waiting, refused } = await this.#decisions.restore();
    for (const decision of waiting) this.#accept(decision, decision.at);
    const device = await this.#vault.get<GateDevice>(DEVICE);
    const [flags = [], today = { date: '', count: 0 }] = [
      await this.#vault.get<Flag[]>(FLAGS),
      await this.#vault.get<PostView['today']>(TODAY),
    ];
    if (device !== undefined) {
      await this.#kept.open();
      this.#showList();
    }
    this.#say({
      phase: device === undefined ? 'unpaired' : 'ready',
      device: device ?? null,
      flags,
      today,
      refused,
      ...this.#waiting(device ?? null),
      storage: this.#vault.state,
    });
  }

  async pair(device: GateDevice): Promise<void> {
    await this.#forgetList();
    await this.#vault.put(DEVICE, device);
    this.#say({ phase: 'ready', device, isListAltered: false, ...this.#waiting(device) });
    await this.sync();
  }

  /** Only when everything was sent. */
  async leave(): Promise<boolean> {
    if (this.#mine().length > 0) return false;
    await this.#vault.delete(DEVICE);
    await this.#forgetList();
    this.#say({ phase: 'unpaired', device: null, shown: null, ...this.#waiting(null) });
    return true;
  }

  async #forgetList(): Promise<void> {
    await this.#kept.forget();
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
    if (this.#view.line === 'up' && this.#mine().length === 0) {
      // Decided here it takes no longer than to draw that it is being decided.
      this.#say({ isWorking: true, shown: null });
      const askedAt = this.#ticks.wall();
      try {
        const patience = asked.healthCode === undefined ? PATIENCE_MS : HEALTH_PATIENCE_MS;
        const answer = await this.#server.check(device, { ...asked, id }, patience);
        this.#hear(answer.now, askedAt);
        shown = shownOf(id, asked.direction, answer, false);
        const step = asked.text === null ? null : (readCode(asked.text)?.step ?? null);
        this.#accept({
          ref: answer.ref,
          step,
          way: answer.way,
          verdict: answer.verdict,
          direction: asked.direction,
        });
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
    const list = this.#kept.list;
    const usable = list !== null && at < list.head.expiresAt && list.head.issuedAt - at < CLOCK_BEHIND_MS;
    const decided = usable
      ? await decideHere(list, asked, at, this.#tally(list), this.#digests)
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

  async #keep(
    made: Omit<
      Decision,
      'n' | 'scopeId' | 'gateId' | 'deviceId' | 'proof' | 'deviceAt' | 'listVersion' | 'byAccountId'
    >,
  ): Promise<void> {
    const { device } = this.#view;
    if (device === null) throw new Error('no gate');
    const { scopeId, deviceId } = device;
    // The manager may have moved the phone: its list says for which gate it decides.
    const gateId = this.#kept.list?.head.gate.id ?? device.gateId;
    const n = this.#decisions.takeNumber();
    const key = new TextEncoder().encode(device.key);
    const decision: Decision = {
      ...made,
      scopeId,
      gateId,
      deviceId,
      proof: await proofOf(this.#digests, key, { ...made, deviceId, gateId }),
      n,
      deviceAt: this.#ticks.wall(),
      listVersion: this.#kept.list?.head.version ?? null,
      byAccountId: this.#accountId,
    };
    const kept = this.#decisions.add(decision);
    this.#accept(decision, decision.at);
    await kept;
    this.#say({ ...this.#waiting(device), storage: this.#vault.state });
  }

  /** What this phone may send where it is registered now. */
  #mine(): Decision[] {
    return this.#decisions.ofScope(this.#view.device?.scopeId);
  }

  #waiting(device: GateDevice | null): Pick<PostView, 'waiting' | 'elsewhere'> {
    const { count } = this.#decisions;
    const waiting = device === null ? count : this.#decisions.ofScope(device.scopeId).length;
    return { waiting, elsewhere: count - waiting };
  }

  #accept(
    { ref, step, way, verdict, direction }: Pick<Decision, 'ref' | 'step' | 'way' | 'verdict' | 'direction'>,
    at = this.#clock.now(),
  ): void {
    const isThrough = verdict.outcome === 'pass' || verdict.outcome === 'pass_report';
    if (!isThrough) return;
    const isCar = way === 'plate' || (ref !== null && this.#kept.list?.find(ref)?.pass.kind === 'vehicle');
    this.#accepted.add({ ref, step, direction, isCar, at }, this.#isWaiting);
  }

  readonly #isWaiting = (one: { ref: string | null; at: number }): boolean => this.#decisions.has(one);

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
    for (let batch = this.#batchFor(device); batch.length > 0; batch = this.#batchFor(device)) {
      const askedAt = this.#ticks.wall();
      const answer = await this.#server.upload(device, batch, askedAt);
      this.#hear(answer.now, askedAt);
      const taken = new Set(answer.taken);
      const refused = new Map(answer.refused.map(({ id, code }) => [id, code]));
      const done = batch.filter(({ id }) => taken.has(id) || refused.has(id));
      // A server that says nothing of any of them would be asked for ever.
      if (done.length === 0) throw new Error('the server took nothing');
      const kept = await this.#decisions.settle(done, refused);
      const known = new Set(this.#view.flags.map(({ id }) => id));
      const flags = [...this.#view.flags, ...answer.flags.filter(({ id }) => !known.has(id))];
      if (answer.flags.length > 0) await this.#vault.put(FLAGS, flags);
      this.#say({
        ...this.#waiting(device),
        refused: [...this.#view.refused, ...kept],
        flags,
        storage: this.#vault.state,
      });
    }
  }

  #batchFor(device: GateDevice): Decision[] {
    return this.#decisions.ofScope(device.scopeId).slice(0, BATCH);
  }

  async #refresh(device: GateDevice): Promise<void> {
    const askedAt = this.#ticks.wall();
    try {
      const { packed, now } = await this.#server.list(device, this.#kept.since);
      this.#hear(now, askedAt);
      await this.#vault.put(CLOCK, this.#clock.kept);
      await this.#kept.take(packed);
      this.#say({ isListAltered: false });
    } catch (error) {
      if (!(error instanceof Altered)) throw error;
      this.#say({ isListAltered: true });
    }
    this.#showList();
  }

  /** Stopped by the manager: the list is gone at once, what was decided stays. */
  async #stop(): Promise<void> {
    await this.#forgetList();
    await this.#vault.delete(DEVICE);
    this.#say({ phase: 'revoked', device: null, shown: null, line: 'down', ...this.#waiting(null) });
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
    const { list } = this.#kept;
    this.#say({ list: list === null ? null : listShown(list, this.#clock.now(), this.#tally(list)) });
  }

  /** Whom this gate let through since its list was made. */
  #tally(list: GateList): Tally {
    return this.#accepted.since(list.head.issuedAt, this.#isWaiting);
  }

  #say(part: Partial<PostView>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}
