import { formatDuration } from '@gongzhi/i18n/mobile-app.ts';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import type { Offer } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { navigate } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import css from './Offers.module.css';

/** What one is asked to take just now: on top of everything else, for it runs out. */
export function Offers() {
  const { t } = useWords();
  const offers = useQuery({ queryKey: ['orders', 'offers'], queryFn: api.offers, refetchInterval: 20_000 });
  const now = useSeconds();
  const open = (offers.data?.items ?? []).filter(({ expiresAt }) => Date.parse(expiresAt) >= now);
  if (open.length === 0) return null;
  return (
    <section className={css.offers} aria-label={t('mobile.offer.title')}>
      {open.map((offer) => (
        <OfferCard key={offer.orderId} offer={offer} now={now} />
      ))}
    </section>
  );
}

/** A countdown moves by the second. */
function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}

const REASONS = ['busy', 'far', 'tools', 'off'] as const;

function OfferCard({ offer, now }: { offer: Offer; now: number }) {
  const words = useWords();
  const { t, locale } = words;
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [intent] = useState(() => new Intent<string | null>());
  const send = useMutation({
    mutationFn: (reason: string | null) =>
      intent.send(
        reason,
        () => reason,
        (same, key) =>
          api.answerOffer(
            offer.scopeId,
            offer.orderId,
            same === null ? { answer: 'accept' } : { answer: 'decline', reason: same },
            key,
          ),
      ),
    onSuccess: (_, reason) => {
      void client.invalidateQueries({ queryKey: ['orders'] });
      notify(t(reason === null ? 'mobile.offer.taken' : 'mobile.offer.declined'));
      setAsking(false);
      if (reason === null) navigate(url.job({ scopeId: offer.scopeId, id: offer.orderId }));
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: ['orders'] });
      notify(problemSentence(words, error), { tone: 'late', isLasting: true });
    },
  });
  const [from, to] = [Date.parse(offer.offeredAt), Date.parse(offer.expiresAt)];
  const left = Math.max(0, to - now);
  const share = to > from ? left / (to - from) : 0;
  const how = offer.isEmergency
    ? t('mobile.offer.emergency')
    : t(offer.mode === 'grab' ? 'mobile.offer.grab' : 'mobile.offer.turn');
  const id = `offer-${offer.orderId}`;
  return (
    <Card labelledBy={id}>
      <StatusChip
        tone={offer.isEmergency ? 'late' : 'due'}
        word={t(offer.isEmergency ? 'mobile.offer.urgent' : 'mobile.offer.asked')}
      />
      <h2 id={id} className={css.heading}>
        {locale === 'en' ? offer.categoryNameEn : offer.categoryNameZh}
      </h2>
      <p className={css.quiet}>{how}</p>
      <p>
        {offer.scopeName} {offer.placeLabel}
      </p>
      <p className={css.words}>{offer.description === '' ? t('mobile.offer.private') : offer.description}</p>
      <p className={css.quiet}>
        {offer.travelMinutes !== null && t('mobile.offer.travel', { minutes: offer.travelMinutes })}
      </p>
      <div className={css.track} aria-hidden="true">
        <span className={css.left} style={{ transform: `scaleX(${share})` }} />
      </div>
      <p className={css.quiet}>{t('mobile.offer.left', { time: formatDuration(locale, left) })}</p>
      <div className={css.pair}>
        <Button
          size="large"
          onPress={() => {
            setAsking(true);
          }}
        >
          {t('mobile.offer.leave')}
        </Button>
        <Button
          variant="primary"
          size="large"
          isBusy={send.isPending}
          onPress={() => {
            send.mutate(null);
          }}
        >
          {t('mobile.offer.take')}
        </Button>
      </div>
      <Sheet title={t('mobile.offer.reason')} isOpen={isAsking} onOpenChange={setAsking}>
        <div className={css.reasons}>
          {REASONS.map((reason) => {
            const said = t(`mobile.offer.reasons.${reason}`);
            return (
              <Button
                key={reason}
                size="large"
                isWide
                isBusy={send.isPending}
                onPress={() => {
                  send.mutate(said);
                }}
              >
                {said}
              </Button>
            );
          })}
        </div>
      </Sheet>
    </Card>
  );
}
