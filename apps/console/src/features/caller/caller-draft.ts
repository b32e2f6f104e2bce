import { newKey } from '@gongzhi/ui/client/index.ts';
import type { Category, NewOrder } from '../../api-types.ts';
import { wallInstant } from '../../app/wall-clock.ts';

/** What the desk writes down while somebody is on the line. */
export interface CallerDraft {
  /** Made with the draft and kept through every retry: sent twice, it is still one order. */
  key: string;
  scopeId: string;
  place: 'home' | 'public';
  householdId: string;
  householdWords: string;
  buildingId: string;
  facilityId: string;
  spot: string;
  categoryCode: string;
  categoryWords: string;
  description: string;
  neededBy: string;
  /** The number that rings; who is to be called back may be another. */
  caller: string;
  name: string;
  phone: string;
  photoIds: string[];
}

export function freshDraft(scopeId: string): CallerDraft {
  return {
    key: newKey(),
    scopeId,
    place: 'home',
    householdId: '',
    householdWords: '',
    buildingId: '',
    facilityId: '',
    spot: '',
    categoryCode: '',
    categoryWords: '',
    description: '',
    neededBy: '',
    caller: '',
    name: '',
    phone: '',
    photoIds: [],
  };
}

export type CallerField = 'scope' | 'household' | 'category' | 'description' | 'neededBy' | 'phone';

const PHONE = /^[0-9+ -]{5,20}$/;

/** What still has to be asked before it can be sent. */
export function missingIn(draft: CallerDraft, category: Category | undefined): CallerField[] {
  const missing: CallerField[] = [];
  if (draft.scopeId === '') missing.push('scope');
  if (draft.place === 'home' && draft.householdId === '') missing.push('household');
  if (category === undefined) missing.push('category');
  if (draft.description.trim() === '') missing.push('description');
  if (category?.kind === 'special_need' && draft.neededBy === '') missing.push('neededBy');
  // A name without a number helps nobody, a number without a name can be called.
  const phone = draft.phone.trim() === '' ? callable(draft.caller) : draft.phone.trim();
  const hasContact = draft.name.trim() !== '' || draft.phone.trim() !== '';
  if (hasContact && !PHONE.test(phone)) missing.push('phone');
  return missing;
}

/** The number that rings, when one can call it. */
export function callable(caller: string): string {
  return PHONE.test(caller.trim()) ? caller.trim() : '';
}

/** The draft as the server wants it. */
export function orderOf(draft: CallerDraft, category: Category, nobody: string): NewOrder {
  // Without another number it is the caller who is called back.
  const phone = draft.phone.trim() === '' ? callable(draft.caller) : draft.phone.trim();
  return {
    scopeId: draft.scopeId,
    categoryCode: category.code,
    description: draft.description.trim(),
    place:
      draft.place === 'home'
        ? { type: 'home', householdId: draft.householdId }
        : {
            type: 'public',
            ...(draft.buildingId === '' ? {} : { buildingId: draft.buildingId }),
            ...(draft.facilityId === '' ? {} : { facilityId: draft.facilityId }),
            ...(draft.spot.trim() === '' ? {} : { spot: draft.spot.trim() }),
          },
    ...(draft.photoIds.length === 0 ? {} : { photoIds: draft.photoIds }),
    ...(phone === ''
      ? {}
      : { contact: { name: draft.name.trim() === '' ? nobody : draft.name.trim(), phone } }),
    ...(category.kind === 'special_need' ? { neededBy: wallInstant(draft.neededBy) } : {}),
  };
}
