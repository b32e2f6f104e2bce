// Counts every present migration as released, and keeps a tiny street as it lies in this schema, for later versions to be
// upgraded from: node scripts/release-schema.ts. From then on none of them changes (apps/server/src/guards/released.test.ts
// and upgrade.test.ts). Run with each release.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readMigrations } from '../apps/server/src/platform/db/migrate.ts';
import { startTestPostgres } from '../test/postgres.ts';
import { freeze, frozenName } from './lib/frozen.ts';
import { faultsOf, readReleased, releasedFile } from './lib/released.ts';
import { exitWith, StartError } from './postgres.ts';

try {
  const migrations = await readMigrations();
  const released = readReleased();
  const faults = faultsOf(released, migrations);
  if (faults.length > 0) throw new StartError('released', `${faults.join('; ')}.`);
  const fresh = migrations.filter(({ name }) => !(name in released));
  if (fresh.length === 0) process.stdout.write('Every migration was released before.\n');
  else {
    const all = Object.fromEntries(migrations.map(({ name, checksum }) => [name, checksum]));
    const postgres = await startTestPostgres();
    process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
    let frozen: Awaited<ReturnType<typeof freeze>>;
    try {
      frozen = await freeze();
    } finally {
      await postgres.stop();
    }
    const file = frozenName(migrations.at(-1)?.name ?? '');
    const { street, bare } = frozen;
    writeFileSync(join(dirname(releasedFile), file), street);
    writeFileSync(releasedFile, `${JSON.stringify(all, null, 2)}\n`);
    for (const { name } of fresh) process.stdout.write(`released ${name}\n`);
    process.stdout.write(`kept ${file}: ${Math.round(street.length / 1000)} kB\n`);
    if (bare.length > 0) process.stdout.write(`The demonstration leaves nothing in ${bare.join(', ')}.\n`);
  }
} catch (error) {
  exitWith(error);
}
