export * from './bundle.ts';
export * from './checks.ts';
export * from './code.ts';
export * from './decide.ts';
export * from './here.ts';
export * from './pack.ts';
export * from './policy.ts';
export * from './types.ts';
