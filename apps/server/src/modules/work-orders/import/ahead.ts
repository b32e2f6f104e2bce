/**
 * Reads on while its consumer waits for the database, at most `most` items ahead: two processors then work at once,
 * and memory stays bounded.
 */
export async function* readAhead<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  const read: T[] = [];
  let isOver = false;
  let failure: { error: unknown } | null = null;
  let wakeReader = () => {};
  let wakeConsumer = () => {};
  const source = items[Symbol.asyncIterator]();
  const reading = (async () => {
    try {
      for (let next = await source.next(); !isOver && !next.done; next = await source.next()) {
        read.push(next.value);
        wakeConsumer();
        if (read.length >= most) await new Promise<void>((resolve) => void (wakeReader = resolve));
      }
    } catch (error) {
      failure = { error };
    }
    isOver = true;
    wakeConsumer();
  })();
  try {
    for (;;) {
      const batch = read.splice(0);
      wakeReader();
      yield* batch;
      if (read.length > 0) continue;
      if (isOver) break;
      await new Promise<void>((resolve) => void (wakeConsumer = resolve));
    }
    if (failure !== null) throw (failure as { error: unknown }).error;
  } finally {
    isOver = true;
    wakeReader();
    await reading;
    await source.return?.();
  }
}
