export * from './data.ts';
export * from './frame.ts';
export * from './message.ts';
export * from './stream.ts';
