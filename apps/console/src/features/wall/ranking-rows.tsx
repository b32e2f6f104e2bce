import { cx } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';
import type { OverviewData } from './api.ts';
import { rankingOf } from './derive.ts';
import { Panel } from './panel.tsx';
import css from './parts.module.css';
import frame from './wall.module.css';

export function RankingRows({ overview, most }: { overview: OverviewData; most: number }) {
  const { t, number } = useText();
  const { of, rows } = rankingOf(overview, most);
  return (
    <Panel area="ranking" title={t(`wall.ranking.${of}`)}>
      {rows.length === 0 ? (
        <p className={frame.empty}>{t('wall.ranking.none')}</p>
      ) : (
        <ol className={css.ranking}>
          {rows.map(({ scopeId, name, standing: { open, late } }, i) => (
            <li key={scopeId}>
              <span className={css.place} aria-hidden="true">
                {i + 1}
              </span>
              <span className={css.named}>{name}</span>
              <span className={cx(css.count, late > 0 && css.isLate)}>
                {t('wall.ranking.late', { number: number(late) })}
              </span>
              <span className={css.count}>{t('wall.ranking.open', { number: number(open) })}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
