import { Icon, RelativeTime } from '@gongzhi/ui';
import { TriangleAlert } from 'lucide-react';
import { useText } from '../../app/text.ts';
import type { BlindSpots } from './api.ts';
import css from './css.ts';

type GateSpots = BlindSpots['gates'][number];

/** Where something is not seen: a device that is silent, a gate unlike itself. */
export function BlindSpotList({ found }: { found: BlindSpots }) {
  const { t, number } = useText();
  const spots = found.gates.filter(({ spots: odd, devices }) => odd.length + devices.length > 0);
  const isKnown = found.gates.some(({ usual }) => usual.length > 0);
  const words = ({ kind, fromHour, toHour, seen, expected }: GateSpots['spots'][number]): string =>
    t(`blindSpots.${kind}`, {
      from: fromHour,
      to: toHour,
      seen: number(Math.round(seen)),
      expected: number(Math.round(expected)),
    });
  if (found.gates.length === 0) return null;
  return (
    <section className={css.spots} aria-label={t('blindSpots.title')}>
      <h2 className={css.name}>{t('blindSpots.title')}</h2>
      {spots.length === 0 && isKnown && <p className={css.quiet}>{t('blindSpots.none')}</p>}
      {!isKnown && <p className={css.quiet}>{t('blindSpots.tooFew')}</p>}
      {spots.length > 0 && (
        <ul className={css.checks}>
          {spots.flatMap((gate) => [
            ...gate.spots.map((spot) => (
              <li key={`${gate.gateId} ${spot.kind} ${spot.fromHour}`} className={css.spot}>
                <Icon of={TriangleAlert} size={16} />
                <span>
                  <b>{gate.name}</b> {words(spot)}
                </span>
              </li>
            )),
            ...gate.devices.map(({ id, label, standing, lastSeenAt }) => (
              <li key={id} className={css.spot}>
                <Icon of={TriangleAlert} size={16} />
                <span>
                  <b>{gate.name}</b> {t(`blindSpots.${standing}`, { device: label })}
                  {lastSeenAt !== null && (
                    <>
                      {' '}
                      <RelativeTime at={lastSeenAt} />
                    </>
                  )}
                </span>
              </li>
            )),
          ])}
        </ul>
      )}
    </section>
  );
}
