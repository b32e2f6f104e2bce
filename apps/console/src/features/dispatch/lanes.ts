/** How a lane is drawn: what lies where on the line of hours, and what stands above what. Pure. */

export interface Drawable {
  readonly id: string;
  readonly acceptedAt: string | null;
  readonly finishedAt: string | null;
  readonly dueAt: string | null;
}

export interface Drawn<Block> {
  readonly block: Block;
  /** Shares of the window, 0 to 1. */
  readonly left: number;
  readonly width: number;
  readonly row: number;
  /** How it ends is not known yet. */
  readonly isOpen: boolean;
}

export const HOUR_MS = 3_600_000;
const BEFORE_HOURS = 3;
const HOURS = 9;
/** Narrower than this nothing can be read. */
const NARROWEST = 0.1;

export interface Hours {
  readonly from: number;
  readonly to: number;
  readonly marks: readonly number[];
}

/** A few hours back, some more ahead, beginning on the hour. */
export function hoursAround(now: number): Hours {
  const from = Math.floor(now / HOUR_MS) * HOUR_MS - BEFORE_HOURS * HOUR_MS;
  return {
    from,
    to: from + HOURS * HOUR_MS,
    marks: Array.from({ length: HOURS }, (_, i) => from + i * HOUR_MS),
  };
}

export const shareAt = (at: number, { from, to }: Hours): number =>
  Math.min(1, Math.max(0, (at - from) / (to - from)));

/** What overlaps stands below what began before; what ended before the window is left out. */
export function layOut<Block extends Drawable>(
  blocks: readonly Block[],
  hours: Hours,
  now: number,
): { readonly drawn: Drawn<Block>[]; readonly rows: number } {
  const timed = blocks.map((block) => {
    const from = block.acceptedAt === null ? now : Date.parse(block.acceptedAt);
    const due = block.dueAt === null ? now : Date.parse(block.dueAt);
    const to = block.finishedAt === null ? Math.max(now, due) : Date.parse(block.finishedAt);
    return { block, from, to, isOpen: block.finishedAt === null };
  });
  const shown = timed
    .filter(({ from, to }) => to > hours.from && from < hours.to)
    .toSorted((a, b) => a.from - b.from || (a.block.id < b.block.id ? -1 : 1));
  const ends: number[] = [];
  const drawn = shown.map(({ block, from, to, isOpen }) => {
    const width = Math.max(NARROWEST, shareAt(to, hours) - shareAt(from, hours));
    const left = Math.min(shareAt(from, hours), 1 - width);
    const free = ends.findIndex((end) => end <= left + 1e-9);
    const row = free === -1 ? ends.length : free;
    ends[row] = left + width;
    return { block, left, width, row, isOpen };
  });
  return { drawn, rows: Math.max(1, ends.length) };
}
