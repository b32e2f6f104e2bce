/** The API as types, written from the server's own route schemas (generated.ts; openapi.json beside it). */
export type { components, operations, paths } from './generated.ts';
import type { components } from './generated.ts';

type Schemas = components['schemas'];
export type Schema<Name extends keyof Schemas> = Schemas[Name];
