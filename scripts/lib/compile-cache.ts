import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * What was compiled, and stripped of its types, is kept beside the dependencies: the next start takes half the time,
 * and less memory. Only there: a folder that others may write to could hand us their code. Where it cannot be written
 * everything works as before.
 */
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compiled'));
