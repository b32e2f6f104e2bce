import type { Tone } from '@gongzhi/ui';
import type { Text } from '../../app/text.ts';
import type { Project } from './api.ts';

/** What a project is about, and why: sentences of the server's codes and numbers. */

export const tones: Readonly<Record<Project['state'], Tone>> = {
  proposed: 'due',
  accepted: 'moving',
  declined: 'waiting',
  watched: 'moving',
  closed: 'done',
};

type Named = Pick<
  Project,
  'subjectKind' | 'facilityLabel' | 'buildingName' | 'categoryNameZh' | 'categoryNameEn'
>;

export function placeWords(one: Pick<Named, 'facilityLabel' | 'buildingName'>): string {
  const { facilityLabel, buildingName } = one;
  // Many facilities bear their building in their name already.
  if (facilityLabel !== null && buildingName !== null && !facilityLabel.includes(buildingName))
    return `${buildingName} ${facilityLabel}`;
  return facilityLabel ?? buildingName ?? '';
}

export function subjectWords(project: Named, { t, named }: Text): string {
  const matter = named({ zh: project.categoryNameZh ?? '', en: project.categoryNameEn ?? '' });
  const place = placeWords(project);
  switch (project.subjectKind) {
    case 'facility':
      return t('prevention.subject.facility', { place });
    case 'building':
      return t('prevention.subject.building', { place, matter });
    case 'compound':
      return t('prevention.subject.compound', { matter });
  }
}

export function reasonWords(
  reason: { readonly code: string; readonly params: Readonly<Record<string, number>> },
  { tk, number }: Text,
): string {
  const params = Object.fromEntries(
    Object.entries(reason.params).map(([name, value]) => [
      name,
      name === 'share' ? `${number(Math.round(100 * value))}%` : name === 'count' ? value : number(value),
    ]),
  );
  return tk(`prevention.reasons.${reason.code}`, params);
}
