import { cx, EmptyState, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Map as MapIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { toneOf } from '../orders/status.ts';
import { dispatchApi, type SitePlanData } from './api.ts';
import css from './site-plan.module.css';
import { type At, aroundOf, layOutPlan } from './plan-layout.ts';
import { Pending } from '../../components/pending.tsx';

type PlanOrder = SitePlanData['orders'][number];
const REFRESH_MS = 60_000;

/** The place as it stands: buildings, what is open there, who is near. Drawn from our own register, without any map. */
export function SitePlan({ scopeId }: { scopeId: string | undefined }) {
  const { t } = useText();
  const plan = useQuery({
    // Under the queues: whatever changes an order makes this read anew.
    queryKey: ['queues', 'plan', scopeId ?? null],
    queryFn: () => dispatchApi.plan(scopeId === undefined ? {} : { scopeId }),
    refetchInterval: REFRESH_MS,
  });
  if (!plan.isSuccess) return <Pending of={plan} />;
  if (plan.data.compounds.every(({ buildings }) => buildings.length === 0))
    return <EmptyState icon={MapIcon} title={t('plan.empty')} />;
  return <Drawn plan={plan.data} />;
}

function Drawn({ plan }: { plan: SitePlanData }) {
  const { t, tk, named } = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const layout = useMemo(() => layOutPlan(plan.compounds), [plan.compounds]);
  const { unit } = layout;
  const spots = useMemo(() => placesOf(plan, layout), [plan, layout]);
  const names = new Map(plan.compounds.map(({ id, name }) => [id, name]));
  const words = (order: PlanOrder): string => named({ zh: order.categoryNameZh, en: order.categoryNameEn });
  return (
    <div className={css.plan}>
      <figure className={css.figure}>
        {/* What it shows is in the list beside it, word for word. */}
        <svg viewBox={`0 0 ${layout.width} ${layout.height}`} className={css.picture} aria-hidden="true">
          {layout.compounds.map(({ id, x, y, w, h }) => (
            <rect key={id} x={x} y={y} width={w} height={h} rx={unit / 2} className={css.compound} />
          ))}
          {layout.buildings.map(({ id, x, y }) => (
            <rect
              key={id}
              x={x - unit / 2}
              y={y - unit / 2}
              width={unit}
              height={unit}
              rx={unit / 6}
              className={css.building}
            />
          ))}
          {spots.orders.map(({ order, at }) => (
            <circle
              key={order.id}
              cx={at.x}
              cy={at.y}
              r={(order.id === chosen ? 0.9 : order.isEmergency ? 0.65 : 0.45) * unit}
              className={cx(css.order, order.id === chosen && css.chosen)}
              data-tone={order.isEmergency || order.isLate ? 'late' : toneOf(order.status)}
              onClick={() => {
                setChosen(order.id);
              }}
            >
              <title>{`${words(order)} ${order.placeLabel}`}</title>
            </circle>
          ))}
          {layout.compounds.map(({ id, name, x, y }) => (
            <text key={id} x={x + 2} y={y - 4} fontSize={Math.max(11, unit * 0.9)} className={css.name}>
              {name}
            </text>
          ))}
          {spots.people.map(({ person, at }) => (
            <g key={person.accountId} className={css.person}>
              <circle cx={at.x} cy={at.y} r={unit * 0.75} />
              <text x={at.x} y={at.y + unit * 0.3} fontSize={unit * 0.85} textAnchor="middle">
                {person.displayName.slice(0, 1)}
              </text>
              <title>{person.displayName}</title>
            </g>
          ))}
        </svg>
        <figcaption className={css.legend}>
          <StatusChip tone="late" word={t('plan.late')} />
          <StatusChip tone="moving" word={t('plan.moving')} />
          <StatusChip tone="waiting" word={t('plan.waiting')} />
          {plan.people.length > 0 && <span className={css.meta}>{t('plan.people')}</span>}
          <span className={css.meta}>{t('plan.words')}</span>
        </figcaption>
      </figure>
      <section className={css.list} aria-labelledby="plan-orders">
        <h2 id="plan-orders" className={css.heading}>
          {t('plan.orders', { count: plan.orders.length })}
        </h2>
        {plan.isCut && <p className={css.meta}>{t('plan.cut')}</p>}
        <ul className={css.items}>
          {plan.orders.map((order) => (
            <li
              key={order.id}
              className={cx(css.item, order.id === chosen && css.marked)}
              onPointerEnter={() => {
                setChosen(order.id);
              }}
            >
              <Link
                {...url.order(order.scopeId, order.id)}
                className={css.link}
                onFocus={() => {
                  setChosen(order.id);
                }}
              >
                {words(order)}
              </Link>
              <span className={css.meta}>
                {names.get(order.scopeId)} {order.placeLabel} · {tk(`console.status.${order.status}`)}
                {order.assigneeName !== null && ` · ${order.assigneeName}`}
              </span>
              {(order.isEmergency || order.isLate) && (
                <StatusChip tone="late" word={t(order.isEmergency ? 'board.emergency' : 'plan.isLate')} />
              )}
            </li>
          ))}
        </ul>
        {plan.people.length > 0 && (
          <>
            <h2 className={css.heading}>{t('plan.who')}</h2>
            <ul className={css.items}>
              {plan.people.map((person) => (
                <li key={person.accountId} className={css.item}>
                  {person.displayName}{' '}
                  <span className={css.meta}>{t('board.inHand', { count: person.openOrders })}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

/** Several at one building stand around it. */
function placesOf(plan: SitePlanData, layout: ReturnType<typeof layOutPlan>) {
  const taken = new Map<string, number>();
  const near = (at: At | null): At | null => {
    if (at === null) return null;
    const key = `${at.x.toFixed(1)} ${at.y.toFixed(1)}`;
    const nth = taken.get(key) ?? 0;
    taken.set(key, nth + 1);
    return aroundOf(at, nth, layout.unit);
  };
  const orders = plan.orders.flatMap((order) => {
    const at = near(layout.at(order.buildingId, order.scopeId, null));
    return at === null ? [] : [{ order, at }];
  });
  const people = plan.people.flatMap((person) => {
    const at = near(layout.at(person.buildingId, '', person.point));
    return at === null ? [] : [{ person, at }];
  });
  return { orders, people };
}
