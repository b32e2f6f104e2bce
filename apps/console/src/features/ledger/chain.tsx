import { Button, EmptyState, ErrorState, notify, Skeleton, StatusChip, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { BookOpen, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { isStatus, problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { ledgerApi, ledgerKeys } from './api.ts';
import css from './css.ts';

/** How far the book is sealed, and whether it still is what was sealed. */
export function ChainView({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, number, when, exact } = text;
  const now = useNow();
  const mayVerify = useMay('ledger.verify');
  const [isBusy, setBusy] = useState(false);
  const found = useQuery({
    queryKey: ledgerKeys.of('chain', scopeId),
    queryFn: () => ledgerApi.chain(scopeId),
    refetchInterval: 15_000,
  });
  if (found.isPending) return <Skeleton label={t('common.loading')} lines={6} />;
  if (found.isError)
    return isStatus(found.error, 404) ? (
      <EmptyState icon={BookOpen} title={t('ledger.none')} />
    ) : (
      <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />
    );
  const verify = async (): Promise<void> => {
    setBusy(true);
    try {
      await ledgerApi.verify(scopeId, newKey());
    } catch (problem) {
      notify(problemText(problem, text), { tone: 'late' });
    } finally {
      setBusy(false);
      await queryClient.invalidateQueries({ queryKey: ledgerKeys.of('chain', scopeId) });
    }
  };
  const { blocks, head, sealedAt, unsealed, verification } = found.data;
  return (
    <section className={css.part}>
      <p>
        {sealedAt === null
          ? t('ledger.chain.never')
          : t('ledger.chain.state', { blocks: number(blocks), when: exact(sealedAt) })}
        {unsealed > 0 && ` · ${t('ledger.chain.unsealed', { count: number(unsealed) })}`}
      </p>
      {head !== null && (
        <p className={css.digest}>
          {t('ledger.chain.head')} {head}
        </p>
      )}
      {verification === null ? (
        <p className={css.note}>{t('ledger.chain.neverProved')}</p>
      ) : verification.isRight ? (
        <StatusChip
          tone="done"
          word={t('ledger.chain.right', {
            when: when(verification.at, now),
            postings: number(verification.postings),
          })}
        />
      ) : (
        <>
          {verification.brokenBlock !== null && (
            <StatusChip tone="late" word={t('ledger.chain.broken', { block: verification.brokenBlock })} />
          )}
          {!verification.areDaysRight && <StatusChip tone="late" word={t('ledger.chain.daysWrong')} />}
          {!verification.areBalancesRight && (
            <StatusChip tone="late" word={t('ledger.chain.balancesWrong')} />
          )}
        </>
      )}
      {verification !== null && (
        <p className={css.note}>
          {verification.byName === null
            ? t('ledger.chain.byItself')
            : t('ledger.chain.by', { name: verification.byName })}
        </p>
      )}
      {mayVerify && (
        <Button icon={ShieldCheck} isBusy={isBusy} onPress={() => void verify()}>
          {t('ledger.chain.verify')}
        </Button>
      )}
      <p className={css.note}>{t('ledger.chain.window')}</p>
    </section>
  );
}
