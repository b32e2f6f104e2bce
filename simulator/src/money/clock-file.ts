import { openSync, readSync, writeSync } from 'node:fs';
import { type Clock, VirtualClock } from '../../../apps/server/src/platform/clock/clock.ts';

/** One clock for several processes: whoever holds it writes the time into a file, and the others read it each time they look. */
export class HeldClock extends VirtualClock {
  readonly #file: number;

  constructor(start: Date, path: string) {
    super(start);
    this.#file = openSync(path, 'w', 0o600);
    this.advance(0);
  }

  override advance(milliseconds: number): void {
    super.advance(milliseconds);
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(this.now().getTime());
    writeSync(this.#file, bytes, 0, 8, 0);
  }
}

export function seenClock(path: string): Clock {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(8);
  return {
    now() {
      readSync(file, bytes, 0, 8, 0);
      return new Date(bytes.readDoubleBE());
    },
  };
}
