import type { Text } from '../../app/text.ts';
import type { Candidate } from './api.ts';

type Reason = Candidate['reasons'][number];
type Exclusion = Candidate['exclusions'][number];

/** What speaks for somebody, in a few words. */
export function reasonWords(text: Text, reason: Reason, now: number): string {
  const { t, tk, number, when } = text;
  const skill = tk(`skills.${reason.skill ?? ''}`);
  switch (reason.code) {
    case 'on_shift':
      return reason.until == null
        ? t('dispatch.duty.on')
        : t('candidates.reason.on_shift', { until: when(reason.until, now) });
    case 'skill':
      return reason.validUntil == null
        ? t('candidates.reason.skill', { skill })
        : t('candidates.reason.skillUntil', { skill, date: reason.validUntil });
    case 'travel':
      return t(`candidates.reason.travel.${reason.from ?? 'unknown'}`, {
        minutes: number(Math.round(reason.minutes ?? 0)),
      });
    case 'load':
      return t('candidates.reason.load', { count: reason.count ?? 0 });
    case 'taken':
      return t('candidates.reason.taken', { count: reason.count ?? 0, mean: number(reason.mean ?? 0) });
    default:
      return t(`candidates.reason.${reason.code}`);
  }
}

/** Why somebody is left out. */
export function exclusionWords(text: Text, exclusion: Exclusion, now: number): string {
  const { t, tk, when } = text;
  const skill = tk(`skills.${exclusion.skill ?? ''}`);
  switch (exclusion.code) {
    case 'off_shift':
      return exclusion.nextFrom == null
        ? t('candidates.excluded.off_shift')
        : t('candidates.excluded.offUntil', { from: when(exclusion.nextFrom, now) });
    case 'skill_missing':
      return t('candidates.excluded.skill_missing', { skill });
    case 'certificate_lapsed':
      return t('candidates.excluded.certificate_lapsed', { skill, date: exclusion.validUntil ?? '' });
    default:
      return t(`candidates.excluded.${exclusion.code}`);
  }
}
