import { decodeFrame, encodeFrame, type Frame, FUNCTIONS } from './frame.ts';
import { readMessage, valuesOf } from './message.ts';
import { FrameStream } from './stream.ts';

export interface Fuzzed {
  readonly tried: number;
  readonly accepted: number;
  /** Frames found whole in a stream of noise and other frames. */
  readonly found: number;
  /** An accepted frame that is written differently, a frame that was lost, or a crash. */
  readonly wrong: readonly string[];
}

/** mulberry32: the same seed says the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const functions = Object.values(FUNCTIONS);

/** Random frames, mutated frames, pure noise, and streams of them. */
export function fuzz(count: number, seed: number): Fuzzed {
  const random = seeded(seed);
  const below = (n: number) => Math.floor(random() * n);
  const bytes = (n: number) => Uint8Array.from({ length: n }, () => below(256));
  const wrong: string[] = [];
  let accepted = 0;
  let found = 0;

  const aFrame = (): { frame: Frame; written: Uint8Array } => {
    for (;;) {
      const frame: Frame = {
        wakeUps: below(5),
        address: random() < 0.1 ? 'AAAAAAAAAAAA' : String(below(1_000_000_000_000)).padStart(12, '0'),
        func: functions[below(functions.length)]!,
        isReply: random() < 0.5,
        isError: random() < 0.1,
        hasMore: random() < 0.1,
        data: bytes(random() < 0.8 ? below(20) : below(201)),
      };
      const written = encodeFrame(frame);
      if (written.ok) return { frame, written: written.value };
    }
  };
  const look = (tried: Uint8Array): void => {
    try {
      const read = decodeFrame(tried);
      if (!read.ok) return;
      accepted += 1;
      const again = encodeFrame(read.value);
      if (!again.ok || !isSame(again.value, tried))
        wrong.push(`accepted and written differently: ${[...tried]}`);
      const message = readMessage(read.value);
      if (message.ok && message.value.type === 'data') valuesOf(message.value.di, message.value.data);
    } catch (error) {
      wrong.push(`threw ${String(error)}: ${[...tried]}`);
    }
  };
  for (let i = 0; i < count; i += 1) {
    const kind = i % 4;
    if (kind === 0) look(bytes(below(60)));
    else if (kind === 1) look(aFrame().written);
    else if (kind === 2) look(mutate(aFrame().written, below));
    else {
      const frames = [aFrame(), aFrame()];
      const noise = () => bytes(below(12)).map((byte) => (byte === 0x68 || byte === 0xfe ? 0 : byte));
      found += inStream(frames, noise, below, wrong);
    }
  }
  return { tried: count, accepted, found, wrong };
}

function mutate(frame: Uint8Array, below: (n: number) => number): Uint8Array {
  const at = below(frame.length);
  switch (below(4)) {
    case 0:
      return frame.map((byte, i) => (i === at ? byte ^ (1 << below(8)) : byte));
    case 1:
      return frame.slice(0, at);
    case 2:
      return Uint8Array.from([...frame.slice(0, at), below(256), ...frame.slice(at)]);
    default:
      return frame.map((byte, i) => (i === at || i === frame.length - 2 ? below(256) : byte));
  }
}

/** Noise, a frame, noise, a frame, in pieces of any size: both are found, in their order. */
function inStream(
  frames: readonly { readonly frame: Frame; readonly written: Uint8Array }[],
  noise: () => Uint8Array,
  below: (n: number) => number,
  wrong: string[],
): number {
  const all = Uint8Array.from(frames.flatMap(({ written }) => [...noise(), ...written]));
  const stream = new FrameStream();
  const heard: Frame[] = [];
  try {
    for (let at = 0; at < all.length; ) {
      const size = 1 + below(40);
      for (const one of stream.push(all.subarray(at, at + size)))
        if (one.type === 'frame') heard.push(one.frame);
      at += size;
    }
  } catch (error) {
    wrong.push(`the stream threw ${String(error)}: ${[...all]}`);
  }
  const isFound =
    heard.length === frames.length &&
    frames.every(({ frame }, i) => heard[i]?.address === frame.address && isSame(heard[i].data, frame.data));
  if (!isFound) wrong.push(`lost in a stream: ${[...all]}`);
  return heard.length;
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);
