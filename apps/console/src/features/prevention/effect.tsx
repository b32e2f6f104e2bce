import { localDate } from '@gongzhi/kernel';
import { useText } from '../../app/text.ts';
import type { ProjectDetail } from './api.ts';
import css from './prevention.module.css';

const day = (at: string): string => localDate(Date.parse(at));

/** Before and after, against what, and how sure. */
export function EffectPart({ project }: { project: ProjectDetail }) {
  const { t, number } = useText();
  const { effect, workDone, watchUntil } = project;
  if (workDone === null) return null;
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{t('prevention.brought')}</h2>
      <p>
        <span className={css.meta}>{t('prevention.workDone')}</span> {workDone}
      </p>
      {effect === null ? (
        <p className={css.words}>{t('prevention.notYet')}</p>
      ) : (
        <>
          <p className={css.big}>
            {t('prevention.effect', {
              before: number(effect.beforeCount),
              after: number(effect.afterCount),
            })}
          </p>
          <p>
            {effect.avoided >= 0
              ? t('prevention.effectAvoided', {
                  expected: number(effect.expected),
                  avoided: number(effect.avoided),
                })
              : t('prevention.effectMore', {
                  expected: number(effect.expected),
                  more: number(-effect.avoided),
                })}{' '}
            {t('prevention.effectRange', { least: number(effect.least), most: number(effect.most) })}
          </p>
          <p className={css.meta}>
            {t(`prevention.basis.${effect.basis}`, {
              from: day(effect.before.from),
              until: day(effect.before.until),
            })}
          </p>
        </>
      )}
      {watchUntil !== null && (
        <p className={css.meta}>{t('prevention.watched', { date: day(watchUntil) })}</p>
      )}
    </section>
  );
}
