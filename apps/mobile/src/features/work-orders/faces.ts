import { Frown, type LucideIcon, Meh, Smile } from 'lucide-react';
import type { Score } from '../../api-types.ts';

/** Three faces, each with its word. */
export const FACES = [
  { score: 'satisfied', icon: Smile, word: 'ratings.satisfied' },
  { score: 'basically_satisfied', icon: Meh, word: 'ratings.basically_satisfied' },
  { score: 'unsatisfied', icon: Frown, word: 'ratings.unsatisfied' },
] as const satisfies readonly { score: Score; icon: LucideIcon; word: string }[];
