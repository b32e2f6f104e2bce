import type { ServerResponse } from 'node:http';
import { type DispatchedEvent, isAfter, type Position } from '../events/reading.ts';
import type { Acting } from '../sessions/sessions.ts';

/** Bytes that may wait for a slow client before it is dropped; it comes back and resumes. */
const mostBuffered = 256 * 1024;
/** Events that may wait while a listener catches up. */
const mostPending = 2_000;

export function eventIdOf(position: Position): string {
  return `${position.xid}-${position.eventId}`;
}

const idPattern = /^(\d{1,20})-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Null for what no server of ours sent. */
export function parseEventId(text: string): Position | null {
  const found = idPattern.exec(text);
  // An xid8 has 64 bits: PostgreSQL refuses more.
  if (found === null || BigInt(found[1]!) >= 2n ** 64n) return null;
  return { xid: found[1]!, eventId: found[2]! };
}

/** One open connection: a browser of an account. */
export class Listener {
  readonly secret: string;
  acting: Acting;
  /** Everything up to here was decided for this listener. */
  position: Position;
  checkedAt: number;
  /** Null: follows the tailer. A list: still catching up, and this came meanwhile. */
  pending: DispatchedEvent[] | null;
  readonly #response: ServerResponse;

  constructor(
    response: ServerResponse,
    secret: string,
    acting: Acting,
    position: Position,
    isCatchingUp: boolean,
  ) {
    this.#response = response;
    this.secret = secret;
    this.acting = acting;
    this.position = position;
    this.checkedAt = performance.now();
    this.pending = isCatchingUp ? [] : null;
  }

  get isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }

  /** Keeps for later what arrives while catching up; false when it was too much. */
  hold(events: readonly DispatchedEvent[]): boolean {
    this.pending?.push(...events);
    return (this.pending?.length ?? 0) <= mostPending;
  }

  isNews(event: DispatchedEvent): boolean {
    return isAfter(event, this.position);
  }

  send(name: string | null, id: Position | null, data: unknown): void {
    let text = '';
    if (name !== null) text += `event: ${name}\n`;
    if (id !== null) text += `id: ${eventIdOf(id)}\n`;
    if (data !== undefined) text += `data: ${JSON.stringify(data)}\n`;
    this.write(`${text}\n`);
  }

  write(text: string): void {
    if (!this.isOpen) return;
    this.#response.write(text);
    if (this.#response.writableLength > mostBuffered) this.#response.destroy();
  }

  /** The client comes back by itself, unless it is told to go by what its next request gets. */
  close(): void {
    if (this.isOpen) this.#response.end();
  }
}
