import {
  ask,
  encodeFrame,
  type Frame,
  FrameStream,
  isAddressed,
  type Message,
  type MeterError,
  readMessage,
} from '@gongzhi/kernel/dlt645/index.ts';

/**
 * One question, one answer, on a line that may say anything: late answers, others' answers, broken ones, noise, nothing.
 * Questions wait for each other, for a bus has one voice.
 */
export type Failure =
  | {
      readonly ok: false;
      readonly error: 'no_answer' | 'garbled' | 'disconnected' | 'host_refused' | 'cannot_ask';
      /** Not a byte has left: whoever was meant cannot have heard it. */
      readonly isUnsaid?: true;
    }
  /** A sound answer, and not this meter's. */
  | { readonly ok: false; readonly error: 'wrong_address'; readonly found: string }
  | { readonly ok: false; readonly error: 'refused'; readonly errors: readonly MeterError[] };
export type Answered = { readonly ok: true; readonly message: Message } | Failure;

export interface Port {
  /** Throws or says false when the line is gone. */
  send(bytes: Uint8Array): boolean;
  isOpen(): boolean;
}

interface Waiting {
  readonly frame: Frame;
  readonly message: Message;
  readonly settle: (answered: Answered) => void;
  foreign: string | null;
  isGarbled: boolean;
}

export class Conversation {
  readonly #port: Port;
  readonly #patience: number;
  readonly #stream = new FrameStream();
  #waiting: Waiting | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(port: Port, patienceMilliseconds: number) {
    this.#port = port;
    this.#patience = patienceMilliseconds;
  }

  isOpen(): boolean {
    return this.#port.isOpen();
  }

  ask(address: string, message: Message): Promise<Answered> {
    const turn = this.#queue.then(() => this.#ask(address, message));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #ask(address: string, message: Message): Promise<Answered> {
    const asked = ask(address, message);
    const bytes = asked.ok ? encodeFrame(asked.value) : asked;
    if (!asked.ok || !bytes.ok) return Promise.resolve({ ok: false, error: 'cannot_ask', isUnsaid: true });
    // Whatever came before it was asked answers nothing.
    this.#stream.flush();
    return new Promise<Answered>((resolve) => {
      const timer = setTimeout(() => {
        const { foreign = null, isGarbled = false } = this.#waiting ?? {};
        this.#settle(
          foreign !== null
            ? { ok: false, error: 'wrong_address', found: foreign }
            : { ok: false, error: isGarbled ? 'garbled' : 'no_answer' },
        );
      }, this.#patience);
      this.#waiting = {
        frame: asked.value,
        message,
        foreign: null,
        isGarbled: false,
        settle: (answered) => {
          clearTimeout(timer);
          resolve(answered);
        },
      };
      if (!this.#port.isOpen() || !this.#port.send(bytes.value))
        this.#settle({ ok: false, error: 'disconnected', isUnsaid: true });
    });
  }

  #settle(answered: Answered): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.settle(answered);
  }

  /** What came over the line. */
  hear(bytes: Uint8Array): void {
    for (const heard of this.#stream.push(bytes)) {
      const waiting = this.#waiting;
      if (waiting === null) continue;
      if (heard.type === 'noise') waiting.isGarbled = true;
      else this.#take(heard.frame, waiting);
    }
  }

  #take(frame: Frame, waiting: Waiting): void {
    // An echo of what we said, or an answer to something else: the line says that too.
    if (!frame.isReply || frame.func !== waiting.frame.func) return;
    if (!isAddressed(waiting.frame.address, frame.address)) {
      waiting.foreign = frame.address;
      return;
    }
    const read = readMessage(frame);
    if (!read.ok) {
      waiting.isGarbled = true;
      return;
    }
    const message = read.value;
    if (message.type === 'failed')
      return this.#settle({ ok: false, error: 'refused', errors: message.errors });
    // A late answer to the question before is no answer to this one.
    if ('di' in waiting.message && 'di' in message && message.di !== waiting.message.di) return;
    this.#settle({ ok: true, message });
  }

  /** The line is gone. */
  close(): void {
    this.#settle({ ok: false, error: 'disconnected' });
  }
}
