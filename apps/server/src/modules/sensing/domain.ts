/** The pure heart of sensing: what devices say, by which rules it becomes an order, and when that closes by itself. */
export * from './domain/devices.ts';
export * from './domain/readings.ts';
export * from './domain/rules.ts';
export * from './domain/watch.ts';
export * from './domain/topics.ts';
