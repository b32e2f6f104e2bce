import { createHmac, randomUUID, webcrypto } from 'node:crypto';
import {
  decideHere,
  type Digests,
  type Direction,
  GateList,
  type Packed,
  type PackedFull,
  readCode,
  type Tally,
  type UrgentTrip,
} from '@gongzhi/gate';
import { type Followed, followBroker } from '../../../apps/server/src/platform/mqtt/client.ts';

/**
 * A gate's device as its maker would build it, by docs/gate.md and nothing else: it asks by MQTT while the line stands,
 * decides by the signed list while it doesn't, sends what it decided in order when it is back, and opens its barrier
 * once for each order that has not run out.
 */
export interface DeviceOptions {
  /** As the desk showed them once. */
  readonly userName: string;
  readonly password: string;
  readonly publicKey: webcrypto.JsonWebKey;
  readonly url: string;
  readonly mqttUrl: string;
  /** Its own clock, right or wrong. */
  now(): number;
  /** What has not come by then is decided here; of real time. */
  readonly patienceMs: number;
  /** An answer that got lost on the way: the same check is said again. */
  losesAnswer?(): boolean;
  say?(line: string): void;
}

export interface Shown {
  readonly text: string | null;
  readonly direction: Direction;
  readonly urgent?: UrgentTrip;
  readonly temperatureTenths?: number;
}

export interface Outcome {
  readonly id: string;
  readonly outcome: string;
  readonly say: string;
  readonly by: 'server' | 'device';
  readonly latencyMs: number;
}

interface Answer {
  readonly type: string;
  readonly now: string;
  readonly results?: readonly {
    id: string;
    outcome: string | null;
    say: string | null;
    fault: string | null;
  }[];
  readonly taken?: readonly string[];
  readonly refused?: readonly { id: string; code: string }[];
  readonly flags?: readonly { id: string; kind: string }[];
  readonly code?: string;
}

interface Order {
  readonly id: string;
  readonly holdSeconds: number;
  readonly validForMs: number;
}

type Kept = Readonly<Record<string, unknown>> & { readonly id: string };

const digests: Digests = {
  hmac: async (key, message) => createHmac('sha256', key).update(message).digest(),
};
const MOST_TOGETHER = 30;
/** Long enough that no code can be shown again. */
const REMEMBERED_MS = 10 * 60_000;
const MOST_PACKET_BYTES = 65_536;

