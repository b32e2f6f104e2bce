import { CircleCheck, CircleDot, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useText } from '../../app/text.ts';
import type { WallData } from './api.ts';
import { GRAVE, LEVELS, type Level, levelOf } from './derive.ts';
import { Panel } from './panel.tsx';
import { type Room, schematicOf } from './tiles.ts';
import css from './parts.module.css';
import frame from './wall.module.css';

const shapes: Readonly<Record<Level, LucideIcon>> = {
  calm: CircleCheck,
  open: CircleDot,
  late: TriangleAlert,
  grave: OctagonAlert,
};

/** The places as they lie, without any map: a shape, a colour and a figure for what waits there. */
export function Schematic({ wall, room }: { wall: WallData; room: Room }) {
  const { t, number } = useText();
  const { columns, rows, isLow, tiles } = useMemo(() => schematicOf(wall.tiles, room), [wall.tiles, room]);
  const words = (level: Level, { open, late }: { open: number; late: number }): string =>
    level === 'calm'
      ? t('wall.tile.calm')
      : level === 'open'
        ? t('wall.tile.open', { number: number(open) })
        : t('wall.tile.late', { late: number(late), open: number(open) });
  const { elsewhere } = wall;
  const isCut = wall.tileCount > wall.tiles.length;
  return (
    <Panel
      area="map"
      title={t(`wall.map.${wall.level}`)}
      aside={
        isCut
          ? t('wall.map.cut', { count: number(wall.tileCount), shown: number(wall.tiles.length) })
          : elsewhere.open > 0
            ? t('wall.map.elsewhere', { open: number(elsewhere.open), late: number(elsewhere.late) })
            : undefined
      }
    >
      {tiles.length === 0 ? (
        <p className={frame.empty}>{t('wall.map.none')}</p>
      ) : (
        <ul
          className={css.map}
          data-low={isLow}
          style={{
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
          }}
        >
          {tiles.map(({ place, column, row }) => {
            const level = levelOf(place);
            const Shape = shapes[level];
            return (
              <li
                key={place.scopeId}
                className={css.tile}
                data-level={level}
                style={{ gridColumn: column, gridRow: row }}
              >
                <span className={css.named}>{place.name}</span>
                <span className={css.mark} aria-hidden="true">
                  <Shape className={frame.shape} />
                  {level === 'calm' ? '' : number(place.late > 0 ? place.late : place.open)}
                </span>
                <span className="gz-hidden">{words(level, place)}</span>
              </li>
            );
          })}
        </ul>
      )}
      <p className={css.legend} aria-hidden="true">
        {LEVELS.map((level) => {
          const Shape = shapes[level];
          return (
            <span key={level} data-level={level}>
              <Shape className={frame.shape} />
              {t(`wall.level.${level}`, { number: GRAVE })}
            </span>
          );
        })}
      </p>
    </Panel>
  );
}
