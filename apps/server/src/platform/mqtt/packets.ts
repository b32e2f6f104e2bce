/**
 * Follows the fixed headers of an MQTT stream (MQTT 3.1.1, 2.2) and says when a packet is longer than anybody here has
 * to say: before it is gathered in memory, which a parser does up to 256 MiB.
 */
export class PacketSizes {
  #most: number;
  /** Of the packet that is under way. */
  #left = 0;
  /** Null: the next byte begins a packet. */
  #length: { value: number; shift: number } | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  /** From the next packet's header on. */
  allow(most: number): void {
    this.#most = most;
  }

  /** False: the connection is to be cut. */
  fits(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, chunk.length - at);
        this.#left -= step;
        at += step;
        continue;
      }
      const byte = chunk[at++] as number;
      if (this.#length === null) {
        this.#length = { value: 0, shift: 0 };
        continue;
      }
      this.#length.value += (byte & 0x7f) * 2 ** this.#length.shift;
      this.#length.shift += 7;
      const hasMore = byte >= 0x80;
      if (this.#length.value > this.#most || (hasMore && this.#length.shift > 21)) return false;
      if (hasMore) continue;
      this.#left = this.#length.value;
      this.#length = null;
    }
    return true;
  }
}

/** Topic, payload, and what a connection says of itself: a CONNECT with a will is the longest. */
export const MOST_PACKET_BYTES = 2_048;
