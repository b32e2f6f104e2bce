import { Button, EmptyState, ErrorState, notify, Skeleton, StatusChip, type Tone } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { useState } from 'react';
import { isStatus, problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { AskFirst } from '../../components/ask-first.tsx';
import { ledgerApi, ledgerKeys, type Period } from './api.ts';
import css from './css.ts';
import { yuan } from './words.ts';
import { RecordsTable } from '../../components/records.tsx';

const tones: Record<Period['state'], Tone> = { open: 'waiting', closing: 'moving', closed: 'done' };
/** A month that is closing is closed within a quarter of a minute. */
const AGAIN_MS = 5_000;

/** The months of a book; each is closed once, in its order, for good. */
export function PeriodsView({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, number, exact } = text;
  const mayClose = useMay('ledger.close');
  const [asking, setAsking] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ledgerKeys.of('periods', scopeId),
    queryFn: () => ledgerApi.periods(scopeId),
    refetchInterval: ({ state }) =>
      state.data?.items.some((period) => period.state === 'closing') === true ? AGAIN_MS : false,
  });
  if (found.isPending) return <Skeleton label={t('common.loading')} lines={8} />;
  if (found.isError)
    return isStatus(found.error, 404) ? (
      <EmptyState icon={BookOpen} title={t('ledger.none')} />
    ) : (
      <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />
    );
  const close = async (month: string): Promise<void> => {
    try {
      await ledgerApi.close({ scopeId, month }, newKey());
      notify(t('ledger.period.asked', { month: month.slice(0, 7) }));
    } catch (problem) {
      notify(problemText(problem, text), { tone: 'late' });
    }
    await queryClient.invalidateQueries({ queryKey: ledgerKeys.all });
  };
  return (
    <section className={css.part}>
      <p className={css.note}>{t('ledger.period.warn')}</p>
      <RecordsTable
        label={t('ledger.view.periods')}
        heads={[
          { word: t('ledger.column.month') },
          { word: t('ledger.column.state') },
          { word: t('ledger.column.postings'), isFigure: true },
          { word: t('ledger.column.turnover'), isFigure: true },
          { word: t('ledger.column.by') },
          { word: t('ledger.column.seal') },
          { word: '' },
        ]}
      >
        {found.data.items.map((period) => (
          <tr key={period.month}>
            <td className={css.day}>{period.month.slice(0, 7)}</td>
            <td>
              <StatusChip tone={tones[period.state]} word={t(`ledger.period.${period.state}`)} />
            </td>
            <td className={css.figure}>{period.postings === null ? '' : number(period.postings)}</td>
            <td className={css.figure}>{period.turnoverFen === null ? '' : yuan(period.turnoverFen)}</td>
            <td>
              {period.askedByName}
              {period.closedAt !== null && ` · ${exact(period.closedAt)}`}
            </td>
            <td className={css.digest}>{period.digest?.slice(0, 16)}</td>
            <td className={css.figure}>
              {period.mayClose && mayClose && (
                <Button
                  size="small"
                  aria-label={t('ledger.period.close.named', { month: period.month.slice(0, 7) })}
                  onPress={() => setAsking(period.month)}
                >
                  {t('ledger.period.close')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </RecordsTable>
      {asking !== null && (
        <AskFirst
          title={t('ledger.period.ask', { month: asking.slice(0, 7) })}
          words={t('ledger.period.warn')}
          keep={t('common.cancel')}
          act={t('ledger.period.close')}
          onAct={() => close(asking)}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