export class SimulatedDevice {
  readonly #options: DeviceOptions;
  readonly #topic: string;
  #line: Followed | null = null;
  #list: GateList | null = null;
  /** Our clock less the server's, as of the last answer. */
  #aheadMs = 0;
  #n = 0;
  #queue: Kept[] = [];
  #let: { ref: string; step: number | null; direction: Direction; at: number }[] = [];
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  readonly #opened = new Set<string>();
  #uploaded: ((answer: Answer) => void) | null = null;
  #onOpening: (() => void) | null = null;
  readonly flags: string[] = [];
  readonly refused: string[] = [];
  openings = 0;

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.#topic = `gongzhi/gate/v1/${options.userName.replace('.', '/')}`;
  }

  get isPluggedIn(): boolean {
    return this.#line?.isConnected() === true;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get listed(): number {
    return this.#list?.count ?? 0;
  }

  async plugIn(): Promise<void> {
    const { userName, password, mqttUrl } = this.#options;
    const url = new URL(mqttUrl);
    url.username = encodeURIComponent(userName);
    url.password = encodeURIComponent(password);
    await new Promise<void>((resolve, reject) => {
      const line = followBroker({
        url: url.href,
        clientId: userName,
        topics: [`${this.#topic}/answers`, `${this.#topic}/commands`],
        mostPacketBytes: MOST_PACKET_BYTES,
        take: async ({ topic, payload }) => this.#hear(topic, payload.toString()),
        log: (state, detail) => {
          this.#options.say?.(`mqtt ${state}${detail === '' ? '' : `: ${detail}`}`);
          if (state === 'refused') {
            line.stop();
            reject(new Error(`the broker refused: ${detail}`));
          }
        },
        ready: resolve,
      });
      this.#line = line;
    });
    await this.#line!.say(`${this.#topic}/state`, JSON.stringify({ at: this.#ownTime() }));
    await this.sync();
    await this.upload();
  }

  unplug(): void {
    this.#line?.stop();
    this.#line = null;
  }

  /** The list of who may pass here; only when it bears the house's signature. */
  async sync(): Promise<void> {
    const { url, userName, password } = this.#options;
    const since = this.#list === null ? '' : `?since=${encodeURIComponent(this.#list.head.version)}`;
    const response = await fetch(new URL(`/api/v1/access/bundle${since}`, url), {
      headers: { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}` },
    });
    if (!response.ok) throw new Error(`the list answered ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!(await this.#isSigned(bytes, response.headers.get('x-gate-signature') ?? '')))
      throw new Error('the list was altered on its way');
    const packed = JSON.parse(Buffer.from(bytes).toString()) as Packed;
    if (packed.kind === 'full') this.#list = new GateList(packed as PackedFull);
    else if (packed.version !== packed.from) this.#list!.apply(packed);
    this.#aheadMs = this.#options.now() - packed.issuedAt;
  }

  async check(shown: Shown): Promise<Outcome> {
    const id = randomUUID();
    const begun = performance.now();
    // What waits goes first, so that the gate's chain is in its order.
    if (this.isPluggedIn && this.#queue.length === 0) {
      const answer = await this.#ask(id, shown);
      const result = answer?.results?.find((one) => one.id === id);
      if (result?.outcome != null) {
        this.#remember(shown, result.outcome, null);
        return {
          id,
          outcome: result.outcome,
          say: result.say ?? '',
          by: 'server',
          latencyMs: performance.now() - begun,
        };
      }
    }
    const decided = await this.#decide(id, shown, begun);
    return { id, ...decided, by: 'device', latencyMs: performance.now() - begun };
  }

  /** Resolves when it opens next: true; or after so long: false. Asked before the order is on its way. */
  opening(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs, false);
      this.#onOpening = () => {
        clearTimeout(timer);
        this.#onOpening = null;
        resolve(true);
      };
    });
  }

  /** In their order; what the server has is forgotten here, and nothing else. */
  async upload(): Promise<number> {
    let count = 0;
    while (this.#queue.length > 0 && this.isPluggedIn) {
      const decisions = this.#queue.slice(0, MOST_TOGETHER);
      const answer = new Promise<Answer>((resolve) => (this.#uploaded = resolve));
      await this.#line!.say(
        `${this.#topic}/decisions`,
        JSON.stringify({ deviceNow: this.#options.now(), decisions }),
      );
      const { taken = [], refused = [], flags = [], type, code } = await answer;
      if (type === 'refused') throw new Error(`the upload was refused: ${code}`);
      this.flags.push(...flags.map(({ kind }) => kind));
      this.refused.push(...refused.map((one) => one.code));
      const known = new Set([...taken, ...refused.map(({ id }) => id)]);
      this.#queue = this.#queue.filter(({ id }) => !known.has(id));
      count += taken.length;
    }
    return count;
  }

  #ownTime(): string {
    return new Date(this.#options.now()).toISOString();
  }

  /** As the server has it: codes are made by that. */
  #houseTime(): number {
    return this.#options.now() - this.#aheadMs;
  }

  async #ask(id: string, { text, direction, urgent, temperatureTenths }: Shown): Promise<Answer | null> {
    const check = {
      id,
      at: this.#ownTime(),
      direction,
      ...(text === null ? {} : { text }),
      ...(urgent === undefined ? {} : { urgent }),
      ...(temperatureTenths === undefined ? {} : { temperature: temperatureTenths / 10 }),
    };
    const once = async (): Promise<Answer | null> => {
      let timer: NodeJS.Timeout | undefined;
      const answer = new Promise<Answer | null>((resolve) => {
        this.#waiting.set(id, resolve);
        timer = setTimeout(resolve, this.#options.patienceMs, null);
      });
      try {
        await this.#line!.say(`${this.#topic}/checks`, JSON.stringify({ checks: [check] }));
        return await answer;
      } catch {
        return null;
      } finally {
        clearTimeout(timer);
        this.#waiting.delete(id);
      }
    };
    const first = await once();
    return first !== null && this.#options.losesAnswer?.() === true ? once() : first;
  }

  async #decide(id: string, shown: Shown, begun: number): Promise<{ outcome: string; say: string }> {
    const { text, direction, urgent = null, temperatureTenths = null } = shown;
    const at = this.#houseTime();
    const list = this.#list;
    if (list === null || at >= list.head.expiresAt) return { outcome: 'refer', say: 'no_list' };
    const { verdict, ref, way, step } = await decideHere(
      list,
      { text, spoken: null, direction, urgent, temperatureTenths, wearsMask: null },
      at,
      this.#tally(),
      digests,
    );
    this.#remember(shown, verdict.outcome, ref);
    // Kept before anybody is let through.
    this.#queue.push({
      id,
      n: ++this.#n,
      at,
      deviceAt: this.#options.now(),
      direction,
      text,
      spokenId: null,
      ref,
      way,
      step,
      urgent,
      temperatureTenths,
      wearsMask: null,
      verdict,
      listVersion: list.head.version,
      latencyUs: Math.round((performance.now() - begun) * 1_000),
      byAccountId: null,
      override: null,
    });
    return { outcome: verdict.outcome, say: verdict.say };
  }

  #remember({ text, direction }: Shown, outcome: string, ref: string | null): void {
    const code = text === null ? null : readCode(text);
    const who = ref ?? code?.ref ?? null;
    if (who === null || (outcome !== 'pass' && outcome !== 'pass_report')) return;
    const at = this.#houseTime();
    this.#let = this.#let.filter((one) => one.at > at - REMEMBERED_MS);
    this.#let.push({ ref: who, step: code?.step ?? null, direction, at });
  }

  #tally(): Tally {
    const since = this.#list!.head.issuedAt;
    return {
      isUsed: (ref, step) => this.#let.some((one) => one.ref === ref && one.step === step),
      entries: (ref) =>
        this.#let.filter((one) => one.ref === ref && one.direction === 'in' && one.at > since).length,
    };
  }

  #hear(topic: string, payload: string): void {
    if (topic.endsWith('/commands')) {
      this.#obey(JSON.parse(payload) as Order);
      return;
    }
    const answer = JSON.parse(payload) as Answer;
    this.#aheadMs = this.#options.now() - Date.parse(answer.now);
    if (answer.type === 'checks') for (const { id } of answer.results ?? []) this.#waiting.get(id)?.(answer);
    else if (answer.type === 'decisions' || answer.type === 'refused') this.#uploaded?.(answer);
  }

  /** Once, and never late; whether somebody stands under it only the barrier knows. */
  #obey({ id, holdSeconds, validForMs }: Order): void {
    const isFresh = validForMs > 0 && !this.#opened.has(id);
    if (isFresh) {
      this.#opened.add(id);
      this.openings += 1;
      this.#onOpening?.();
      this.#options.say?.(`the barrier opens for ${holdSeconds} s`);
    }
    if (validForMs <= 0) return;
    this.#line
      ?.say(`${this.#topic}/acks`, JSON.stringify({ id, outcome: 'opened' }))
      // Not acknowledged: the order comes again, and opens nothing then.
      .catch(() => {});
  }

  async #isSigned(bytes: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean> {
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await webcrypto.subtle.importKey('jwk', this.#options.publicKey, curve, false, ['verify']);
    return webcrypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      Buffer.from(signature, 'base64'),
      bytes,
    );
  }
}
