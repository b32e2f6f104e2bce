import { Button, notify, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import type { SectionProps } from '../orders/sections.ts';
import { useSend } from '../organisation/use-send.ts';
import { dispatchApi } from './api.ts';
import css from './asking.module.css';

/** Who was asked to take it, who heard that nobody has, and who sees to it. Nothing where there is nothing to say. */
export default function OrderAsking({ order }: SectionProps) {
  const { id: orderId, scopeId } = order;
  const { t, tk, when, duration } = useText();
  const may = useMay('dispatch.read');
  const mayAcknowledge = useMay('dispatch.acknowledge');
  const now = useNow();
  const { isBusy, error, send } = useSend();
  // Under the order's own key: whatever makes it read anew makes this read anew.
  const queryKey = ['order', orderId, 'asking'];
  const asking = useQuery({ queryKey, queryFn: () => dispatchApi.dispatch(scopeId, orderId), enabled: may });
  const state = asking.data?.dispatch;
  if (state == null || (state.offers.length === 0 && state.alerts.length === 0 && !state.isWatched))
    return null;
  const acknowledge = async (): Promise<void> => {
    if ((await send(orderId, (key) => dispatchApi.acknowledge(scopeId, orderId, key))) === undefined) return;
    notify(t('asking.acknowledged'));
    void queryClient.invalidateQueries({ queryKey });
  };
  return (
    <section className={css.asking} aria-labelledby="asking">
      <h3 id="asking" className={css.heading}>
        {t('asking.title')}
      </h3>
      <p className={css.meta}>
        {t(`asking.mode.${state.mode}`)} · {t(`asking.state.${state.state}`)}
      </p>
      {state.offers.length > 0 && (
        <ul className={css.list}>
          {state.offers.map((offer) => {
            const left = Date.parse(offer.expiresAt) - now;
            return (
              <li key={offer.accountId}>
                {offer.displayName}{' '}
                <span className={css.meta}>
                  {offer.state === 'open'
                    ? left > 0
                      ? t('asking.offer.open', { time: duration(left) })
                      : t('asking.offer.openOver')
                    : t(`asking.offer.${offer.state}`)}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {state.alerts.length > 0 && (
        <ul className={css.list}>
          {state.alerts.map((alert) => (
            <li
              key={alert.at + alert.matter + alert.role}
              className={alert.matter === 'held' ? css.meta : css.late}
            >
              {t(alert.matter === 'held' ? 'asking.alertHeld' : 'asking.alert', {
                when: when(alert.at, now),
                role: tk(`roles.${alert.role}`),
                count: alert.count,
              })}
              {alert.reason !== null && ` · ${t(`asking.notThere.${alert.reason}`)}`}
            </li>
          ))}
        </ul>
      )}
      {state.isWatched && state.nextRole !== null && state.nextAt !== null && (
        <p className={css.meta}>
          {t('asking.next', { when: when(state.nextAt, now), role: tk(`roles.${state.nextRole}`) })}
        </p>
      )}
      {state.heldByName !== null && state.heldUntil !== null && (
        <p>{t('asking.held', { name: state.heldByName, until: when(state.heldUntil, now) })}</p>
      )}
      {state.mayHold && mayAcknowledge && (
        <Button size="small" isBusy={isBusy} onPress={() => void acknowledge()}>
          {t('asking.acknowledge')}
        </Button>
      )}
      {error !== undefined && <p role="alert">{error}</p>}
    </section>
  );
}
