import { formatSpan } from '@gongzhi/i18n/when.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { CalendarClock, Check } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Order } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import { useCommand } from '../work-orders/queries.ts';
import { may } from '../work-orders/say.ts';
import css from './VisitCard.module.css';

const OfferSheet = lazy(async () => ({ default: (await import('./OfferSheet.tsx')).OfferSheet }));

/** When somebody comes: what was agreed, what is asked, and when one is at home. Nothing where nobody has to come. */
export function VisitCard({ order }: { order: Order }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const agree = useCommand(order);
  const [isOffering, setOffering] = useState(false);
  const { appointment, windows } = order;
  const canOffer = may(order, 'offer_windows');
  const canAgree = may(order, 'agree_appointment');
  const isMissed = order.missedCount > 0 && appointment === null && windows.length === 0 && canOffer;
  // A visit that lies behind says nothing more.
  const isOver = order.startedAt !== null && order.status !== 'paused' && order.status !== 'disputed';
  if (isOver || (!canOffer && appointment === null && windows.length === 0)) return null;
  const span = (one: { from: string; to: string }): string => formatSpan(locale, one.from, one.to, now);
  return (
    <Card labelledBy="visit" className={css.card ?? ''}>
      <h2 id="visit" className={css.heading}>
        {t('mobile.visit.title')}
      </h2>
      {appointment !== null && (
        <StatusChip
          tone={appointment.isAgreed ? 'moving' : 'due'}
          word={t(appointment.isAgreed ? 'mobile.visit.agreed' : 'mobile.visit.proposed', {
            span: span(appointment),
          })}
        />
      )}
      {appointment === null && windows.length > 0 && (
        <p>
          {t(order.isMine ? 'mobile.visit.offered' : 'mobile.visit.residentAt', {
            spans: windows.map(span).join(t('common.listSeparator')),
          })}
        </p>
      )}
      {isMissed && <StatusChip tone="late" word={t('mobile.visit.missed')} />}
      {(canAgree || canOffer) && (
        <div className={css.acts}>
          {canAgree && (
            <Button
              variant="primary"
              icon={Check}
              isBusy={agree.isPending}
              onPress={() => {
                agree.mutate({ action: 'agree_appointment' });
              }}
            >
              {t('mobile.visit.agree')}
            </Button>
          )}
          {canOffer && (
            <Button
              icon={CalendarClock}
              variant={isMissed ? 'primary' : 'secondary'}
              onPress={() => {
                setOffering(true);
              }}
            >
              {t(appointment === null && windows.length === 0 ? 'mobile.visit.offer' : 'mobile.visit.other')}
            </Button>
          )}
        </div>
      )}
      {isOffering && (
        <Suspense fallback={null}>
          <OfferSheet
            order={order}
            onClose={() => {
              setOffering(false);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
