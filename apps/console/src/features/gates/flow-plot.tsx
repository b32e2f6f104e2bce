import { useText } from '../../app/text.ts';
import type { BlindSpots, Flow } from './api.ts';
import css from './css.ts';

const WIDTH = 480;
const LANE = 44;
const LEFT = 8;
const STEP = (WIDTH - LEFT) / 24;

/** A row for each gate: entries rise, exits hang, who was stopped is a mark. The table below says the same in words. */
export function FlowPlot({
  flow,
  nameOf,
  spots,
}: {
  flow: Flow;
  nameOf: ReadonlyMap<string, string>;
  /** Of today: what is usual stands behind what was seen. */
  spots?: BlindSpots | undefined;
}) {
  const { t, number } = useText();
  const usualOf = new Map(spots?.gates.map(({ gateId, usual }) => [gateId, usual]));
  const hasUsual = [...usualOf.values()].some((usual) => usual.length > 0);
  const gates = [...new Set([...flow.hours.map(({ gateId }) => gateId), ...usualOf.keys()])];
  const most = Math.max(
    1,
    ...[...flow.hours, ...[...usualOf.values()].flat()].map(({ entries, exits }) => Math.max(entries, exits)),
  );
  const high = (count: number): number => (count / most) * (LANE / 2 - 4);
  return (
    <figure className={css.flow}>
      <figcaption className={css.name}>
        {t('gates.flow.title')}
        <span className={css.below}>
          {t(flow.inside < 0 ? 'gates.flow.outside' : 'gates.flow.inside', {
            count: number(Math.abs(flow.inside)),
          })}
        </span>
      </figcaption>
      {gates.map((gateId) => {
        const hours = flow.hours.filter((hour) => hour.gateId === gateId);
        const words = hours.map((hour) => t('gates.flow.hour', hour)).join('; ');
        const gate = nameOf.get(gateId) ?? '';
        return (
          <div key={gateId} className={css.lane}>
            <span className={css.quiet}>{gate}</span>
            <svg
              className={css.plot}
              viewBox={`0 0 ${WIDTH} ${LANE}`}
              role="img"
              aria-label={t('gates.flow.label', { gate, text: words })}
            >
              {(usualOf.get(gateId) ?? []).map(({ hour, entries, exits }) => (
                <rect
                  key={`usual ${hour}`}
                  className={css.usual}
                  x={LEFT + hour * STEP + 0.5}
                  y={LANE / 2 - high(entries)}
                  width={STEP - 1}
                  height={high(entries) + high(exits)}
                />
              ))}
              <line className={css.axis} x1={LEFT} x2={WIDTH} y1={LANE / 2} y2={LANE / 2} />
              {hours.map(({ hour, entries, exits, stopped }) => (
                <g key={hour}>
                  <title>{t('gates.flow.hour', { hour, entries, exits, stopped })}</title>
                  <rect
                    className={css.entries}
                    x={LEFT + hour * STEP + 2}
                    y={LANE / 2 - high(entries)}
                    width={STEP - 4}
                    height={high(entries)}
                  />
                  <rect
                    className={css.exits}
                    x={LEFT + hour * STEP + 2}
                    y={LANE / 2}
                    width={STEP - 4}
                    height={high(exits)}
                  />
                  {stopped > 0 && (
                    <circle className={css.stopped} cx={LEFT + hour * STEP + STEP / 2} cy={4} r={3} />
                  )}
                </g>
              ))}
            </svg>
          </div>
        );
      })}
      <div className={css.lane}>
        <span />
        <svg className={css.plot} viewBox={`0 0 ${WIDTH} 14`} aria-hidden="true">
          {[0, 6, 12, 18].map((hour) => (
            <text key={hour} className={css.tick} x={LEFT + hour * STEP} y={11}>
              {`${hour}:00`}
            </text>
          ))}
        </svg>
      </div>
      <p className={css.legend}>
        <span className={css.entriesMark} aria-hidden="true" /> {t('gates.flow.entries')}
        <span className={css.exitsMark} aria-hidden="true" /> {t('gates.flow.exits')}
        <span className={css.stoppedMark} aria-hidden="true" /> {t('gates.flow.stopped')}
        {hasUsual && (
          <>
            <span className={css.usualMark} aria-hidden="true" /> {t('blindSpots.usual')}
          </>
        )}
      </p>
    </figure>
  );
}
