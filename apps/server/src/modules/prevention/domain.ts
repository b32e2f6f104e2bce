/**
 * The heart of the room: pure. No clock, no I/O, no SQL; time is passed in.
 *
 * findClusters(matters, now, rules)  what comes again and again, and what rises
 * risksOf(places, rules)             where complaints are likely next
 * decide(project, action)            the life of a project
 * spansOf, effectOf                  what is compared with what, and complaints avoided
 */
export * from './domain/clusters.ts';
export * from './domain/effect.ts';
export { likeness, shareAlike, weigh } from './domain/likeness.ts';
export * from './domain/project.ts';
export * from './domain/usual.ts';
export {
  expectedOf,
  partsOf,
  type Place as RiskPlace,
  type Risk,
  type RiskReason,
  risksOf,
} from './domain/risk.ts';
