// Writes packages/contract from the routes' own schemas: node scripts/contract.ts [--check]
// The document is asked of a running server, so that it is exactly what /api/openapi.json answers.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { loadConfig } from '../apps/server/src/config.ts';
import { startServer } from '../apps/server/src/main.ts';
import { createTestDatabase } from '../test/database.ts';
import { startTestPostgres } from '../test/postgres.ts';
import { projectRoot } from './lib/environment.ts';
import { exitWith, StartError } from './postgres.ts';

const folder = join(projectRoot, 'packages', 'contract');
const documentFile = join(folder, 'openapi.json');
const typesFile = join(folder, 'src', 'generated.ts');
const banner = '// Written by `npm run contract` from the routes of apps/server. Do not edit.\n\n';

async function readDocument(): Promise<OpenAPI3> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-contract-'));
  try {
    const config = loadConfig(
      {
        GONGZHI_DATA: dataDir,
        GONGZHI_EMBEDDED: '1',
        GONGZHI_ROLES: 'api',
        GONGZHI_LOG: 'error',
        PORT: '0',
        DATABASE_URL: database.appUrl,
        DATABASE_ADMIN_URL: database.adminUrl,
      },
      projectRoot,
    );
    const server = await startServer(config);
    try {
      const answer = await fetch(new URL('/api/openapi.json', server.url));
      if (!answer.ok) throw new Error(`/api/openapi.json answered ${answer.status}`);
      const document = (await answer.json()) as OpenAPI3;
      // Where it happened to listen just now is no part of the contract.
      delete document.servers;
      return document;
    } finally {
      await server.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await database.drop();
  }
}

async function generate(): Promise<Map<string, string>> {
  const document = await readDocument();
  const types = astToString(await openapiTypescript(document, { alphabetize: true }));
  return new Map([
    [documentFile, `${JSON.stringify(document, null, 2)}\n`],
    [typesFile, `${banner}${types}`],
  ]);
}

function onDisk(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const postgres = process.env['GONGZHI_TEST_ADMIN_URL'] ? undefined : await startTestPostgres();
  if (postgres) process.env['GONGZHI_TEST_ADMIN_URL'] = postgres.adminUrl;
  try {
    const fresh = await generate();
    const stale = [...fresh].filter(([file, text]) => onDisk(file) !== text);
    if (!process.argv.includes('--check')) {
      for (const [file, text] of stale) writeFileSync(file, text);
    } else if (stale.length > 0) {
      const names = stale.map(([file]) => relative(projectRoot, file)).join(' and ');
      throw new StartError(
        'stale',
        `${names} no longer match the routes: run \`npm run contract\` and commit the result.`,
      );
    }
    process.stdout.write(
      stale.length > 0 ? `wrote ${stale.length} files\n` : 'The contract is up to date.\n',
    );
  } finally {
    await postgres?.stop();
  }
}

try {
  await main();
  // Whatever the server may still hold open is of no use any more.
  process.exit(0);
} catch (error) {
  exitWith(error);
}
