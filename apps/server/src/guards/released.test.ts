import { describe, expect, it } from 'vitest';
import { faultsOf, readReleased } from '../../../../scripts/lib/released.ts';
import { readMigrations } from '../platform/db/migrate.ts';

/** What a release brought to a database never changes there; `node scripts/release-schema.ts` writes the list. */
describe('released migrations', () => {
  it('exist unchanged, and new ones come after them', async () => {
    const migrations = await readMigrations();
    expect(migrations.length).toBeGreaterThan(3);
    expect(faultsOf(readReleased(), migrations)).toEqual([]);
  });

  it('would be missed when changed, gone or overtaken', async () => {
    const migrations = await readMigrations();
    const released = Object.fromEntries(migrations.map(({ name, checksum }) => [name, checksum]));
    expect(faultsOf(released, migrations)).toEqual([]);
    const [first, ...others] = migrations;
    expect(faultsOf(released, others)).toEqual([`${first!.name} was released and is gone`]);
    expect(faultsOf(released, [{ name: first!.name, checksum: 'another' }, ...others])).toEqual([
      expect.stringContaining(`${first!.name} was changed`),
    ]);
    expect(
      faultsOf(released, [{ name: first!.name, checksum: 'another', amends: [first!.checksum] }, ...others]),
    ).toEqual([]);
    const { [first!.name]: _, ...later } = released;
    expect(faultsOf(later, migrations)).toEqual([expect.stringContaining(`${first!.name} is new`)]);
    const future = { name: '29990101T0000_of_tomorrow.sql', checksum: 'new' };
    expect(faultsOf(released, [...migrations, future])).toEqual([]);
  });
});
