export * from './domain/attributes.ts';
export * from './domain/document.ts';
export * from './domain/fault.ts';
export * from './domain/filters.ts';
export * from './domain/form.ts';
export {
  EXTENDED,
  type Moment,
  requestIdOf,
  type Standing,
  standingOf,
  storyOf,
  type Told,
  type Word,
  WORD_OF,
  WORDS,
} from './domain/life.ts';
export * from './domain/report.ts';
export { namedIn, nearest, plainWords, squareAround } from './domain/where.ts';

/** What a street may offer to strangers: matters of public places that keep no secret and need no home. */
export function isPublishable(
  category: {
    readonly kind: string;
    readonly place: string;
    readonly isConfidential: boolean;
    readonly cityId: string | null;
  },
  cityId: string | null,
): boolean {
  return (
    category.place !== 'home' &&
    !category.isConfidential &&
    category.kind !== 'special_need' &&
    category.kind !== 'found_by_staff' &&
    (category.cityId === null || category.cityId === cityId)
  );
}
