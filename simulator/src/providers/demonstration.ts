import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProviders, type Providers } from './open.ts';

/** The demonstration's own cashiers: what they keep goes when they stop, and so does every key. */
export async function openDemonstrationProviders(
  dataDir: string,
): Promise<Providers & { readonly file: string }> {
  const providers = await openProviders();
  const file = join(dataDir, 'payments-simulated.json');
  writeFileSync(file, JSON.stringify(providers.operatorFile), { mode: 0o600 });
  // An older file keeps the rights it had.
  chmodSync(file, 0o600);
  return { ...providers, file };
}
