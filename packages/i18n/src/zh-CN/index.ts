import { consoleLabels } from './console.ts';
import { deskLabels } from './desk.ts';
import { mobileLabels } from './mobile.ts';
import { sharedLabels } from './shared.ts';

/** Every label in one table: for the server and the tests. Apps take shared + their own. */
export const allLabels = { ...sharedLabels, ...mobileLabels, ...consoleLabels, ...deskLabels } as const;
