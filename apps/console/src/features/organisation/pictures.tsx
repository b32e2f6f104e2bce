import { cx } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api.ts';
import type { Building } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { type PlacesSearch, url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { type Text, useText } from '../../app/text.ts';
import css from './pictures.module.css';
import { Pending } from '../../components/pending.tsx';

interface Load {
  open: number;
  late: number;
}
const nothing: Load = { open: 0, late: 0 };

/** What is open at each building and door; nothing for who may not read the desk's counts. */
function useLoads(scopeId: string): { at: (id: string) => Load; of: (id: string) => Load } {
  const isReader = useMay('work_order.queues');
  const places = useQuery({
    queryKey: queryKeys.openPlaces(scopeId),
    queryFn: () => api.openPlaces(scopeId),
    enabled: isReader,
  });
  const doors = new Map<string, Load>();
  const buildings = new Map<string, Load>();
  const add = (map: Map<string, Load>, id: string | null, { open, late }: Load): void => {
    if (id === null) return;
    const before = map.get(id) ?? nothing;
    map.set(id, { open: before.open + open, late: before.late + late });
  };
  for (const item of places.data?.items ?? []) {
    add(doors, item.householdId, item);
    add(buildings, item.buildingId, item);
  }
  return { at: (id) => doors.get(id) ?? nothing, of: (id) => buildings.get(id) ?? nothing };
}

const toneOf = ({ open, late }: Load): 'late' | 'open' | 'none' =>
  late > 0 ? 'late' : open > 0 ? 'open' : 'none';

function wordsOf({ open, late }: Load, { t }: Text): string {
  if (open === 0) return t('organisation.legend.none');
  const words = t('organisation.openCount', { count: open });
  return late === 0 ? words : `${words}, ${t('organisation.lateCount', { count: late })}`;
}

const FLOOR = 6;
const UNIT = 30;
const MOST_FLOORS = 33;
const MOST_UNITS = 8;

/** The compound from the street: each building as high and as wide as it is, with what is open in it. */
export function SitePicture({
  scopeId,
  buildings,
  search,
}: {
  scopeId: string;
  buildings: readonly Building[];
  search: PlacesSearch;
}) {
  const text = useText();
  const { t, number } = text;
  const loads = useLoads(scopeId);
  return (
    <section aria-label={t('organisation.site')}>
      <ul className={css.site}>
        {buildings.map((building) => {
          const load = loads.of(building.id);
          const households = building.units.reduce((sum, unit) => sum + (unit.householdCount ?? 0), 0);
          return (
            <li key={building.id}>
              <Link
                {...url.places({ ...search, scope: scopeId, tab: 'buildings', building: building.id })}
                className={cx(css.building, building.id === search.building && css.chosen)}
                aria-current={building.id === search.building ? 'true' : undefined}
              >
                <Silhouette building={building} tone={toneOf(load)} />
                <span className={css.label}>
                  <strong>{building.name}</strong>
                  <span className={css.meta}>
                    {t('console.places.building', {
                      floors: building.floors,
                      units: building.units.length,
                      households: number(households),
                    })}
                  </span>
                  <span className={css.load} data-tone={toneOf(load)}>
                    {load.late > 0 && <span aria-hidden="true">! </span>}
                    {wordsOf(load, text)}
                  </span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Silhouette({ building, tone }: { building: Building; tone: string }) {
  const floors = Math.max(1, Math.min(building.floors, MOST_FLOORS));
  const units = Math.max(1, Math.min(building.units.length, MOST_UNITS));
  const [width, height] = [units * UNIT, floors * FLOOR];
  const windows = [];
  for (let floor = 0; floor < floors; floor++)
    for (let unit = 0; unit < units; unit++)
      for (const at of [5, 13, 21])
        windows.push(
          <rect
            key={`${floor}.${unit}.${at}`}
            x={unit * UNIT + at}
            y={floor * FLOOR + 2}
            width="4"
            height="2.6"
          />,
        );
  return (
    <svg
      className={css.silhouette}
      data-tone={tone}
      viewBox={`0 0 ${width} ${height + 2}`}
      width={width}
      height={height + 2}
      aria-hidden="true"
    >
      <rect className={css.wall} x="0.5" y="0.5" width={width - 1} height={height + 1} rx="2" />
      <g className={css.windows}>{windows}</g>
      {building.units.slice(1, units).map((unit, i) => (
        <line
          key={unit.id}
          className={css.seam}
          x1={(i + 1) * UNIT}
          x2={(i + 1) * UNIT}
          y1="1"
          y2={height + 1}
        />
      ))}
    </svg>
  );
}

/** One building as floors of rooms, unit beside unit; each room opens its household. */
export function BuildingPicture({ scopeId, buildingId }: { scopeId: string; buildingId: string }) {
  const text = useText();
  const { t } = text;
  const mayList = useMay('household.list');
  const mayRead = useMay('household.read');
  const loads = useLoads(scopeId);
  const plan = useQuery({
    queryKey: queryKeys.buildingPlan(buildingId),
    queryFn: () => api.buildingPlan(scopeId, buildingId),
    enabled: mayList,
  });
  if (!mayList) return null;
  if (!plan.isSuccess) return <Pending of={plan} lines={6} />;
  const floors = [...new Set(plan.data.rooms.map((room) => room.floor))].sort((a, b) => b - a);
  return (
    <section className={css.plan} aria-label={t('organisation.buildingPicture', { name: plan.data.name })}>
      <h3 className={css.heading}>{t('organisation.buildingPicture', { name: plan.data.name })}</h3>
      <Legend />
      {plan.data.isCut && <p className={css.meta}>{t('organisation.tooMany')}</p>}
      <div className={css.scroll} tabIndex={0} role="group" aria-label={plan.data.name}>
        <table className={css.rooms}>
          <thead>
            <tr>
              <td />
              {plan.data.units.map((unit) => (
                <th key={unit.id} scope="col">
                  {unit.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {floors.map((floor) => (
              <tr key={floor}>
                <th scope="row">{t('organisation.floor', { floor })}</th>
                {plan.data.units.map((unit) => (
                  <td key={unit.id}>
                    <ul className={css.doors}>
                      {plan.data.rooms
                        .filter((room) => room.floor === floor && room.unitId === unit.id)
                        .map((room) => {
                          const load = loads.at(room.householdId);
                          const inside = (
                            <>
                              <span>{room.roomNo}</span>
                              {load.open > 0 && (
                                <span className={css.count} aria-hidden="true">
                                  {load.late > 0 ? '!' : ''}
                                  {load.open}
                                </span>
                              )}
                              <span className="gz-hidden">{wordsOf(load, text)}</span>
                            </>
                          );
                          return (
                            <li key={room.householdId}>
                              {mayRead ? (
                                <Link
                                  {...url.household(scopeId, room.householdId)}
                                  className={css.room}
                                  data-tone={toneOf(load)}
                                >
                                  {inside}
                                </Link>
                              ) : (
                                <span className={css.room} data-tone={toneOf(load)}>
                                  {inside}
                                </span>
                              )}
                            </li>
                          );
                        })}
                    </ul>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Legend() {
  const { t } = useText();
  return (
    <ul className={css.legend}>
      {(['none', 'open', 'late'] as const).map((tone) => (
        <li key={tone}>
          <span className={css.swatch} data-tone={tone} aria-hidden="true">
            {tone === 'none' ? '' : tone === 'late' ? '!1' : '1'}
          </span>
          {t(`organisation.legend.${tone}`)}
        </li>
      ))}
    </ul>
  );
}
