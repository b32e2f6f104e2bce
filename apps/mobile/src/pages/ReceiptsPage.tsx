import { Button } from '@gongzhi/ui/Button.tsx';
import { cardClass } from '@gongzhi/ui/Card.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { type SayTarget, targetName } from '@gongzhi/i18n/payment-target.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { PAY, payApi, type Payment } from '../features/pay/api.ts';
import { yuan } from '../features/pay/money.ts';
import css from '../features/pay/pay.module.css';
import { toneOf } from '../features/pay/tone.ts';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

/** Every payment of the home, with its receipt. */
export default function ReceiptsPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const here = useHere(me);
  const householdId = here.household?.id ?? '';
  const list = useInfiniteQuery({
    queryKey: [PAY, 'list', here.scopeId, householdId],
    queryFn: ({ pageParam }) => payApi.list(here.scopeId, householdId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: here.household !== null,
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title={t('pay.receipts')} back={url.pay()} />
      <PlaceSwitch me={me} here={here} />
      {here.household !== null &&
        items === undefined &&
        (list.error === null ? (
          <Skeleton lines={5} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, list.error)}
            {...traceOf(list.error)}
            onRetry={() => {
              void list.refetch();
            }}
          />
        ))}
      {(items?.length === 0 || here.household === null) && (
        <EmptyState icon={ReceiptText} title={t('pay.recordsNone')} text={t('pay.recordsNoneText')} />
      )}
      {items?.map((payment) => (
        <Row key={payment.id} payment={payment} />
      ))}
      {list.hasNextPage && (
        <Button
          isWide
          isBusy={list.isFetchingNextPage}
          onPress={() => {
            void list.fetchNextPage();
          }}
        >
          {t('pay.more')}
        </Button>
      )}
    </>
  );
}

function Row({ payment }: { payment: Payment }) {
  const { t, locale } = useWords();
  const now = useNow();
  const what = payment.targets.map((target) => targetName(t as unknown as SayTarget, target));
  return (
    <Link to={url.payment({ scopeId: payment.scopeId, id: payment.id })} className={cardClass}>
      <span className={css.line}>
        <span className={css.name}>{[...new Set(what)].join(t('common.listSeparator'))}</span>
        <span className={css.fen}>{yuan(payment.amountFen)}</span>
      </span>
      <span className={css.line}>
        <span className={css.quiet}>
          {t(`payments.way.${payment.way}`)} · {formatWhen(locale, payment.paidAt ?? payment.createdAt, now)}
        </span>
        <StatusChip tone={toneOf(payment.state)} word={t(`payments.state.${payment.state}`)} />
      </span>
    </Link>
  );
}
