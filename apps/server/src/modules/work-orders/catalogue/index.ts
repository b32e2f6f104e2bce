import { err, ok, type Result } from '@gongzhi/kernel';
import { type CategoryFacts, type Duty, DUTIES, type Group, GROUPS, KINDS, SKILLS } from '../domain/types.ts';
import catalogueJson from './catalogue.json' with { type: 'json' };

/** What can be reported: some 90 matters of a residential compound, as data. */
export interface Category extends CategoryFacts {
  readonly group: Group;
  /** Words people use for it; they find the category as one types. */
  readonly keywordsZh: readonly string[];
  readonly keywordsEn: readonly string[];
  readonly duty: Duty;
}

/** A faulty entry: its code (or position) and what is wrong with it. */
export interface CatalogueFault {
  readonly code: string;
  readonly fault: string;
}

const CODE = /^[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)*$/;
const PLACES = ['home', 'public', 'both'];
const CALENDARS = ['always', 'working'];

/** Checks a catalogue as read from JSON: every entry whole, limits in order, codes unique. All faults at once. */
export function readCatalogue(json: unknown): Result<readonly Category[], readonly CatalogueFault[]> {
  const list = (json as { categories?: unknown }).categories;
  if (!Array.isArray(list)) return err([{ code: '', fault: 'no list of categories' }]);
  const faults: CatalogueFault[] = [];
  const seen = new Set<string>();
  const categories = list as Category[];
  categories.forEach((category, index) => {
    const code = typeof category.code === 'string' ? category.code : `#${index}`;
    const fail = (fault: string): void => void faults.push({ code, fault });
    if (!CODE.test(code)) fail('code is not lower-case words joined by dots and dashes');
    if (seen.has(code)) fail('code appears twice');
    seen.add(code);
    const isOneOf = (name: string, value: unknown, allowed: readonly string[]): void => {
      if (!allowed.includes(value as string)) fail(`${name} is ${String(value)}`);
    };
    isOneOf('kind', category.kind, KINDS);
    isOneOf('group', category.group, GROUPS);
    isOneOf('skill', category.skill, SKILLS);
    isOneOf('duty', category.duty, DUTIES);
    isOneOf('place', category.place, PLACES);
    isOneOf('calendar', category.calendar, CALENDARS);
    for (const name of ['nameZh', 'nameEn'] as const) {
      if (typeof category[name] !== 'string' || category[name].trim() === '') fail(`${name} is missing`);
    }
    for (const name of ['keywordsZh', 'keywordsEn'] as const) {
      const words: unknown = category[name];
      if (
        !Array.isArray(words) ||
        words.length === 0 ||
        words.some((w) => typeof w !== 'string' || w === '')
      ) {
        fail(`${name} is empty`);
      }
    }
    for (const name of ['isEmergency', 'photosRequired', 'isConfidential'] as const) {
      if (typeof category[name] !== 'boolean') fail(`${name} is missing`);
    }
    const { respondMinutes: respond, arriveMinutes: arrive, resolveMinutes: resolve } = category;
    const limits = [respond, ...(arrive === null ? [] : [arrive]), resolve];
    if (limits.some((minutes) => !Number.isInteger(minutes) || minutes <= 0))
      fail('limits are whole minutes above 0');
    else if (limits.some((minutes, i) => i > 0 && minutes < limits[i - 1]!)) {
      fail('limits must not fall: respond ≤ arrive ≤ resolve');
    }
    if (category.isEmergency && category.calendar !== 'always') fail('an emergency knows no working hours');
    if (category.isEmergency && category.photosRequired) fail('an emergency waits for no photo');
  });
  return faults.length > 0 ? err(faults) : ok(categories);
}

function load(): readonly Category[] {
  const read = readCatalogue(catalogueJson);
  if (read.ok) return read.value;
  throw new Error(`catalogue.json: ${read.error.map((f) => `${f.code}: ${f.fault}`).join('; ')}`);
}

/** In the order pages list them. */
export const catalogue: readonly Category[] = load();

const byCode = new Map(catalogue.map((category) => [category.code, category]));

export function categoryOf(code: string): Category | null {
  return byCode.get(code) ?? null;
}
