/** What hangs at a compound's gates, and what cars bear. */
export const gateWords = { names: ['正门', '东门', '西门'], reader: '读码器' } as const;

/** Of a northern plain, whose plates begin so; the letters and digits behind are by lot. */
export const plateHeads = ['冀A', '鲁B', '豫C'] as const;
