// Checks the types of every layer with the native TypeScript 7: node scripts/types.ts
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './lib/environment.ts';

export const layers = ['pure', 'node', 'web', 'webtest'] as const;

const compiler = join(projectRoot, 'node_modules', '@typescript', 'native', 'bin', 'tsc');

export type TypeCheck = { layer: string; isClean: boolean; output: string };

export function checkLayer(config: string): Promise<TypeCheck> {
  const child = spawn(process.execPath, [compiler, '--project', config, '--pretty', 'false'], {
    cwd: projectRoot,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      // TS18003: a layer that has no files yet is clean.
      const isEmpty = output.includes('error TS18003');
      resolve({ layer: config, isClean: code === 0 || isEmpty, output: isEmpty ? '' : output });
    });
  });
}

export async function checkTypes(): Promise<TypeCheck[]> {
  if (!existsSync(compiler)) throw new Error('TypeScript is not installed: run npm ci.');
  const results: TypeCheck[] = [];
  // One after the other: the compiler uses all cores by itself.
  for (const layer of layers) results.push(await checkLayer(`tsconfig.${layer}.json`));
  return results;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await checkTypes();
  for (const result of results.filter((r) => !r.isClean)) process.stdout.write(result.output);
  const broken = results.filter((r) => !r.isClean).map((r) => r.layer);
  if (broken.length > 0) process.stderr.write(`Types do not hold in ${broken.join(', ')}.\n`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
