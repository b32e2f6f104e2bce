import type { FileStore } from './store.ts';

/** Everything that `from` holds and `to` lacks. Broken off, it goes on where it was: what is there is not sent again. */
export async function copyFiles(
  from: FileStore,
  to: FileStore,
): Promise<{ copied: number; present: number }> {
  let copied = 0;
  let present = 0;
  for (let slice = 0; slice < 256; slice++) {
    const there = new Set((await to.list(slice)).map(({ id, variant }) => `${id} ${variant}`));
    for (const { id, variant } of await from.list(slice)) {
      if (there.has(`${id} ${variant}`)) {
        present++;
        continue;
      }
      const bytes = await from.read(id, variant);
      // Swept since it was listed.
      if (bytes === null) continue;
      await to.put(id, variant, bytes);
      copied++;
    }
  }
  return { copied, present };
}
