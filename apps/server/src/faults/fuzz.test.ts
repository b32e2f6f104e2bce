import { afterAll, beforeAll, expect, test } from 'vitest';
import { verdict } from '../../../../test/fuzz/judge.ts';
import { neighboursCanary } from '../../../../test/fuzz/neighbours.ts';
import type { Outgoing } from '../../../../test/fuzz/requests.ts';
import { fuzzTable } from '../../../../test/fuzz/report.ts';
import { fuzz } from '../../../../test/fuzz/run.ts';
import { aFuzzedStreet, type FuzzedStreet } from '../../../../test/fuzz/street.ts';
import { canary } from '../../../../test/fuzz/twin.ts';

/** A share of `npm run fuzz`: what the OpenAPI document names is asked by everybody, rightly and wrongly. */
let street: FuzzedStreet;
beforeAll(async () => {
  street = await aFuzzedStreet();
});
afterAll(() => street?.close());

test('the other city is there: canaries in what nobody here may read', () => {
  expect(street.twin.tables).toBeGreaterThan(20);
  expect(street.twin.ids.size).toBeGreaterThan(1_000);
  expect(street.neighbours.rows).toBeGreaterThan(1_000);
  expect([...street.neighbours.refused]).toEqual([]);
  expect([...street.neighbours.columns]).toContain('work_orders.work_order.description');
  expect(street.neighbours.residents.size).toBeGreaterThan(1);
});

test('no answer is a fault, tells of another city or of our inside, or differs from its schema', async () => {
  const { url, operations, people, twin, neighbours } = street;
  const report = await fuzz({ url, operations, people, twin, neighbours, seed: 20261122, requests: 4_500 });
  const said = report.findings.map(({ role, operation, what, index }) => [index, role, operation, what]);
  expect([said, fuzzTable(report)]).toEqual([[], expect.any(String)]);
  // Refusals alone would prove little.
  expect(report.reached).toBeGreaterThan(operations.length / 4);
  expect(await street.deadLetters()).toEqual([]);
}, 300_000);

test('a fault, a foreign word, an inside and an answer out of shape are each told', () => {
  const sent: Outgoing = { method: 'GET', path: '/x', headers: {}, body: null, scopeId: undefined, id: '' };
  const id = 'dead0000-0000-7000-8000-000000000001';
  const json = { 'content-type': 'application/json' };
  const problem = { 'content-type': 'application/problem+json' };
  const me = street.operations.find(({ name }) => name === 'GET /api/v1/me')!;
  const said = (
    status: number,
    headers: Record<string, string>,
    text: string,
    path = '/x',
    isResident = false,
  ) => verdict(me, { ...sent, path }, { status, headers, text }, { ids: new Set([id]) }, isResident);
  expect(said(500, problem, '{}')).toContain('a fault');
  expect(said(200, json, `{"a":"${canary}"}`)).toContain('another city');
  expect(said(200, json, `{"a":"${neighboursCanary}"}`, '/x', true)).toContain('another home');
  expect(said(200, json, `{"a":"${neighboursCanary}"}`)).not.toContain('another home');
  expect(said(200, json, `{"a":"${id}"}`)).toContain(id);
  expect(said(404, problem, `{"instance":"${id}"}`, `/x/${id}`)).not.toContain('another city');
  expect(said(200, json, '{}')).toContain('schema');
  expect(said(404, json, '{}')).toContain('without a problem');
  expect(said(404, problem, '{"status":404}')).toContain('a problem without');
  expect(said(422, problem, '{"detail":"at file:///x.ts:1"}')).toContain('inside');
});
