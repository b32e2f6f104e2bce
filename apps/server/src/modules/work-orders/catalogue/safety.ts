import type { SafetyList } from '../domain/safety.ts';
import safetyJson from './safety.json' with { type: 'json' };

/** Check-lists before dangerous work, as dated data with their sources. */
export const safetyLists: readonly SafetyList[] = safetyJson.lists;
