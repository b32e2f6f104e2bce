import type { ErrorTable } from '../../platform/http/problem.ts';

export const errors = {} as const satisfies ErrorTable;
