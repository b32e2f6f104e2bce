import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Migration } from '../../apps/server/src/platform/db/migrate.ts';
import { projectRoot } from './environment.ts';

/** Name and SHA-256 of every migration that some release has brought to somebody's database. */
export type Released = Readonly<Record<string, string>>;

export const releasedFile = join(projectRoot, 'test', 'upgrade', 'released.json');

export function readReleased(): Released {
  return JSON.parse(readFileSync(releasedFile, 'utf8')) as Released;
}

/** A database that holds a release gets what is new after it, and nothing else: so what it holds stays as it was. */
export function faultsOf(
  released: Released,
  present: readonly (Pick<Migration, 'name' | 'checksum'> & Partial<Pick<Migration, 'amends'>>)[],
): string[] {
  const byName = new Map(present.map(({ name, checksum, amends = [] }) => [name, [checksum, ...amends]]));
  const last = Object.keys(released).toSorted().at(-1) ?? '';
  const changed = Object.entries(released).flatMap(([name, checksum]) => {
    const now = byName.get(name);
    if (now === undefined) return [`${name} was released and is gone`];
    return now.includes(checksum)
      ? []
      : [`${name} was changed after its release: write a new migration instead`];
  });
  const early = present
    .filter(({ name }) => !(name in released) && name < last)
    .map(({ name }) => `${name} is new and bears a time before ${last}, which was released`);
  return [...changed, ...early];
}
