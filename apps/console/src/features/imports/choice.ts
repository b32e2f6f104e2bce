import type { ImportColumns } from '../../api-types.ts';

/** What is chosen for each title of the file; '' leaves it out. */
export type Choice = Readonly<Record<string, string>>;

export const choiceOf = ({ columns }: ImportColumns): Choice =>
  Object.fromEntries(columns.map(({ title, field }) => [title, field ?? '']));

/** What keeps it from being checked: needed columns that nobody chose, and those chosen twice. */
export function lacksOf({ fields }: Pick<ImportColumns, 'fields'>, choice: Choice) {
  const chosen = Object.values(choice).filter((key) => key !== '');
  return {
    missing: fields
      .filter(({ key, isRequired }) => isRequired && !chosen.includes(key))
      .map(({ key }) => key),
    twice: [...new Set(chosen.filter((key, i) => chosen.indexOf(key) < i))],
  };
}
