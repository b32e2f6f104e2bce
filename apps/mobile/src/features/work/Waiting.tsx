import { problemText } from '@gongzhi/i18n/mobile-app.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { OfflineBanner } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useQuery } from '@tanstack/react-query';
import { isWorkingAct } from '../../api-types.ts';
import type { WaitingAct } from '../../app/store.ts';
import { useOnline } from '../../app/useOnline.ts';
import { useWords } from '../../app/words.ts';
import { orderQuery } from '../work-orders/queries.ts';
import { may } from '../work-orders/say.ts';
import type { Outbox } from './outbox.ts';
import css from './Waiting.module.css';

/** How many things wait to be sent, and each that the server would not take, explained. */
export function WaitingActs({ outbox, acts }: { outbox: Outbox; acts: readonly WaitingAct[] }) {
  const { t } = useWords();
  const isOnline = useOnline();
  const waiting = acts.filter(({ refused }) => refused === null).length;
  const refused = acts.filter((act) => act.refused !== null);
  return (
    <>
      {!isOnline && <OfflineBanner waiting={waiting} />}
      {isOnline && waiting > 0 && (
        <p className={css.waiting} role="status">
          <StatusChip tone="due" word={t('mobile.work.waiting', { count: waiting })} />
          <Button size="small" onPress={() => void outbox.send()}>
            {t('mobile.work.sendNow')}
          </Button>
        </p>
      )}
      {refused.map((act) => (
        <Refused key={act.id} act={act} outbox={outbox} />
      ))}
    </>
  );
}

/** What changed meanwhile, what was not done, and the choice: still mean it, or give it up. */
function Refused({ act, outbox }: { act: WaitingAct; outbox: Outbox }) {
  const words = useWords();
  const { t } = words;
  const now = useQuery(orderQuery(act.scopeId, act.orderId));
  const { code, params } = act.refused ?? { code: '', params: {} };
  const why =
    code === 'work_order.stale' && now.data !== undefined
      ? t('mobile.work.changed', { status: t(`statuses.${now.data.status}`) })
      : problemText(words.locale, { code, params });
  return (
    <Card label={t('mobile.work.refusedTitle')} className={css.refused ?? ''}>
      <StatusChip
        tone="late"
        word={t('mobile.work.refused', {
          act: words.tKey(
            isWorkingAct(act.command)
              ? `workingActions.${act.command.action}`
              : `actions.${act.command.action}`,
            {},
            'common.unknown',
          ),
          number: act.orderNumber,
        })}
      />
      <p>{why}</p>
      <div className={css.choice}>
        <Button onPress={() => void outbox.discard(act)}>{t('mobile.work.giveUp')}</Button>
        {now.data !== undefined && (isWorkingAct(act.command) || may(now.data, act.command.action)) && (
          <Button
            variant="primary"
            onPress={() => {
              void outbox.insist(act, now.data.version);
            }}
          >
            {t('mobile.work.stillDo')}
          </Button>
        )}
      </div>
    </Card>
  );
}
