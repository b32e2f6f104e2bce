import { decodeFrame, FIXED_BYTES, type Frame, type FrameFault, MOST_WAKE_UPS } from './frame.ts';

/** What a line has said so far: frames, and what was no frame. */
export type Heard =
  | { readonly type: 'frame'; readonly frame: Frame; readonly bytes: Uint8Array }
  /** Bytes that belong to no frame, and why the nearest thing to one was none. */
  | { readonly type: 'noise'; readonly bytes: number; readonly fault: FrameFault };

/** The longest frame with its wake-up bytes: more than this is never kept. */
const MOST_KEPT = MOST_WAKE_UPS + FIXED_BYTES + 200;

/**
 * Frames out of a stream: whatever comes in whatever pieces. After a broken frame the search goes on one byte behind its
 * start, so that a frame that was swallowed by a wrong length is found all the same.
 */
export class FrameStream {
  #kept: Uint8Array = new Uint8Array(0);

  /** What can be said with these bytes; the beginning of a frame waits for its end. */
  push(bytes: Uint8Array): Heard[] {
    const heard: Heard[] = [];
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    let at = 0;
    let noise = 0;
    let fault: FrameFault | null = null;
    const tellNoise = () => {
      if (noise > 0 && fault !== null) heard.push({ type: 'noise', bytes: noise, fault });
      noise = 0;
      fault = null;
    };
    while (at < all.length) {
      const start = afterWakeUps(all, at);
      // Wake-up bytes of something that has not come yet.
      if (start >= all.length && start - at <= MOST_WAKE_UPS) break;
      if (start - at > MOST_WAKE_UPS || all[start] !== 0x68) {
        fault ??= { code: 'no_start', at: 0, found: all[at]! };
        noise += 1;
        at += 1;
        continue;
      }
      const end = endOf(all, start);
      if (end === 'unknown') break;
      const read = end === 'never' ? null : decodeFrame(all.subarray(at, end));
      if (read?.ok === true) {
        tellNoise();
        heard.push({ type: 'frame', frame: read.value, bytes: all.slice(at, end as number) });
        at = end as number;
        continue;
      }
      const why: FrameFault =
        read === null ? { code: 'no_start', at: start + 7, found: all[start + 7] ?? 0 } : read.error;
      // What a broken frame is about is said rather than the noise around it.
      fault = fault === null || fault.code === 'no_start' ? why : fault;
      noise += start + 1 - at;
      at = start + 1;
    }
    tellNoise();
    this.#kept = all.slice(at);
    if (this.#kept.length > MOST_KEPT) this.#kept = this.#kept.slice(-MOST_KEPT);
    return heard;
  }

  /** The line has been quiet: the beginning of a frame that never ended is none. */
  flush(): void {
    this.#kept = new Uint8Array(0);
  }

  get waiting(): number {
    return this.#kept.length;
  }
}

function afterWakeUps(bytes: Uint8Array, at: number): number {
  let start = at;
  while (bytes[start] === 0xfe) start += 1;
  return start;
}

/** Where the frame that starts here ends; `unknown`: more is to come; `never`: it is none. */
function endOf(bytes: Uint8Array, start: number): number | 'unknown' | 'never' {
  const second = bytes[start + 7];
  if (second !== undefined && second !== 0x68) return 'never';
  const length = bytes[start + 9];
  if (length === undefined) return 'unknown';
  if (length > 200) return 'never';
  const end = start + FIXED_BYTES + length;
  if (end > bytes.length) return 'unknown';
  return end;
}
