// Counts every present migration as released: node scripts/release-schema.ts
// From then on none of them changes (apps/server/src/guards/released.test.ts). Run with each release.
import { writeFileSync } from 'node:fs';
import { readMigrations } from '../apps/server/src/platform/db/migrate.ts';
import { faultsOf, readReleased, releasedFile } from './lib/released.ts';
import { exitWith, StartError } from './postgres.ts';

try {
  const migrations = await readMigrations();
  const released = readReleased();
  const faults = faultsOf(released, migrations);
  if (faults.length > 0) throw new StartError('released', `${faults.join('; ')}.`);
  const all = Object.fromEntries(migrations.map(({ name, checksum }) => [name, checksum]));
  writeFileSync(releasedFile, `${JSON.stringify(all, null, 2)}\n`);
  const fresh = Object.keys(all).filter((name) => !(name in released));
  for (const name of fresh) process.stdout.write(`released ${name}\n`);
  if (fresh.length === 0) process.stdout.write('Every migration was released before.\n');
} catch (error) {
  exitWith(error);
}
