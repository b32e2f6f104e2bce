import { setFlagsFromString } from 'node:v8';

/**
 * What PostgreSQL answers comes in buffers outside of V8's heap, and is garbage a moment later. V8 looks through its whole heap
 * each time 64 MB of them have come together: a comparison of three hundred places brings three and a half, so every eighteenth
 * took twice as long. Counted with the heap instead, they wait for its limit: every sixtieth, with as much memory.
 */
export function countBuffersWithHeap(): void {
  // Earlier ones do not know it, and say so on each start.
  if (Number(process.versions.v8.split('.')[0]) >= 14)
    setFlagsFromString('--external-memory-accounted-in-global-limit');
}
