export * from './domain/law.ts';
export * from './domain/meters.ts';
export * from './domain/plots.ts';
export * from './domain/prepaid.ts';
export * from './domain/prices.ts';
export * from './domain/trips.ts';
export * from './domain/watch.ts';
export * from './domain/topics.ts';
