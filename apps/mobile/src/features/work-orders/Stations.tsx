import { cx } from '@gongzhi/ui/tone.ts';
import { useWords } from '../../app/words.ts';
import css from './Stations.module.css';

const STATIONS = ['stations.0', 'stations.1', 'stations.2', 'stations.3', 'stations.4'] as const;

/** The five stations of an order, as on the plan above a train's door. */
export function Stations({ at, isStanding = false }: { at: number; isStanding?: boolean }) {
  const { t } = useWords();
  return (
    <ol className={css.stations} data-standing={isStanding} aria-label={t('mobile.station.all')}>
      {STATIONS.map((key, index) => (
        <li
          key={key}
          className={cx(css.station, index < at && css.passed, index === at && css.here)}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className={css.word}>{t(key)}</span>
        </li>
      ))}
    </ol>
  );
}
