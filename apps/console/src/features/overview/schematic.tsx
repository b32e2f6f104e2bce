import { Link } from '@tanstack/react-router';
import { url } from '../../app/routes.ts';
import type { OverviewSearch } from '../../app/routes-overview.ts';
import { useText } from '../../app/text.ts';
import type { Overview, OverviewGroup } from './api.ts';
import css from './overview.module.css';
import { blocksOf, strainOf } from './blocks.ts';

/**
 * The street as a drawing: a block for each community, a tile for each compound, as wide as it has homes. Nothing moves from
 * day to day but the colours, so that one knows one's street at a glance.
 */
export function Schematic({ found, search }: { found: Overview; search: OverviewSearch }) {
  const { t } = useText();
  // Of a city only the first places are told: no drawing of a part.
  if (found.counts.place < 2 || found.counts.place > found.places.length) return null;
  return (
    <section className={css.part} aria-labelledby="overview-schematic">
      <h2 id="overview-schematic" className={css.heading}>
        {t('overview.schematic')}
      </h2>
      <p className={css.legend}>
        <span className={css.key} data-strain="calm" aria-hidden="true" /> {t('overview.strain.calm')}
        <span className={css.key} data-strain="some" aria-hidden="true" /> {t('overview.strain.some')}
        <span className={css.key} data-strain="much" aria-hidden="true" /> {t('overview.strain.much')}
      </p>
      <div className={css.blocks}>
        {blocksOf(found.places).map(({ key, name, places }) => (
          <section key={key} className={css.block} aria-label={name ?? t('overview.schematic.rest')}>
            <h3 className={css.blockName}>{name ?? t('overview.schematic.rest')}</h3>
            <ul className={css.plots}>
              {places.map((place) => (
                <Tile key={place.scopeId} place={place} search={search} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function Tile({ place, search }: { place: OverviewGroup; search: OverviewSearch }) {
  const { t, number } = useText();
  const { open, late } = place.standing;
  const inside = (
    <>
      <span className={css.plotName}>{place.name}</span>
      <span className={css.plotWords}>
        {t('overview.schematic.open', { count: number(open) })}
        {late > 0 && <strong> {t('overview.schematic.late', { count: number(late) })}</strong>}
      </span>
    </>
  );
  const look = { className: css.plot, 'data-strain': strainOf(place.standing) };
  return (
    <li className={css.plotBox} style={{ flexGrow: Math.max(1, place.households ?? 1) }}>
      {place.filter === null ? (
        <span {...look}>{inside}</span>
      ) : (
        <Link {...url.overview({ ...search, scope: place.scopeId, by: undefined })} {...look}>
          {inside}
        </Link>
      )}
    </li>
  );
}
