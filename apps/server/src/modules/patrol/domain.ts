/** The pure heart of patrol: when rounds open, what belongs to them, when a sensor may spare some, what that frees. */
export * from './domain/freed.ts';
export * from './domain/lowering.ts';
export * from './domain/rounds.ts';
export * from './domain/timetable.ts';
