import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { Dialog } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import type { Tone } from '@gongzhi/ui/tone.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { formatSpan } from '@gongzhi/i18n/when.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { type GoodsSlip, ownQuery, PASSAGE, passageApi, slipsQuery } from '../features/passage/api.ts';
import css from '../features/passage/passage.module.css';
import { Digits } from '../features/passage/Qr.tsx';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

const GoodsSheet = lazy(async () => ({
  default: (await import('../features/passage/GoodsSheet.tsx')).GoodsSheet,
}));

const tones: Readonly<Record<GoodsSlip['state'], Tone>> = {
  open: 'moving',
  held: 'late',
  passed: 'done',
  cancelled: 'waiting',
  over: 'waiting',
};

/** Something large leaves the home: a slip that the gate compares with what is carried. */
export default function GoodsPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const here = useHere(me);
  const own = useQuery(ownQuery(here.scopeId));
  const slips = useQuery(slipsQuery(here.scopeId));
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <PageHead title={t('pass.goods.title')} back={url.home()} />
      <PlaceSwitch me={me} here={here} />
      {here.household !== null && own.data !== undefined && (
        <Button
          variant="primary"
          size="large"
          icon={PackageOpen}
          isWide
          onPress={() => {
            setAsking(true);
          }}
        >
          {t('pass.goods.ask')}
        </Button>
      )}
      {slips.data === undefined &&
        (slips.error === null ? (
          <Skeleton lines={4} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, slips.error)}
            {...traceOf(slips.error)}
            onRetry={() => {
              void slips.refetch();
            }}
          />
        ))}
      {slips.data?.items.length === 0 && (
        <EmptyState icon={PackageOpen} title={t('pass.goods.none')} text={t('pass.goods.noneText')} />
      )}
      {slips.data?.items.map((slip) => (
        <One key={slip.id} slip={slip} />
      ))}
      {isAsking && here.household !== null && own.data !== undefined && (
        <Suspense fallback={null}>
          <GoodsSheet
            own={own.data}
            scopeId={here.scopeId}
            householdId={here.household.id}
            onClose={() => {
              setAsking(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function One({ slip }: { slip: GoodsSlip }) {
  const words = useWords();
  const { t, locale } = words;
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const now = useNow();
  const cancel = useMutation({
    mutationFn: () => passageApi.cancelSlip(slip, newKey()),
    onSuccess: () => {
      setAsking(false);
      notify(t('pass.goods.cancelled'), { tone: 'done' });
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: [PASSAGE] }),
  });
  const isOpen = slip.state === 'open' || slip.state === 'held';
  const what = slip.items
    .map((item) => t('pass.goods.item', { what: item.what, count: item.count }))
    .join(t('common.listSeparator'));
  return (
    <Card label={what}>
      <div className={css.line}>
        <p className={css.name}>{what}</p>
        <StatusChip tone={tones[slip.state]} word={t(`pass.slip.${slip.state}`)} />
      </div>
      {isOpen && (
        <>
          <p className={css.quiet}>{t('pass.goods.show')}</p>
          <Digits value={slip.code} label={t('pass.goods.code')} />
        </>
      )}
      <p className={css.quiet}>
        {[formatSpan(locale, slip.validFrom, slip.validTo, now), slip.carriedBy, slip.plate]
          .filter((word) => word !== null)
          .join(' · ')}
      </p>
      {slip.checkNote !== null && (
        <p className={css.error}>{t('pass.goods.note', { note: slip.checkNote })}</p>
      )}
      {isOpen && (
        <Button
          isWide
          onPress={() => {
            setAsking(true);
          }}
        >
          {t('pass.goods.cancel')}
        </Button>
      )}
      {isAsking && (
        <Dialog
          title={t('pass.goods.cancel')}
          isOpen
          isAlert
          onOpenChange={() => {
            setAsking(false);
          }}
          footer={
            <>
              <Button
                onPress={() => {
                  setAsking(false);
                }}
              >
                {t('common.cancel')}
              </Button>
              <Button
                variant="danger"
                isBusy={cancel.isPending}
                onPress={() => {
                  cancel.mutate();
                }}
              >
                {t('pass.goods.cancel')}
              </Button>
            </>
          }
        >
          <p>{t('pass.goods.cancelText')}</p>
        </Dialog>
      )}
    </Card>
  );
}
