import type { Model } from './triage.ts';

/** A model as bytes: weights as whole numbers of -127 to 127 a label, so that a city's model is some megabytes and packs well. */

export interface Packed {
  readonly labels: readonly string[];
  readonly taught: number;
  readonly buckets: number;
  readonly steepness: number;
  readonly height: number;
  readonly asked: number;
  readonly rightFirst: number;
  /** What one step of a weight is worth, by label. */
  readonly steps: readonly number[];
  readonly bias: readonly number[];
  /** Rarity in 1/16, then weights by bucket and label. */
  readonly bytes: Uint8Array;
}

const RARITY_STEP = 1 / 16;

export function pack(model: Model): Packed {
  const { labels, buckets, rarity, weights } = model;
  const count = labels.length;
  const most = new Float64Array(count);
  for (let i = 0; i < weights.length; i++)
    most[i % count] = Math.max(most[i % count]!, Math.abs(weights[i]!));
  const steps = Array.from(most, (one) => (one === 0 ? 1 : one / 127));
  const bytes = new Uint8Array(buckets + weights.length);
  for (let bucket = 0; bucket < buckets; bucket++)
    bytes[bucket] = Math.min(255, Math.round(rarity[bucket]! / RARITY_STEP));
  for (let i = 0; i < weights.length; i++)
    bytes[buckets + i] = Math.round(weights[i]! / steps[i % count]!) & 0xff;
  const { taught, steepness, height, asked, rightFirst } = model;
  return {
    labels,
    taught,
    buckets,
    steepness,
    height,
    asked,
    rightFirst,
    steps,
    bias: [...model.bias],
    bytes,
  };
}

export function unpack(packed: Packed): Model {
  const { labels, buckets, steps, bytes } = packed;
  const count = labels.length;
  const weights = new Float32Array(buckets * count);
  for (let i = 0; i < weights.length; i++) {
    const byte = bytes[buckets + i]!;
    weights[i] = (byte > 127 ? byte - 256 : byte) * steps[i % count]!;
  }
  const rarity = Float32Array.from(bytes.subarray(0, buckets), (byte) => byte * RARITY_STEP);
  const { taught, steepness, height, asked, rightFirst } = packed;
  const bias = Float32Array.from(packed.bias);
  return { labels, taught, buckets, rarity, weights, bias, steepness, height, asked, rightFirst };
}
