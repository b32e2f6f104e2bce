import { commonLabels } from './common.ts';
import { uiLabels } from './ui.ts';

/** What both apps show. */
export const sharedLabels = { ...commonLabels, ...uiLabels } as const;
