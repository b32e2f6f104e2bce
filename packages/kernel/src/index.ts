export * from './calendars.ts';
export * from './ids.ts';
export * from './masks.ts';
export * from './money.ts';
export * from './purposes.ts';
export * from './result.ts';
export * from './suggest.ts';
export * from './time.ts';
