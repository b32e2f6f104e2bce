import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { allowed } from '../../apps/server/src/allowed.ts';
import { type Graph, readGraph, sourceFiles } from './graph.ts';
import { circleIn, judge } from './rules.ts';

const root = resolve(import.meta.dirname, '..', '..');

describe('the house', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await readGraph(root);
  });

  test('every source file on the disk is in the graph', () => {
    const files = sourceFiles(root);
    expect(files.length).toBeGreaterThan(50);
    const seen = new Set(graph.files);
    expect(files.filter((file) => !seen.has(file))).toEqual([]);
    expect(graph.edges.length).toBeGreaterThan(files.length);
  });

  test('no import breaks a rule', () => {
    const lines = judge(graph, allowed).map((v) => `${v.rule}: ${v.from} → ${v.to}`);
    expect([...new Set(lines)].toSorted()).toEqual([]);
  });

  test('allowed.ts names the modules that exist, and has no circle', () => {
    const folder = join(root, 'apps', 'server', 'src', 'modules');
    const modules = existsSync(folder) ? readdirSync(folder).toSorted() : [];
    expect(Object.keys(allowed).toSorted()).toEqual(modules);
    expect(circleIn(allowed)).toBeUndefined();
  });
});
