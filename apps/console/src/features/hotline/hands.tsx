import { cx, StatusChip, useNow } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';
import type { HotlineCase } from './api.ts';
import css from './case.module.css';

type Hand = HotlineCase['hands'][number];

const toneOf = (hand: Hand) => (hand.isLate ? 'late' : hand.endedAt === null ? 'moving' : 'done');

/** The chain of hands, each with its share of the time: whose it is now, who leads, and where the time went. */
export function Hands({ found }: { found: HotlineCase }) {
  const { t, tk, when, percent } = useText();
  const now = useNow();
  const line = found.hands.filter(({ joint }) => joint === null);
  const joints = found.hands.filter(({ joint }) => joint !== null);
  return (
    <section className={css.part} aria-label={t('hotline.hands')}>
      <h2 className={css.heading}>{t('hotline.hands')}</h2>
      <ol className={css.hands}>
        {line.map((hand) => (
          <li key={hand.no} className={cx(css.hand, hand.isHolder && css.holder)}>
            <span className={css.handName}>
              <span className={css.quiet}>{tk(`hotline.level.${hand.level}`)}</span>
              <strong>{hand.name}</strong>
              {hand.isLead && <span className={css.mark}>{t('hotline.hands.lead')}</span>}
            </span>
            <span className={css.share} aria-hidden="true">
              <span
                className={css.shareFill}
                data-tone={toneOf(hand)}
                style={{ inlineSize: `${Math.max(2, Math.min(100, hand.share * 100))}%` }}
              />
            </span>
            <span className={css.handWords}>
              <span>
                {hand.isHolder && hand.endedAt === null
                  ? t('hotline.hands.until', { at: when(hand.dueAt, now) })
                  : tk(`hotline.end.${hand.endReason ?? ''}`, {}, 'common.done')}
              </span>
              <span className={css.quiet}>{t('hotline.hands.share', { share: percent(hand.share) })}</span>
              {hand.isLate && <StatusChip tone="late" word={t('hotline.late')} />}
              {hand.isHolder && found.status === 'received' && (
                <StatusChip tone="waiting" word={t('hotline.status.received')} />
              )}
            </span>
          </li>
        ))}
      </ol>
      {joints.length > 0 && (
        <ul className={css.joints}>
          {joints.map((hand) => (
            <li key={hand.no}>
              <span className={css.mark}>{tk(`hotline.joint.${hand.joint ?? 'assist'}`)}</span>
              <span>{hand.name}</span>
              <StatusChip
                tone={hand.endedAt === null ? 'moving' : 'done'}
                word={t(hand.endedAt === null ? 'hotline.joint.waiting' : 'hotline.end.done')}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
