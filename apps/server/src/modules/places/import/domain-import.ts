/** Words that the importer, its rows and the wire share. */
export const importKinds = ['areas', 'compounds', 'buildings', 'households', 'people'] as const;
export type ImportKind = (typeof importKinds)[number];

/** Sent, asked which column is which, checked or refused as a whole; then told to go in, and in or not. */
export const jobStates = ['waiting', 'mapping', 'checked', 'refused', 'queued', 'done', 'failed'] as const;
export type JobState = (typeof jobStates)[number];
