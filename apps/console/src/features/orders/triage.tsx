import { localDate } from '@gongzhi/kernel';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import css from './triage.module.css';

export type Triage = Answer<'suggestTriage'>;

/** So long nothing was typed, then it is asked. */
const REST = 350;
/** Shorter words name nothing yet. */
const LEAST = 3;

function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(words);
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [words]);
  return settled;
}

/** What a report is probably about; while it is asked, or should that fail, the catalogue's own words do. */
export function useTriage(scopeId: string, words: string, place?: 'home' | 'public'): Triage | null {
  const text = useSettled(words.trim()).slice(0, 2_000);
  const triage = useQuery({
    queryKey: ['triage', scopeId, text, place ?? null],
    queryFn: () => api.triage({ scopeId, text, ...(place === undefined ? {} : { place }) }),
    enabled: [...text].length >= LEAST,
    staleTime: 10 * 60_000,
    retry: false,
  });
  return triage.data ?? null;
}

/** The one it is surest of, why, and whose it is. Silent when it is not sure. */
export function TriageLine({ triage, onTake }: { triage: Triage | null; onTake: (code: string) => void }) {
  const { t, tk, named, number } = useText();
  // A tenth of a percent would promise more than is known.
  const whole = (share: number): string => `${number(Math.floor(100 * share))}%`;
  const best = triage?.from === 'learnt' ? triage.categories[0] : undefined;
  if (triage === null || (best === undefined && triage.unit === null)) return null;
  const { unit, model } = triage;
  return (
    <section className={css.line} aria-label={t('triage.title')}>
      <span className={css.title}>{t('triage.title')}</span>
      {best !== undefined && best.confidence !== null && (
        <span className={css.part}>
          <button
            type="button"
            className={css.take}
            onClick={() => {
              onTake(best.categoryCode);
            }}
          >
            {named({ zh: best.nameZh, en: best.nameEn })}
          </button>
          <span>{t('triage.sure', { share: whole(best.confidence) })}</span>
          {best.words.length > 0 && (
            <span className={css.why}>{t('triage.because', { words: best.words.join(' · ') })}</span>
          )}
        </span>
      )}
      {unit !== null && (
        <span className={css.part}>
          <span>{t('triage.unit', { unit: unit.receiver ?? tk(`skills.${unit.skill}`) })}</span>
          <span>{t('triage.sure', { share: whole(unit.confidence) })}</span>
        </span>
      )}
      {model !== null && (
        <span className={css.why}>
          {t('triage.taught', { count: model.taught, date: localDate(Date.parse(model.trainedAt)) })}
        </span>
      )}
    </section>
  );
}
