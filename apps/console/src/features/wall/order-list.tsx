import { formatWhen } from '@gongzhi/i18n/console-app.ts';
import { OctagonAlert, Siren } from 'lucide-react';
import { useText } from '../../app/text.ts';
import type { WallData } from './api.ts';
import { isFresh, overdueFor, roughly } from './derive.ts';
import { Panel } from './panel.tsx';
import css from './parts.module.css';
import frame from './wall.module.css';

/** What and at which place; whose door it is, and who said so, is nobody's in the room. */
export function OrderList({
  which,
  orders,
  now,
  timeZone,
}: {
  which: 'newest' | 'overdue';
  orders: WallData['newest'];
  now: number;
  timeZone: string;
}) {
  const { t, tk, named, duration, locale } = useText();
  const overdue = (order: (typeof orders)[number]): string => {
    const over = overdueFor(order, now);
    return over === null
      ? t('wall.overdue.step')
      : t('wall.overdueBy', { duration: duration(roughly(over)) });
  };
  return (
    <Panel area={which} title={t(`wall.${which}`)}>
      {orders.length === 0 ? (
        <p className={frame.empty}>{t(`wall.${which}.none`)}</p>
      ) : (
        <ol className={css.orders}>
          {orders.map((order) => (
            <li key={order.id} data-fresh={which === 'newest' && isFresh(order.createdAt, now)}>
              <span className={css.matter}>
                {order.isEmergency && (
                  <span className={css.emergency}>
                    <Siren aria-hidden="true" className={frame.shape} />
                    {t('wall.emergency')}
                  </span>
                )}
                {named({ zh: order.categoryNameZh, en: order.categoryNameEn })}
              </span>
              {which === 'overdue' ? (
                <span className={css.over}>
                  <OctagonAlert aria-hidden="true" className={frame.shape} />
                  {overdue(order)}
                </span>
              ) : (
                <span className={css.when}>{formatWhen(locale, order.createdAt, now, timeZone)}</span>
              )}
              <span className={css.at}>{order.placeName}</span>
              <span className={css.status}>{tk(`console.status.${order.status}`)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
