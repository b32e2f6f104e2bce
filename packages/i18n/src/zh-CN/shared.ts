import { commonLabels } from './common.ts';

/** What both apps show. */
export const sharedLabels = { ...commonLabels } as const;
