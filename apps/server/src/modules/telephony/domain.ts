export * from './domain/call.ts';
export * from './domain/intake.ts';
export * from './domain/task.ts';
export * from './domain/words.ts';
