import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ roles: 'api' });
});
afterAll(() => server.close());

const root = join(import.meta.dirname, '..', '..', '..', '..');

describe('the OpenAPI document', () => {
  it('is 3.1 and valid to an independent validator', async () => {
    const document = (await fetch(`${server.url}/api/openapi.json`).then((response) =>
      response.json(),
    )) as Record<string, unknown>;
    const result = await new Validator().validate(document);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(document['openapi']).toBe('3.1.0');
  });

  it('is accepted by redocly', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongzhi-openapi-'));
    try {
      const file = join(folder, 'openapi.json');
      writeFileSync(file, await fetch(`${server.url}/api/openapi.json`).then((response) => response.text()));
      const run = spawnSync(
        process.execPath,
        [
          join(root, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js'),
          'lint',
          '--extends=spec',
          '--format=json',
          file,
        ],
        {
          encoding: 'utf8',
          env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
        },
      );
      const result = JSON.parse(run.stdout) as {
        totals: { errors: number };
        problems: { message: string }[];
      };
      expect(result.problems.map((problem) => problem.message)).toEqual([]);
      expect(result.totals.errors).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says of every operation what it is called, what it is for and what it answers', async () => {
    const document = (await fetch(`${server.url}/api/openapi.json`).then((response) => response.json())) as {
      paths: Record<string, Record<string, { operationId?: string; summary?: string; responses: object }>>;
    };
    const names = new Set<string>();
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        expect([path, method, typeof operation.operationId, typeof operation.summary]).toEqual([
          path,
          method,
          'string',
          'string',
        ]);
        expect([path, names.has(operation.operationId as string)]).toEqual([path, false]);
        names.add(operation.operationId as string);
        expect(Object.keys(operation.responses)).toContain('4XX');
      }
    }
    expect(names.size).toBeGreaterThan(30);
  });
});

describe('operations', () => {
  it('are answered outside the API', async () => {
    expect(await fetch(`${server.url}/healthz`).then((r) => r.json())).toEqual({ status: 'ok' });
    expect(await fetch(`${server.url}/readyz`).then((r) => r.status)).toBe(200);
    const metrics = await fetch(`${server.url}/metrics`).then((r) => r.text());
    expect(metrics).toContain('gongzhi_http_request_seconds_bucket');
    expect(metrics).toContain('gongzhi_events_waiting');
    const docs = await fetch(`${server.url}/api/docs/`);
    expect(docs.status).toBe(200);
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});
