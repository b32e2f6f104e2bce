import { Icon } from '@gongzhi/ui/Icon.tsx';
import { CircleCheck, type LucideIcon, OctagonX, ScanLine, TriangleAlert } from 'lucide-react';
import { useWords } from '../../app/words.ts';
import css from './gate.module.css';

export type AnswerTone = 'pass' | 'ask' | 'stop';

/** What the guard and who stands there see: colour, shape and one sentence. */
export interface ShownAnswer {
  readonly tone: AnswerTone;
  readonly sentence: string;
  /** What would put it right, in a few words. */
  readonly remedies: readonly string[];
  /** Who may decide otherwise. */
  readonly overriders: string | null;
  readonly isDecidedHere: boolean;
}

const SHAPES: Readonly<Record<AnswerTone, LucideIcon>> = {
  pass: CircleCheck,
  ask: TriangleAlert,
  stop: OctagonX,
};

export function Answer({ shown, isWorking }: { shown: ShownAnswer | null; isWorking: boolean }) {
  const { t } = useWords();
  return (
    <section
      className={css.answer}
      data-tone={shown?.tone}
      role="status"
      aria-live="assertive"
      aria-busy={isWorking}
    >
      {shown === null ? (
        <>
          <Icon of={ScanLine} size="22vmin" />
          <p className={css.sentence}>{t(isWorking ? 'mobile.gate.working' : 'mobile.gate.idle')}</p>
          <p className={css.quiet}>{t('mobile.gate.idleText')}</p>
        </>
      ) : (
        <>
          <Icon of={SHAPES[shown.tone]} size="30vmin" />
          <p className={css.sentence}>{shown.sentence}</p>
          {shown.remedies.map((remedy) => (
            <p key={remedy} className={css.detail}>
              {remedy}
            </p>
          ))}
          {shown.overriders !== null && (
            <p className={css.small}>{t('mobile.gate.override.by', { who: shown.overriders })}</p>
          )}
          {shown.isDecidedHere && <p className={css.small}>{t('mobile.gate.decidedHere')}</p>}
        </>
      )}
    </section>
  );
}
