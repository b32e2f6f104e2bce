import type { LocalDate, Skill } from '@gongzhi/kernel';

/** Certified trades, for which the page asks for a certificate; whoever enters one decides whether it is needed. */
export const CERTIFIED_SKILLS: readonly Skill[] = ['electrical', 'lift', 'gas', 'fire'];

/** A certificate holds through its last day; one that has lapsed is no skill. */
export function isSkillValid(validUntil: LocalDate | null, today: LocalDate): boolean {
  return validUntil === null || validUntil >= today;
}

/** Which half of a grid's pair somebody is. */
export const GRID_HALVES = ['steward', 'social_worker'] as const;
export type GridHalf = (typeof GRID_HALVES)[number];
