import { parseIso } from '@gongzhi/kernel/time.ts';
import { newKey } from '@gongzhi/ui/client/http.ts';
import type { NewOrder, Window } from '../../api-types.ts';
import { readDraft } from '../../app/useDraft.ts';

/** A report while it is being written. Its key is made with it: pressing twice, or again after a lost answer, is one order. */
export interface ReportDraft {
  key: string;
  description: string;
  categoryCode: string | null;
  /** Chosen by hand: what the words suggest no longer changes it. */
  isCategoryChosen: boolean;
  place: 'home' | 'public' | null;
  buildingId: string;
  facilityId: string;
  spot: string;
  /** As the datetime field has it: local time, no zone. */
  neededBy: string;
  /** When somebody can be at home: the instants as the server takes them. */
  windows: readonly Window[];
  /** Several things in one: the desk takes them apart. */
  hasSeveral: boolean;
  /** The visit that a complaint about staff is about; empty: none in particular. */
  aboutOrderId: string;
}

export function freshReport(): ReportDraft {
  return {
    key: newKey(),
    description: '',
    categoryCode: null,
    isCategoryChosen: false,
    place: null,
    buildingId: '',
    facilityId: '',
    spot: '',
    neededBy: '',
    windows: [],
    hasSeveral: false,
    aboutOrderId: '',
  };
}

export const reportName = (accountId: string): string => `${accountId}:report`;

export async function hasUnsentReport(accountId: string): Promise<boolean> {
  const draft = await readDraft<ReportDraft>(reportName(accountId));
  return draft !== undefined && (draft.description.trim() !== '' || draft.categoryCode !== null);
}

export type Missing = 'category' | 'description' | 'place' | 'neededBy';

export interface Around {
  scopeId: string;
  householdId: string | null;
  needsTime: boolean;
  /** Somebody comes to the home, and it can wait for an hour that suits. */
  takesWindows: boolean;
  /** It may say whom of the staff it is about. */
  takesAbout: boolean;
  /** What stands for the words when they were only spoken; null: nothing was. */
  spoken: string | null;
}

/** The request a draft means, or what it still lacks, each a sentence beside its field. */
export function toOrder(
  draft: ReportDraft,
  around: Around,
  photoIds: string[],
): NewOrder | readonly Missing[] {
  const description = draft.description.trim() || (around.spoken ?? '');
  const place = placeOf(draft, around);
  // By the clock on the wall where it is needed: who reports for her mother may be in another country.
  const neededBy = parseIso(draft.neededBy);
  const missing: Missing[] = [];
  if (description === '') missing.push('description');
  if (draft.categoryCode === null) missing.push('category');
  if (place === null) missing.push('place');
  if (around.needsTime && neededBy === null) missing.push('neededBy');
  if (missing.length > 0 || place === null || draft.categoryCode === null) return missing;
  return {
    scopeId: around.scopeId,
    categoryCode: draft.categoryCode,
    description,
    place,
    photoIds,
    ...(around.takesWindows && draft.place === 'home' && draft.windows.length > 0
      ? { windows: [...draft.windows] }
      : {}),
    ...(draft.hasSeveral ? { hasSeveral: true } : {}),
    ...(around.takesAbout && draft.aboutOrderId !== '' ? { about: { workOrderId: draft.aboutOrderId } } : {}),
    ...(around.needsTime && neededBy !== null ? { neededBy: new Date(neededBy).toISOString() } : {}),
  };
}

function placeOf(draft: ReportDraft, around: Around): NewOrder['place'] | null {
  if (draft.place === 'home')
    return around.householdId === null ? null : { type: 'home', householdId: around.householdId };
  const spot = draft.spot.trim();
  if (draft.place === null || (draft.buildingId === '' && draft.facilityId === '' && spot === ''))
    return null;
  return {
    type: 'public',
    ...(draft.buildingId === '' ? {} : { buildingId: draft.buildingId }),
    ...(draft.facilityId === '' ? {} : { facilityId: draft.facilityId }),
    ...(spot === '' ? {} : { spot }),
  };
}
